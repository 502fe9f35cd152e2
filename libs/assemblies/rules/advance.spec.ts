import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type AdvanceBallot,
  type AdvanceContext,
  type AdvanceOpening,
  admitAll,
  advanceFrom,
  checkAdvance,
  checkAdvanceCast,
} from './advance.js'

const at = (text: string) => new Date(text)
const rule = { allowed: true, daysBefore: 30, article: 'artikel 17 lid 5' }
const startsAt = at('2020-04-15T19:30:00+02:00')
const assembly = {
  ...{ heldOn: '2020-04-15', startsAt, endedAt: null, convenedOn: '2020-03-01', cancelledAt: null },
}
const context: AdvanceContext = { rule, assembly, withdrawn: false, convened: true, polled: false }

describe('the first day of voting in advance (BW 2:38 lid 8: not before the 30th day before the assembly)', () => {
  it.each([
    // 15 April less 30 days is 16 March; the clock changed in between.
    ['2020-04-15T19:30:00+02:00', 30, '2020-03-16'],
    // Just after midnight in Amsterdam is the day before in UTC.
    ['2020-04-15T00:30:00+02:00', 30, '2020-03-16'],
    ['2020-03-30T23:30:00+02:00', 30, '2020-02-29'],
    ['2021-03-30T20:00:00+02:00', 30, '2021-02-28'],
    ['2020-04-15T19:30:00+02:00', 14, '2020-04-01'],
    // The statutes can't give more than the law.
    ['2020-04-15T19:30:00+02:00', 45, '2020-03-16'],
  ])('assembly at %s, %i days: from %s', (start, daysBefore, from) => {
    expect(advanceFrom(at(start), { daysBefore })).toBe(from)
  })
})

describe('whether can be voted in advance now', () => {
  it.each<[string, string, Partial<AdvanceContext>, string | undefined]>([
    ['the last instant of the 31st day', '2020-03-15T23:59:59+01:00', {}, 'advance.tooEarly'],
    ['the first instant of the 30th day', '2020-03-16T00:00:00+01:00', {}, undefined],
    ['just before it begins', '2020-04-15T19:29:59+02:00', {}, undefined],
    ['when it begins', '2020-04-15T19:30:00+02:00', {}, 'advance.begun'],
    ['statutes silent', '2020-04-01T12:00:00+02:00', { rule: null }, 'advance.notAllowed'],
    [
      'statutes forbid',
      '2020-04-01T12:00:00+02:00',
      { rule: { ...rule, allowed: false } },
      'advance.notAllowed',
    ],
    ['nobody convened yet', '2020-04-01T12:00:00+02:00', { convened: false }, 'assembly.notConvened'],
    [
      'cancelled',
      '2020-04-01T12:00:00+02:00',
      { assembly: { ...assembly, cancelledAt: at('2020-03-20T12:00:00Z') } },
      'advance.begun',
    ],
    ['withdrawn', '2020-04-01T12:00:00+02:00', { withdrawn: true }, 'motion.withdrawn'],
    ['polled', '2020-04-15T20:00:00+02:00', { polled: true }, 'advance.polled'],
    [
      'adjourned: it has begun',
      '2020-04-16T12:00:00+02:00',
      { assembly: { ...assembly, heldOn: '2020-04-20', resumesAt: at('2020-04-20T19:30:00+02:00') } },
      'advance.begun',
    ],
  ])('%s', (_, now, change, code) => {
    expect(checkAdvance({ ...context, ...change }, at(now))[0]?.code).toBe(code)
  })
})

describe('casting in advance', () => {
  const cast = {
    ...{ casterIds: ['p'], personId: 'p', castAt: null, choice: 'for', seenHash: 'h', textHash: 'h' },
  }
  it.each([
    ['by who may vote that day', {}, undefined],
    ['by another', { personId: 'q' }, 'advance.notYourMember'],
    ['for a member that may not vote today', { casterIds: null }, 'advance.notYourMember'],
    ['again: final once cast', { castAt: '12.00' }, 'advance.alreadyCast'],
    ['on a text that changed meanwhile', { seenHash: 'old' }, 'advance.textChanged'],
    ['without a choice', { choice: '' }, 'ballot.unknownChoice'],
  ])('%s', (_, change, code) => {
    expect(checkAdvanceCast({ ...cast, ...change })[0]?.code).toBe(code)
  })
})

const ballot: AdvanceBallot = {
  ...{ id: 'b', memberId: 'm', castBy: 'p', castAt: at('2020-04-01T12:00:00+02:00') },
  ...{ textNumber: 1, textHash: 'h1' },
}
const opening: AdvanceOpening = {
  ...{ startsAt, rule, textNumber: 1, textHash: 'h1', isRevote: false },
  ...{ electors: new Set(['m']), keptOut: new Set<string>() },
}

describe('admission at the opening of the poll', () => {
  it.each<[string, Partial<AdvanceBallot>, Partial<AdvanceOpening>, string]>([
    ['the same text, still an elector', {}, {}, 'admitted'],
    ['the motion was amended', {}, { textNumber: 2, textHash: 'h2' }, 'lapsed'],
    ['amended and restored by a re-vote: another version', {}, { textNumber: 3 }, 'lapsed'],
    ['the question changed', {}, { textHash: 'h2' }, 'lapsed'],
    ['left before the assembly', {}, { electors: new Set<string>() }, 'notElector'],
    ['a re-vote (BW 2:13)', {}, { isRevote: true }, 'revote'],
    ['who cast it has a conflict (statute)', {}, { keptOut: new Set(['p']) }, 'keptOut'],
    ['postponed by 30 days: cast too early', {}, { startsAt: at('2020-05-15T19:30:00+02:00') }, 'tooEarly'],
    ['on the 30th day', { castAt: at('2020-03-16T00:00:00+01:00') }, {}, 'admitted'],
    ['on the 31st day', { castAt: at('2020-03-15T23:59:59+01:00') }, {}, 'tooEarly'],
  ])('%s', (_, change, poll, outcome) => {
    expect(admitAll([{ ...ballot, ...change }], { ...opening, ...poll })[0]!.outcome).toBe(outcome)
  })

  it('counts each member at most once, and never for a text it was not cast on', () => {
    const text = fc.record({
      textNumber: fc.integer({ min: 0, max: 3 }),
      textHash: fc.constantFrom('h0', 'h1', 'h2'),
    })
    const ballots = fc.array(
      fc
        .record({
          ...{ id: fc.uuid(), castBy: fc.constantFrom('p', 'q') },
          memberId: fc.constantFrom('m', 'n', 'o'),
          castAt: fc.date({ min: at('2020-03-01'), max: at('2020-04-15'), noInvalidDate: true }),
        })
        .chain((one) => text.map((about) => ({ ...one, ...about }))),
      { maxLength: 12 },
    )
    const polls = fc.record({
      isRevote: fc.boolean(),
      electors: fc.uniqueArray(fc.constantFrom('m', 'n', 'o')).map((all) => new Set(all)),
    })
    fc.assert(
      fc.property(ballots, text, polls, (cast, about, poll) => {
        const outcomes = admitAll(cast, { ...opening, ...about, ...poll })
        expect(outcomes).toHaveLength(cast.length)
        const counted = cast.filter((_, index) => outcomes[index]!.outcome === 'admitted')
        expect(new Set(counted.map(({ memberId }) => memberId)).size).toBe(counted.length)
        for (const one of counted) {
          expect({ textNumber: one.textNumber, textHash: one.textHash }).toEqual(about)
          expect(poll.electors.has(one.memberId) && !poll.isRevote).toBe(true)
        }
      }),
    )
  })
})
