import type { Cents, Day } from '#kernel'
import type { Tx } from '#platform'
import type { EndingKind, PayableKind } from '../rules/payable-state.js'
import type { PayableRow } from './payable-entities.js'

/** A payable with the last attempt to pay it. */
export interface StoredPayable extends Omit<PayableRow, 'addedBy'> {
  last: StoredAttempt | null
}

export interface StoredAttempt {
  paymentId: string
  attempt: number
  endToEndId: string
  iban: string
  /** `2020-3`. */
  batch: string
  paidOn: Day | null
  ended: EndingKind | null
  /** Why it ended; empty while it did not. */
  reason: string
  endedOn: Day | null
}

/** Adds it unless the key is there. @returns the id of the one with the key, and what it says */
export async function insertPayable(
  tx: Tx,
  row: PayableRow,
): Promise<{ id: string; cents: Cents; memberId: string | null; payeeId: string | null }> {
  await tx.query(
    `INSERT INTO payables (id, key, kind, member_id, payee_id, payee_name, cents, reference, description,
       explanation, decision_number, document, debit_account, accounting_district_id, added_at, added_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
     ON CONFLICT ON CONSTRAINT payables_key DO NOTHING`,
    [
      ...[row.id, row.key, row.kind, row.memberId, row.payeeId, row.payeeName, row.cents, row.reference],
      ...[row.description, row.explanation, row.decisionNumber, row.document, row.debitAccount],
      ...[row.accountingDistrictId, row.addedAt, row.addedBy],
    ],
  )
  const [found] = await tx.query(
    'SELECT id, cents, member_id AS "memberId", payee_id AS "payeeId" FROM payables WHERE key = $1',
    [row.key],
  )
  return found
}

/** What to read: all conditions that are given hold. */
export interface PayableSelection {
  ids?: readonly string[]
  kind?: PayableKind
  reference?: string
  memberIds?: readonly string[]
  /** With `memberIds`: or of these parties to agreements. */
  payeeIds?: readonly string[]
  /** Only what is not paid. */
  open?: boolean
}

/** By reference, then name. */
export async function readPayables(tx: Tx, selection: PayableSelection): Promise<StoredPayable[]> {
  const {
    ids = null,
    kind = null,
    reference = null,
    memberIds = null,
    payeeIds = [],
    open = false,
  } = selection
  const rows: (Omit<StoredPayable, 'last'> & { [key in keyof StoredAttempt]: StoredAttempt[key] | null })[] =
    await tx.query(
      `SELECT p.id, p.key, p.kind, p.member_id AS "memberId", p.payee_id AS "payeeId", p.payee_name AS "payeeName",
         p.cents, p.reference, p.description, p.explanation, p.decision_number AS "decisionNumber", p.document,
         p.debit_account AS "debitAccount", p.accounting_district_id AS "accountingDistrictId",
         p.added_at AS "addedAt", l.id AS "paymentId", l.attempt, l.end_to_end_id AS "endToEndId", l.iban,
         b.year || '-' || b.number AS batch, s.paid_on AS "paidOn", e.kind AS ended, coalesce(e.reason, '') AS reason,
         e.ended_on AS "endedOn"
       FROM payables p
       LEFT JOIN LATERAL (SELECT * FROM payments WHERE payable_id = p.id ORDER BY attempt DESC LIMIT 1) l ON true
       LEFT JOIN payment_batches b ON b.id = l.batch_id
       LEFT JOIN payment_settlements s ON s.payment_id = l.id
       LEFT JOIN payment_endings e ON e.payment_id = l.id
       WHERE ($1::uuid[] IS NULL OR p.id = ANY($1::uuid[])) AND ($2::text IS NULL OR p.kind = $2)
         AND ($3::text IS NULL OR p.reference = $3) AND ($4::uuid[] IS NULL OR p.member_id = ANY($4::uuid[])
           OR (p.member_id IS NULL AND p.payee_id = ANY($6::uuid[])))
         AND (NOT $5::boolean OR s.payment_id IS NULL OR e.payment_id IS NOT NULL)
       ORDER BY p.reference, p.payee_name, p.id`,
      [ids, kind, reference, memberIds, open, payeeIds],
    )
  return rows.map(
    ({ paymentId, attempt, endToEndId, iban, batch, paidOn, ended, reason, endedOn, ...payable }) => ({
      ...payable,
      last:
        paymentId === null
          ? null
          : {
              ...{ paymentId, attempt: attempt!, endToEndId: endToEndId!, iban: iban!, batch: batch! },
              ...{ paidOn, ended, reason: reason!, endedOn },
            },
    }),
  )
}
