import { describe, expect, it } from 'vitest'
import {
  challengeableUntil,
  checkChallenge,
  type DisputingElector,
  demandNeeded,
  electorsThere,
  standingOf,
  type VotingMethod,
} from './challenge.js'

const at = (time: string) => new Date(`2020-02-15T${time}:00+01:00`)

describe('demandNeeded (BW 2:13: after a roll call or in writing the majority, else any one voter)', () => {
  it.each<[VotingMethod, number, number]>([
    ['rollCall', 10, 6],
    ['rollCall', 11, 6],
    ['rollCall', 1, 1],
    ['rollCall', 2, 2],
    ['writing', 10, 6],
    ['other', 10, 1],
  ])('%s with %d votes present asks %d', (method, present, needed) => {
    expect(demandNeeded(method, present)).toBe(needed)
  })
})

describe('checkChallenge (BW 2:13: immediately after the result was pronounced)', () => {
  const window = { declaredAt: at('20:00'), minutes: 5, wentOnAt: null, endedAt: null }
  it.each<[string, Parameters<typeof checkChallenge>[0], string, string, string[]]>([
    ['at once', window, 'Ik stond in de wacht.', '20:00', []],
    ['a minute before the end', window, 'x', '20:04', []],
    ['after five minutes', window, 'x', '20:05', ['challenge.tooLate']],
    ['after the next poll opened', { ...window, wentOnAt: at('20:02') }, 'x', '20:02', ['challenge.tooLate']],
    ['before the next poll opens', { ...window, wentOnAt: at('20:02') }, 'x', '20:01', []],
    ['after the assembly ended', { ...window, endedAt: at('20:03') }, 'x', '20:04', ['challenge.tooLate']],
    ['where the statutes give longer', { ...window, minutes: 15 }, 'x', '20:14', []],
    ['without a reason', window, '  ', '20:01', ['challenge.reasonNeeded']],
  ])('%s', (_, given, reason, now, expected) => {
    expect(checkChallenge(given, reason, at(now)).map(({ code }) => code)).toEqual(expected)
  })

  it('ends with what comes first', () => {
    expect(challengeableUntil({ ...window, wentOnAt: at('20:04'), endedAt: at('20:03') })).toEqual(
      at('20:03'),
    )
  })
})

describe('standingOf', () => {
  const challenge = { lapsesAt: at('20:10'), majorityAt: null }
  it.each<[string, Parameters<typeof standingOf>[0], string, string]>([
    ['undisputed', { replacedAt: null, challenge: null }, '20:01', 'inForce'],
    ['disputed', { replacedAt: null, challenge }, '20:09', 'challenged'],
    ['disputed without enough support', { replacedAt: null, challenge }, '20:10', 'inForce'],
    [
      'the majority demands it',
      { replacedAt: null, challenge: { ...challenge, majorityAt: at('20:06') } },
      '23:00',
      'toRevote',
    ],
    ['the re-vote opened', { replacedAt: at('20:12'), challenge }, '20:12', 'replaced'],
  ])('%s', (_, given, now, expected) => {
    expect(standingOf(given, at(now))).toBe(expected)
  })
})

describe('electorsThere', () => {
  const elector = (memberId: string, more: Partial<DisputingElector> = {}): DisputingElector => ({
    ...{ memberId, weight: 1, holderId: null, hasVoted: false },
    ...more,
  })
  it.each<[string, DisputingElector[], [string, 'in' | 'out'][], string[]]>([
    ['who came', [elector('a')], [['a', 'in']], ['a']],
    ['who came and went', [elector('a', { hasVoted: true })], [['a', 'out']], []],
    ['who voted from home', [elector('a', { hasVoted: true })], [], ['a']],
    ['who did neither', [elector('a')], [], []],
    ['whose holder is there', [elector('a'), elector('b', { holderId: 'a' })], [['a', 'in']], ['a', 'b']],
    [
      'whose holder left',
      [elector('a'), elector('b', { holderId: 'a', hasVoted: true })],
      [['a', 'out']],
      [],
    ],
    ['who came although a holder voted', [elector('b', { holderId: 'a' })], [['b', 'in']], ['b']],
  ])('%s', (_, electors, last, expected) => {
    expect([...electorsThere(electors, new Map(last))]).toEqual(expected)
  })
})
