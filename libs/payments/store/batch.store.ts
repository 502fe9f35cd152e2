import type { Cents } from '#kernel'
import type { Tx } from '#platform'
import type { ApproverRole, Organisation } from '../rules/approval.js'
import type { BatchContent } from '../rules/batch-content.js'
import {
  PaymentBatchApprovalRow,
  PaymentBatchOrganisationRow,
  PaymentBatchOutcomeRow,
  PaymentBatchRow,
  PaymentRow,
} from './batch-entities.js'
import { contentFromJson } from './batch-json.js'

/** Somebody approved. */
export interface StoredApproval {
  place: number
  personId: string
  name: string
  role: ApproverRole
  organisations: Organisation[]
  approvedAt: Date
}

/** A batch with everything that became of it. */
export interface StoredBatch {
  id: string
  /** `2020-3`. */
  name: string
  content: BatchContent
  sha256: string
  count: number
  cents: Cents
  madeAt: Date
  madeBy: string
  makerName: string
  approvals: StoredApproval[]
  outcome: { kind: 'approved' | 'withdrawn' | 'rejected'; reason: string; at: Date; byName: string } | null
  /** How many of its payments the bank paid, refused, sent back, or did nothing with yet. */
  paid: number
  returned: number
  refused: number
}

/** Whoever makes, approves, ends or settles payments waits here for the other, until the transaction ends. */
export async function lockPayments(tx: Tx): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock(730141)')
}

const BATCH = `
  SELECT b.id, b.year || '-' || b.number AS name, b.content, b.sha256, b.payments AS count, b.cents,
    b.made_at AS "madeAt", b.made_by AS "madeBy", m.name AS "makerName",
    o.outcome AS kind, o.reason, o.decided_at AS at, d.name AS "byName", c.paid, c.returned, c.refused
  FROM payment_batches b JOIN people m ON m.id = b.made_by
  LEFT JOIN payment_batch_outcomes o ON o.batch_id = b.id LEFT JOIN people d ON d.id = o.decided_by
  LEFT JOIN LATERAL (
    SELECT count(s.payment_id) FILTER (WHERE e.payment_id IS NULL)::int AS paid,
      count(*) FILTER (WHERE e.kind = 'returned')::int AS returned,
      count(*) FILTER (WHERE e.kind = 'refusedByBank')::int AS refused
    FROM payments p LEFT JOIN payment_settlements s ON s.payment_id = p.id
    LEFT JOIN payment_endings e ON e.payment_id = p.id WHERE p.batch_id = b.id) c ON true`

type BatchRecord = Omit<StoredBatch, 'content' | 'approvals' | 'outcome'> & {
  content: string
  kind: 'approved' | 'withdrawn' | 'rejected' | null
  reason: string
  at: Date
  byName: string
}

/** Every batch, the latest first. */
export async function readBatches(tx: Tx): Promise<StoredBatch[]> {
  return compose(tx, await tx.query(`${BATCH} ORDER BY b.year DESC, b.number DESC`))
}

/** @param by its name (`2020-3`), its id or the key of the request that made it */
export async function readBatch(
  tx: Tx,
  by: { name: string } | { id: string } | { requestKey: string },
): Promise<StoredBatch | null> {
  const [condition, value] =
    'name' in by
      ? [`b.year || '-' || b.number = $1`, by.name]
      : 'id' in by
        ? ['b.id = $1', by.id]
        : ['b.request_key = $1', by.requestKey]
  return (await compose(tx, await tx.query(`${BATCH} WHERE ${condition}`, [value])))[0] ?? null
}

async function compose(tx: Tx, rows: BatchRecord[]): Promise<StoredBatch[]> {
  const approvals: (StoredApproval & { batchId: string })[] = await tx.query(
    `SELECT a.batch_id AS "batchId", a.place, a.approved_by AS "personId", p.name, a.role, a.approved_at AS "approvedAt",
       (SELECT coalesce(jsonb_agg(jsonb_build_object('key', o.organisation, 'name', o.name) ORDER BY o.name), '[]')
        FROM payment_batch_organisations o WHERE o.batch_id = a.batch_id AND o.place = a.place) AS organisations
     FROM payment_batch_approvals a JOIN people p ON p.id = a.approved_by
     WHERE a.batch_id = ANY($1) ORDER BY a.place`,
    [rows.map(({ id }) => id)],
  )
  return rows.map(({ content, kind, reason, at, byName, ...batch }) => ({
    ...batch,
    content: contentFromJson(content),
    approvals: approvals.filter(({ batchId }) => batchId === batch.id),
    outcome: kind === null ? null : { kind, reason, at, byName },
  }))
}

/** The next number of a year; the caller holds the lock. */
export async function nextNumber(tx: Tx, year: number): Promise<number> {
  return ((await tx.getRepository(PaymentBatchRow).maximum('number', { year })) ?? 0) + 1
}

export async function insertBatch(
  tx: Tx,
  row: PaymentBatchRow,
  payments: readonly PaymentRow[],
): Promise<void> {
  await tx.getRepository(PaymentBatchRow).insert(row)
  await tx.query(
    `INSERT INTO payments (id, batch_id, place, payable_id, attempt, after_attempt, end_to_end_id, cents, name, iban)
     SELECT * FROM jsonb_to_recordset($1::jsonb) AS p(id uuid, "batchId" uuid, place int, "payableId" uuid,
       attempt smallint, "afterAttempt" smallint, "endToEndId" text, cents bigint, name text, iban text)`,
    [JSON.stringify(payments, (_, value) => (typeof value === 'bigint' ? value.toString() : value))],
  )
}

export async function insertApproval(
  tx: Tx,
  row: PaymentBatchApprovalRow,
  organisations: readonly Organisation[],
): Promise<void> {
  const { batchId, place } = row
  await tx.getRepository(PaymentBatchApprovalRow).insert(row)
  await tx
    .getRepository(PaymentBatchOrganisationRow)
    .insert(organisations.map(({ key, name }) => ({ batchId, place, organisation: key, name })))
}

export async function insertOutcome(tx: Tx, row: PaymentBatchOutcomeRow): Promise<void> {
  await tx.getRepository(PaymentBatchOutcomeRow).insert(row)
}
