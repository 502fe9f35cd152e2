import type { Violation } from '#kernel'

/** What is known of the end of a poll. */
export interface PollEnd {
  /** When the chair closed it. */
  closedAt: Date | null
  /** When it ends by itself, if the chair said so. */
  closesAt: Date | null
}

/** The most that a chair can announce at once: a whole evening. */
export const LONGEST_MINUTES = 240
const MINUTE = 60_000

/**
 * When the poll closed: by the chair, or at the announced end once that has passed; null while it is open. The
 * end belongs to the closed time: who casts on that instant is too late.
 */
export function closedBy({ closedAt, closesAt }: PollEnd, now: Date): Date | null {
  return closedAt ?? (closesAt && closesAt <= now ? closesAt : null)
}

/** The instant that so many minutes after this one. */
export function minutesAfter(instant: Date, minutes: number): Date {
  return new Date(instant.getTime() + minutes * MINUTE)
}

/**
 * Whether so many minutes can be announced.
 * @returns at most `poll.minutesWrong`
 */
export function checkMinutes(minutes: number): Violation[] {
  const possible = Number.isInteger(minutes) && minutes >= 1 && minutes <= LONGEST_MINUTES
  return possible
    ? []
    : [{ code: 'poll.minutesWrong', path: 'minuten', params: { most: String(LONGEST_MINUTES) } }]
}

/**
 * Whether the end of a poll can be moved to later, or announced while there is none: only while it is open.
 * @returns at most one of `poll.voided`, `poll.extendTooLate`, `poll.minutesWrong`
 */
export function checkExtension(
  poll: PollEnd & { voidedAt: Date | null },
  minutes: number,
  now: Date,
): Violation[] {
  if (poll.voidedAt) return [{ code: 'poll.voided' }]
  return closedBy(poll, now) ? [{ code: 'poll.extendTooLate' }] : checkMinutes(minutes)
}
