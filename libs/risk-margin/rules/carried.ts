import { addDays, type Cents, type Day, daysBetween } from '#kernel'
import { firstDayOf, lastDayOf } from './margin.js'

/** A change of a guarantee, in force from its day; negative when it goes down. */
export interface ChangeOfShare {
  on: Day
  cents: Cents
}

/** A stretch of the year in which the guarantee stayed the same. */
export interface CarriedPeriod {
  cents: Cents
  from: Day
  through: Day
  days: number
}

/** The stretches of a year in which something was carried, in order; days without a guarantee are left out. */
export function periodsCarried(year: number, changes: readonly ChangeOfShare[]): CarriedPeriod[] {
  const [first, last] = [firstDayOf(year), lastDayOf(year)]
  const byDay = new Map<Day, Cents>()
  for (const { on, cents } of changes) {
    const day = on < first ? first : on
    if (day <= last) byDay.set(day, (byDay.get(day) ?? 0n) + cents)
  }
  const days = [...byDay.keys()].sort()
  let balance = 0n
  return days.flatMap((from, at) => {
    balance += byDay.get(from)!
    const next = days[at + 1]
    const through = next ? addDays(next, -1) : last
    return balance === 0n ? [] : [{ cents: balance, from, through, days: daysBetween(from, through) + 1 }]
  })
}

/** What a guarantee weighs over a year: cents × days carried, 1 January through 31 December. */
export function weightCarried(year: number, changes: readonly ChangeOfShare[]): bigint {
  return periodsCarried(year, changes).reduce((sum, { cents, days }) => sum + cents * BigInt(days), 0n)
}
