import type { Day } from '#kernel'
import type { Tx } from '#platform'
import type { DecisionFacts } from '../rules/decision-effect.js'
import { DecisionDeedRow } from './amendment.entities.js'

export type DecisionDeed = Omit<DecisionDeedRow, 'decision'>

/** Of each of these decisions what its effect depends on. */
export async function readDecisionFacts(
  tx: Tx,
  decisionIds: readonly string[],
): Promise<Map<string, DecisionFacts>> {
  const rows: (DecisionFacts & { id: string })[] = await tx.query(
    `SELECT d.id, d.adopted, coalesce(m.decision_type, d.written_decision_type) AS "decisionType", p.amendment_id IS NOT NULL AS "onAmendment",
       d.decided_on AS "decidedOn", e.deed_on AS "deedOn"
     FROM decisions d LEFT JOIN motions m ON m.id = d.motion_id LEFT JOIN polls p ON p.id = d.poll_id
     LEFT JOIN LATERAL (
       SELECT deed_on FROM decision_deeds WHERE decision_id = d.id ORDER BY sequence DESC LIMIT 1) e ON true
     WHERE d.id = ANY($1::uuid[])`,
    [decisionIds],
  )
  return new Map(rows.map(({ id, ...facts }) => [id, facts]))
}

/** What was entered of the deed of a decision, the first entry first. */
export async function readDeeds(tx: Tx, decisionId: string): Promise<DecisionDeed[]> {
  return tx.getRepository(DecisionDeedRow).find({ where: { decisionId }, order: { sequence: 'ASC' } })
}

/** Enters the next date; the caller holds the deeds of the decision. */
export async function insertDeed(
  tx: Tx,
  deed: { decisionId: string; deedOn: Day; notary: string; recordedAt: Date; recordedBy: string },
): Promise<void> {
  const entered = await readDeeds(tx, deed.decisionId)
  await tx.getRepository(DecisionDeedRow).insert({ ...deed, sequence: entered.length + 1 })
}

/** Makes others who enter the date of this decision's deed wait. */
export async function holdDeeds(tx: Tx, decisionId: string): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('deed ' || $1, 0))`, [decisionId])
}
