import type { Violation } from '#kernel'

/** The offices whose holders declare an interest of their own: the board, and who leads or records the assembly. */
export const conflictOffices = ['chair', 'director', 'secretary', 'ambassador'] as const
export type ConflictOffice = (typeof conflictOffices)[number]

/** The office in which a person declares; null when the person holds none of them. */
export function declaringOffice(roles: readonly string[]): ConflictOffice | null {
  return conflictOffices.find((office) => roles.includes(office)) ?? null
}

/**
 * Whether a conflict of interest can be declared for an item: by an officer, with a reason, before the assembly
 * decided on it.
 * @returns at most one of `conflict.notOfficer`, `conflict.decided`, `assembly.ended`, `conflict.reasonNeeded`
 */
export function checkDeclaring(
  item: { decided: boolean; ended: boolean },
  office: ConflictOffice | null,
  reason: string,
): Violation[] {
  if (!office) return [{ code: 'conflict.notOfficer' }]
  if (item.decided) return [{ code: 'conflict.decided', path: 'punt' }]
  if (item.ended) return [{ code: 'assembly.ended' }]
  return reason.trim() === '' ? [{ code: 'conflict.reasonNeeded', path: 'reden' }] : []
}

/**
 * Keeps who has an interest of their own out of a decision (BW 2:44 lid 6: a board member takes no part in the
 * deliberation and the decision): not opening, closing, declaring or voiding its poll, nor proposing it for the
 * organ. The ballot of a member is another thing: that is the member's, and the article concerns the board.
 * @returns at most `conflict.keepsOut`
 */
export function checkKeptOut(personId: string, conflicted: readonly { personId: string }[]): Violation[] {
  return conflicted.some((one) => one.personId === personId) ? [{ code: 'conflict.keepsOut' }] : []
}
