import type { Tx } from '#platform'
import type { AttendanceEvent } from '../rules/presence.js'
import { GuestRow } from './hall.entities.js'

/** An event of the attendance log with who recorded it, as the secretary's page shows it. */
export interface LoggedAttendance extends AttendanceEvent {
  bySecretary: boolean
  recordedBy: string
}

export interface NewAttendance {
  assemblyId: string
  memberId: string
  kind: 'in' | 'out'
  at: Date
  personId: string | null
  recordedBy: string
  bySecretary: boolean
}

const HALL = `hashtextextended('hall ' || $1::uuid::text, 0)`

/**
 * What changes who votes for whom in an assembly goes through this door: coming and going shares it, proxies and the
 * opening of a poll take it alone. So each opening sees all that is recorded before it, and nothing of after.
 */
export async function enterHall(tx: Tx, assemblyId: string, purpose: 'share' | 'alone'): Promise<void> {
  const lock = purpose === 'share' ? 'pg_advisory_xact_lock_shared' : 'pg_advisory_xact_lock'
  await tx.query(`SELECT ${lock}(${HALL})`, [assemblyId])
}

/** Who comes or goes for a member at the same moment waits here for the other, in one order for all. */
export async function lockComingAndGoing(
  tx: Tx,
  assemblyId: string,
  memberIds: readonly string[],
): Promise<void> {
  for (const memberId of [...memberIds].sort())
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('at ' || $1::text || $2::text, 0))`, [
      assemblyId,
      memberId,
    ])
}

/** The last moment at which something in the hall was recorded, or a poll opened; null before the first. */
export async function lastInHall(tx: Tx, assemblyId: string, of: 'all' | 'polls'): Promise<Date | null> {
  const others = `UNION ALL SELECT max(at) FROM attendance_events WHERE assembly_id = $1
    UNION ALL SELECT max(granted_at) FROM proxies WHERE assembly_id = $1
    UNION ALL SELECT max(e.at) FROM proxy_events e JOIN proxies p ON p.id = e.proxy_id WHERE p.assembly_id = $1`
  const [row] = await tx.query(
    `SELECT max(at) AS at FROM (SELECT max(opened_at) AS at FROM polls WHERE assembly_id = $1
     ${of === 'all' ? others : ''}) AS moments`,
    [assemblyId],
  )
  return row.at
}

/** Something that differs after every line that was added to the attendance log or to the proxies. */
export async function hallMark(tx: Tx, assemblyId: string): Promise<string> {
  const [row] = await tx.query(
    `SELECT concat_ws(' ',
       (SELECT count(*) FROM attendance_events WHERE assembly_id = $1),
       (SELECT count(*) FROM proxies WHERE assembly_id = $1),
       (SELECT count(*) FROM proxy_events e JOIN proxies p ON p.id = e.proxy_id WHERE p.assembly_id = $1)) AS mark`,
    [assemblyId],
  )
  return row.mark
}

/** The whole log in the order in which it was recorded; of these members only, when given. */
export async function readAttendanceLog(
  tx: Tx,
  assemblyId: string,
  memberIds: readonly string[] | null = null,
): Promise<LoggedAttendance[]> {
  return tx.query(
    `SELECT e.member_id AS "memberId", e.kind, e.at, e.by_secretary AS "bySecretary",
       e.recorded_by AS "recordedBy"
     FROM attendance_events e
     WHERE e.assembly_id = $1 AND ($2::uuid[] IS NULL OR e.member_id = ANY($2))
     ORDER BY e.at, e.sequence`,
    [assemblyId, memberIds],
  )
}

export async function insertAttendance(tx: Tx, events: readonly NewAttendance[]): Promise<void> {
  await tx.query(
    `INSERT INTO attendance_events (assembly_id, member_id, kind, at, person_id, recorded_by, by_secretary)
     SELECT e."assemblyId", e."memberId", e.kind, e.at, e."personId", e."recordedBy", e."bySecretary"
     FROM jsonb_to_recordset($1::jsonb) AS e("assemblyId" uuid, "memberId" uuid, kind text, at timestamptz,
       "personId" uuid, "recordedBy" uuid, "bySecretary" boolean)`,
    [JSON.stringify(events)],
  )
}

/** The guests in the order in which they came. */
export async function listGuests(tx: Tx, assemblyId: string): Promise<GuestRow[]> {
  return tx.getRepository(GuestRow).find({ where: { assemblyId }, order: { cameAt: 'ASC', name: 'ASC' } })
}

/** Notes a guest; who is noted already keeps the first moment, and is there again when gone. @returns whether noted now */
export async function upsertGuest(tx: Tx, guest: Omit<GuestRow, 'assembly' | 'leftAt'>): Promise<boolean> {
  const rows: unknown[] = await tx.query(
    `WITH noted AS (
       INSERT INTO assembly_guests (id, assembly_id, name, came_at, recorded_by) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT ON CONSTRAINT assembly_guests_once DO UPDATE SET left_at = NULL
       WHERE assembly_guests.left_at IS NOT NULL RETURNING id)
     SELECT id FROM noted`,
    [guest.id, guest.assemblyId, guest.name, guest.cameAt, guest.recordedBy],
  )
  return rows.length > 0
}

/** A repeat keeps the first moment. @returns whether the guest was there */
export async function guestLeaves(tx: Tx, assemblyId: string, id: string, at: Date): Promise<boolean> {
  const rows: unknown[] = await tx.query(
    `WITH gone AS (UPDATE assembly_guests SET left_at = $3
       WHERE id = $1 AND assembly_id = $2 AND left_at IS NULL RETURNING id) SELECT id FROM gone`,
    [id, assemblyId, at],
  )
  return rows.length > 0
}
