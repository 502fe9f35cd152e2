import type { Tx } from '#platform'
import type { ConflictOffice } from '../rules/conflict.js'
import type { StandInOffice } from '../rules/stand-in.js'
import { AssemblyOfficerRow, ConflictOfInterestRow } from './officer.entities.js'

/** A declared conflict of interest with who declared it, and on which item. */
export interface ConflictRecord {
  itemId: string
  motionId: string | null
  position: number | null
  title: string
  personId: string
  office: ConflictOffice
  reason: string
  declaredAt: Date
}

/** The conflicts declared in an assembly, in the order of its agenda; of one motion only, when given. */
export async function readConflicts(
  tx: Tx,
  of: { assemblyId: string } | { motionId: string },
): Promise<ConflictRecord[]> {
  const [column, id] = 'motionId' in of ? ['motion_id', of.motionId] : ['assembly_id', of.assemblyId]
  return tx.query(
    `SELECT c.item_id AS "itemId", i.motion_id AS "motionId", i.position, coalesce(m.title, i.title) AS title,
       c.person_id AS "personId", c.office, c.reason, c.declared_at AS "declaredAt"
     FROM conflicts_of_interest c JOIN agenda_items i ON i.id = c.item_id
     LEFT JOIN motions m ON m.id = i.motion_id
     WHERE i.${column} = $1 ORDER BY i.position NULLS LAST, c.declared_at`,
    [id],
  )
}

/** @returns whether it is new: a second declaration for the item changes nothing */
export async function insertConflict(tx: Tx, conflict: ConflictOfInterestRow): Promise<boolean> {
  const { itemId, personId, office, reason, declaredAt } = conflict
  const inserted: unknown[] = await tx.query(
    `WITH written AS (
       INSERT INTO conflicts_of_interest (item_id, person_id, office, reason, declared_at)
       VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING RETURNING item_id)
     SELECT item_id FROM written`,
    [itemId, personId, office, reason, declaredAt],
  )
  return inserted.length > 0
}

/** Who stands in for whom in an assembly; without an entry nobody does. */
export async function readStandIns(
  tx: Tx,
  assemblyId: string,
): Promise<Partial<Record<StandInOffice, AssemblyOfficerRow & { personId: string }>>> {
  const rows: (AssemblyOfficerRow & { personId: string })[] = await tx.query(
    `SELECT DISTINCT ON (office) sequence, assembly_id AS "assemblyId", office, person_id AS "personId", reason,
       recorded_at AS "recordedAt", recorded_by AS "recordedBy"
     FROM assembly_officers WHERE assembly_id = $1 ORDER BY office, sequence DESC`,
    [assemblyId],
  )
  return Object.fromEntries(rows.filter(({ personId }) => personId).map((row) => [row.office, row]))
}

export async function insertOfficer(tx: Tx, officer: Omit<AssemblyOfficerRow, 'sequence'>): Promise<void> {
  await tx.getRepository(AssemblyOfficerRow).insert(officer)
}

/** The assemblies in which this person stands in, not ended, with the office. */
export async function readOwnStandIns(
  tx: Tx,
  personId: string,
): Promise<{ assemblyId: string; office: StandInOffice }[]> {
  return tx.query(
    `SELECT o.assembly_id AS "assemblyId", o.office
     FROM (SELECT DISTINCT ON (assembly_id, office) assembly_id, office, person_id
       FROM assembly_officers ORDER BY assembly_id, office, sequence DESC) o
     JOIN assemblies a ON a.id = o.assembly_id AND a.ended_at IS NULL
     WHERE o.person_id = $1`,
    [personId],
  )
}

/** Which assembly a page of ours is about, from what stands in its address. */
export async function assemblyOfAddress(
  tx: Tx,
  address: { poll: string } | { motion: string } | { proxy: string } | { year: number; sequence: number },
): Promise<string | null> {
  const [found] =
    'year' in address
      ? await tx.query('SELECT assembly_id AS id FROM decisions WHERE year = $1 AND sequence = $2', [
          address.year,
          address.sequence,
        ])
      : await tx.query(
          `SELECT assembly_id AS id FROM ${'poll' in address ? 'polls' : 'motion' in address ? 'motions' : 'proxies'} WHERE id = $1`,
          Object.values(address),
        )
  return found?.id ?? null
}
