import type { Cents, Day } from '#kernel'
import type { Tx } from '#platform'
import type { EndingKind } from '../rules/payable-state.js'
import type { PaymentEndingRow, PaymentSettlementRow } from './batch-entities.js'

/** A payment of an approved batch, with what it is for and what the bank did. */
export interface OfferedPayment {
  id: string
  batchId: string
  batch: string
  messageId: string
  place: number
  payableId: string
  attempt: number
  endToEndId: string
  cents: Cents
  name: string
  iban: string
  memberId: string | null
  payeeId: string | null
  payeeName: string
  reference: string
  description: string
  debitAccount: string
  accountingDistrictId: string | null
  document: string
  /** Whether its batch was approved: only then the bank can have it. */
  approved: boolean
  paidOn: Day | null
  paidByLine: string | null
  ended: EndingKind | null
  endedByLine: string | null
  endedOn: Day | null
  reason: string
}

export interface PaymentSelection {
  ids?: readonly string[]
  batchId?: string
  payableIds?: readonly string[]
  /** Only of approved batches, and not ended. */
  live?: boolean
}

/** By batch and place. */
export async function readPayments(tx: Tx, selection: PaymentSelection): Promise<OfferedPayment[]> {
  const { ids = null, batchId = null, payableIds = null, live = false } = selection
  return tx.query(
    `SELECT p.id, p.batch_id AS "batchId", b.year || '-' || b.number AS batch, b.message_id AS "messageId", p.place,
       p.payable_id AS "payableId", p.attempt, p.end_to_end_id AS "endToEndId", p.cents, p.name, p.iban,
       y.member_id AS "memberId", y.payee_id AS "payeeId", y.payee_name AS "payeeName", y.reference, y.description,
       y.debit_account AS "debitAccount", y.accounting_district_id AS "accountingDistrictId", y.document,
       coalesce(o.outcome = 'approved', false) AS approved, s.paid_on AS "paidOn", s.line_id AS "paidByLine",
       e.kind AS ended, e.line_id AS "endedByLine", e.ended_on AS "endedOn", coalesce(e.reason, '') AS reason
     FROM payments p JOIN payment_batches b ON b.id = p.batch_id JOIN payables y ON y.id = p.payable_id
     LEFT JOIN payment_batch_outcomes o ON o.batch_id = b.id
     LEFT JOIN payment_settlements s ON s.payment_id = p.id LEFT JOIN payment_endings e ON e.payment_id = p.id
     WHERE ($1::uuid[] IS NULL OR p.id = ANY($1::uuid[])) AND ($2::uuid IS NULL OR p.batch_id = $2)
       AND ($3::uuid[] IS NULL OR p.payable_id = ANY($3::uuid[]))
       AND (NOT $4::boolean OR (o.outcome = 'approved' AND e.payment_id IS NULL))
     ORDER BY b.made_at, b.id, p.place`,
    [ids, batchId, payableIds, live],
  )
}

export async function insertSettlements(tx: Tx, rows: readonly PaymentSettlementRow[]): Promise<void> {
  await tx.query(
    `INSERT INTO payment_settlements (payment_id, paid_on, line_id, statement, entry_id, settled_at, settled_by)
     SELECT * FROM jsonb_to_recordset($1::jsonb) AS s("paymentId" uuid, "paidOn" date, "lineId" text, statement text,
       "entryId" uuid, "settledAt" timestamptz, "settledBy" uuid)`,
    [JSON.stringify(rows)],
  )
}

export async function insertEndings(tx: Tx, rows: readonly PaymentEndingRow[]): Promise<void> {
  await tx.query(
    `INSERT INTO payment_endings (payment_id, payable_id, attempt, kind, reason, ended_on, line_id, entry_id, ended_at,
       ended_by)
     SELECT * FROM jsonb_to_recordset($1::jsonb) AS e("paymentId" uuid, "payableId" uuid, attempt smallint, kind text,
       reason text, "endedOn" date, "lineId" text, "entryId" uuid, "endedAt" timestamptz, "endedBy" uuid)`,
    [JSON.stringify(rows)],
  )
}
