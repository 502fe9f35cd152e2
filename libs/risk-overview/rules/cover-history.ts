import { addDays, type Cents, type Day } from '#kernel'

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
  // From the 28th on, four days later is always in the next month.
  const inNext = addDays(`${day.slice(0, 7)}-28`, 4)
  return addDays(`${inNext.slice(0, 7)}-01`, -1)
}
