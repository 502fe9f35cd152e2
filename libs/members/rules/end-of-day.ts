import { addDays, type Day, dayOf } from '#kernel'

const HOUR_MS = 3_600_000

/** The last millisecond of a day in Amsterdam: what was recorded that day was known then. */
export function endOfDay(day: Day): Date {
  const next = addDays(day, 1)
  const midnightUtc = Date.parse(`${next}T00:00:00Z`)
  const starts = [2, 1].map((hours) => midnightUtc - hours * HOUR_MS)
  // Clocks change in the night, never at midnight: one of the two offsets is right.
  const start = starts.find((at) => dayOf(new Date(at)) === next && dayOf(new Date(at - 1)) === day)
  return new Date((start ?? midnightUtc) - 1)
}
