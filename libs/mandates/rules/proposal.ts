import type { Day, Violation } from '#kernel'
import type { Span } from './mandate.js'

/** What the register says of the member when a mandate is proposed or confirmed. */
export interface MemberStanding {
  today: 'member' | 'suspended' | 'former' | 'none'
  /** On the first and on the last day of the mandate (far in the future when it has no end). */
  onFirst: 'member' | 'suspended' | 'former' | 'none'
  onLast: 'member' | 'suspended' | 'former' | 'none'
}

/**
 * Whether the member can have someone act for it on those days: a member that left or is suspended appoints
 * nobody, and no mandate outlives the membership. Codes: `mandate.notAMember`, `mandate.suspended`,
 * `mandate.beforeMembership`, `mandate.memberLeaves`.
 */
export function checkMember({ today, onFirst, onLast }: MemberStanding): Violation[] {
  if (today === 'former' || today === 'none') return [{ code: 'mandate.notAMember' }]
  if (today === 'suspended') return [{ code: 'mandate.suspended' }]
  if (onFirst === 'none' || onFirst === 'former') return [{ code: 'mandate.beforeMembership', path: 'vanaf' }]
  return onLast === 'former' ? [{ code: 'mandate.memberLeaves', path: 'tot' }] : []
}

/**
 * Whether the days are right: an end comes after the start, and only the service team may record what began
 * before today, saying why. Codes: `mandate.endBeforeStart`, `mandate.endPassed`, `mandate.startPassed`,
 * `mandate.backdateReason`.
 */
export function checkDays(
  { from, until }: Span,
  { today, serviceTeam, reason }: { today: Day; serviceTeam: boolean; reason: string },
): Violation[] {
  if (until !== null && until <= from) return [{ code: 'mandate.endBeforeStart', path: 'tot' }]
  if (until !== null && until <= today) return [{ code: 'mandate.endPassed', path: 'tot' }]
  if (from >= today) return []
  if (!serviceTeam) return [{ code: 'mandate.startPassed', path: 'vanaf' }]
  return reason.trim() ? [] : [{ code: 'mandate.backdateReason', path: 'toelichting' }]
}

/**
 * From when a mandate holds that is confirmed on a day: as proposed, but not before it was confirmed. Only one
 * that was recorded afterwards, from a day before it was proposed, holds from that earlier day.
 */
export function holdsFrom({ from, proposedOn }: { from: Day; proposedOn: Day }, confirmedOn: Day): Day {
  if (from < proposedOn) return from
  return from > confirmedOn ? from : confirmedOn
}
