import { describe, expect, it } from 'vitest'
import { callOn, type DatedCall, type DatedStanding, standingOn } from './call-on-day.js'

const noon = (day: string) => new Date(`${day}T12:00:00Z`)

/** Proposed on the 1st, out on the 5th, a first payment booked on the 4th and one on the 20th, cancelled on the 28th. */
const call: DatedCall = {
  proposedAt: noon('2020-02-01'),
  withdrawal: null,
  issue: { issuedOn: '2020-02-05' },
  cancellation: { cancelledAt: noon('2020-02-28') },
  claims: [
    {
      payments: [{ paidOn: '2020-02-04' }, { paidOn: '2020-02-20' }],
      reminders: [{ sentOn: '2020-02-10' }],
      defaults: [{ recordedAt: noon('2020-02-22'), answer: { answeredAt: noon('2020-02-24') } }],
    },
  ],
}

/** What there is of it: out, payments, reminders, proposals about who does not pay, answers to those, cancelled. */
function parts(found: DatedCall | null) {
  if (!found) return null
  const [claim] = found.claims
  return [
    found.issue !== null,
    claim?.payments.length ?? 0,
    claim?.reminders.length ?? 0,
    claim?.defaults.length ?? 0,
    claim?.defaults.filter(({ answer }) => answer !== null).length ?? 0,
    found.cancellation !== null,
  ]
}

describe('a call at the end of a day', () => {
  it.each([
    ['before it was proposed', '2020-01-31', null],
    ['on the day it was proposed', '2020-02-01', [false, 0, 0, 0, 0, false]],
    ['money at the bank before the letter', '2020-02-04', [false, 0, 0, 0, 0, false]],
    ['on the day it went out', '2020-02-05', [true, 1, 0, 0, 0, false]],
    ['on the day of a reminder', '2020-02-10', [true, 1, 1, 0, 0, false]],
    ['the day before a payment', '2020-02-19', [true, 1, 1, 0, 0, false]],
    ['on the day of a payment', '2020-02-20', [true, 2, 1, 0, 0, false]],
    ['when a default waits for an answer', '2020-02-23', [true, 2, 1, 1, 0, false]],
    ['when it was answered', '2020-02-24', [true, 2, 1, 1, 1, false]],
    ['when it was cancelled', '2020-02-28', [true, 2, 1, 1, 1, true]],
    ['for ever after', '9999-12-31', [true, 2, 1, 1, 1, true]],
  ])('%s', (_, day, expected) => {
    expect(parts(callOn(call, day))).toEqual(expected)
  })

  it('has a withdrawal from its day on, by the calendar of Amsterdam', () => {
    const withdrawn = { ...call, issue: null, withdrawal: { withdrawnAt: new Date('2020-02-02T23:30:00Z') } }
    expect(callOn(withdrawn, '2020-02-02')?.withdrawal).toBeNull()
    expect(callOn(withdrawn, '2020-02-03')?.withdrawal).not.toBeNull()
  })

  it('leaves the call as it was', () => {
    const before = JSON.stringify(call)
    callOn(call, '2020-02-04')
    expect(JSON.stringify(call)).toBe(before)
  })
})

describe('the motion on a call at the end of a day', () => {
  const openedAt = noon('2020-02-02')
  const decision = { decidedOn: '2020-02-03' }
  const adopted: DatedStanding<typeof decision> = { state: 'adopted', openedAt, decision }
  it.each<[string, DatedStanding<typeof decision>, string, string]>([
    ['waits while it waits', { state: 'waiting' }, '2020-02-01', 'waiting'],
    ['waited before its poll', { state: 'voting', openedAt }, '2020-02-01', 'waiting'],
    ['is voted on from the opening', { state: 'voting', openedAt }, '2020-02-02', 'voting'],
    ['waited before the poll that adopted it', adopted, '2020-02-01', 'waiting'],
    ['was voted on before the decision', adopted, '2020-02-02', 'voting'],
    ['is adopted from the day of the decision', adopted, '2020-02-03', 'adopted'],
    ['is rejected likewise', { ...adopted, state: 'rejected' }, '2020-02-03', 'rejected'],
    ['waited until its assembly was over', { state: 'withdrawn', since: openedAt }, '2020-02-01', 'waiting'],
    ['lapsed with its assembly', { state: 'withdrawn', since: openedAt }, '2020-02-02', 'withdrawn'],
    ['of a call that was taken back', { state: 'withdrawn', since: null }, '2020-02-09', 'waiting'],
  ])('%s', (_, standing, day, expected) => {
    expect(standingOn(standing, day).state).toBe(expected)
  })
})
