import { In } from 'typeorm'
import type { Tx } from '#platform'
import { GuaranteeMeansRow } from './means-entities.js'

/** A declaration as it goes into the register. */
export type NewMeansRow = Omit<GuaranteeMeansRow, 'sequence' | 'erased'>

/** @returns whether it was written; not when a declaration with this request key stands already */
export async function insertMeans(tx: Tx, row: NewMeansRow): Promise<boolean> {
  const written: unknown[] = await tx.query(
    `WITH written AS (
       INSERT INTO guarantee_means (id, member_id, year, accounts_year, equity_cents, income_cents, remark,
         request_key, declared_at, declared_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
       ON CONFLICT ON CONSTRAINT guarantee_means_request DO NOTHING RETURNING id)
     SELECT id FROM written`,
    [
      ...[row.id, row.memberId, row.year, row.accountsYear, row.equityCents, row.incomeCents, row.remark],
      ...[row.requestKey, row.declaredAt, row.declaredBy],
    ],
  )
  return written.length > 0
}

export function findMeans(tx: Tx, requestKey: string): Promise<GuaranteeMeansRow | null> {
  return tx.getRepository(GuaranteeMeansRow).findOneBy({ requestKey })
}

/** What these members declared, of every year, the last one first. */
export async function readMeansOf(tx: Tx, memberIds: readonly string[]): Promise<GuaranteeMeansRow[]> {
  if (memberIds.length === 0) return []
  const where = { memberId: In([...memberIds]) }
  return tx.getRepository(GuaranteeMeansRow).find({ where, order: { sequence: 'DESC' } })
}

/** What counts of a year: the last declaration of each member. */
export async function readLastMeans(tx: Tx, year: number): Promise<Map<string, GuaranteeMeansRow>> {
  const rows = await tx
    .getRepository(GuaranteeMeansRow)
    .find({ where: { year, erased: false }, order: { sequence: 'ASC' } })
  return new Map(rows.map((row) => [row.memberId, row]))
}
