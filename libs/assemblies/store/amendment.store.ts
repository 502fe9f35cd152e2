import type { Tx } from '#platform'
import type { AmendmentFacts } from '../rules/amendments.js'
import { AmendmentRow } from './amendment.entities.js'

export type NewAmendment = Omit<
  AmendmentRow,
  'motion' | 'withdrawnAt' | 'withdrawnBy' | 'lapsedAt' | 'lapsedBy' | 'lapseReason'
>

/** An amendment with its poll that counts and, once declared, the number of the decision. */
export type Amendment = Omit<AmendmentRow, 'motion'> &
  AmendmentFacts & { pollId: string | null; year: number | null; sequence: number | null }

type Line = Omit<Amendment, 'poll'> & { closedAt: Date | null; adopted: boolean | null }

const AMENDMENT = `SELECT a.id, a.motion_id AS "motionId", a.number, a.position, a.title, a.question,
    a.base_text AS "baseText", a.text, a.reasoning, a.proposer_member_id AS "proposerMemberId",
    a.proposer_organ AS "proposerOrgan", a.submitted_at AS "submittedAt", a.submitted_by AS "submittedBy",
    a.withdrawn_at AS "withdrawnAt", a.withdrawn_by AS "withdrawnBy", a.lapsed_at AS "lapsedAt",
    a.lapsed_by AS "lapsedBy", a.lapse_reason AS "lapseReason",
    p.id AS "pollId", p.closed_at AS "closedAt", d.adopted, d.year, d.sequence
  FROM amendments a
  LEFT JOIN polls p ON p.amendment_id = a.id AND p.voided_at IS NULL AND p.replaced_at IS NULL
  LEFT JOIN decisions d ON d.poll_id = p.id`

/** The amendments of a motion, in the order of voting. */
export async function readAmendments(tx: Tx, motionId: string): Promise<Amendment[]> {
  const lines: Line[] = await tx.query(`${AMENDMENT} WHERE a.motion_id = $1 ORDER BY a.position`, [motionId])
  return lines.map(withPoll)
}

export async function findAmendment(tx: Tx, id: string): Promise<Amendment | null> {
  const [line]: Line[] = await tx.query(`${AMENDMENT} WHERE a.id = $1`, [id])
  return line ? withPoll(line) : null
}

function withPoll({ closedAt, adopted, ...line }: Line): Amendment {
  return { ...line, poll: line.pollId ? { closedAt, adopted } : null }
}

export async function insertAmendment(tx: Tx, amendment: NewAmendment): Promise<void> {
  await tx.getRepository(AmendmentRow).insert(amendment)
}

export async function markAmendmentWithdrawn(tx: Tx, id: string, at: Date, by: string): Promise<void> {
  await tx.query('UPDATE amendments SET withdrawn_at = $2, withdrawn_by = $3 WHERE id = $1', [id, at, by])
}

export async function markAmendmentLapsed(
  tx: Tx,
  id: string,
  { at, by, reason }: { at: Date; by: string; reason: string },
): Promise<void> {
  await tx.query('UPDATE amendments SET lapsed_at = $2, lapsed_by = $3, lapse_reason = $4 WHERE id = $1', [
    id,
    at,
    by,
    reason,
  ])
}

/** Numbers the places in this order; the uniqueness of a place is checked at the end of the transaction. */
export async function writeAmendmentOrder(tx: Tx, motionId: string, ids: readonly string[]): Promise<void> {
  await tx.query(
    `UPDATE amendments a SET position = o.place
     FROM unnest($2::uuid[]) WITH ORDINALITY AS o(id, place) WHERE a.id = o.id AND a.motion_id = $1`,
    [motionId, ids],
  )
}
