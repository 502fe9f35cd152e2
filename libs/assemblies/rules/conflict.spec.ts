import { describe, expect, it } from 'vitest'
import { checkDeclaring, checkKeptOut, declaringOffice } from './conflict.js'

const codes = (violations: { code: string }[]) => violations.map(({ code }) => code)

describe('declaringOffice', () => {
  it.each<[string[], string | null]>([
    [['chair'], 'chair'],
    [['delegate', 'director'], 'director'],
    [['delegate', 'ambassador'], 'ambassador'],
    [['secretary', 'chair'], 'chair'],
    [['delegate', 'treasurer', 'admin'], null],
    [[], null],
  ])('%j declares as %s', (roles, expected) => {
    expect(declaringOffice(roles)).toBe(expected)
  })
})

describe('checkDeclaring', () => {
  const item = { decided: false, ended: false }
  it.each<
    [string, Parameters<typeof checkDeclaring>[0], Parameters<typeof checkDeclaring>[1], string, string[]]
  >([
    ['the chair, in time', item, 'chair', 'Mijn broer is de aannemer.', []],
    ['somebody without an office', item, null, 'x', ['conflict.notOfficer']],
    ['after the decision', { ...item, decided: true }, 'chair', 'x', ['conflict.decided']],
    ['after the assembly', { ...item, ended: true }, 'chair', 'x', ['assembly.ended']],
    ['without a reason', item, 'director', ' ', ['conflict.reasonNeeded']],
  ])('%s', (_, given, office, reason, expected) => {
    expect(codes(checkDeclaring(given, office, reason))).toEqual(expected)
  })
})

describe('checkKeptOut (BW 2:44 lid 6)', () => {
  it.each<[string, string[], string[]]>([
    ['nobody declared', [], []],
    ['somebody else declared', ['director'], []],
    ['this person declared', ['director', 'chair'], ['conflict.keepsOut']],
  ])('%s', (_, persons, expected) => {
    const conflicted = persons.map((personId) => ({ personId }))
    expect(codes(checkKeptOut('chair', conflicted))).toEqual(expected)
  })
})
