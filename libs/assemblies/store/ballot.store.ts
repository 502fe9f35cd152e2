import type { Tx } from '#platform'
import type { Choice } from '../rules/ballot.js'
import { BallotRow } from './poll.entities.js'
import { POLL_GATE } from './poll.store.js'

/** All that casting depends on. */
export interface Casting {
  closedAt: Date | null
  closesAt: Date | null
  voidedAt: Date | null
  method: 'digital' | 'paper'
  casterIds: string[] | null
  castAt: Date | null
}

/** A member that a person may cast for, with its ballot when there is one. */
export interface OwnElector {
  memberId: string
  memberName: string
  weight: number
  /** The member that votes for this one by proxy, with what it was told; null when it votes itself. */
  holderId: string | null
  instruction: string | null
  ballot: {
    choice: Choice
    castBy: string
    castAt: Date
    reference: string
    enteredBy: string | null
    /** The ballot cast in advance that this is. */
    advanceId: string | null
  } | null
}

/** A ballot as it is written. */
export type NewBallot = Omit<BallotRow, 'elector' | 'advanceId' | 'advance'>

/**
 * Reads the poll, the electors and their ballots in one statement, and keeps the poll from closing until the
 * transaction ends. Voters share the lock, so they don't wait for each other.
 *
 * Sharers of a row lock let each other pass in front of whoever wants the row alone, so voters that keep
 * pressing would keep the chair from closing. Hence the gate, which queues fairly: when the chair is at it,
 * no row is found and nothing is locked.
 * @returns by member; empty when the gate is taken, or there is no such poll
 */
export async function readCastings(
  tx: Tx,
  pollId: string,
  memberIds: readonly string[],
): Promise<Map<string, Casting>> {
  const found: (Casting & { memberId: string })[] = await tx.query(
    `SELECT asked.member_id AS "memberId", p.closed_at AS "closedAt",
       p.closes_at AS "closesAt", p.voided_at AS "voidedAt", p.method, e.caster_ids AS "casterIds", b.cast_at AS "castAt"
     FROM polls p
     CROSS JOIN unnest($2::uuid[]) AS asked(member_id)
     LEFT JOIN electors e ON e.poll_id = p.id AND e.member_id = asked.member_id
     LEFT JOIN ballots b ON b.poll_id = p.id AND b.member_id = asked.member_id
     WHERE p.id = $1 AND (SELECT pg_try_advisory_xact_lock_shared(${POLL_GATE})) FOR SHARE OF p`,
    [pollId, memberIds],
  )
  return new Map(found.map((casting) => [casting.memberId, casting]))
}

/** Waits until the chair is done with the poll, and then reads as {@link readCastings}. */
export async function readCastingsAtGate(
  tx: Tx,
  pollId: string,
  memberIds: readonly string[],
): Promise<Map<string, Casting>> {
  await tx.query(`SELECT pg_advisory_xact_lock_shared(${POLL_GATE})`, [pollId])
  return readCastings(tx, pollId, memberIds)
}

/**
 * Writes ballots, in the order of their members so that two writers never wait for each other in a circle.
 * @returns the references of those that were written; for the others the elector's ballot was there already
 */
export async function insertBallots(tx: Tx, ballots: readonly NewBallot[]): Promise<Set<string>> {
  if (ballots.length === 0) return new Set()
  const inOrder = [...ballots].sort((a, b) => (a.memberId < b.memberId ? -1 : 1))
  const written: { reference: string }[] = await tx.query(
    `WITH written AS (
       INSERT INTO ballots (poll_id, member_id, choice, cast_by, cast_at, reference, entered_by)
       SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::timestamptz[], $6::text[], $7::uuid[])
       ON CONFLICT ON CONSTRAINT ballots_one_per_elector DO NOTHING RETURNING reference)
     SELECT reference FROM written`,
    [
      inOrder.map(({ pollId }) => pollId),
      inOrder.map(({ memberId }) => memberId),
      inOrder.map(({ choice }) => choice),
      inOrder.map(({ castBy }) => castBy),
      inOrder.map(({ castAt }) => castAt),
      inOrder.map(({ reference }) => reference),
      inOrder.map(({ enteredBy }) => enteredBy),
    ],
  )
  return new Set(written.map(({ reference }) => reference))
}

export async function findBallot(tx: Tx, pollId: string, memberId: string): Promise<BallotRow | null> {
  return tx.getRepository(BallotRow).findOneBy({ pollId, memberId })
}

/** The members of this poll that a person may cast for: the own ones first, then those by proxy, by number. */
export async function readOwnElectors(tx: Tx, pollId: string, personId: string): Promise<OwnElector[]> {
  return tx
    .query(
      `SELECT e.member_id AS "memberId", e.member_name AS "memberName", e.weight, e.holder_id AS "holderId",
         x.instruction, b.choice, b.cast_by AS "castBy", b.cast_at AS "castAt", b.reference,
         b.entered_by AS "enteredBy", b.advance_id AS "advanceId"
       FROM electors e
       LEFT JOIN proxies x ON x.id = e.proxy_id
       LEFT JOIN ballots b ON b.poll_id = e.poll_id AND b.member_id = e.member_id
       WHERE e.poll_id = $1 AND $2 = ANY(e.caster_ids)
       ORDER BY e.holder_id IS NOT NULL, e.member_number`,
      [pollId, personId],
    )
    .then((rows: (Omit<OwnElector, 'ballot'> & NonNullable<OwnElector['ballot']>)[]) =>
      rows.map(({ memberId, memberName, weight, holderId, instruction, ...ballot }) => ({
        ...{ memberId, memberName, weight, holderId, instruction },
        ballot: ballot.castAt ? ballot : null,
      })),
    )
}

/** The references of the ballots of a poll, by member. */
export async function readReferences(tx: Tx, pollId: string): Promise<Map<string, string>> {
  const rows: { memberId: string; reference: string }[] = await tx.query(
    'SELECT member_id AS "memberId", reference FROM ballots WHERE poll_id = $1',
    [pollId],
  )
  return new Map(rows.map(({ memberId, reference }) => [memberId, reference]))
}
