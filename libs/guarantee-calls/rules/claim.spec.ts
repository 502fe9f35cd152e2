import { describe, expect, it } from 'vitest'
import { type Claim, claimReference, lastReminderOn, openCentsOf, reminderDue, stateOf } from './claim.js'

const terms = { dueOn: '2020-03-31', reminderDays: [-7, 1, 14] }
const claim = (more: Partial<Claim> = {}): Claim => ({
  ...{ partCents: 100n, offsetCents: 0n, paidCents: 0n, treatment: null, cancelled: false },
  ...more,
})

describe('a claim on a holder', () => {
  it.each<[string, Partial<Claim>, string, string, bigint]>([
    ['before it is due', {}, '2020-03-31', 'open', 100n],
    ['a day late', {}, '2020-04-01', 'overdue', 100n],
    ['on the day of the last reminder', {}, '2020-04-14', 'overdue', 100n],
    ['after the last reminder', {}, '2020-04-15', 'inDefault', 100n],
    ['paid in part', { paidCents: 40n }, '2020-03-31', 'open', 60n],
    ['paid', { paidCents: 100n }, '2020-04-15', 'settled', 0n],
    ['settled from what was paid in', { offsetCents: 100n }, '2020-03-01', 'settled', 0n],
    ['settled from both', { offsetCents: 60n, paidCents: 40n }, '2020-03-01', 'settled', 0n],
    ['pursued', { treatment: 'pursued' }, '2020-05-01', 'pursued', 100n],
    ['pursued and then paid', { treatment: 'pursued', paidCents: 100n }, '2020-05-01', 'settled', 0n],
    ['written off', { treatment: 'writtenOff', paidCents: 40n }, '2020-05-01', 'writtenOff', 0n],
    ['cancelled', { cancelled: true }, '2020-05-01', 'cancelled', 0n],
  ])('%s', (_, more, today, state, open) => {
    expect(stateOf(claim(more), terms, today)).toBe(state)
    expect(openCentsOf(claim(more))).toBe(open)
  })

  it.each<[string, number | undefined, boolean | undefined]>([
    ['2020-03-23', undefined, undefined],
    ['2020-03-24', -7, false],
    ['2020-03-31', -7, false],
    ['2020-04-01', 1, false],
    ['2020-04-14', 14, true],
    ['2020-12-31', 14, true],
  ])('is reminded of: on %s by the one of day %s', (today, offset, last) => {
    const due = reminderDue(terms, '2020-03-01', today)
    expect([due?.offset, due?.last]).toEqual([offset, last])
  })

  it('gets no reminder for a day before the letter, and none without days', () => {
    expect(reminderDue(terms, '2020-03-24', '2020-03-25')).toBeNull()
    expect(reminderDue({ ...terms, reminderDays: [] }, '2020-03-01', '2020-12-31')).toBeNull()
    expect(lastReminderOn({ ...terms, reminderDays: [-7] })).toBe('2020-03-31')
  })

  it('has a reference that is never the beginning of another one', () => {
    expect(claimReference({ year: 2020, number: 1 }, 7)).toBe('AS-2020-1-07')
    expect(claimReference({ year: 2020, number: 1 }, 107)).toBe('AS-2020-1-107')
  })
})
