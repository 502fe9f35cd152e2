import { describe, expect, it } from 'vitest'
import { type ChangeEventType, type ChangeState, isOpen, needsServiceTeam, stateOf } from './state.js'

describe('how a change stands', () => {
  it.each<[string, ChangeEventType[], ChangeState, boolean, boolean]>([
    ['proposed', [], 'waiting', true, false],
    ['confirmed by a second person', ['confirmed', 'carriedOut'], 'carriedOut', false, false],
    ['what needs no second person', ['carriedOut'], 'carriedOut', false, false],
    ['refused', ['refused'], 'refused', false, false],
    ['taken back', ['withdrawn'], 'withdrawn', false, false],
    ['an objection while it waits', ['objected'], 'blocked', true, true],
    ['the service team refuses it', ['objected', 'refused'], 'refused', false, false],
    ['the service team confirms it', ['objected', 'confirmed', 'carriedOut'], 'carriedOut', false, false],
    ['an objection afterwards', ['confirmed', 'carriedOut', 'objected'], 'contested', false, true],
    ['that is settled', ['confirmed', 'carriedOut', 'objected', 'settled'], 'carriedOut', false, false],
  ])('%s', (_, events, state, open, serviceTeam) => {
    expect([stateOf(events), isOpen(state), needsServiceTeam(state)]).toEqual([state, open, serviceTeam])
  })
})
