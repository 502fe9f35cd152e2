import type { Tx } from '#platform'
import { MarginMotionRow, YearCloseConfirmationRow } from './margin-entities.js'

/** Who confirmed the judgement of a year as it reads now, the first one first. */
export async function readConfirmations(
  tx: Tx,
  year: number,
  judgementSha256: string,
): Promise<YearCloseConfirmationRow[]> {
  return tx
    .getRepository(YearCloseConfirmationRow)
    .find({ where: { year, judgementSha256 }, order: { confirmedAt: 'ASC', id: 'ASC' } })
}

export async function insertConfirmation(tx: Tx, row: YearCloseConfirmationRow): Promise<void> {
  await tx.getRepository(YearCloseConfirmationRow).insert(row)
}

/** What the ALV was asked about a year, the latest first. */
export async function readMotions(tx: Tx, year: number): Promise<MarginMotionRow[]> {
  return tx.getRepository(MarginMotionRow).find({ where: { year }, order: { offeredAt: 'DESC', id: 'DESC' } })
}

export async function readMotion(tx: Tx, id: string): Promise<MarginMotionRow | null> {
  return tx.getRepository(MarginMotionRow).findOneBy({ id })
}

export async function insertMotion(tx: Tx, row: MarginMotionRow): Promise<void> {
  await tx.getRepository(MarginMotionRow).insert(row)
}
