import type { Tx } from '#platform'
import type { ProgressEvent } from '../rules/agenda-position.js'
import type { FloorEvent } from '../rules/floor.js'
import type { AgendaProgressRow, FloorEventRow } from './room.entities.js'

/** One act at a time on the agenda position and the list of speakers of an assembly. */
export async function lockRoom(tx: Tx, assemblyId: string): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('room ' || $1::uuid::text, 0))`, [assemblyId])
}

/** The whole log of the agenda, in the order in which it was recorded. */
export async function readProgress(tx: Tx, assemblyId: string): Promise<ProgressEvent[]> {
  return tx.query(
    `SELECT item_id AS "itemId", kind, at FROM agenda_progress WHERE assembly_id = $1 ORDER BY sequence`,
    [assemblyId],
  )
}

export async function insertProgress(
  tx: Tx,
  { assemblyId, itemId, kind, at, recordedBy }: Omit<AgendaProgressRow, 'sequence' | 'assembly' | 'item'>,
): Promise<void> {
  await tx.query(
    'INSERT INTO agenda_progress (assembly_id, item_id, kind, at, recorded_by) VALUES ($1, $2, $3, $4, $5)',
    [assemblyId, itemId, kind, at, recordedBy],
  )
}

/** What happened with the floor during an item, in the order in which it was recorded. */
export async function readFloor(tx: Tx, assemblyId: string, itemId: string): Promise<FloorEvent[]> {
  return tx.query(
    `SELECT coalesce(member_id, guest_id) AS "speakerId", kind, place, at, person_id AS "personId"
     FROM floor_events WHERE assembly_id = $1 AND item_id = $2 ORDER BY sequence`,
    [assemblyId, itemId],
  )
}

/** The whole log of the floor of an assembly, for the minutes. */
export async function readFloorLog(
  tx: Tx,
  assemblyId: string,
): Promise<(FloorEvent & { itemId: string; guestName: string | null })[]> {
  return tx.query(
    `SELECT e.item_id AS "itemId", coalesce(e.member_id, e.guest_id) AS "speakerId", e.kind, e.place, e.at,
       e.person_id AS "personId", g.name AS "guestName"
     FROM floor_events e LEFT JOIN assembly_guests g ON g.id = e.guest_id
     WHERE e.assembly_id = $1 ORDER BY e.sequence`,
    [assemblyId],
  )
}

export async function insertFloorEvent(
  tx: Tx,
  event: Omit<FloorEventRow, 'sequence' | 'assembly' | 'item' | 'guest'>,
): Promise<void> {
  const { assemblyId, itemId, memberId, guestId, kind, place, at, personId, recordedBy } = event
  await tx.query(
    `INSERT INTO floor_events (assembly_id, item_id, member_id, guest_id, kind, place, at, person_id, recorded_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [assemblyId, itemId, memberId, guestId, kind, place, at, personId, recordedBy],
  )
}

/** The moment of the last act on the agenda or the floor; null before the first. */
export async function lastInRoom(tx: Tx, assemblyId: string): Promise<Date | null> {
  const [row] = await tx.query(
    `SELECT greatest((SELECT max(at) FROM agenda_progress WHERE assembly_id = $1),
       (SELECT max(at) FROM floor_events WHERE assembly_id = $1)) AS at`,
    [assemblyId],
  )
  return row.at
}

/** The guests who are there, by id. */
export async function findGuest(
  tx: Tx,
  assemblyId: string,
  id: string,
): Promise<{ name: string; isPresent: boolean } | null> {
  const [guest] = await tx.query(
    'SELECT name, left_at IS NULL AS "isPresent" FROM assembly_guests WHERE id = $2 AND assembly_id = $1',
    [assemblyId, id],
  )
  return guest ?? null
}

/** Names of guests, also of those who left. */
export async function readGuestNames(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const rows: { id: string; name: string }[] = await tx.query(
    'SELECT id, name FROM assembly_guests WHERE id = ANY($1::uuid[])',
    [ids],
  )
  return new Map(rows.map(({ id, name }) => [id, name]))
}
