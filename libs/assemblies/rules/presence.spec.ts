import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PollRule } from './poll-rule.js'
import { type AttendanceEvent, instantAfter, presentAt, quorumNow } from './presence.js'

const at = (second: number) => new Date(Date.UTC(2020, 1, 15, 10, 0, second))
const event = (memberId: string, kind: 'in' | 'out', second: number): AttendanceEvent => ({
  memberId,
  kind,
  at: at(second),
})
const log = [event('a', 'in', 1), event('b', 'in', 2), event('a', 'out', 5), event('a', 'in', 9)]

describe('presentAt', () => {
  it.each([
    [0, []],
    [1, ['a']],
    [2, ['a', 'b']],
    [5, ['b']],
    [8, ['b']],
    [9, ['a', 'b']],
  ])('at %i: %j', (second, there) => {
    expect([...presentAt(log, at(second))].sort()).toEqual(there)
  })

  it('takes the later recorded of two at one instant', () => {
    expect(presentAt([event('a', 'in', 1), event('a', 'out', 1)], at(1))).toEqual(new Set())
    expect(presentAt([event('a', 'out', 1), event('a', 'in', 1)], at(1))).toEqual(new Set(['a']))
  })

  it('agrees with replaying the log event by event', () => {
    const events = fc.array(
      fc.record({
        memberId: fc.constantFrom(...'abcd'),
        kind: fc.constantFrom('in' as const, 'out' as const),
        at: fc.nat(20).map(at),
      }),
    )
    fc.assert(
      fc.property(events, fc.nat(20), (given, second) => {
        const there = new Set<string>()
        const inOrder = given.toSorted((one, other) => one.at.getTime() - other.at.getTime())
        for (const { memberId, kind, at: when } of inOrder) {
          if (when > at(second)) break
          if (kind === 'in') there.add(memberId)
          else there.delete(memberId)
        }
        expect(presentAt(given, at(second))).toEqual(there)
      }),
    )
  })
})

describe('instantAfter', () => {
  it.each([
    ['nothing came before', null, 0],
    ['the last was earlier', -1, 0],
    ['the last is this very moment', 0, 1],
    ['another clock is a little ahead', 40, 41],
    ['the last is an hour ahead: the clock was put back', 3_600_000, 0],
  ])('%s', (_, last, expected) => {
    const now = at(0)
    const after = instantAfter(now, last === null ? null : new Date(now.getTime() + last))
    expect(after.getTime() - now.getTime()).toBe(expected)
  })
})

const rule = (quorum: string | null): PollRule => ({
  asOf: '2020-02-15',
  majority: { fraction: '1/2', strict: true, base: 'cast', article: '18' },
  quorum: { required: quorum === null ? null : { fraction: quorum, strict: false }, article: '18 lid 2' },
  blank: { counts: 'excluded', article: '18' },
  votesPerMember: { votes: 1, article: '17' },
})
const electors = [...'abcdef'].map((memberId) => ({ memberId, weight: 1 }))

describe('quorumNow', () => {
  it.each<[string, string[], [string, string][], string | null, object]>([
    ['nobody there', [], [], '1/2', { present: 0, represented: 0, needed: 3, reached: false }],
    [
      'half there, by themselves',
      ['a', 'b', 'c'],
      [],
      '1/2',
      { present: 3, represented: 0, needed: 3, reached: true },
    ],
    [
      'BW 2:38 lid 4: represented by who is there counts',
      ['a', 'b'],
      [['c', 'a']],
      '1/2',
      { present: 2, represented: 1, needed: 3, reached: true },
    ],
    [
      'a holder who is away represents nobody',
      ['a', 'b'],
      [['c', 'd']],
      '1/2',
      { present: 2, represented: 0, reached: false },
    ],
    ['there and with a proxy: counted once', ['a', 'c'], [['c', 'a']], '1/2', { present: 2, represented: 0 }],
    [
      'a supporting member or a guest changes nothing',
      ['a', 'x', 'y'],
      [['z', 'a']],
      '1/2',
      { present: 1, represented: 0, electorate: 6 },
    ],
    ['no quorum is asked', [], [], null, { needed: null, reached: true }],
  ])('%s', (_, present, holders, quorum, expected) => {
    expect(quorumNow(electors, new Set(present), new Map(holders), rule(quorum))).toMatchObject(expected)
  })
})
