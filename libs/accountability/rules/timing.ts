import { addDays, type Day, dayInDigits, type Quarter, type Violation } from '#kernel'

/** The period of an agreement. */
export interface Period {
  startsOn: Day
  endsOn: Day
}

/** The last day to submit: so many days (the statutes say how many) after the quarter's last day. */
export function dueOn(quarter: Quarter, reportDueDays: number): Day {
  return addDays(quarter.lastDay(), reportDueDays)
}

/** Whether a report on the quarter belongs to an agreement: the quarter and the period overlap. */
export function isWithin(quarter: Quarter, { startsOn, endsOn }: Period): boolean {
  return quarter.firstDay() <= endsOn && quarter.lastDay() >= startsOn
}

/** A draft may be written from the first day of the quarter. */
export function hasBegun(quarter: Quarter, today: Day): boolean {
  return quarter.firstDay() <= today
}

/** A quarter has not ended on its last day. */
export function hasEnded(quarter: Quarter, today: Day): boolean {
  return quarter.lastDay() < today
}

/**
 * Why a report on the quarter can't be submitted today, if so.
 * Codes: `report.outsideAgreement`, `report.quarterNotEnded` (with `from`, the first day on which it can).
 */
export function timingViolations(quarter: Quarter, period: Period, today: Day): Violation[] {
  if (!isWithin(quarter, period)) return [{ code: 'report.outsideAgreement' }]
  if (!hasEnded(quarter, today))
    return [{ code: 'report.quarterNotEnded', params: { from: dayInDigits(quarter.next().firstDay()) } }]
  return []
}
