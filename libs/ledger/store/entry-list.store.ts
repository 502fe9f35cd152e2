import type { Cents, Day } from '#kernel'
import type { Tx } from '#platform'

/** An entry in the list of a year. */
export interface ListedEntry {
  id: string
  onDay: Day
  year: number | null
  number: number | null
  description: string
  document: string
  /** Of the debit side. */
  cents: Cents
}

/** How many entries there are with a day in the year. */
export async function countEntries(tx: Tx, year: number): Promise<number> {
  const [row]: { count: number }[] = await tx.query(
    `SELECT count(*)::int AS count FROM journal_entries
     WHERE on_day BETWEEN make_date($1, 1, 1) AND make_date($1, 12, 31)`,
    [year],
  )
  return row!.count
}

/** The year of the latest entry up to a day; null while nothing was booked. */
export async function readLatestYear(tx: Tx, upTo: Day): Promise<number | null> {
  const [row]: { day: Day | null }[] = await tx.query(
    'SELECT max(on_day) AS day FROM journal_entries WHERE on_day <= $1',
    [upTo],
  )
  return row?.day ? Number(row.day.slice(0, 4)) : null
}

/** The entries of a year, the latest day first. */
export async function readEntries(
  tx: Tx,
  year: number,
  { skip, most }: { skip: number; most: number },
): Promise<ListedEntry[]> {
  return tx.query(
    `SELECT e.id, e.on_day AS "onDay", s.year, s.number, e.description, e.document,
            (SELECT coalesce(sum(cents), 0)::bigint FROM postings p WHERE p.entry_id = e.id AND cents > 0) AS cents
     FROM (SELECT * FROM journal_entries WHERE on_day BETWEEN make_date($1, 1, 1) AND make_date($1, 12, 31)
           ORDER BY on_day DESC, sequence DESC LIMIT $2 OFFSET $3) e
     LEFT JOIN ledger_sealed_entries s ON s.entry_id = e.id ORDER BY e.on_day DESC, e.sequence DESC`,
    [year, most, skip],
  )
}
