import type { Day } from '#kernel'
import type { Tx } from '#platform'
import type { FoundEntry, Seal } from '../rules/check-chain.js'
import { LedgerCheckRow, LedgerSealRow } from './period-entities.js'

/** Of several who seal at the same time the others wait. */
export async function holdSeals(tx: Tx): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock(730107)')
}

export async function readLastSequence(tx: Tx): Promise<bigint> {
  const [row]: { last: bigint | null }[] = await tx.query('SELECT max(sequence) AS last FROM journal_entries')
  return BigInt(row!.last ?? 0n)
}

export async function readLastSeal(tx: Tx): Promise<LedgerSealRow | null> {
  const [last] = await tx.getRepository(LedgerSealRow).find({ order: { number: 'DESC' }, take: 1 })
  return last ?? null
}

/** The last number of each of these years. */
export async function readLastNumbers(tx: Tx, years: readonly number[]): Promise<Map<number, number>> {
  const rows: { year: number; last: number | null }[] = await tx.query(
    `SELECT y.year, (SELECT max(number) FROM ledger_sealed_entries s WHERE s.year = y.year) AS last
     FROM unnest($1::smallint[]) y(year)`,
    [years],
  )
  return new Map(rows.flatMap(({ year, last }) => (last === null ? [] : [[year, last] as const])))
}

/** The lines of an entry in one text, with their sum and number. */
const LINES = `
  LATERAL (
    SELECT coalesce(string_agg(concat_ws('|', p.account, coalesce(p.accounting_district_id::text, ''),
             coalesce(p.member_id::text, ''), p.cents), chr(10) ORDER BY p.id), '') AS lines,
           coalesce(sum(p.cents), 0)::text AS total, count(*)::int AS postings
    FROM postings p WHERE p.entry_id = e.id) l`
const ENTRY = `
  e.sequence, e.id, e.idempotency_key AS key, e.on_day AS "onDay",
  (extract(epoch FROM e.recorded_at) * 1000000)::bigint AS "recordedAt", e.recorded_by AS "recordedBy",
  e.reverses, e.salt, e.description, e.document, l.lines, l.total, l.postings`

/** Entries that were not sealed yet, in the order of booking. */
export type UnsealedEntry = Omit<FoundEntry, 'year' | 'number' | 'textSha256'>

export async function readUnsealed(
  tx: Tx,
  after: bigint,
  through: bigint,
  most: number,
): Promise<UnsealedEntry[]> {
  const rows = await tx.query(
    `SELECT ${ENTRY} FROM journal_entries e CROSS JOIN ${LINES}
     WHERE e.sequence > $1 AND e.sequence <= $2 ORDER BY e.sequence LIMIT $3`,
    [after.toString(), through.toString(), most],
  )
  return rows.map(withTotal)
}

export async function insertSeal(
  tx: Tx,
  seal: Seal & { sealedAt: Date },
  entries: readonly FoundEntry[],
): Promise<void> {
  await tx.getRepository(LedgerSealRow).insert(seal)
  await tx.query(
    `INSERT INTO ledger_sealed_entries (entry_id, seal, year, number, text_sha256)
     SELECT entry, $1, year, number, text FROM unnest($2::uuid[], $3::smallint[], $4::int[], $5::text[])
       AS sealed(entry, year, number, text)`,
    [
      seal.number,
      entries.map(({ id }) => id),
      entries.map(({ year }) => year),
      entries.map(({ number }) => number),
      entries.map(({ textSha256 }) => textSha256),
    ],
  )
}

/** Seals from a number on, in order. */
export function readSeals(tx: Tx, from: number, most: number): Promise<Seal[]> {
  return tx.query(
    `SELECT number, first_sequence AS "firstSequence", last_sequence AS "lastSequence", entries,
            previous_sha256 AS "previousSha256", sha256
     FROM ledger_seals WHERE number >= $1 ORDER BY number LIMIT $2`,
    [from, most],
  )
}

