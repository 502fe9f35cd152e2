import { type Cents, type Day, formatCents, type Violation } from '#kernel'
import { firstDayOf, lastDayOf } from './margin.js'

/** How the margin of a year stands when somebody wants to use it or to undo a use. */
export interface MarginStanding {
  year: number
  /** What was set aside; null while the reserve is not booked. */
  reserveCents: Cents | null
  usedCents: Cents
  /** Whether a proposal to pay out lives: then the amount is frozen. */
  proposed: boolean
  paid: boolean
}

/**
 * Whether so much of a margin can be used on a day. Codes: those of {@link checkChangeable}, `margin.dayOutsideYear`,
 * `margin.dayInFuture`, `margin.amountNotPositive`, `margin.notEnoughLeft`.
 */
export function checkUse(
  standing: MarginStanding,
  { cents, onDay }: { cents: Cents; onDay: Day },
  today: Day,
): Violation[] {
  const closed = checkChangeable(standing)
  if (closed.length > 0) return closed
  const { year, usedCents } = standing
  if (onDay < firstDayOf(year) || onDay > lastDayOf(year))
    return [{ code: 'margin.dayOutsideYear', path: 'dag', params: { year: String(year) } }]
  if (onDay > today) return [{ code: 'margin.dayInFuture', path: 'dag' }]
  if (cents <= 0n) return [{ code: 'margin.amountNotPositive', path: 'bedrag' }]
  const left = standing.reserveCents! - usedCents
  if (cents > left)
    return [{ code: 'margin.notEnoughLeft', path: 'bedrag', params: { left: formatCents(left) } }]
  return []
}

/** Whether uses of a year can still change. Codes: `margin.alreadyPaid`, `margin.proposalLives`, `margin.reserveNotBooked`. */
export function checkChangeable({ year, reserveCents, proposed, paid }: MarginStanding): Violation[] {
  const params = { year: String(year) }
  if (paid) return [{ code: 'margin.alreadyPaid', params }]
  if (proposed) return [{ code: 'margin.proposalLives', params }]
  return reserveCents === null ? [{ code: 'margin.reserveNotBooked', params }] : []
}
