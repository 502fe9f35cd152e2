import { addDays, type Day, type Violation } from '#kernel'

/** Within how many months after the year the accounts are drawn up, and by how many the assembly can extend that (BW 2:58). */
const DRAWN_UP_MONTHS = 6
export const MOST_EXTENSION_MONTHS = 4

/** The days until which a year's accounts have to be drawn up and adopted. */
export interface AccountsTerms {
  yearEnd: Day
  /** The last day to draw them up, and to lay them open for the members. */
  drawnUpBy: Day
  /** The last day for the assembly that adopts them: a month later. */
  adoptedBy: Day
}

/**
 * The terms of a financial year (BW 2:58): six months after its end to draw the accounts up, at most four more by a
 * decision of the assembly, and at the latest one month after that the assembly that adopts them.
 */
export function termsOf(yearEnd: Day, extensionMonths = 0): AccountsTerms {
  const months = DRAWN_UP_MONTHS + extensionMonths
  return {
    yearEnd,
    drawnUpBy: monthsAfterEnd(yearEnd, months),
    adoptedBy: monthsAfterEnd(yearEnd, months + 1),
  }
}

/**
 * The last day of a term of whole months that begins the day after a year's end: the day before the same day of the
 * month, so that a year ending on a month's last day has terms that do so too. A month without that day ends it.
 */
export function monthsAfterEnd(yearEnd: Day, months: number): Day {
  const first = addDays(yearEnd, 1)
  const [year, month, day] = first.split('-').map(Number) as [number, number, number]
  const at = year * 12 + month - 1 + months
  const [toYear, toMonth] = [Math.floor(at / 12), (at % 12) + 1]
  const beyond = `${pad(toMonth === 12 ? toYear + 1 : toYear, 4)}-${pad(toMonth === 12 ? 1 : toMonth + 1)}-01`
  const lastDay = addDays(beyond, -1)
  const same = Number(lastDay.slice(8)) < day ? beyond : `${pad(toYear, 4)}-${pad(toMonth)}-${pad(day)}`
  return addDays(same, -1)
}

/**
 * Whether the assembly's decision extends the term: at most four months, decided before the first term was over.
 * Codes: `accounts.extensionMonths`, `accounts.extensionNotAdopted`, `accounts.extensionTooEarly`,
 * `accounts.extensionTooLate` (params day).
 */
export function checkExtension(
  yearEnd: Day,
  months: number,
  decision: { adopted: boolean; decidedOn: Day } | null,
): Violation[] {
  if (!Number.isInteger(months) || months < 1 || months > MOST_EXTENSION_MONTHS)
    return [{ code: 'accounts.extensionMonths', path: 'maanden' }]
  if (!decision?.adopted) return [{ code: 'accounts.extensionNotAdopted', path: 'besluit' }]
  const { drawnUpBy } = termsOf(yearEnd)
  if (decision.decidedOn > drawnUpBy)
    return [{ code: 'accounts.extensionTooLate', params: { day: drawnUpBy }, path: 'besluit' }]
  return decision.decidedOn > yearEnd ? [] : [{ code: 'accounts.extensionTooEarly', path: 'besluit' }]
}

function pad(number: number, width = 2): string {
  return String(number).padStart(width, '0')
}
