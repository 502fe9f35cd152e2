import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareInstants, parseInstant } from './instant.js'
import { type Membership, type MembershipEvent, membershipKnownAt, membershipOn } from './membership.js'
import type { Recorded } from './standing.js'

const history: MembershipEvent[] = [
  { on: '2019-01-01', type: 'admitted', kind: 'supporting' },
  { on: '2019-06-01', type: 'kindChanged', kind: 'voting' },
  { on: '2019-09-01', type: 'suspended' },
  { on: '2019-10-01', type: 'reinstated' },
  { on: '2019-12-31', type: 'ended' },
]

describe('membershipOn', () => {
  it.each([
    ['2018-12-31', 'none', null, false],
    ['2019-01-01', 'member', 'supporting', false],
    ['2019-05-31', 'member', 'supporting', false],
    ['2019-06-01', 'member', 'voting', true],
    ['2019-09-01', 'suspended', 'voting', false],
    ['2019-10-01', 'member', 'voting', true],
    ['2019-12-30', 'member', 'voting', true],
    ['2019-12-31', 'former', null, false],
    ['2025-01-01', 'former', null, false],
  ])('on %s: %s, kind %s, may vote %s (BW 2:38)', (day, status, kind, mayVote) => {
    expect(membershipOn(day, history)).toMatchObject({ status, kind, mayVote })
  })

  it('does not depend on the order in which different days were recorded', () => {
    expect(membershipOn('2019-11-01', [...history].reverse())).toEqual(membershipOn('2019-11-01', history))
  })

  it('takes facts of one day in the order of recording', () => {
    const sameDay: MembershipEvent[] = [
      { on: '2019-01-01', type: 'admitted', kind: 'voting' },
      { on: '2019-01-01', type: 'suspended' },
    ]
    expect(membershipOn('2019-01-01', sameDay).status).toBe('suspended')
    expect(membershipOn('2019-01-01', [...sameDay].reverse()).status).toBe('member')
  })

  it('counts membership from the last admission', () => {
    const again: MembershipEvent[] = [...history, { on: '2021-01-01', type: 'admitted', kind: 'voting' }]
    expect(membershipOn('2021-02-01', again)).toMatchObject({ since: '2021-01-01', mayVote: true })
  })
})

describe('facts fold without being judged', () => {
  const on = '2019-01-01'
  it.each<[string, MembershipEvent[], Omit<Membership, 'since'>]>([
    ['nothing', [], { status: 'none', kind: null, mayVote: false }],
    [
      'a change of kind before admission',
      [{ on, type: 'kindChanged', kind: 'voting' }],
      { status: 'none', kind: 'voting', mayVote: false },
    ],
    [
      'suspension of who is no member',
      [{ on, type: 'suspended' }],
      { status: 'suspended', kind: null, mayVote: false },
    ],
    [
      'reinstatement after the end: a member without a kind has no vote',
      [
        { on, type: 'admitted', kind: 'voting' },
        { on, type: 'ended' },
        { on, type: 'reinstated' },
      ],
      { status: 'member', kind: null, mayVote: false },
    ],
    [
      'a change of kind after the end',
      [
        { on, type: 'ended' },
        { on, type: 'kindChanged', kind: 'voting' },
      ],
      { status: 'former', kind: 'voting', mayVote: false },
    ],
    [
      'a change of kind under suspension',
      [
        { on, type: 'admitted', kind: 'supporting' },
        { on, type: 'suspended' },
        { on, type: 'kindChanged', kind: 'voting' },
        { on, type: 'reinstated' },
      ],
      { status: 'member', kind: 'voting', mayVote: true },
    ],
  ])('%s', (_, events, expected) => {
    expect(membershipOn(on, events)).toMatchObject(expected)
  })
})

const recorded = (
  day: string,
  fact: MembershipEvent | null,
  corrects: number | null = null,
): Recorded<MembershipEvent> => ({ recordedAt: parseInstant(`${day}T12:00:00+01:00`)!, fact, corrects })

