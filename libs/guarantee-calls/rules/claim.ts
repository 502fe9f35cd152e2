import { addDays, type Cents, type Day } from '#kernel'

/** What happened after a holder did not pay. */
export type Treatment = 'pursued' | 'writtenOff'

/** A claim on one holder, with everything that was recorded about it. */
export interface Claim {
  partCents: Cents
  /** Settled from what the holder had paid in. */
  offsetCents: Cents
  paidCents: Cents
  /** What two people agreed after the last reminder; null before that. */
  treatment: Treatment | null
  cancelled: boolean
}

export type ClaimState =
  | 'settled'
  | 'open'
  | 'overdue'
  /** The last reminder has gone out: what now has to be decided. */
  | 'inDefault'
  | 'pursued'
  | 'writtenOff'
  | 'cancelled'

/** When money is due, and on which days reminders go out, counted from then. */
export interface Terms {
  dueOn: Day
  reminderDays: readonly number[]
}

/** What a holder still has to pay; nothing once it was written off or cancelled. */
export function openCentsOf({ partCents, offsetCents, paidCents, treatment, cancelled }: Claim): Cents {
  if (cancelled || treatment === 'writtenOff') return 0n
  return partCents - offsetCents - paidCents
}

/** How far the claim on a holder is on a day. */
export function stateOf(claim: Claim, terms: Terms, today: Day): ClaimState {
  if (claim.cancelled) return 'cancelled'
  if (claim.treatment === 'writtenOff') return 'writtenOff'
  if (openCentsOf(claim) === 0n) return 'settled'
  if (claim.treatment === 'pursued') return 'pursued'
  if (today > lastReminderOn(terms)) return 'inDefault'
  return today > terms.dueOn ? 'overdue' : 'open'
}

/** The day of the last reminder, or the due day when there are none after it. */
export function lastReminderOn({ dueOn, reminderDays }: Terms): Day {
  return addDays(dueOn, Math.max(0, ...reminderDays))
}

/**
 * The reminder that a holder has to get on a day: the latest one whose day has come, so that a day without work sends
 * one mail, not several. Null when there is none yet.
 * @param issuedOn a reminder of before that day would come before the letter itself
 */
export function reminderDue(
  { dueOn, reminderDays }: Terms,
  issuedOn: Day,
  today: Day,
): { offset: number; last: boolean } | null {
  const come = reminderDays
    .filter((offset) => addDays(dueOn, offset) <= today && addDays(dueOn, offset) > issuedOn)
    .toSorted((a, b) => a - b)
  const offset = come.at(-1)
  return offset === undefined ? null : { offset, last: offset === Math.max(...reminderDays) }
}

/** What a holder quotes when it pays: the call and its own member number. */
export function claimReference(call: { year: number; number: number }, memberNumber: number): string {
  return `${callReference(call)}-${String(memberNumber).padStart(2, '0')}`
}

export function callReference({ year, number }: { year: number; number: number }): string {
  return `AS-${year}-${number}`
}
