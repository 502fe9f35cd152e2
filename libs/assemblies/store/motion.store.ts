import { IsNull } from 'typeorm'
import type { Tx } from '#platform'
import { MotionRow } from './entities.js'

type Optional = 'proposerMemberId' | 'proposerOrgan' | 'secondOf'
type Later = 'first' | 'withdrawnAt' | 'withdrawnBy' | 'withdrawalReason'
export type NewMotion = Omit<MotionRow, 'assembly' | 'position' | Optional | Later> &
  Partial<Pick<MotionRow, Optional>>

/** Puts a motion last on the agenda; the caller holds the assembly. */
export async function appendMotion(tx: Tx, motion: NewMotion): Promise<void> {
  const [last] = await tx.query(
    'SELECT coalesce(max(position), 0)::int AS position FROM motions WHERE assembly_id = $1',
    [motion.assemblyId],
  )
  await tx.getRepository(MotionRow).insert({ ...motion, position: last.position + 1 })
}

/** Reads a motion and keeps others from opening its poll or withdrawing it. */
export async function lockMotion(tx: Tx, id: string): Promise<MotionRow | null> {
  return tx.getRepository(MotionRow).findOne({ where: { id }, lock: { mode: 'pessimistic_write' } })
}

/** As {@link lockMotion}, by what an adopted decision would permit; not when it was withdrawn. */
export async function lockMotionAuthorising(tx: Tx, kind: string, id: string): Promise<MotionRow | null> {
  return tx.getRepository(MotionRow).findOne({
    where: { authorisesKind: kind, authorisesId: id, withdrawnAt: IsNull() },
    // In a second assembly it stands once more: that one counts.
    order: { submittedAt: 'DESC' },
    lock: { mode: 'pessimistic_write' },
  })
}

export async function deleteMotion(tx: Tx, id: string): Promise<void> {
  await tx.getRepository(MotionRow).delete({ id })
}

/** A motion with its assembly, its poll that counts, and the decision on it. */
export interface MotionInContext extends Omit<MotionRow, 'assembly' | 'first'> {
  assemblyTitle: string
  heldOn: string
  startsAt: Date
  endedAt: Date | null
  cancelledAt: Date | null
  convenedOn: string | null
  resumesAt: Date | null
  motionsAllowedAt: Date | null
  /** When members were convened for it: from then on it stands as it was sent. */
  convenedAt: Date | null
  pollId: string | null
  adopted: boolean | null
  year: number | null
  sequence: number | null
}

export async function findMotion(tx: Tx, id: string): Promise<MotionInContext | null> {
  const [found] = await tx.query(
    `SELECT m.id, m.assembly_id AS "assemblyId", m.position, m.title, m.question, m.explanation,
       m.decision_type AS "decisionType", m.authorises_kind AS "authorisesKind", m.authorises_id AS "authorisesId",
       m.submitted_at AS "submittedAt", m.submitted_by AS "submittedBy",
       m.proposer_member_id AS "proposerMemberId", m.proposer_organ AS "proposerOrgan",
       m.withdrawn_at AS "withdrawnAt", m.withdrawn_by AS "withdrawnBy", m.withdrawal_reason AS "withdrawalReason",
       a.title AS "assemblyTitle", a.held_on AS "heldOn", a.starts_at AS "startsAt", a.ended_at AS "endedAt",
       a.cancelled_at AS "cancelledAt", a.convened_on AS "convenedOn", a.motions_allowed_at AS "motionsAllowedAt",
       a.resumes_at AS "resumesAt", m.second_of AS "secondOf",
       i.convened_at AS "convenedAt", p.id AS "pollId", d.adopted, d.year, d.sequence
     FROM motions m JOIN assemblies a ON a.id = m.assembly_id
     LEFT JOIN agenda_items i ON i.motion_id = m.id
     LEFT JOIN polls p ON p.motion_id = m.id AND p.amendment_id IS NULL AND p.voided_at IS NULL
       AND p.replaced_at IS NULL
     LEFT JOIN decisions d ON d.poll_id = p.id
     WHERE m.id = $1`,
    [id],
  )
  return found ?? null
}

export async function updateMotionContent(
  tx: Tx,
  id: string,
  content: Pick<MotionRow, 'title' | 'question' | 'explanation' | 'decisionType'>,
): Promise<void> {
  await tx.getRepository(MotionRow).update({ id }, content)
}

/**
 * Keeps a withdrawn motion in the record. When nobody was convened for it, it goes off the agenda and gives up its
 * place; else it stays there as withdrawn. The caller holds the assembly.
 */
export async function markMotionWithdrawn(
  tx: Tx,
  id: string,
  { at, by, reason }: { at: Date; by: string | null; reason: string },
): Promise<void> {
  await tx.query(
    'UPDATE motions SET withdrawn_at = $2, withdrawn_by = $3, withdrawal_reason = $4 WHERE id = $1',
    [id, at, by, reason],
  )
  const taken: { id: string }[] = await tx.query(
    `WITH taken AS (
       UPDATE agenda_items SET position = NULL, removed_at = $2
       WHERE motion_id = $1 AND convened_at IS NULL RETURNING id)
     SELECT id FROM taken`,
    [id, at],
  )
  if (taken.length > 0) await tx.query('UPDATE motions SET position = NULL WHERE id = $1', [id])
}
