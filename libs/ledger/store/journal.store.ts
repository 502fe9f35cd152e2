import type { Cents, Day } from '#kernel'
import type { Tx } from '#platform'
import type { Entry } from '../rules/entry.js'

/** What an entry is stored with, besides what was offered. */
export interface Booking {
  id: string
  recordedAt: Date
  /** The entry that this one undoes. */
  reverses: string | null
}

/**
 * Inserts an entry with its lines in one statement; null when its key was used before (also by a transaction that
 * just ended) or its day is closed. The database itself refuses a day that is closed at the same moment. Two reversals of
 * one entry at once meet at either of two unique keys, so the conflict is on whichever comes first.
 */
export async function insertEntry(
  tx: Tx,
  entry: Entry,
  { id, recordedAt, reverses }: Booking,
): Promise<string | null> {
  const { idempotencyKey, onDay, description, document, recordedBy, postings } = entry
  const rows: { id: string }[] = await tx.query(
    `WITH booked AS (
       INSERT INTO journal_entries (id, idempotency_key, on_day, description, document, recorded_at, recorded_by, reverses)
       SELECT $1, $2, $3::date, $4, $5, $6, $7, $8
       WHERE NOT EXISTS (SELECT 1 FROM ledger_closings WHERE last_day >= $3::date)
       ON CONFLICT DO NOTHING RETURNING id, on_day),
     lines AS (
       INSERT INTO postings (entry_id, on_day, account, accounting_district_id, member_id, cents)
       SELECT b.id, b.on_day, l.account, l.district, l.member, l.cents
       FROM booked b, unnest($9::text[], $10::uuid[], $11::uuid[], $12::bigint[]) WITH ORDINALITY
         AS l(account, district, member, cents, place) ORDER BY l.place)
     SELECT id FROM booked`,
    [
      ...[id, idempotencyKey, onDay, description, document, recordedAt, recordedBy, reverses],
      postings.map(({ account }) => account),
      postings.map(({ accountingDistrictId }) => accountingDistrictId ?? null),
      postings.map(({ memberId }) => memberId ?? null),
      postings.map(({ cents }) => cents.toString()),
    ],
  )
  return rows[0]?.id ?? null
}

/** Whoever holds the ledger alone waits until nobody books, and nobody books until its transaction ends. */
export async function holdLedger(tx: Tx, how: 'alone' | 'withOthers'): Promise<void> {
  await tx.query(
    how === 'alone' ? 'SELECT pg_advisory_xact_lock(730106)' : 'SELECT pg_advisory_xact_lock_shared(730106)',
  )
}

/** The last day on which nothing is booked any more. */
export async function readLastClosedDay(tx: Tx): Promise<Day | null> {
  const [row]: { day: Day | null }[] = await tx.query('SELECT max(last_day) AS day FROM ledger_closings')
  return row!.day
}

export interface BookedPosting {
  account: string
  accountingDistrictId: string | null
  memberId: string | null
  cents: Cents
}

/** An entry with its lines, in the order in which they were booked. */
export interface BookedEntry {
  id: string
  idempotencyKey: string
  onDay: Day
  description: string
  document: string
  recordedAt: Date
  recordedBy: string | null
  reverses: string | null
  /** The entry that undoes this one. */
  reversedBy: string | null
  /** Its number in its year; null until it was sealed. */
  number: { year: number; number: number; seal: number } | null
  postings: BookedPosting[]
}

export function findByKey(tx: Tx, key: string): Promise<BookedEntry | null> {
  return findEntry(tx, 'e.idempotency_key = $1', key)
}

export function findById(tx: Tx, id: string): Promise<BookedEntry | null> {
  return findEntry(tx, 'e.id = $1', id)
}

async function findEntry(tx: Tx, where: string, value: string): Promise<BookedEntry | null> {
  const [row] = await tx.query(
    `SELECT e.id, e.idempotency_key AS "idempotencyKey", e.on_day AS "onDay", e.description, e.document,
            e.recorded_at AS "recordedAt", e.recorded_by AS "recordedBy", e.reverses,
            r.id AS "reversedBy", s.year, s.number, s.seal
     FROM journal_entries e LEFT JOIN journal_entries r ON r.reverses = e.id
     LEFT JOIN ledger_sealed_entries s ON s.entry_id = e.id WHERE ${where}`,
    [value],
  )
  if (!row) return null
  const { year, number, seal, ...entry } = row
  const postings: BookedPosting[] = await tx.query(
    `SELECT account, accounting_district_id AS "accountingDistrictId", member_id AS "memberId", cents
     FROM postings WHERE entry_id = $1 ORDER BY id`,
    [entry.id],
  )
  return { ...entry, number: seal === null ? null : { year, number, seal }, postings }
}
