import type { Cents, Day } from '#kernel'
import type { Tx } from '#platform'
import type { Entry } from '../rules/entry.js'
import { PostingRow } from './entities.js'

/** Which postings to add up: of an account, perhaps of one member, on days from and through. */
export interface BalanceQuery {
  account: string
  memberId?: string
  from?: Day
  through: Day
}

/** Inserts the head of an entry; null when its key was used before (also by a transaction that just ended). */
export async function insertEntry(
  tx: Tx,
  id: string,
  entry: Entry,
  recordedAt: Date,
): Promise<string | null> {
  const rows: { id: string }[] = await tx.query(
    `INSERT INTO journal_entries (id, idempotency_key, on_day, description, document, recorded_at, recorded_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (idempotency_key) DO NOTHING RETURNING id`,
    [id, entry.idempotencyKey, entry.onDay, entry.description, entry.document, recordedAt, entry.recordedBy],
  )
  return rows[0]?.id ?? null
}

export async function insertPostings(tx: Tx, entryId: string, entry: Entry): Promise<void> {
  await tx.getRepository(PostingRow).insert(
    entry.postings.map(({ account, memberId, cents }) => ({
      entryId,
      account,
      memberId: memberId ?? null,
      cents,
    })),
  )
}

/** The entry behind a key with its lines, in the order in which they were booked. */
export async function findByKey(
  tx: Tx,
  key: string,
): Promise<{ id: string; onDay: Day; postings: BookedPosting[] } | null> {
  const rows: (BookedPosting & { id: string; onDay: Day })[] = await tx.query(
    `SELECT e.id, e.on_day AS "onDay", p.account, p.member_id AS "memberId", p.cents
     FROM journal_entries e JOIN postings p ON p.entry_id = e.id
     WHERE e.idempotency_key = $1 ORDER BY p.id`,
    [key],
  )
  if (!rows[0]) return null
  const postings = rows.map(({ account, memberId, cents }) => ({ account, memberId, cents }))
  return { id: rows[0].id, onDay: rows[0].onDay, postings }
}

export interface BookedPosting {
  account: string
  memberId: string | null
  cents: Cents
}

export async function sumPostings(
  tx: Tx,
  { account, memberId, from, through }: BalanceQuery,
): Promise<Cents> {
  const rows: { cents: string }[] = await tx.query(
    `SELECT coalesce(sum(p.cents), 0)::text AS cents
     FROM postings p JOIN journal_entries e ON e.id = p.entry_id
     WHERE p.account = $1 AND ($2::uuid IS NULL OR p.member_id = $2)
       AND e.on_day <= $3 AND ($4::date IS NULL OR e.on_day >= $4)`,
    [account, memberId ?? null, through, from ?? null],
  )
  return BigInt(rows[0]?.cents ?? '0')
}
