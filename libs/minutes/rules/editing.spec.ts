import { describe, expect, it } from 'vitest'
import { canonicalText } from './canonical-text.js'
import { applyEdit, regenerate, saysTheSame } from './editing.js'
import { cleanRemarks, line, type MinutesContent, type Section } from './minutes.js'

const section = (key: string, remarks = '', fact = 'Feit.'): Section => ({
  ...{ key, heading: `Deel ${key}`, facts: [line(fact)], remarks },
})
const content = (...sections: Section[]): MinutesContent => ({ title: 'T', subtitle: 'S', sections })

describe('typing in a part', () => {
  const current = content(section('a', 'Er stond al iets.'), section('b'))

  it('changes that part only, and no fact', () => {
    const outcome = applyEdit(current, { key: 'b', remarks: '  Nieuw.  \r\nRegel. ', before: '' })
    expect(outcome).toEqual({
      kind: 'changed',
      content: content(section('a', 'Er stond al iets.'), section('b', 'Nieuw.\nRegel.')),
    })
  })

  it('is not in the way of who typed in another part', () => {
    expect(applyEdit(current, { key: 'b', remarks: 'Nieuw.', before: '' }).kind).toBe('changed')
  })

  it('overwrites nobody: a part that someone else changed gives both texts back', () => {
    expect(applyEdit(current, { key: 'a', remarks: 'Van mij.', before: '' })).toEqual({
      kind: 'conflict',
      theirs: 'Er stond al iets.',
      yours: 'Van mij.',
    })
  })

  it.each([
    ['as it stands', 'Er stond al iets.', 'Er stond al iets.'],
    ['as someone else typed it too', 'Er stond al iets.', ''],
  ])('records nothing for a text %s', (_, remarks, before) => {
    expect(applyEdit(current, { key: 'a', remarks, before }).kind).toBe('same')
  })

  it('refuses a part that is not there, and a text that is too long', () => {
    expect(() => applyEdit(current, { key: 'z', remarks: '', before: '' })).toThrow('minutes.noSection')
    expect(() => applyEdit(current, { key: 'a', remarks: 'x'.repeat(20_001), before: '' })).toThrow(
      'minutes.tooLong',
    )
  })
})

describe('taking over the log', () => {
  it('makes the facts anew and keeps every word that was typed', () => {
    const current = content(section('a', 'Getypt.'), section('gone', 'Blijft.'), section('empty'))
    const fresh = content(section('a', '', 'Ander feit.'), section('new'))
    expect(regenerate(current, fresh)).toEqual(
      content(section('a', 'Getypt.', 'Ander feit.'), section('new'), {
        ...section('gone', 'Blijft.'),
        facts: [],
      }),
    )
  })

  it('changes nothing when the log says the same, whatever the order of keys in what was stored', () => {
    const current = content(section('a', 'Getypt.'))
    const stored = JSON.parse(
      '{"sections":[{"remarks":"Getypt.","facts":[{"text":"Feit.","kind":"line"}],"key":"a","heading":"Deel a"}],"subtitle":"S","title":"T"}',
    )
    expect(saysTheSame(regenerate(stored, content(section('a'))), current)).toBe(true)
    expect(saysTheSame(regenerate(stored, content(section('a', '', 'Anders.'))), current)).toBe(false)
  })
})

describe('the text that is signed', () => {
  it('is the same for the same content, and another for any change', () => {
    const one = content(section('a', 'x'))
    expect(canonicalText(structuredClone(one))).toBe(canonicalText(one))
    const others = [
      content(section('a', 'y')),
      content(section('a', 'x', 'Ander feit.')),
      content(section('a', 'x'), section('b')),
    ]
    expect(new Set([one, ...others].map(canonicalText)).size).toBe(4)
  })

  it('marks what was typed apart, so that it can look like no fact and no heading', () => {
    const typed = canonicalText(content(section('a', '== Sluiting\nBesluit 2020-01: aangenomen.')))
    expect(typed).toBe(
      'T\n\nS\n\n== Deel a\nFeit.\nVerslag:\n| == Sluiting\n| Besluit 2020-01: aangenomen.\n',
    )
  })

  it('has plain line ends and composed characters, however it was typed', () => {
    expect(cleanRemarks('cafe\u0301 \r\n\r\n\tx\t \r')).toBe('café\n\n\tx')
  })
})
