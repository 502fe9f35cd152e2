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
  /** The member that votes for this one, by which proxy; null when it votes itself. */
  holderId: string | null
  proxyId: string | null
}

/** A poll with its motion and assembly, and its result once declared. */
export interface PollInContext {
  id: string
  rule: PollRule
  electorateHash: string | null
  openedAt: Date
  closedAt: Date | null
  closesAt: Date | null
  voidedAt: Date | null
  voidedBy: string | null
  voidReason: string | null
  revoteOf: string | null
  /** On paper, two officers enter what was counted. */
  method: 'digital' | 'paper'
  replacedAt: Date | null
  motionId: string
  position: number
  title: string
  question: string
  explanation: string
  /** What is voted on as a text; null when that is the question alone. */
  text: string | null
  /** Whether adoption changes the statutes, and the deed that gives effect to it was entered (BW 2:43). */
  changesStatutes: boolean
  hasDeed: boolean
  /** The amendment that is voted on, and the text of the motion that it changes; null for the motion itself. */
  amendmentId: string | null
  baseText: string | null
  authorisesKind: string | null
  authorisesId: string | null
  assemblyId: string
  assemblyTitle: string
  heldOn: string
  endedAt: Date | null
}

/** An elector with what it did: for the tally and for the roll call. */
export interface ElectorRecord extends NewElector {
  choice: Choice | null
  castAt: Date | null
  /** Whether the secretary entered the ballot. */
  entered: boolean
  /** Whether it was cast before the assembly. */
  inAdvance: boolean
  checkedIn: boolean
}

export async function findPollOfMotion(tx: Tx, motionId: string): Promise<string | null> {
  const [found] = await tx.query(
    `SELECT id FROM polls WHERE motion_id = $1 AND amendment_id IS NULL AND voided_at IS NULL AND replaced_at IS NULL`,
    [motionId],
  )
  return found?.id ?? null
}

export async function findPollOfAmendment(tx: Tx, amendmentId: string): Promise<string | null> {
  const [found] = await tx.query(
    'SELECT id FROM polls WHERE amendment_id = $1 AND voided_at IS NULL AND replaced_at IS NULL',
    [amendmentId],
  )
  return found?.id ?? null
}

/** The poll on a motion whose result was declared and stands; null while there is none. */
export async function findDeclaredPollOfMotion(tx: Tx, motionId: string): Promise<string | null> {
  const [found] = await tx.query(
    `SELECT p.id FROM polls p JOIN poll_results r ON r.poll_id = p.id
     WHERE p.motion_id = $1 AND p.amendment_id IS NULL AND p.replaced_at IS NULL`,
    [motionId],
  )
  return found?.id ?? null
}

/** Whether a poll on the motion was ever opened, not counting what was voided. */
export async function motionWasPolled(tx: Tx, motionId: string): Promise<boolean> {
  const [found] = await tx.query('SELECT id FROM polls WHERE motion_id = $1 AND voided_at IS NULL LIMIT 1', [
    motionId,
  ])
  return found !== undefined
}