/** The entries under some seals as they are found now, in the order of booking. */
export async function readSealed(
  tx: Tx,
  first: number,
  last: number,
): Promise<(FoundEntry & { seal: number })[]> {
  const rows = await tx.query(
    `SELECT s.seal, s.year, s.number, s.text_sha256 AS "textSha256", ${ENTRY}
     FROM ledger_sealed_entries s JOIN journal_entries e ON e.id = s.entry_id CROSS JOIN ${LINES}
     WHERE s.seal BETWEEN $1 AND $2 ORDER BY s.seal, e.sequence`,
    [first, last],
  )
  return rows.map(withTotal)
}

function withTotal<T extends { total: string; sequence: bigint; recordedAt: bigint }>(row: T) {
  return { ...row, total: BigInt(row.total) }
}

/** What the chain does not tell: outside the seals, beside an entry, or against a snapshot. */
export interface OutsideTheChain {
  unsealed: bigint
  /** Entries that were booked before the last seal and stand under none. */
  passedOver: bigint
  /** Entries outside the seals that don't add up to zero or have fewer than two lines. */
  unbalanced: string[]
  /** Postings without an entry, or on another day than their entry. */
  strayPostings: bigint
  /** Reversals that are not the exact opposite of what they reverse. */
  wrongReversals: string[]
}

export async function readOutsideTheChain(tx: Tx): Promise<OutsideTheChain> {
  const [row] = await tx.query(
    `WITH loose AS (
       SELECT e.id, e.sequence FROM journal_entries e
       WHERE NOT EXISTS (SELECT 1 FROM ledger_sealed_entries s WHERE s.entry_id = e.id))
     SELECT (SELECT count(*) FROM loose) AS unsealed,
       (SELECT count(*) FROM loose WHERE sequence <= (SELECT max(last_sequence) FROM ledger_seals)) AS "passedOver",
       (SELECT coalesce(array_agg(id::text), '{}') FROM (
          SELECT l.id FROM loose l LEFT JOIN postings p ON p.entry_id = l.id
          GROUP BY l.id HAVING coalesce(sum(p.cents), 0) <> 0 OR count(p.id) < 2 LIMIT 100) bad) AS unbalanced,
       (SELECT count(*) FROM postings p LEFT JOIN journal_entries e ON e.id = p.entry_id AND e.on_day = p.on_day
        WHERE e.id IS NULL) AS "strayPostings",
       (SELECT coalesce(array_agg(id::text), '{}') FROM (
          SELECT r.id FROM journal_entries r WHERE r.reverses IS NOT NULL AND EXISTS (
            SELECT 1 FROM postings p WHERE p.entry_id IN (r.id, r.reverses)
            GROUP BY p.account, p.accounting_district_id, p.member_id, abs(p.cents) HAVING sum(p.cents) <> 0)
          LIMIT 100) bad) AS "wrongReversals"`,
  )
  return row
}

/** The closed days whose kept balances are not those of the period before and what was booked since. */
export async function readWrongSnapshots(tx: Tx): Promise<Day[]> {
  const rows: { day: Day }[] = await tx.query(
    `WITH periods AS (
       SELECT last_day, lag(last_day) OVER (ORDER BY last_day) AS before FROM ledger_closings),
     held AS (
       SELECT c.last_day, s.account, s.accounting_district_id, s.member_id, s.cents
       FROM periods c JOIN ledger_snapshots s ON s.last_day = c.before
       UNION ALL
       SELECT c.last_day, p.account, p.accounting_district_id, p.member_id, p.cents
       FROM periods c JOIN postings p ON p.on_day > coalesce(c.before, '0001-01-01') AND p.on_day <= c.last_day
       UNION ALL
       SELECT last_day, account, accounting_district_id, member_id, -cents FROM ledger_snapshots)
     SELECT DISTINCT last_day AS day FROM (
       SELECT last_day FROM held GROUP BY last_day, account, accounting_district_id, member_id HAVING sum(cents) <> 0
     ) wrong ORDER BY 1`,
  )
  return rows.map(({ day }) => day)
}

export async function readLastCheck(tx: Tx): Promise<LedgerCheckRow | null> {
  const [last] = await tx
    .getRepository(LedgerCheckRow)
    .find({ order: { checkedAt: 'DESC', id: 'DESC' }, take: 1 })
  return last ?? null
}

export async function insertCheck(tx: Tx, row: LedgerCheckRow): Promise<void> {
  await tx.getRepository(LedgerCheckRow).insert(row)
}
