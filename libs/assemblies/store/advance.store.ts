import type { Tx } from '#platform'
import type { Admission, AdvanceBallot, VotedText } from '../rules/advance.js'
import type { Choice } from '../rules/ballot.js'
import { AdvanceBallotRow } from './advance-ballot.entity.js'

/** A ballot cast in advance as its voter sees it, with what became of it last. */
export interface OwnAdvanceBallot extends AdvanceBallot {
  choice: Choice
  reference: string
  outcome: Admission | null
  pollId: string | null
}

export async function insertAdvanceBallot(tx: Tx, ballot: Omit<AdvanceBallotRow, 'motion'>): Promise<void> {
  await tx.getRepository(AdvanceBallotRow).insert(ballot)
}

/** The ballots of members on a motion, the last one first. */
export async function readAdvanceBallots(
  tx: Tx,
  motionId: string,
  memberIds: readonly string[],
): Promise<OwnAdvanceBallot[]> {
  return tx.query(
    `SELECT b.id, b.member_id AS "memberId", b.text_number AS "textNumber", b.text_hash AS "textHash", b.choice,
       b.cast_by AS "castBy", b.cast_at AS "castAt", b.reference, o.kind AS outcome, o.poll_id AS "pollId"
     FROM advance_ballots b
     LEFT JOIN LATERAL (SELECT kind, poll_id FROM advance_ballot_outcomes WHERE ballot_id = b.id
       ORDER BY sequence DESC LIMIT 1) o ON true
     WHERE b.motion_id = $1 AND b.member_id = ANY($2::uuid[]) ORDER BY b.cast_at DESC`,
    [motionId, memberIds],
  )
}

/** Those of a motion that have not lapsed, by the moment of casting; the caller holds the motion. */
export async function readLiveAdvanceBallots(tx: Tx, motionId: string): Promise<AdvanceBallot[]> {
  return tx.query(
    `SELECT b.id, b.member_id AS "memberId", b.text_number AS "textNumber", b.text_hash AS "textHash",
       b.cast_by AS "castBy", b.cast_at AS "castAt"
     FROM advance_ballots b
     WHERE b.motion_id = $1 AND NOT EXISTS (
       SELECT FROM advance_ballot_outcomes o WHERE o.ballot_id = b.id AND o.kind = 'lapsed')
     ORDER BY b.cast_at, b.id`,
    [motionId],
  )
}

export async function insertAdvanceOutcomes(
  tx: Tx,
  pollId: string | null,
  outcomes: readonly { id: string; outcome: Admission }[],
  at: Date,
): Promise<void> {
  await tx.query(
    `INSERT INTO advance_ballot_outcomes (ballot_id, poll_id, kind, at)
     SELECT o.id, $1::uuid, o.outcome, $3 FROM jsonb_to_recordset($2::jsonb) AS o(id uuid, outcome text)`,
    [pollId, JSON.stringify(outcomes), at],
  )
}

/** Puts ballots into the poll as they were cast, with their own instants; the poll has its electors. */
export async function admitIntoPoll(tx: Tx, pollId: string, ballotIds: readonly string[]): Promise<void> {
  await tx.query(
    `INSERT INTO ballots (poll_id, member_id, choice, cast_by, cast_at, reference, advance_id)
     SELECT $1, member_id, choice, cast_by, cast_at, reference, id FROM advance_ballots
     WHERE id = ANY($2::uuid[]) ORDER BY member_id`,
    [pollId, ballotIds],
  )
}

/** What a member cast in advance, for its complete file. */
export async function readAdvanceOfMember(
  tx: Tx,
  memberId: string,
): Promise<
  (VotedText & {
    motion: string
    choice: Choice
    person: string | null
    at: Date
    reference: string
    outcome: Admission | null
  })[]
> {
  return tx.query(
    `SELECT m.title AS motion, b.choice, p.name AS person, b.cast_at AS at, b.reference,
       b.text_number AS "textNumber", b.text_hash AS "textHash",
       (SELECT kind FROM advance_ballot_outcomes WHERE ballot_id = b.id ORDER BY sequence DESC LIMIT 1) AS outcome
     FROM advance_ballots b JOIN motions m ON m.id = b.motion_id LEFT JOIN people p ON p.id = b.cast_by
     WHERE b.member_id = $1 ORDER BY b.cast_at`,
    [memberId],
  )
}
