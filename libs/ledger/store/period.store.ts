import type { Day } from '#kernel'
import type { Tx } from '#platform'
import type { Period } from '../rules/periods.js'
import { LedgerClosingRow } from './period-entities.js'

export type Closing = Period & { closedAt: Date; closedBy: string }

/** What was closed, in order. */
export function readClosings(tx: Tx): Promise<Closing[]> {
  return tx.getRepository(LedgerClosingRow).find({ order: { lastDay: 'ASC' } })
}

export async function readFirstDay(tx: Tx): Promise<Day | null> {
  const [row]: { day: Day | null }[] = await tx.query('SELECT min(on_day) AS day FROM postings')
  return row!.day
}

/** Closes a period and keeps the balances of its last day: those of the period before and what was booked since. */
export async function insertClosing(tx: Tx, closing: Closing): Promise<void> {
  await tx.getRepository(LedgerClosingRow).insert(closing)
  await tx.query(
    `WITH before AS (SELECT max(last_day) AS day FROM ledger_closings WHERE last_day < $1::date)
     INSERT INTO ledger_snapshots (last_day, account, accounting_district_id, member_id, cents)
     SELECT $1, account, accounting_district_id, member_id, sum(cents) FROM (
       SELECT account, accounting_district_id, member_id, cents FROM ledger_snapshots
       WHERE last_day = (SELECT day FROM before)
       UNION ALL
       SELECT account, accounting_district_id, member_id, cents FROM postings
       WHERE on_day > coalesce((SELECT day FROM before), '0001-01-01') AND on_day <= $1::date) held
     GROUP BY account, accounting_district_id, member_id HAVING sum(cents) <> 0`,
    [closing.lastDay],
  )
}
