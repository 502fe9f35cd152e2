import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '#kernel'
import { actingOn, type MandateEvent, type MandateRecord, overlap, standingOf } from './mandate.js'
import { type HeldMandate, succeed } from './succession.js'

const at = (step: number) => new Date(Date.UTC(2020, 0, 1, 0, 0, step))
const mandate = (changes: Partial<MandateRecord>): MandateRecord => ({
  id: 'm',
  memberId: 'member',
  personId: 'p',
  function: 'delegate',
  from: '2020-03-01',
  until: null,
  proposedAt: at(0),
  events: [],
  ...changes,
})
const confirmed: MandateEvent = { type: 'confirmed', on: '2020-03-01', at: at(1) }
const leaves: MandateEvent = { type: 'ended', on: '2021-01-01', cause: 'membership', at: at(2) }

describe('standingOf', () => {
  it.each<[string, Partial<MandateRecord>, number | null, string]>([
    ['as proposed', {}, null, 'pending 2020-03-01–'],
    [
      'confirmed later than proposed',
      { events: [{ ...confirmed, on: '2020-03-05' }] },
      null,
      'confirmed 2020-03-05–',
    ],
    ['not confirmed yet, as known then', { events: [confirmed] }, 0, 'pending 2020-03-01–'],
    ['refused', { events: [{ type: 'refused', at: at(1) }] }, null, 'refused 2020-03-01–'],
    ['with an end', { until: '2020-06-01', events: [confirmed] }, null, 'confirmed 2020-03-01–2020-06-01'],
    ['ended by the membership', { events: [confirmed, leaves] }, null, 'confirmed 2020-03-01–2021-01-01'],
    [
      'an end that is no sooner',
      { until: '2020-06-01', events: [confirmed, leaves] },
      null,
      'confirmed 2020-03-01–2020-06-01',
    ],
    [
      'the membership runs on',
      { events: [confirmed, leaves, { type: 'continued', at: at(3) }] },
      null,
      'confirmed 2020-03-01–',
    ],
    [
      'still ending, as known then',
      { events: [confirmed, leaves, { type: 'continued', at: at(3) }] },
      2,
      'confirmed 2020-03-01–2021-01-01',
    ],
    [
      'running on does not bring a predecessor back',
      {
        events: [
          confirmed,
          { type: 'ended', on: '2020-09-01', cause: 'successor', at: at(2) },
          leaves,
          { type: 'continued', at: at(4) },
        ],
      },
      null,
      'confirmed 2020-03-01–2020-09-01',
    ],
  ])('%s', (_, changes, knownAt, expected) => {
    const { state, from, until } = standingOf(mandate(changes), knownAt === null ? undefined : at(knownAt))!
    expect(`${state} ${from}–${until ?? ''}`).toBe(expected)
  })

  it('is nothing before it was proposed', () => {
    expect(standingOf(mandate({ proposedAt: at(5) }), at(4))).toBeNull()
  })
})

describe('overlap', () => {
  it.each([
    ['2020-01-01', '2020-02-01', '2020-02-01', null, false],
    ['2020-01-01', '2020-02-02', '2020-02-01', null, true],
    ['2020-01-01', null, '2030-01-01', null, true],
    ['2020-01-01', '2020-01-01', '2019-01-01', null, false],
  ])('%s–%s and %s–%s: %s', (from, until, otherFrom, otherUntil, expected) => {
    expect(overlap({ from, until }, { from: otherFrom, until: otherUntil })).toBe(expected)
    expect(overlap({ from: otherFrom, until: otherUntil }, { from, until })).toBe(expected)
  })
})

/** Day by day who acts, and since which day, as a person with a calendar would keep it. */
type Calendar = ({ who: string; since: number } | null)[]
const DAYS = 40
const dayAt = (index: number) => addDays('2020-01-01', index)

type Act =
  | { act: 'appoint'; person: string; from: number; length: number | null }
  | { act: 'memberLeaves'; on: number }
  | { act: 'end'; on: number }

const acts: fc.Arbitrary<Act> = fc.oneof(
  fc.record({
    act: fc.constant('appoint' as const),
    person: fc.constantFrom('a', 'b', 'c', 'd'),
    from: fc.nat(DAYS - 1),
    length: fc.option(fc.integer({ min: 1, max: 15 })),
  }),
  fc.record({ act: fc.constant('memberLeaves' as const), on: fc.nat(DAYS - 1) }),
  fc.record({ act: fc.constant('end' as const), on: fc.nat(DAYS - 1) }),
)

/** What the service does with an act, with the same rules. @returns whether it was accepted */
function carryOut(act: Act, step: number, mandates: (MandateRecord & { events: MandateEvent[] })[]): boolean {
  const held = mandates.map((one): HeldMandate => ({ ...one, ...standingOf(one)! }))
  if (act.act !== 'appoint') {
    const [on, cause] = [dayAt(act.on), act.act === 'end' ? ('request' as const) : ('membership' as const)]
    for (const one of mandates) one.events.push({ type: 'ended', on, cause, at: at(step) })
    return true
  }
  const from = dayAt(act.from)
  const until = act.length === null ? null : dayAt(act.from + act.length)
  const given = { personId: act.person, function: 'delegate' as const, from, until }
  const { endings, violations } = succeed(given, held)
  if (violations.length > 0) return false
  for (const { mandateId, on } of endings)
    mandates
      .find(({ id }) => id === mandateId)!
      .events.push({ type: 'ended', on, cause: 'successor', at: at(step) })
  const events: MandateEvent[] = [{ type: 'confirmed', on: from, at: at(step) }]
  mandates.push({ ...mandate({ ...given, id: `m${step}`, proposedAt: at(step) }), events })
  return true
}

function keepCalendar(act: Act, before: Calendar): Calendar {
  return before.map((there, index) => {
    if (act.act !== 'appoint') return index >= act.on ? null : there
    if (index < act.from) return there
    const end = act.from + (act.length ?? DAYS)
    if (index < end) return { who: act.person, since: act.from }
    return there && there.since >= end ? there : null
  })
}

describe('who acts', () => {
  it('is on every day what a calendar kept by hand says, also as it was known after each act', () => {
    fc.assert(
      fc.property(fc.array(acts, { maxLength: 12 }), (given) => {
        const mandates: (MandateRecord & { events: MandateEvent[] })[] = []
        const calendars: { step: number; calendar: Calendar }[] = []
        let calendar: Calendar = Array.from({ length: DAYS }, () => null)
        for (const [index, act] of given.entries()) {
          if (!carryOut(act, index + 1, mandates)) continue
          calendar = keepCalendar(act, calendar)
          calendars.push({ step: index + 1, calendar })
        }
        for (const { step, calendar } of calendars)
          for (const [index, there] of calendar.entries())
            expect(actingOn(mandates, 'delegate', dayAt(index), at(step))?.mandate.personId).toBe(there?.who)
      }),
    )
  })
})
