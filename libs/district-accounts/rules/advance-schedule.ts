import { addDays, apportion, type Cents, type Day, Quarter, type Violation } from '#kernel'

/** In how many parts the wijkbudget of a year is paid ahead. */
export const rhythms = ['quarter', 'month'] as const
export type Rhythm = (typeof rhythms)[number]

/** A part of the wijkbudget that is paid ahead. */
export interface Instalment {
  number: number
  dueOn: Day
  cents: Cents
}

/** The day of the month on which an advance falls due: the subsidy has come in by then. */
const DUE_DAY = 15
/** An advance can be handed to the payments this long before it falls due. */
export const DAYS_AHEAD = 14

/**
 * Divides a wijkbudget over a year, to the cent: equal parts on the 15th of the first month of each quarter, or of each
 * month, as far as the agreement's period reaches. Equal remainders go to the earlier parts. What was ordered before
 * stays as it is; the rest is divided over the other parts.
 * @param ordered parts that were ordered for payment under an earlier schedule
 * @returns parts of zero are left out; none when the agreement has no day in the year
 */
export function instalmentsOf(
  year: number,
  rhythm: Rhythm,
  agreement: { startsOn: Day; endsOn: Day; budgetCents: Cents },
  ordered: readonly Instalment[] = [],
): Instalment[] {
  const days = dueDays(year, rhythm, agreement)
  const taken = new Set(ordered.map(({ dueOn }) => dueOn))
  const last = ordered.reduce<Day>((latest, { dueOn }) => (dueOn > latest ? dueOn : latest), '')
  // Parts after what was ordered; when the year is all but over, what is left is one more part on the last day.
  const later = days.filter((day) => !taken.has(day) && day > last)
  const free = later.length > 0 ? later : days.slice(-1)
  const left = agreement.budgetCents - ordered.reduce((sum, { cents }) => sum + cents, 0n)
  const first = ordered.reduce((most, { number }) => Math.max(most, number), 0)
  if (free.length === 0 || left <= 0n) return [...ordered]
  const weights = free.map((_, at) => ({ id: String(at).padStart(3, '0'), weight: 1n }))
  const added = apportion(left, weights).map(({ amount }, at) => ({
    ...{ number: first + at + 1, dueOn: free[at]!, cents: amount },
  }))
  return [...ordered, ...added.filter(({ cents }) => cents > 0n)]
}

function dueDays(year: number, rhythm: Rhythm, { startsOn, endsOn }: { startsOn: Day; endsOn: Day }): Day[] {
  const months = rhythm === 'quarter' ? [1, 4, 7, 10] : [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]
  const length = rhythm === 'quarter' ? 3 : 1
  return months.flatMap((month) => {
    const firstDay = dayIn(year, month, 1)
    const lastDay = addDays(month + length > 12 ? dayIn(year + 1, 1, 1) : dayIn(year, month + length, 1), -1)
    if (endsOn < firstDay || startsOn > lastDay) return []
    const due = dayIn(year, month, DUE_DAY)
    return [due < startsOn ? startsOn : due]
  })
}

const dayIn = (year: number, month: number, day: number): Day =>
  [String(year).padStart(4, '0'), String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-')

/** Why a part can't be ordered for payment today; an empty list when it can. */
export function checkOrder(
  instalment: Instalment | undefined,
  { today, stale, isSettled }: { today: Day; stale: boolean; isSettled: boolean },
): Violation[] {
  if (!instalment) return [{ code: 'districtAccounts.noSuchAdvance' }]
  // What the wijk still gets was paid by the settlement: an advance would be paid besides.
  if (isSettled) return [{ code: 'districtAccounts.yearSettled' }]
  const violations: Violation[] = []
  if (stale) violations.push({ code: 'districtAccounts.scheduleStale' })
  const from = addDays(instalment.dueOn, -DAYS_AHEAD)
  if (today < from) violations.push({ code: 'districtAccounts.advanceTooEarly', params: { day: from } })
  return violations
}

/** The last day of a year. */
export const lastDayOf = (year: number): Day => Quarter.parse(`${String(year).padStart(4, '0')}-Q4`).lastDay()
