import type { Tx } from '#platform'
import { ChallengeMajorityRow, ChallengeRow, ChallengeSupportRow } from './challenge.entities.js'

/** A challenge with what it brought about. */
export interface ChallengeRecord extends ChallengeRow {
  majorityAt: Date | null
  /** The votes that demand the re-vote. */
  demanding: number
}

const CHALLENGE = `SELECT c.id, c.poll_id AS "pollId", c.assembly_id AS "assemblyId", c.reason,
    c.challenged_at AS "challengedAt", c.challenged_by AS "challengedBy", c.lapses_at AS "lapsesAt",
    m.reached_at AS "majorityAt",
    coalesce(m.demanding, (SELECT sum(s.weight)::int FROM challenge_supports s WHERE s.challenge_id = c.id), 0) AS demanding
  FROM challenges c LEFT JOIN challenge_majorities m ON m.challenge_id = c.id`

/** The challenge of a poll's result; null when nobody disputed it. */
export async function findChallenge(tx: Tx, pollId: string): Promise<ChallengeRecord | null> {
  const [found] = await tx.query(`${CHALLENGE} WHERE c.poll_id = $1`, [pollId])
  return found ?? null
}

/**
 * The challenge that keeps the assembly from going on: still open for support, or demanded by the majority while no
 * re-vote has opened. Null when there is none.
 */
export async function findPendingChallenge(
  tx: Tx,
  assemblyId: string,
  now: Date,
): Promise<ChallengeRecord | null> {
  const [found] = await tx.query(
    `${CHALLENGE} JOIN polls p ON p.id = c.poll_id
     WHERE c.assembly_id = $1 AND p.replaced_at IS NULL AND (m.reached_at IS NOT NULL OR c.lapses_at > $2)
     LIMIT 1`,
    [assemblyId, now],
  )
  return found ?? null
}

export async function insertChallenge(tx: Tx, challenge: ChallengeRow): Promise<void> {
  await tx.getRepository(ChallengeRow).insert(challenge)
}

/** Adds the votes of these members; those that demanded it before stay as they are. */
export async function insertSupports(tx: Tx, supports: readonly ChallengeSupportRow[]): Promise<void> {
  if (supports.length === 0) return
  await tx
    .createQueryBuilder()
    .insert()
    .into(ChallengeSupportRow)
    .values([...supports])
    .orIgnore()
    .execute()
}

/** The members whose votes demand the re-vote. */
export async function readSupporters(tx: Tx, challengeId: string): Promise<Set<string>> {
  const rows = await tx.getRepository(ChallengeSupportRow).findBy({ challengeId })
  return new Set(rows.map(({ memberId }) => memberId))
}

export async function insertMajority(tx: Tx, majority: ChallengeMajorityRow): Promise<void> {
  await tx.getRepository(ChallengeMajorityRow).insert(majority)
}

/** When the assembly went on after this instant: its next poll opened, or its next item began. Null: it did not. */
export async function wentOnAfter(tx: Tx, assemblyId: string, instant: Date): Promise<Date | null> {
  const [row] = await tx.query(
    `SELECT least(
       (SELECT min(opened_at) FROM polls WHERE assembly_id = $1 AND opened_at > $2),
       (SELECT min(at) FROM agenda_progress WHERE assembly_id = $1 AND kind = 'begun' AND at > $2)) AS at`,
    [assemblyId, instant],
  )
  return row.at
}

/** Takes a challenged poll out of the way for its re-vote. */
export async function markReplaced(tx: Tx, pollId: string, at: Date): Promise<void> {
  await tx.query('UPDATE polls SET replaced_at = $2 WHERE id = $1 AND replaced_at IS NULL', [pollId, at])
}

/** The poll that is held anew because of this one, not counting a voided one. */
export async function findRevoteOf(tx: Tx, pollId: string): Promise<string | null> {
  const [found] = await tx.query('SELECT id FROM polls WHERE revote_of = $1 AND voided_at IS NULL', [pollId])
  return found?.id ?? null
}

/** The challenged poll on a motion (or amendment) that still waits for its re-vote. */
export async function findPollToRevote(
  tx: Tx,
  motionId: string,
  amendmentId: string | null,
): Promise<string | null> {
  const [found] = await tx.query(
    `SELECT p.id FROM polls p
     WHERE p.motion_id = $1 AND p.amendment_id IS NOT DISTINCT FROM $2 AND p.replaced_at IS NOT NULL
       AND NOT EXISTS (SELECT FROM polls r WHERE r.revote_of = p.id AND r.voided_at IS NULL)`,
    [motionId, amendmentId],
  )
  return found?.id ?? null
}
