import { addDays, type Cents, type Day, isDay } from '#kernel'

/** A change of what is pledged, in force from its day; below 0 is a decrease. */
export interface PledgeChange {
  on: Day
  cents: Cents
}

export interface CoverOnDay {
  day: Day
  cents: Cents
}

/**
 * What was pledged in all at the end of each month, from the month of `from` through `through`; the last point is
 * `through` itself. Empty when `from` is later. The order of the changes is irrelevant.
 */
export function coverPerMonth(changes: readonly PledgeChange[], from: Day, through: Day): CoverOnDay[] {
  return monthEnds(from, through).map((day) => ({
    day,
    cents: changes.reduce((sum, { on, cents }) => (on <= day ? sum + cents : sum), 0n),
  }))
}

function monthEnds(from: Day, through: Day): Day[] {
  const ends: Day[] = []
  for (let end = monthEnd(from); end < through; end = monthEnd(addDays(end, 1))) ends.push(end)
  return from <= through ? [...ends, through] : []
}

function monthEnd(day: Day): Day {
  const month = day.slice(0, 7)
  return [`${month}-31`, `${month}-30`, `${month}-29`].find(isDay) ?? `${month}-28`
}
