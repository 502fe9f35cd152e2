import { addDays, type Day, isDay, type Violation } from '#kernel'
import { workingDayFrom } from './working-day.js'

const DAYS_PER_WEEK = 7

/**
 * The last day of membership after notice was given: the end of the financial year when at least the weeks
 * of notice lie before it, else the end of the next (BW 2:36 lid 1 and 2). By law it is never later than
 * that, however long a notice the statutes ask.
 * @param noticeWeeks of the statutes; 4 by law
 */
export function lastDayAfterNotice(givenOn: Day, noticeWeeks: number): Day {
  const year = Number(givenOn.slice(0, 4))
  const inTime = addDays(yearEnd(year), -noticeWeeks * DAYS_PER_WEEK) >= givenOn
  return inTime ? yearEnd(year) : yearEnd(year + 1)
}

/** The last day on which notice leads to the end of this same year. */
export function lastDayOfNotice(year: number, noticeWeeks: number): Day {
  return addDays(yearEnd(year), -noticeWeeks * DAYS_PER_WEEK)
}

/**
 * The last day of a term of one month after a day: the same number in the next month, or that month's last
 * day. A term that would end in a weekend or on a holiday runs on (Algemene termijnenwet, article 1).
 */
export function monthAfter(day: Day): Day {
  const [year = 0, month = 0] = day.split('-').map(Number)
  const next = month === 12 ? `${pad(year + 1, 4)}-01` : `${pad(year, 4)}-${pad(month + 1, 2)}`
  const last = [day.slice(8), '30', '29', '28'].map((number) => `${next}-${number}`).find(isDay)!
  return workingDayFrom(last)
}

/**
 * What stands in the way of resigning at once because rights were restricted or obligations made heavier:
 * it can be done within a month after the member heard of that decision (BW 2:36 lid 3).
 * Codes: `departure.notKnownYet`, `departure.monthPassed` (params known, until).
 */
export function checkImmediateResignation(givenOn: Day, knownOn: Day): Violation[] {
  if (knownOn > givenOn) return [{ code: 'departure.notKnownYet' }]
  const until = monthAfter(knownOn)
  return givenOn > until ? [{ code: 'departure.monthPassed', params: { known: knownOn, until } }] : []
}

/** The last day on which a member can appeal against its expulsion, notified on a day (BW 2:35 lid 4). */
export function appealUntil(notifiedOn: Day): Day {
  return monthAfter(notifiedOn)
}

function yearEnd(year: number): Day {
  return `${pad(year, 4)}-12-31`
}

function pad(n: number, width: number): string {
  return String(n).padStart(width, '0')
}
