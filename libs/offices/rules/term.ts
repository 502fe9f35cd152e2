import type { Day, Violation } from '#kernel'
import { conflictsOf, type Office, officeRules } from './offices.js'

/** Days on which something holds: from the first up to but without `until`; null has no end. */
export interface Span {
  from: Day
  until: Day | null
}

export interface HeldTerm extends Span {
  personId: string
}

/**
 * Whether the days of a term are right. Codes: `office.endBeforeStart`, `office.endNeeded`, `office.termTooLong`
 * (params day: the last one that is possible).
 */
export function checkDays(office: Office, { from, until }: Span): Violation[] {
  if (until !== null && until <= from) return [{ code: 'office.endBeforeStart', path: 'tot' }]
  if (!officeRules[office].yearly) return []
  if (until === null) return [{ code: 'office.endNeeded', path: 'tot' }]
  const year = Number(from.slice(0, 4)) + 1
  const latest = `${year}-12-31`
  const firstAfter = `${year + 1}-01-01`
  return until > firstAfter ? [{ code: 'office.termTooLong', params: { day: latest }, path: 'tot' }] : []
}

/**
 * Whether there is a seat on all days of a term. Codes: `office.alreadyHolds`, `office.seatsTaken` (params seats).
 * @param held the other terms of the same office
 */
export function checkSeats(office: Office, term: HeldTerm, held: readonly HeldTerm[]): Violation[] {
  const met = held.filter((one) => overlap(one, term))
  if (met.some(({ personId }) => personId === term.personId))
    return [{ code: 'office.alreadyHolds', path: 'email' }]
  const { seats } = officeRules[office]
  if (seats === null) return []
  const days = [term.from, ...met.map(({ from }) => from).filter((from) => from > term.from)]
  const full = days.some((day) => met.filter((one) => contains(one, day)).length >= seats)
  return full ? [{ code: 'office.seatsTaken', params: { seats: String(seats) }, path: 'vanaf' }] : []
}

/**
 * Whether the person's other offices and roles go together with the office. Code: `office.conflict` (params
 * office, other, source).
 */
export function checkConflicts(
  office: Office,
  term: Span,
  held: readonly (Span & { role: string })[],
): Violation[] {
  const roles = new Set(held.filter((one) => overlap(one, term)).map(({ role }) => role))
  return conflictsOf(office)
    .filter((conflict) => roles.has(conflict.with))
    .map((conflict) => ({
      code: 'office.conflict',
      params: { office, other: conflict.with, source: conflict.source },
      path: 'email',
    }))
}

/** Whether the day is one of the span's. */
export function contains({ from, until }: Span, day: Day): boolean {
  return from <= day && (until === null || day < until)
}

/** Whether two spans have a day in common. */
export function overlap(a: Span, b: Span): boolean {
  const froms = [a.from, b.from]
  const ends = [a.until, b.until].filter((until) => until !== null)
  return ends.every((until) => froms.every((from) => from < until))
}
