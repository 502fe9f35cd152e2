import type { Tx } from '#platform'
import { BankAccountConfirmationRow, BankAccountRow } from './statement-entities.js'

/** An account with when it was confirmed; it counts from then on. */
export interface BankAccount extends BankAccountRow {
  confirmedAt: Date | null
  confirmedBy: string | null
}

/** Every account, the one confirmed last first. */
export async function readAccounts(tx: Tx): Promise<BankAccount[]> {
  const rows = await tx.getRepository(BankAccountRow).find({ order: { recordedAt: 'DESC', iban: 'ASC' } })
  const confirmations = new Map(
    (await tx.getRepository(BankAccountConfirmationRow).find()).map((row) => [row.iban, row]),
  )
  return rows
    .map((row) => ({
      ...row,
      confirmedAt: confirmations.get(row.iban)?.confirmedAt ?? null,
      confirmedBy: confirmations.get(row.iban)?.confirmedBy ?? null,
    }))
    .toSorted((a, b) => (b.confirmedAt?.getTime() ?? 0) - (a.confirmedAt?.getTime() ?? 0))
}

export async function insertAccount(tx: Tx, row: BankAccountRow): Promise<boolean> {
  const added: unknown[] = await tx.query(
    `INSERT INTO bank_accounts (iban, name, recorded_at, recorded_by) VALUES ($1, $2, $3, $4)
     ON CONFLICT DO NOTHING RETURNING iban`,
    [row.iban, row.name, row.recordedAt, row.recordedBy],
  )
  return added.length > 0
}

export async function insertConfirmation(
  tx: Tx,
  iban: string,
  at: Date,
  by: string | null,
): Promise<boolean> {
  const added: unknown[] = await tx.query(
    `INSERT INTO bank_account_confirmations (iban, confirmed_at, confirmed_by) VALUES ($1, $2, $3)
     ON CONFLICT DO NOTHING RETURNING iban`,
    [iban, at, by],
  )
  return added.length > 0
}
