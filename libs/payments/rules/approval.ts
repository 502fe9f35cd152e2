import type { Violation } from '#kernel'

export const approvers = ['chair', 'controller', 'director'] as const
export type ApproverRole = (typeof approvers)[number]

/** An organisation that somebody belongs to. */
export interface Organisation {
  /** The id of a member or of another party to an agreement, or {@link OFFICE}. */
  key: string
  name: string
}

/** The cooperative's own office: whoever acts for no other organisation. */
export const OFFICE = 'office'

/** Who approves, or approved. */
export interface Approver {
  personId: string
  organisations: readonly Organisation[]
}

/**
 * What stands in the way of an approval. Two people of organisations that are not the same approve; a person of
 * several organisations shares one as soon as the other belongs to any of them.
 * @param shown the fingerprint of what was on the approver's screen
 */
export function checkApproval(
  batch: { sha256: string; isOpen: boolean; approvals: readonly Approver[] },
  approver: Approver,
  shown: string,
): Violation[] {
  if (!batch.isOpen) return [{ code: 'paymentBatch.closed' }]
  if (batch.sha256 !== shown) return [{ code: 'paymentBatch.otherContent' }]
  const mine = new Set(approver.organisations.map(({ key }) => key))
  const shared = batch.approvals
    .flatMap(({ organisations }) => organisations)
    .find(({ key }) => mine.has(key))
  return shared ? [{ code: 'paymentBatch.sameOrganisation', params: { organisation: shared.name } }] : []
}
