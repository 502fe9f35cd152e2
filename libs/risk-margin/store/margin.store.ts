import type { Cents, Day } from '#kernel'
import type { Tx } from '#platform'
import { MarginReserveRow, MarginUseReversalRow, MarginUseRow } from './margin-entities.js'

/** A use of the margin, with what undid it. */
export interface StoredUse {
  id: string
  year: number
  number: number
  cents: Cents
  onDay: Day
  reason: string
  document: string
  decision: string | null
  entryId: string
  recordedAt: Date
  recordedBy: string
  reversal: { reason: string; entryId: string; reversedAt: Date; reversedBy: string } | null
}

export async function readReserve(tx: Tx, year: number): Promise<MarginReserveRow | null> {
  return tx.getRepository(MarginReserveRow).findOneBy({ year })
}

export async function insertReserve(tx: Tx, row: MarginReserveRow): Promise<void> {
  await tx.getRepository(MarginReserveRow).insert(row)
}

/** The uses of a year by number. */
export async function readUses(tx: Tx, year: number): Promise<StoredUse[]> {
  return read(tx, 'u.year = $1', year)
}

export async function readUse(tx: Tx, id: string): Promise<StoredUse | null> {
  return (await read(tx, 'u.id = $1', id))[0] ?? null
}

export async function findUseByRequest(tx: Tx, requestKey: string): Promise<string | null> {
  return (await tx.getRepository(MarginUseRow).findOneBy({ requestKey }))?.id ?? null
}

export async function insertUse(tx: Tx, row: Omit<MarginUseRow, 'reserve'>): Promise<void> {
  await tx.getRepository(MarginUseRow).insert(row)
}

export async function insertReversal(tx: Tx, row: Omit<MarginUseReversalRow, 'use'>): Promise<void> {
  await tx.getRepository(MarginUseReversalRow).insert(row)
}

/** What was used of the margin of a year and not undone. */
export async function usedOf(tx: Tx, year: number): Promise<Cents> {
  const [row] = await tx.query(
    `SELECT coalesce(sum(u.cents), 0)::bigint AS cents FROM margin_uses u
     WHERE u.year = $1 AND NOT EXISTS (SELECT 1 FROM margin_use_reversals r WHERE r.use_id = u.id)`,
    [year],
  )
  return row.cents
}

/** What the reserve should be: of all years what was set aside, less what was used and what was paid out. */
export async function reserveByRegister(tx: Tx): Promise<Cents> {
  const [row] = await tx.query(`
    SELECT (SELECT coalesce(sum(cents), 0) FROM margin_reserves)
         - (SELECT coalesce(sum(u.cents), 0) FROM margin_uses u
            WHERE NOT EXISTS (SELECT 1 FROM margin_use_reversals r WHERE r.use_id = u.id))
         - (SELECT coalesce(sum(d.amount_cents), 0) FROM distribution_postings b
            JOIN distributions d ON d.id = b.distribution_id) AS cents`)
  return BigInt(row.cents)
}

interface Row extends Omit<StoredUse, 'reversal'> {
  reversalReason: string | null
  reversalEntryId: string
  reversedAt: Date
  reversedBy: string
}

async function read(tx: Tx, where: string, value: string | number): Promise<StoredUse[]> {
  const rows: Row[] = await tx.query(
    `SELECT u.id, u.year, u.number, u.cents, u.on_day AS "onDay", u.reason, u.document, u.decision,
            u.entry_id AS "entryId", u.recorded_at AS "recordedAt", u.recorded_by AS "recordedBy",
            r.reason AS "reversalReason", r.entry_id AS "reversalEntryId", r.reversed_at AS "reversedAt",
            r.reversed_by AS "reversedBy"
     FROM margin_uses u LEFT JOIN margin_use_reversals r ON r.use_id = u.id
     WHERE ${where} ORDER BY u.year, u.number`,
    [value],
  )
  return rows.map(({ reversalReason, reversalEntryId, reversedAt, reversedBy, ...use }) => ({
    ...use,
    reversal:
      reversalReason === null
        ? null
        : { reason: reversalReason, entryId: reversalEntryId, reversedAt, reversedBy },
  }))
}
