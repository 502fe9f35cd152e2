import type { Day } from '#kernel'
import type { Tx } from '#platform'

const RECENT = 10

/** The open polls in which the person has yet to cast, one line for each member. */
export async function readBallotsToCast(
  tx: Tx,
  personId: string,
  now: Date,
): Promise<{ pollId: string; title: string; memberName: string }[]> {
  return tx.query(
    `SELECT p.id AS "pollId", coalesce(am.title, m.title) AS title, e.member_name AS "memberName"
     FROM polls p
     JOIN motions m ON m.id = p.motion_id
     LEFT JOIN amendments am ON am.id = p.amendment_id
     JOIN electors e ON e.poll_id = p.id AND $1 = ANY(e.caster_ids)
     WHERE p.closed_at IS NULL AND (p.closes_at IS NULL OR p.closes_at > $2)
       AND NOT EXISTS (SELECT FROM ballots b WHERE b.poll_id = e.poll_id AND b.member_id = e.member_id)
     ORDER BY p.opened_at, e.member_number`,
    [personId, now],
  )
}

/** The assemblies of this day, not ended, where at least one of these members has yet to check in. */
export async function readCheckInsToDo(
  tx: Tx,
  day: Day,
  memberIds: readonly string[],
): Promise<{ id: string; title: string; startsAt: Date; place: string }[]> {
  return tx.query(
    `SELECT a.id, a.title, a.starts_at AS "startsAt", a.place FROM assemblies a
     WHERE a.held_on = $1 AND a.ended_at IS NULL AND a.cancelled_at IS NULL AND a.convened_on IS NOT NULL AND EXISTS (
       SELECT FROM unnest($2::uuid[]) AS own(id) WHERE NOT EXISTS (
         SELECT FROM attendance_events t WHERE t.assembly_id = a.id AND t.member_id = own.id))
     ORDER BY a.starts_at`,
    [day, memberIds],
  )
}

/** The polls that are closed and wait for the chair to declare the result. */
export async function readResultsToDeclare(
  tx: Tx,
  now: Date,
): Promise<{ pollId: string; assemblyId: string; title: string }[]> {
  return tx.query(
    `SELECT p.id AS "pollId", coalesce(am.title, m.title) AS title, p.assembly_id AS "assemblyId"
     FROM polls p JOIN motions m ON m.id = p.motion_id LEFT JOIN amendments am ON am.id = p.amendment_id
     WHERE coalesce(p.closed_at, p.closes_at) <= $1 AND p.voided_at IS NULL
       AND NOT EXISTS (SELECT FROM poll_results r WHERE r.poll_id = p.id)
     ORDER BY coalesce(p.closed_at, p.closes_at)`,
    [now],
  )
}

/** The latest decisions. */
export async function readRecentDecisions(
  tx: Tx,
): Promise<
  { pollId: string | null; title: string; adopted: boolean; year: number; sequence: number; at: Date }[]
> {
  return tx.query(
    `SELECT poll_id AS "pollId", title, adopted, year, sequence, recorded_at AS at
     FROM decisions ORDER BY recorded_at DESC LIMIT ${RECENT}`,
  )
}

/** The latest ballots that the person cast. */
export async function readRecentBallots(
  tx: Tx,
  personId: string,
): Promise<
  { pollId: string; memberId: string; memberName: string; title: string; reference: string; at: Date }[]
> {
  return tx.query(
    `SELECT b.poll_id AS "pollId", b.member_id AS "memberId", e.member_name AS "memberName", coalesce(am.title, m.title) AS title,
       b.reference, b.cast_at AS at
     FROM ballots b
     JOIN electors e ON e.poll_id = b.poll_id AND e.member_id = b.member_id
     JOIN polls p ON p.id = b.poll_id
     JOIN motions m ON m.id = p.motion_id
     LEFT JOIN amendments am ON am.id = p.amendment_id
     WHERE b.cast_by = $1 AND b.entered_by IS NULL ORDER BY b.cast_at DESC LIMIT ${RECENT}`,
    [personId],
  )
}

/** The proxies that wait for one of these members to accept or decline, in assemblies that are not over. */
export async function readProxiesToAnswer(
  tx: Tx,
  memberIds: readonly string[],
): Promise<{ assemblyId: string; title: string; heldOn: Day; principalId: string }[]> {
  return tx.query(
    `SELECT a.id AS "assemblyId", a.title, a.held_on AS "heldOn", p.principal_id AS "principalId"
     FROM proxies p JOIN assemblies a ON a.id = p.assembly_id AND a.ended_at IS NULL
     WHERE p.holder_id = ANY($1::uuid[]) AND NOT EXISTS (SELECT FROM proxy_events e WHERE e.proxy_id = p.id)
     ORDER BY a.starts_at, p.granted_at`,
    [memberIds],
  )
}
