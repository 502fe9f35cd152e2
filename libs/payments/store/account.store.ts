import type { Tx } from '#platform'
import { PayeeAccountAnswerRow, PayeeAccountRow } from './payable-entities.js'

/** An account that was entered, with what another person said of it. */
export type EnteredAccount = PayeeAccountRow & {
  answer: 'confirmed' | 'refused' | null
  note: string
  answeredAt: Date | null
  answeredBy: string | null
}

/** Every account that was entered, the latest first. */
export async function readAccounts(tx: Tx): Promise<EnteredAccount[]> {
  return tx.query(
    `SELECT a.id, a.payee_id AS "payeeId", a.name, a.iban, a.street, a.building_number AS "buildingNumber",
       a.postal_code AS "postalCode", a.town, a.country, a.source, a.request_key AS "requestKey",
       a.entered_at AS "enteredAt", a.entered_by AS "enteredBy",
       s.answer, coalesce(s.note, '') AS note, s.answered_at AS "answeredAt", s.answered_by AS "answeredBy"
     FROM payee_accounts a LEFT JOIN payee_account_answers s ON s.account_id = a.id
     ORDER BY a.entered_at DESC, a.id DESC`,
  )
}

export async function insertAccount(tx: Tx, row: PayeeAccountRow): Promise<void> {
  await tx.getRepository(PayeeAccountRow).insert(row)
}

export async function insertAccountAnswer(tx: Tx, row: PayeeAccountAnswerRow): Promise<void> {
  await tx.getRepository(PayeeAccountAnswerRow).insert(row)
}

/** Whoever enters or confirms an account waits here for the other. */
export async function lockAccounts(tx: Tx): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock(730142)')
}
