import { describe, expect, it } from 'vitest'
import { type ApplicationAct, type ApplicationState, checkAct, mayAct, stateOf } from './application-state.js'

const nothing = { version: 0, review: null, decision: null, withdrawn: false }

describe('the state of an application', () => {
  it.each([
    ['draft', nothing],
    ['submitted', { ...nothing, version: 1 }],
    ['askedBack', { ...nothing, version: 1, review: 'askedBack' as const }],
    ['submitted', { ...nothing, version: 2 }],
    ['advised', { ...nothing, version: 2, review: 'adviseAdmission' as const }],
    ['advised', { ...nothing, version: 2, review: 'adviseRefusal' as const }],
    [
      'admitted',
      { ...nothing, version: 2, review: 'adviseAdmission' as const, decision: 'admitted' as const },
    ],
    ['refused', { ...nothing, version: 2, review: 'adviseAdmission' as const, decision: 'refused' as const }],
    ['withdrawn', { ...nothing, withdrawn: true }],
    ['withdrawn', { ...nothing, version: 1, review: 'askedBack' as const, withdrawn: true }],
    ['admitted', { ...nothing, version: 1, decision: 'admitted' as const, withdrawn: true }],
  ])('is %s after %j', (state, facts) => expect(stateOf(facts)).toBe(state))

  it.each<[ApplicationAct, ApplicationState[]]>([
    ['submit', ['draft', 'askedBack']],
    ['assess', ['submitted']],
    ['decide', ['advised']],
    ['withdraw', ['draft', 'submitted', 'askedBack', 'advised']],
  ])('allows to %s only in %j', (act, allowed) => {
    const states: ApplicationState[] = [
      'draft',
      'submitted',
      'askedBack',
      'advised',
      'admitted',
      'refused',
      'withdrawn',
    ]
    expect(states.filter((state) => mayAct(state, act))).toEqual(allowed)
    for (const state of states) expect(checkAct(state, act)).toHaveLength(allowed.includes(state) ? 0 : 1)
  })
})
