import type { Tx } from '#platform'
import type { Tally } from '../rules/verdict.js'

/** A poll as the record of its assembly has it, also when it was voided or replaced. */
export interface PollLine {
  id: string
  motionId: string
  amendmentId: string | null
  text: string | null
  openedAt: Date
  closedAt: Date | null
  voidedAt: Date | null
  voidReason: string | null
  revoteOf: string | null
  replacedAt: Date | null
  tally: Tally | null
  present: number | null
  electorate: number | null
  quorumNeeded: number | null
  quorumReached: boolean | null
  adopted: boolean | null
  reason: string | null
  declaredAt: Date | null
  decisionId: string | null
  year: number | null
  sequence: number | null
  /** The decision in whose place this one came. */
  replaces: { year: number; sequence: number } | null
  entered: number
  byProxy: number
  inAdvance: number
  method: 'digital' | 'paper'
}

/** Every poll of an assembly, in the order in which they opened. */
export async function readPollLines(tx: Tx, assemblyId: string): Promise<PollLine[]> {
  return tx.query(
    `SELECT p.id, p.motion_id AS "motionId", p.amendment_id AS "amendmentId", p.text, p.opened_at AS "openedAt",
       p.closed_at AS "closedAt", p.voided_at AS "voidedAt", p.void_reason AS "voidReason",
       p.revote_of AS "revoteOf", p.replaced_at AS "replacedAt", r.tally, r.present, r.electorate,
       r.quorum_needed AS "quorumNeeded", r.quorum_reached AS "quorumReached", r.adopted, r.reason,
       r.declared_at AS "declaredAt", d.id AS "decisionId", d.year, d.sequence,
       CASE WHEN o.id IS NOT NULL THEN jsonb_build_object('year', o.year, 'sequence', o.sequence) END AS replaces,
       (SELECT count(*)::int FROM ballots b WHERE b.poll_id = p.id AND b.entered_by IS NOT NULL) AS entered,
       (SELECT count(*)::int FROM ballots b JOIN electors e ON e.poll_id = b.poll_id AND e.member_id = b.member_id
        WHERE b.poll_id = p.id AND e.proxy_id IS NOT NULL) AS "byProxy",
       (SELECT count(*)::int FROM ballots b WHERE b.poll_id = p.id AND b.advance_id IS NOT NULL) AS "inAdvance",
       p.method
     FROM polls p
     LEFT JOIN poll_results r ON r.poll_id = p.id
     LEFT JOIN decisions d ON d.poll_id = p.id
     LEFT JOIN decisions o ON o.id = d.replaces_id
     WHERE p.assembly_id = $1 ORDER BY p.opened_at, p.id`,
    [assemblyId],
  )
}

/** A motion of the agenda with what became of it besides its polls. */
export interface MotionLine {
  id: string
  question: string
  proposerMemberId: string | null
  proposerOrgan: 'chair' | 'secretary' | 'director' | null
  withdrawnAt: Date | null
  withdrawalReason: string | null
}

export async function readMotionLines(tx: Tx, assemblyId: string): Promise<MotionLine[]> {
  return tx.query(
    `SELECT id, question, proposer_member_id AS "proposerMemberId", proposer_organ AS "proposerOrgan",
       withdrawn_at AS "withdrawnAt", withdrawal_reason AS "withdrawalReason"
     FROM motions WHERE assembly_id = $1`,
    [assemblyId],
  )
}

/** The challenges of results in an assembly, each with the members for whom it was made. */
export async function readChallengeLines(
  tx: Tx,
  assemblyId: string,
): Promise<
  {
    pollId: string
    at: Date
    reason: string
    memberIds: string[]
    demanding: number
    majorityAt: Date | null
  }[]
> {
  return tx.query(
    `SELECT c.poll_id AS "pollId", c.challenged_at AS at, c.reason,
       ARRAY(SELECT s.member_id FROM challenge_supports s
         WHERE s.challenge_id = c.id AND s.person_id = c.challenged_by ORDER BY s.member_id) AS "memberIds",
       coalesce(m.demanding, (SELECT sum(s.weight)::int FROM challenge_supports s WHERE s.challenge_id = c.id), 0)
         AS demanding,
       m.reached_at AS "majorityAt"
     FROM challenges c LEFT JOIN challenge_majorities m ON m.challenge_id = c.id
     WHERE c.assembly_id = $1`,
    [assemblyId],
  )
}

/** The members that cast a ballot themselves in some poll of the assembly: during it, or only in advance. */
export async function readVoters(tx: Tx, assemblyId: string): Promise<Map<string, 'there' | 'inAdvance'>> {
  const rows: { id: string; there: boolean }[] = await tx.query(
    `SELECT b.member_id AS id, bool_or(b.advance_id IS NULL) AS there
     FROM ballots b JOIN electors e ON e.poll_id = b.poll_id AND e.member_id = b.member_id
     JOIN polls p ON p.id = b.poll_id
     WHERE p.assembly_id = $1 AND p.voided_at IS NULL AND (e.holder_id IS NULL OR b.advance_id IS NOT NULL)
     GROUP BY b.member_id`,
    [assemblyId],
  )
  return new Map(rows.map(({ id, there }) => [id, there ? 'there' : 'inAdvance']))
}

/** The times that an assembly was broken off until another moment. */
export async function readAdjournments(
  tx: Tx,
  assemblyId: string,
): Promise<{ at: Date; resumesAt: Date; reason: string }[]> {
  return tx.query(
    `SELECT adjourned_at AS at, resumes_at AS "resumesAt", reason FROM assembly_adjournments
     WHERE assembly_id = $1 ORDER BY sequence`,
    [assemblyId],
  )
}

/** The motions that would authorise this and were not withdrawn, the last one first: there can be a second assembly. */
export async function readMotionsAuthorising(tx: Tx, kind: string, id: string): Promise<string[]> {
  const rows: { id: string }[] = await tx.query(
    `SELECT id FROM motions WHERE authorises_kind = $1 AND authorises_id = $2 AND withdrawn_at IS NULL
     ORDER BY submitted_at DESC, second_of IS NULL, id`,
    [kind, id],
  )
  return rows.map((row) => row.id)
}

/** The last poll on a motion itself, also one that waits for its re-vote; not a voided one. */
export async function findLastPollOfMotion(tx: Tx, motionId: string): Promise<{ openedAt: Date } | null> {
  const [found] = await tx.query(
    `SELECT opened_at AS "openedAt" FROM polls
     WHERE motion_id = $1 AND amendment_id IS NULL AND voided_at IS NULL ORDER BY opened_at DESC LIMIT 1`,
    [motionId],
  )
  return found ?? null
}
