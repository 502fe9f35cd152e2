import type { Tx } from '#platform'
import type { OutcomeReason } from '../rules/unanimity.js'
import {
  type CountedMember,
  WrittenAnswerRow,
  WrittenDecisionRow,
  WrittenElectorRow,
  WrittenKnowledgeRow,
  WrittenOpeningRow,
  WrittenOutcomeRow,
  WrittenWithdrawalRow,
} from './entities.js'

/** Whoever changes it waits here for the other, until the transaction ends; the database's own check too. */
export async function lockWritten(tx: Tx, id: string): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('written decision ' || $1::uuid::text, 0))`, [
    id,
  ])
}

/** A proposal with every step that was recorded of it. */
export interface WrittenRecord {
  proposal: WrittenDecisionRow
  knowledge: WrittenKnowledgeRow | null
  opening: WrittenOpeningRow | null
  withdrawal: WrittenWithdrawalRow | null
  outcome: (WrittenOutcomeRow & { year: number; sequence: number }) | null
}

export async function findWritten(tx: Tx, id: string): Promise<WrittenRecord | null> {
  const proposal = await tx.getRepository(WrittenDecisionRow).findOneBy({ id })
  if (!proposal) return null
  const of = { writtenDecisionId: id }
  return {
    proposal,
    knowledge: await tx.getRepository(WrittenKnowledgeRow).findOneBy(of),
    opening: await tx.getRepository(WrittenOpeningRow).findOneBy(of),
    withdrawal: await tx.getRepository(WrittenWithdrawalRow).findOneBy(of),
    outcome: await findOutcome(tx, id),
  }
}

async function findOutcome(tx: Tx, id: string): Promise<WrittenRecord['outcome']> {
  const outcome = await tx.getRepository(WrittenOutcomeRow).findOneBy({ writtenDecisionId: id })
  if (!outcome) return null
  const [number] = await tx.query('SELECT year, sequence FROM decisions WHERE id = $1', [outcome.decisionId])
  return { ...outcome, ...number }
}

/** Every proposal, the newest first. */
export async function listWritten(tx: Tx): Promise<WrittenRecord[]> {
  const rows: { id: string }[] = await tx.query(
    'SELECT id FROM written_decisions ORDER BY proposed_at DESC, id DESC',
  )
  const found: WrittenRecord[] = []
  for (const { id } of rows) found.push((await findWritten(tx, id))!)
  return found
}

/** Those that the members are asked about and that have no outcome yet, the first to close first. */
export async function listUnsettled(tx: Tx): Promise<string[]> {
  const rows: { id: string }[] = await tx.query(
    `SELECT o.written_decision_id AS id FROM written_decision_openings o
     WHERE NOT EXISTS (SELECT FROM written_decision_outcomes x WHERE x.written_decision_id = o.written_decision_id)
     ORDER BY o.closes_on, o.opened_at`,
  )
  return rows.map(({ id }) => id)
}

/** Those that were proposed and neither opened nor withdrawn. */
export async function listWaiting(tx: Tx): Promise<{ id: string; title: string; boardKnows: boolean }[]> {
  return tx.query(
    `SELECT w.id, w.title, k.written_decision_id IS NOT NULL AS "boardKnows"
     FROM written_decisions w LEFT JOIN written_decision_knowledge k ON k.written_decision_id = w.id
     WHERE NOT EXISTS (SELECT FROM written_decision_openings o WHERE o.written_decision_id = w.id)
       AND NOT EXISTS (SELECT FROM written_decision_withdrawals x WHERE x.written_decision_id = w.id)
     ORDER BY w.proposed_at`,
  )
}

/** The latest openings and outcomes, for the start page. */
export async function listNews(
  tx: Tx,
): Promise<{ id: string; title: string; reason: OutcomeReason | null; at: Date }[]> {
  return tx.query(
    `SELECT w.id, w.title, n.reason, n.at FROM written_decisions w JOIN (
       SELECT written_decision_id AS id, NULL::text AS reason, opened_at AS at FROM written_decision_openings
       UNION ALL SELECT written_decision_id, reason, recorded_at FROM written_decision_outcomes) n ON n.id = w.id
     ORDER BY n.at DESC LIMIT 20`,
  )
}

/** @returns whether it is new: the id comes from the form */
export async function insertWritten(tx: Tx, row: WrittenDecisionRow): Promise<boolean> {
  const inserted: unknown[] = await tx.query(
    `WITH written AS (
       INSERT INTO written_decisions (id, title, text, reasoning, decision_type, proposer_member_id, proposer_office,
         proposed_at, proposed_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (id) DO NOTHING RETURNING id)
     SELECT id FROM written`,
    [
      ...[row.id, row.title, row.text, row.reasoning, row.decisionType, row.proposerMemberId],
      ...[row.proposerOffice, row.proposedAt, row.proposedBy],
    ],
  )
  return inserted.length > 0
}

export async function insertKnowledge(tx: Tx, row: WrittenKnowledgeRow): Promise<void> {
  await tx.getRepository(WrittenKnowledgeRow).insert(row)
}

export async function insertWithdrawal(tx: Tx, row: WrittenWithdrawalRow): Promise<void> {
  await tx.getRepository(WrittenWithdrawalRow).insert(row)
}

export async function insertOpening(
  tx: Tx,
  row: WrittenOpeningRow,
  electors: readonly CountedMember[],
): Promise<void> {
  const { writtenDecisionId } = row
  await tx.getRepository(WrittenOpeningRow).insert(row)
  await tx.getRepository(WrittenElectorRow).insert(electors.map((one) => ({ ...one, writtenDecisionId })))
}

/** The members that might vote when it opened, by number. */
export async function readElectors(tx: Tx, writtenDecisionId: string): Promise<WrittenElectorRow[]> {
  return tx
    .getRepository(WrittenElectorRow)
    .find({ where: { writtenDecisionId }, order: { memberNumber: 'ASC' } })
}

export async function readAnswers(tx: Tx, writtenDecisionId: string): Promise<WrittenAnswerRow[]> {
  return tx.getRepository(WrittenAnswerRow).find({
    where: { writtenDecisionId },
    order: { answeredAt: 'ASC', reference: 'ASC' },
  })
}

export async function insertAnswer(tx: Tx, row: WrittenAnswerRow): Promise<void> {
  await tx.getRepository(WrittenAnswerRow).insert(row)
}

export async function insertOutcome(tx: Tx, row: WrittenOutcomeRow): Promise<void> {
  await tx.getRepository(WrittenOutcomeRow).insert(row)
}
