import { describe, expect, it } from 'vitest'
import { checkDecision, type IntendedDecision } from './who-decides.js'

const byDirector: IntendedDecision = {
  organ: 'director',
  outcome: 'admitted',
  reason: '',
  advice: 'adviseAdmission',
  roles: ['director'],
  assemblyDecision: null,
}
const byAssembly: IntendedDecision = {
  ...byDirector,
  organ: 'assembly',
  roles: ['secretary'],
  assemblyDecision: { adopted: true },
}

describe('who decides on admission', () => {
  it.each<[string, IntendedDecision, string[]]>([
    ['the director admits', byDirector, []],
    ['the serviceteam does not', { ...byDirector, roles: ['serviceTeam'] }, ['admission.notYourDecision']],
    ['the chair does not', { ...byDirector, roles: ['chair'] }, ['admission.notYourDecision']],
    [
      'a refusal has a reason',
      { ...byDirector, outcome: 'refused', reason: ' ' },
      ['admission.refusalReason'],
    ],
    ['a refusal with a reason', { ...byDirector, outcome: 'refused', reason: 'Winstoogmerk' }, []],
    [
      'against the advice has a reason',
      { ...byDirector, advice: 'adviseRefusal' },
      ['admission.againstAdviceReason'],
    ],
    ['against the advice with a reason', { ...byDirector, advice: 'adviseRefusal', reason: 'Toch' }, []],
    ['the assembly admitted', byAssembly, []],
    [
      'the assembly has not decided',
      { ...byAssembly, assemblyDecision: null },
      ['admission.noAssemblyDecision'],
    ],
    [
      'the assembly decided otherwise',
      { ...byAssembly, assemblyDecision: { adopted: false } },
      ['admission.againstDecision'],
    ],
    [
      'a rejected proposal is a refusal, with a reason',
      { ...byAssembly, outcome: 'refused', assemblyDecision: { adopted: false } },
      ['admission.refusalReason'],
    ],
    ['a delegate records nothing', { ...byAssembly, roles: ['delegate'] }, ['admission.notYourDecision']],
  ])('%s', (_, decision, codes) => {
    expect(checkDecision(decision).map(({ code }) => code)).toEqual(codes)
  })
})
