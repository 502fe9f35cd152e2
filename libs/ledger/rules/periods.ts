import { addDays, type Day, type Violation } from '#kernel'

export const periodLengths = ['month', 'quarter'] as const
export type PeriodLength = (typeof periodLengths)[number]

/** A part of a year that is closed as a whole; both days belong to it. */
export interface Period {
  firstDay: Day
  lastDay: Day
}

/** The months or quarters of a year, in order. */
export function periodsOf(year: number, length: PeriodLength): Period[] {
  const months = length === 'month' ? 1 : 3
  return Array.from({ length: 12 / months }, (_, at) => ({
    firstDay: firstOfMonth(year, at * months + 1),
    lastDay: addDays(firstOfMonth(year, (at + 1) * months + 1), -1),
  }))
}

/** How long a period is; null for what is neither a month nor a quarter. */
export function lengthOf({ firstDay, lastDay }: Period): PeriodLength | null {
  const year = Number(firstDay.slice(0, 4))
  const found = periodLengths.find((length) =>
    periodsOf(year, length).some((one) => one.firstDay === firstDay && one.lastDay === lastDay),
  )
  return found ?? null
}

/**
 * The period that is closed next: the one after the last, or the first of the year in which the books begin.
 * @param closed what is closed, in order
 * @param begins the day of the first entry
 */
export function nextPeriod(closed: readonly Period[], begins: Day, length: PeriodLength): Period {
  const last = closed.at(-1)
  const from = last ? addDays(last.lastDay, 1) : `${begins.slice(0, 4)}-01-01`
  const all = periodsOf(Number(from.slice(0, 4)), length)
  return all.find(({ firstDay }) => firstDay >= from)!
}

/** The length that the year of the next period has, once its first period was closed; else null: free to choose. */
export function fixedLength(closed: readonly Period[]): PeriodLength | null {
  const last = closed.at(-1)
  return last && !last.lastDay.endsWith('-12-31') ? lengthOf(last) : null
}

/** Why a period can't be closed today; an empty list when it can. */
export function checkClosing(
  closed: readonly Period[],
  period: Period,
  length: PeriodLength,
  today: Day,
): Violation[] {
  const violations: Violation[] = []
  const fixed = fixedLength(closed)
  if (fixed && fixed !== length) violations.push({ code: `ledger.lengthFixed.${fixed}`, path: 'lengte' })
  if (period.lastDay >= today)
    violations.push({ code: 'ledger.periodNotOver', path: 'lengte', params: { day: period.lastDay } })
  return violations
}

/** The first day on which can be booked: the day after what was closed last; null when nothing is closed. */
export const firstOpenDay = (lastClosed: Day | null): Day | null => lastClosed && addDays(lastClosed, 1)

function firstOfMonth(year: number, month: number): Day {
  const number = year * 12 + month - 1
  return `${String(Math.floor(number / 12)).padStart(4, '0')}-${String((number % 12) + 1).padStart(2, '0')}-01`
}