describe('membershipKnownAt', () => {
  const admitted = recorded('2019-01-02', { on: '2019-01-01', type: 'admitted', kind: 'voting' })
  const corrected = recorded('2019-03-01', { on: '2019-02-01', type: 'admitted', kind: 'supporting' }, 0)
  const back = recorded('2019-04-01', { on: '2019-01-15', type: 'admitted', kind: 'voting' }, 1)

  it.each<[string, Recorded<MembershipEvent>[], string, string, string]>([
    ['recorded later', [admitted], '2019-01-01', '2019-01-02T11:59:59+01:00', 'none null'],
    [
      'recorded at that very instant, in another offset',
      [admitted],
      '2019-01-01',
      '2019-01-02T11:00:00Z',
      'member voting',
    ],
    [
      'before its correction was known',
      [admitted, corrected],
      '2019-01-20',
      '2019-02-28T00:00:00Z',
      'member voting',
    ],
    [
      'a correction counts on its own day',
      [admitted, corrected],
      '2019-01-20',
      '2020-01-01T00:00:00Z',
      'none null',
    ],
    [
      'from which day it holds',
      [admitted, corrected],
      '2019-02-01',
      '2020-01-01T00:00:00Z',
      'member supporting',
    ],
    [
      'a corrected correction gives back nothing',
      [admitted, corrected, back],
      '2019-01-02',
      '2020-01-01T00:00:00Z',
      'none null',
    ],
    [
      'and counts on its own day',
      [admitted, corrected, back],
      '2019-03-01',
      '2020-01-01T00:00:00Z',
      'member voting',
    ],
    [
      'withdrawn',
      [admitted, recorded('2019-03-01', null, 0)],
      '2019-03-01',
      '2020-01-01T00:00:00Z',
      'none null',
    ],
    [
      'a withdrawal withdrawn leaves its target dead',
      [admitted, recorded('2019-03-01', null, 0), recorded('2019-03-02', null, 1)],
      '2019-03-01',
      '2020-01-01T00:00:00Z',
      'none null',
    ],
    [
      'of two corrections of one fact both stand',
      [admitted, corrected, recorded('2019-04-01', { on: '2019-03-01', type: 'ended' }, 0)],
      '2019-03-01',
      '2020-01-01T00:00:00Z',
      'former null',
    ],
    [
      'a correction recorded before its target kills it as well',
      [
        recorded('2019-05-01', { on: '2019-01-01', type: 'admitted', kind: 'voting' }),
        recorded('2019-03-01', null, 0),
      ],
      '2019-01-01',
      '2020-01-01T00:00:00Z',
      'none null',
    ],
    [
      'withdrawing nothing does nothing',
      [admitted, recorded('2019-02-01', null)],
      '2019-01-01',
      '2020-01-01T00:00:00Z',
      'member voting',
    ],
  ])('%s', (_, events, day, knownAt, expected) => {
    const { status, kind } = membershipKnownAt(day, parseInstant(knownAt)!, events)
    expect(`${status} ${kind}`).toBe(expected)
  })

  const aDay = fc.integer({ min: 1, max: 28 }).map((day) => `2019-01-${String(day).padStart(2, '0')}`)
  const anInstant = fc
    .tuple(fc.integer({ min: 1, max: 28 }), fc.constantFrom('Z', '+01:00', '-11:30', '+14:00'))
    .map(([day, offset]) => parseInstant(`2019-02-${String(day).padStart(2, '0')}T06:00:00${offset}`)!)
  const aFact: fc.Arbitrary<MembershipEvent> = fc.oneof(
    fc.record({
      on: aDay,
      type: fc.constantFrom('admitted' as const, 'kindChanged' as const),
      kind: fc.constantFrom('voting' as const, 'supporting' as const),
    }),
    fc.record({
      on: aDay,
      type: fc.constantFrom('suspended' as const, 'reinstated' as const, 'ended' as const),
    }),
  )
  const aHistory = fc
    .array(fc.tuple(anInstant, fc.option(aFact, { freq: 6 }), fc.option(fc.nat())), { maxLength: 12 })
    .map((rows) =>
      rows.map(([recordedAt, fact, target], at): Recorded<MembershipEvent> => {
        const corrects = at > 0 && target !== null ? target % at : null
        return { recordedAt, fact, corrects }
      }),
    )

  it('is what a clerk finds who goes through the days one by one', () => {
    fc.assert(
      fc.property(aHistory, aDay, anInstant, (history, day, knownAt) => {
        const { status, kind, mayVote } = membershipKnownAt(day, knownAt, history)
        expect({ status, kind, mayVote }).toEqual(byHand(history, day, knownAt))
      }),
      { numRuns: 2000 },
    )
  })

  it('shows the same for ever, whatever is recorded later', () => {
    fc.assert(
      fc.property(aHistory, aHistory, aDay, anInstant, (history, later, day, knownAt) => {
        const before = membershipKnownAt(day, knownAt, history)
        const added = later
          .filter(({ recordedAt }) => compareInstants(recordedAt, knownAt) > 0)
          .map((row, at) => ({
            ...row,
            corrects: row.corrects === null ? null : row.corrects % (history.length + at || 1),
          }))
        expect(membershipKnownAt(day, knownAt, [...history, ...added])).toEqual(before)
      }),
    )
  })
})

/** The same said once more, as plainly as can be: every day from the first, every row of that day. */
function byHand(
  history: readonly Recorded<MembershipEvent>[],
  day: string,
  knownAt: NonNullable<ReturnType<typeof parseInstant>>,
) {
  const isKnown = (row: Recorded<MembershipEvent>) => compareInstants(row.recordedAt, knownAt) <= 0
  let [status, kind] = ['none', null as string | null]
  for (let number = 1; number <= 28; number++) {
    const today = `2019-01-${String(number).padStart(2, '0')}`
    if (today > day) break
    for (let at = 0; at < history.length; at++) {
      const row = history[at]!
      if (!isKnown(row) || row.fact?.on !== today) continue
      if (history.some((other) => other.corrects === at && isKnown(other))) continue
      if (row.fact.type === 'admitted') [status, kind] = ['member', row.fact.kind]
      if (row.fact.type === 'kindChanged') kind = row.fact.kind
      if (row.fact.type === 'suspended') status = 'suspended'
      if (row.fact.type === 'reinstated') status = 'member'
      if (row.fact.type === 'ended') [status, kind] = ['former', null]
    }
  }
  return { status, kind, mayVote: status === 'member' && kind === 'voting' }
}
