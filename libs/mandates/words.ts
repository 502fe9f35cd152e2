import { addDays, type Day } from '#kernel'

/** The last day of something whose first day after it is kept. */
export function lastDay(until: Day): Day {
  return addDays(until, -1)
}
