import type { Tx } from '#platform'
import {
  AccountsExtensionRow,
  AccountsOfferRow,
  AccountsReviewRow,
  AccountsSignatureRow,
  AnnualAccountsRow,
  type OfferKind,
  ReviewSignatureRow,
} from './entities.js'

/** Whoever changes the accounts of a year waits here for the other, until the transaction ends. */
export async function lockYear(tx: Tx, year: number): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('annual accounts ' || $1::int::text, 0))`, [
    year,
  ])
}

/** Every version, the first one first. */
export async function readVersions(tx: Tx, year: number): Promise<AnnualAccountsRow[]> {
  return tx.getRepository(AnnualAccountsRow).find({ where: { year }, order: { version: 'ASC' } })
}

/** The years that have accounts, the latest first. */
export async function listYears(tx: Tx): Promise<number[]> {
  const rows: { year: number }[] = await tx.query(
    'SELECT DISTINCT year FROM annual_accounts ORDER BY year DESC',
  )
  return rows.map(({ year }) => year)
}

export async function insertAccounts(tx: Tx, row: AnnualAccountsRow): Promise<void> {
  await tx.getRepository(AnnualAccountsRow).insert(row)
}

export async function readSignatures(tx: Tx, accountsId: string): Promise<AccountsSignatureRow[]> {
  return tx
    .getRepository(AccountsSignatureRow)
    .find({ where: { accountsId }, order: { signedAt: 'ASC', name: 'ASC' } })
}

export async function insertSignature(tx: Tx, row: AccountsSignatureRow): Promise<void> {
  await tx.getRepository(AccountsSignatureRow).insert(row)
}

/** The review that counts: the last one of these accounts. */
export async function findReview(tx: Tx, accountsId: string): Promise<AccountsReviewRow | null> {
  return tx
    .getRepository(AccountsReviewRow)
    .findOne({ where: { accountsId }, order: { submittedAt: 'DESC', id: 'DESC' } })
}

export async function insertReview(tx: Tx, row: AccountsReviewRow): Promise<void> {
  await tx.getRepository(AccountsReviewRow).insert(row)
}

export async function readReviewSignatures(tx: Tx, reviewId: string): Promise<ReviewSignatureRow[]> {
  return tx
    .getRepository(ReviewSignatureRow)
    .find({ where: { reviewId }, order: { signedAt: 'ASC', name: 'ASC' } })
}

export async function insertReviewSignature(tx: Tx, row: ReviewSignatureRow): Promise<void> {
  await tx.getRepository(ReviewSignatureRow).insert(row)
}

/** The last time that an assembly was asked, about whichever version of the year. */
export async function findLastOffer(tx: Tx, year: number, kind: OfferKind): Promise<AccountsOfferRow | null> {
  const [found] = await tx.query(
    `SELECT o.id FROM annual_accounts_offers o JOIN annual_accounts a ON a.id = o.accounts_id
     WHERE a.year = $1 AND o.kind = $2 ORDER BY o.offered_at DESC, o.id DESC LIMIT 1`,
    [year, kind],
  )
  return found ? tx.getRepository(AccountsOfferRow).findOneBy({ id: found.id }) : null
}

/** Of which year an offer is. */
export async function yearOfOffer(tx: Tx, id: string, kind: OfferKind): Promise<number | null> {
  const [found] = await tx.query(
    `SELECT a.year FROM annual_accounts_offers o JOIN annual_accounts a ON a.id = o.accounts_id
     WHERE o.id = $1 AND o.kind = $2`,
    [id, kind],
  )
  return found?.year ?? null
}

export async function insertOffer(tx: Tx, row: AccountsOfferRow): Promise<void> {
  await tx.getRepository(AccountsOfferRow).insert(row)
}

export async function findExtension(tx: Tx, year: number): Promise<AccountsExtensionRow | null> {
  return tx.getRepository(AccountsExtensionRow).findOneBy({ year })
}

export async function insertExtension(tx: Tx, row: AccountsExtensionRow): Promise<void> {
  await tx.getRepository(AccountsExtensionRow).insert(row)
}
