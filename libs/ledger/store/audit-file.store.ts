import type { Cents, Day } from '#kernel'
import type { Tx } from '#platform'

export interface YearMeasure {
  /** The last number of the year: what is sealed at this moment. */
  lastNumber: number
  linesCount: bigint
  totalDebitCents: Cents
  totalCreditCents: Cents
}

export async function measureYear(tx: Tx, year: number): Promise<YearMeasure> {
  const [row] = await tx.query(
    `SELECT coalesce(max(s.number), 0) AS "lastNumber", count(p.id) AS lines,
            coalesce(sum(p.cents) FILTER (WHERE p.cents > 0), 0)::text AS debit,
            coalesce(-sum(p.cents) FILTER (WHERE p.cents < 0), 0)::text AS credit
     FROM ledger_sealed_entries s JOIN postings p ON p.entry_id = s.entry_id WHERE s.year = $1`,
    [year],
  )
  return {
    lastNumber: row.lastNumber,
    linesCount: BigInt(row.lines),
    totalDebitCents: BigInt(row.debit),
    totalCreditCents: BigInt(row.credit),
  }
}

/** The members that something was booked for in a year. */
export async function readMembersOfYear(tx: Tx, year: number): Promise<string[]> {
  const rows: { id: string }[] = await tx.query(
    `SELECT DISTINCT member_id AS id FROM postings
     WHERE member_id IS NOT NULL AND on_day BETWEEN make_date($1, 1, 1) AND make_date($1, 12, 31)`,
    [year],
  )
  return rows.map(({ id }) => id)
}

export interface YearEntry {
  number: number
  onDay: Day
  description: string
  document: string
  lines: { account: string; district: string | null; member: string | null; cents: string }[]
}

/** The entries of a year with numbers after and through. */
export function readYearBatch(tx: Tx, year: number, after: number, through: number): Promise<YearEntry[]> {
  return tx.query(
    `SELECT s.number, e.on_day AS "onDay", e.description, e.document, l.lines
     FROM ledger_sealed_entries s JOIN journal_entries e ON e.id = s.entry_id
     CROSS JOIN LATERAL (
       SELECT jsonb_agg(jsonb_build_object('account', p.account, 'district', p.accounting_district_id,
                'member', p.member_id, 'cents', p.cents::text) ORDER BY p.id) AS lines
       FROM postings p WHERE p.entry_id = e.id) l
     WHERE s.year = $1 AND s.number > $2 AND s.number <= $3 ORDER BY s.number`,
    [year, after, through],
  )
}
