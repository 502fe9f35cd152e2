import type { Tx } from '#platform'
import { RulingRow } from './challenge.entities.js'

/** The corrections of a decision, the first one first. */
export async function readRulings(tx: Tx, decisionId: string): Promise<RulingRow[]> {
  return tx.getRepository(RulingRow).find({ where: { decisionId }, order: { ruledAt: 'ASC', id: 'ASC' } })
}

export async function findRuling(tx: Tx, id: string): Promise<RulingRow | null> {
  return tx.getRepository(RulingRow).findOneBy({ id })
}

export async function insertRuling(tx: Tx, ruling: RulingRow): Promise<void> {
  await tx.getRepository(RulingRow).insert(ruling)
}

/** What became of a decision afterwards, for the register and its proof. */
export interface DecisionCourse {
  id: string
  pollId: string | null
  motionId: string | null
  replacedAt: Date | null
  /** The decision in whose place this one came, after a re-vote. */
  replaces: { year: number; sequence: number } | null
  /** The decision that came in the place of this one. */
  replacedBy: { year: number; sequence: number } | null
  rulings: number
}

/** By decision id. */
export async function readCourses(
  tx: Tx,
  decisionIds: readonly string[],
): Promise<Map<string, DecisionCourse>> {
  const rows: DecisionCourse[] = await tx.query(
    `SELECT d.id, d.poll_id AS "pollId", d.motion_id AS "motionId", p.replaced_at AS "replacedAt",
       CASE WHEN o.id IS NOT NULL THEN jsonb_build_object('year', o.year, 'sequence', o.sequence) END AS replaces,
       CASE WHEN n.id IS NOT NULL THEN jsonb_build_object('year', n.year, 'sequence', n.sequence) END AS "replacedBy",
       (SELECT count(*)::int FROM rulings r WHERE r.decision_id = d.id) AS rulings
     FROM decisions d LEFT JOIN polls p ON p.id = d.poll_id
     LEFT JOIN decisions o ON o.id = d.replaces_id
     LEFT JOIN decisions n ON n.replaces_id = d.id
     WHERE d.id = ANY($1::uuid[])`,
    [decisionIds],
  )
  return new Map(rows.map((row) => [row.id, row]))
}
