import type { Tx } from '#platform'
import type { Choice } from '../rules/ballot.js'
import type { PollRule } from '../rules/poll-rule.js'
import { PollResultRow, PollRow } from './poll.entities.js'

/** A member as it goes into the frozen electorate. */
export interface NewElector {
  memberId: string
  memberNumber: number
  memberName: string
  weight: number
  casterIds: string[]
}

/** A poll with its motion and assembly, and its result once declared. */
export interface PollInContext {
  id: string
  rule: PollRule
  openedAt: Date
  closedAt: Date | null
  motionId: string
  position: number
  title: string
  question: string
  explanation: string
  authorisesKind: string | null
  authorisesId: string | null
  assemblyId: string
  assemblyTitle: string
  heldOn: string
}

/** An elector with what it did: for the tally and for the roll call. */
export interface ElectorRecord extends NewElector {
  choice: Choice | null
  castAt: Date | null
  checkedIn: boolean
}

export async function findPollOfMotion(tx: Tx, motionId: string): Promise<string | null> {
  const [found] = await tx.query('SELECT id FROM polls WHERE motion_id = $1', [motionId])
  return found?.id ?? null
}

export async function insertPoll(
  tx: Tx,
  poll: Pick<PollRow, 'id' | 'motionId' | 'assemblyId' | 'rule' | 'openedAt' | 'openedBy'>,
  electors: readonly NewElector[],
): Promise<void> {
  await tx.getRepository(PollRow).insert({ ...poll, closedAt: null, closedBy: null } as never)
  await tx.query(
    `INSERT INTO electors (poll_id, member_id, member_number, member_name, weight, caster_ids)
     SELECT $1, e."memberId", e."memberNumber", e."memberName", e.weight, e."casterIds"
     FROM jsonb_to_recordset($2::jsonb)
       AS e("memberId" uuid, "memberNumber" integer, "memberName" text, weight integer, "casterIds" uuid[])`,
    [poll.id, JSON.stringify(electors)],
  )
}

/** The key of a poll's gate, an advisory lock, from the poll's id in `$1`. */
export const POLL_GATE = `hashtextextended('poll ' || $1::uuid::text, 0)`

/** Reads a poll and waits for everyone who is casting at this moment; who casts later waits for us. */
export async function lockPoll(tx: Tx, id: string): Promise<PollRow | null> {
  await tx.query(`SELECT pg_advisory_xact_lock(${POLL_GATE})`, [id])
  return tx.getRepository(PollRow).findOne({ where: { id }, lock: { mode: 'pessimistic_write' } })
}

export async function closePoll(tx: Tx, id: string, closedAt: Date, closedBy: string): Promise<void> {
  await tx.query('UPDATE polls SET closed_at = $2, closed_by = $3 WHERE id = $1', [id, closedAt, closedBy])
}

export async function findPoll(tx: Tx, id: string): Promise<PollInContext | null> {
  const [found] = await tx.query(
    `SELECT p.id, p.rule, p.opened_at AS "openedAt", p.closed_at AS "closedAt",
       m.id AS "motionId", m.position, m.title, m.question, m.explanation,
       m.authorises_kind AS "authorisesKind", m.authorises_id AS "authorisesId",
       a.id AS "assemblyId", a.title AS "assemblyTitle", a.held_on AS "heldOn"
     FROM polls p JOIN motions m ON m.id = p.motion_id JOIN assemblies a ON a.id = p.assembly_id
     WHERE p.id = $1`,
    [id],
  )
  return found ?? null
}

/** The whole electorate in order of member number; checked in counts until the poll closed. */
export async function readElectors(tx: Tx, pollId: string): Promise<ElectorRecord[]> {
  return tx.query(
    `SELECT e.member_id AS "memberId", e.member_number AS "memberNumber", e.member_name AS "memberName",
       e.weight, e.caster_ids AS "casterIds", b.choice, b.cast_at AS "castAt",
       t.member_id IS NOT NULL AS "checkedIn"
     FROM electors e
     JOIN polls p ON p.id = e.poll_id
     LEFT JOIN ballots b ON b.poll_id = e.poll_id AND b.member_id = e.member_id
     LEFT JOIN attendances t ON t.assembly_id = p.assembly_id AND t.member_id = e.member_id
       AND (p.closed_at IS NULL OR t.checked_in_at <= p.closed_at)
     WHERE e.poll_id = $1
     ORDER BY e.member_number`,
    [pollId],
  )
}

/** How many members have voted and how many may: nothing of what they voted. */
export async function readTurnout(tx: Tx, pollId: string): Promise<{ cast: number; electors: number }> {
  const [turnout] = await tx.query(
    `SELECT (SELECT count(*)::int FROM ballots WHERE poll_id = $1) AS cast,
       (SELECT count(*)::int FROM electors WHERE poll_id = $1) AS electors`,
    [pollId],
  )
  return turnout
}

export async function insertResult(tx: Tx, result: Omit<PollResultRow, 'poll'>): Promise<void> {
  await tx.getRepository(PollResultRow).insert(result)
}

export async function findResult(tx: Tx, pollId: string): Promise<PollResultRow | null> {
  return tx.getRepository(PollResultRow).findOneBy({ pollId })
}
