import type { Tx } from '#platform'
import type { EnteredCount } from '../rules/paper-count.js'
import { PaperCountRow, PaperScanRow } from './advance.entities.js'

export type PaperScan = Omit<PaperScanRow, 'poll'>
export type StoredCount = EnteredCount & { countedAt: Date }

/** What was entered of a poll, in order. */
export async function readPaperCounts(tx: Tx, pollId: string): Promise<StoredCount[]> {
  const rows = await tx
    .getRepository(PaperCountRow)
    .find({ where: { pollId }, order: { round: 'ASC', countedAt: 'ASC' } })
  return rows.map(({ poll, pollId: _, ...row }) => row)
}

/** The caller holds the poll. */
export async function insertPaperCount(tx: Tx, pollId: string, count: StoredCount): Promise<void> {
  await tx.getRepository(PaperCountRow).insert({ ...count, pollId })
}

export async function readPaperScans(tx: Tx, pollId: string): Promise<PaperScan[]> {
  return tx.getRepository(PaperScanRow).find({ where: { pollId }, order: { number: 'ASC' } })
}

/** The caller holds the poll. */
export async function insertPaperScan(tx: Tx, scan: PaperScan): Promise<void> {
  await tx.getRepository(PaperScanRow).insert(scan)
}
