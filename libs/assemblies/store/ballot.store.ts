import type { Tx } from '#platform'
import type { Choice } from '../rules/ballot.js'
import { BallotRow } from './poll.entities.js'
import { POLL_GATE } from './poll.store.js'

/** All that casting depends on. */
export interface Casting {
  closedAt: Date | null
  casterIds: string[] | null
  castAt: Date | null
}

/** A member that a person may cast for, with its ballot when there is one. */
export interface OwnElector {
  memberId: string
  memberName: string
  weight: number
  ballot: { choice: Choice; castBy: string; castAt: Date; reference: string } | null
}

/**
 * Reads the poll, the elector and its ballot in one statement, and keeps the poll from closing until the
 * transaction ends. Voters share the lock, so they don't wait for each other.
 *
 * Sharers of a row lock let each other pass in front of whoever wants the row alone, so voters that keep
 * pressing would keep the chair from closing. Hence the gate, which queues fairly: when the chair is at it,
 * no row is found and nothing is locked.
 * @returns null when the gate is taken, or there is no such poll
 */
export async function readCasting(tx: Tx, pollId: string, memberId: string): Promise<Casting | null> {
  const [found] = await tx.query(
    `SELECT p.closed_at AS "closedAt", e.caster_ids AS "casterIds", b.cast_at AS "castAt"
     FROM polls p
     LEFT JOIN electors e ON e.poll_id = p.id AND e.member_id = $2
     LEFT JOIN ballots b ON b.poll_id = p.id AND b.member_id = $2
     WHERE p.id = $1 AND pg_try_advisory_xact_lock_shared(${POLL_GATE}) FOR SHARE OF p`,
    [pollId, memberId],
  )
  return found ?? null
}

/** Waits until the chair is done with the poll, and then reads as {@link readCasting}. */
export async function readCastingAtGate(tx: Tx, pollId: string, memberId: string): Promise<Casting | null> {
  await tx.query(`SELECT pg_advisory_xact_lock_shared(${POLL_GATE})`, [pollId])
  return readCasting(tx, pollId, memberId)
}

/** @throws the `ballots_one_per_elector` violation when the member's ballot is there already */
export async function insertBallot(tx: Tx, ballot: Omit<BallotRow, 'elector'>): Promise<void> {
  await tx.query(
    `INSERT INTO ballots (poll_id, member_id, choice, cast_by, cast_at, reference) VALUES ($1, $2, $3, $4, $5, $6)`,
    [ballot.pollId, ballot.memberId, ballot.choice, ballot.castBy, ballot.castAt, ballot.reference],
  )
}

export async function findBallot(tx: Tx, pollId: string, memberId: string): Promise<BallotRow | null> {
  return tx.getRepository(BallotRow).findOneBy({ pollId, memberId })
}

/** The members of this poll that a person may cast for, by number. */
export async function readOwnElectors(tx: Tx, pollId: string, personId: string): Promise<OwnElector[]> {
  return tx
    .query(
      `SELECT e.member_id AS "memberId", e.member_name AS "memberName", e.weight,
         b.choice, b.cast_by AS "castBy", b.cast_at AS "castAt", b.reference
       FROM electors e
       LEFT JOIN ballots b ON b.poll_id = e.poll_id AND b.member_id = e.member_id
       WHERE e.poll_id = $1 AND $2 = ANY(e.caster_ids)
       ORDER BY e.member_number`,
      [pollId, personId],
    )
    .then((rows: (Omit<OwnElector, 'ballot'> & NonNullable<OwnElector['ballot']>)[]) =>
      rows.map(({ memberId, memberName, weight, ...ballot }) => ({
        memberId,
        memberName,
        weight,
        ballot: ballot.castAt ? ballot : null,
      })),
    )
}
