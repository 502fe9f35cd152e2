import { addDays, type Cents, type Day } from '#kernel'
import { BOOKS_YEARS, PERSONS_YEARS } from './retention-classes.js'

/** All that decides whether the people of a member may be erased. */
export interface LeaverStanding {
  /** The first day on which it was no member any more; null while it is one. */
  formerSince: Day | null
  pledgedCents: Cents
  paidInCents: Cents
  /** What the cooperative still owes it, such as a part of the risk margin. */
  payableCents: Cents
  /** The references of cases about its membership in which something can still happen, an appeal for instance. */
  openCases: readonly string[]
  /** The organisation is itself a person: its name, address and IBAN stand in the books. */
  isSoleTrader: boolean
  /** The last day on which something was booked about it. */
  lastBookedOn: Day | null
}

/** What stands in the way, and the first day on which it no longer does; null when that depends on what people do. */
export interface Obstacle {
  code: 'stillMember' | 'tooSoon' | 'guarantee' | 'payout' | 'openCase' | 'books'
  possibleOn: Day | null
  params: Readonly<Record<string, string>>
}

/** Everything that stands in the way of erasing the people of a member; empty when they may be erased today. */
export function obstaclesTo(standing: LeaverStanding, today: Day): Obstacle[] {
  const { formerSince, openCases, isSoleTrader, lastBookedOn } = standing
  if (formerSince === null || formerSince > today)
    return [
      { code: 'stillMember', possibleOn: formerSince && yearsAfter(formerSince, PERSONS_YEARS), params: {} },
    ]
  const obstacles: Obstacle[] = []
  const kept = yearsAfter(formerSince, PERSONS_YEARS)
  if (today < kept) obstacles.push({ code: 'tooSoon', possibleOn: kept, params: {} })
  if (standing.pledgedCents > 0n || standing.paidInCents > 0n)
    obstacles.push({
      code: 'guarantee',
      possibleOn: null,
      params: { pledged: String(standing.pledgedCents), paidIn: String(standing.paidInCents) },
    })
  if (standing.payableCents !== 0n)
    obstacles.push({ code: 'payout', possibleOn: null, params: { amount: String(standing.payableCents) } })
  for (const reference of openCases)
    obstacles.push({ code: 'openCase', possibleOn: null, params: { reference } })
  const booksUntil = isSoleTrader && lastBookedOn ? booksKeptUntil(lastBookedOn) : null
  if (booksUntil && today <= booksUntil)
    obstacles.push({ code: 'books', possibleOn: addDays(booksUntil, 1), params: { until: booksUntil } })
  return obstacles
}

/** The last day on which the books of the year of this day must be kept: seven years after that year (BW 2:10). */
export function booksKeptUntil(day: Day): Day {
  return `${Number(day.slice(0, 4)) + BOOKS_YEARS}-12-31`
}

/** The same day so many years later; the 29th of February becomes the 1st of March where there is none. */
export function yearsAfter(day: Day, years: number): Day {
  const year = Number(day.slice(0, 4)) + years
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  return day.endsWith('-02-29') && !isLeap ? `${year}-03-01` : `${year}${day.slice(4)}`
}