export async function insertPoll(
  tx: Tx,
  poll: Pick<
    PollRow,
    'id' | 'motionId' | 'assemblyId' | 'rule' | 'electorateHash' | 'openedAt' | 'openedBy'
  > &
    Partial<Pick<PollRow, 'amendmentId' | 'text' | 'revoteOf' | 'closesAt' | 'method'>>,
  electors: readonly NewElector[],
): Promise<void> {
  await tx.getRepository(PollRow).insert({ ...poll, closedAt: null, closedBy: null } as never)
  await tx.query(
    `INSERT INTO electors (poll_id, member_id, member_number, member_name, weight, caster_ids, holder_id, proxy_id)
     SELECT $1, e."memberId", e."memberNumber", e."memberName", e.weight, e."casterIds", e."holderId", e."proxyId"
     FROM jsonb_to_recordset($2::jsonb)
       AS e("memberId" uuid, "memberNumber" integer, "memberName" text, weight integer, "casterIds" uuid[],
         "holderId" uuid, "proxyId" uuid)`,
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

/** Keeps others from disputing, replacing or voiding a poll until the transaction ends; many may rely at once. */
export async function relyOnPoll(tx: Tx, id: string): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock_shared(${POLL_GATE})`, [id])
}

export async function closePoll(tx: Tx, id: string, closedAt: Date, closedBy: string): Promise<void> {
  await tx.query('UPDATE polls SET closed_at = $2, closed_by = $3 WHERE id = $1', [id, closedAt, closedBy])
}

export async function findPoll(tx: Tx, id: string): Promise<PollInContext | null> {
  const [found] = await tx.query(
    `SELECT p.id, p.rule, p.electorate_hash AS "electorateHash", p.opened_at AS "openedAt", p.closed_at AS "closedAt",
       p.closes_at AS "closesAt", p.voided_at AS "voidedAt", p.voided_by AS "voidedBy", p.void_reason AS "voidReason",
       p.revote_of AS "revoteOf", p.replaced_at AS "replacedAt", p.method,
       m.id AS "motionId", m.position, coalesce(am.title, m.title) AS title, p.text, p.amendment_id AS "amendmentId",
       am.id IS NULL AND m.decision_type = 'statuteChange' AS "changesStatutes",
       EXISTS (SELECT FROM decision_deeds e JOIN decisions d ON d.id = e.decision_id WHERE d.poll_id = p.id) AS "hasDeed",
       coalesce(am.question, m.question) AS question, coalesce(am.reasoning, m.explanation) AS explanation,
       CASE WHEN am.id IS NOT NULL THEN coalesce((
         SELECT t.text FROM motion_texts t WHERE t.motion_id = m.id AND t.recorded_at <= p.opened_at AND t.amendment_id IS DISTINCT FROM am.id
         ORDER BY t.number DESC LIMIT 1), m.question) END AS "baseText",
       CASE WHEN am.id IS NULL THEN m.authorises_kind END AS "authorisesKind",
       CASE WHEN am.id IS NULL THEN m.authorises_id END AS "authorisesId",
       a.id AS "assemblyId", a.title AS "assemblyTitle", p.rule->>'asOf' AS "heldOn", a.ended_at AS "endedAt"
     FROM polls p JOIN motions m ON m.id = p.motion_id JOIN assemblies a ON a.id = p.assembly_id
     LEFT JOIN amendments am ON am.id = p.amendment_id
     WHERE p.id = $1`,
    [id],
  )
  return found ?? null
}

/** The whole electorate in order of member number; checked in is who was there when the poll closed. */
export async function readElectors(tx: Tx, pollId: string): Promise<ElectorRecord[]> {
  return tx.query(
    `SELECT e.member_id AS "memberId", e.member_number AS "memberNumber", e.member_name AS "memberName",
       e.weight, e.caster_ids AS "casterIds", e.holder_id AS "holderId", e.proxy_id AS "proxyId",
       b.choice, b.cast_at AS "castAt", b.entered_by IS NOT NULL AS entered, b.advance_id IS NOT NULL AS "inAdvance",
       coalesce(t.kind = 'in', false) AS "checkedIn"
     FROM electors e
     JOIN polls p ON p.id = e.poll_id
     LEFT JOIN ballots b ON b.poll_id = e.poll_id AND b.member_id = e.member_id
     LEFT JOIN (
       SELECT DISTINCT ON (a.member_id) a.member_id, a.kind FROM attendance_events a
       JOIN polls o ON o.id = $1 AND o.assembly_id = a.assembly_id
       WHERE o.closed_at IS NULL OR a.at <= o.closed_at
       ORDER BY a.member_id, a.at DESC, a.sequence DESC) t ON t.member_id = e.member_id
     WHERE e.poll_id = $1
     ORDER BY e.member_number`,
    [pollId],
  )
}

/** One member of a frozen electorate; null when it is not in it. */
export async function findElector(
  tx: Tx,
  pollId: string,
  memberId: string,
): Promise<{ memberName: string; casterIds: string[]; holderId: string | null } | null> {
  const [found] = await tx.query(
    `SELECT member_name AS "memberName", caster_ids AS "casterIds", holder_id AS "holderId"
     FROM electors WHERE poll_id = $1 AND member_id = $2`,
    [pollId, memberId],
  )
  return found ?? null
}

/** Those of these members for whom a holder votes in the poll. */
export async function readRepresented(
  tx: Tx,
  pollId: string,
  memberIds: readonly string[],
): Promise<{ memberName: string; holderName: string }[]> {
  return tx.query(
    `SELECT e.member_name AS "memberName", h.member_name AS "holderName"
     FROM electors e JOIN electors h ON h.poll_id = e.poll_id AND h.member_id = e.holder_id
     WHERE e.poll_id = $1 AND e.member_id = ANY($2::uuid[]) ORDER BY e.member_number`,
    [pollId, memberIds],
  )
}

/** The announced end of a poll moves. */
export async function extendPoll(tx: Tx, id: string, closesAt: Date): Promise<void> {
  await tx.query('UPDATE polls SET closes_at = $2 WHERE id = $1', [id, closesAt])
}

/** The poll counts for nothing from now on; open until now, it closes. */
export async function voidPoll(
  tx: Tx,
  id: string,
  { at, by, reason, closedAt }: { at: Date; by: string; reason: string; closedAt: Date },
): Promise<void> {
  await tx.query(
    `UPDATE polls SET voided_at = $2, voided_by = $3, void_reason = $4,
       closed_at = coalesce(closed_at, $5), closed_by = coalesce(closed_by, $3) WHERE id = $1`,
    [id, at, by, reason, closedAt],
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
