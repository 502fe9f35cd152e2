import type { Tx } from '#platform'
import type { DecisionType } from '../rules/poll-rule.js'
import { AssemblyRow } from './entities.js'

/** A motion on the agenda with how far it has come. */
export interface AgendaMotion {
  id: string
  position: number
  title: string
  question: string
  explanation: string
  decisionType: DecisionType
  pollId: string | null
  openedAt: Date | null
  closedAt: Date | null
  adopted: boolean | null
  year: number | null
  sequence: number | null
}

/** Newest first. */
export async function listAssemblies(tx: Tx): Promise<AssemblyRow[]> {
  return tx.getRepository(AssemblyRow).find({ order: { startsAt: 'DESC', id: 'DESC' } })
}

export async function findAssembly(tx: Tx, id: string): Promise<AssemblyRow | null> {
  return tx.getRepository(AssemblyRow).findOneBy({ id })
}

/**
 * Reads an assembly and holds it until the end of the transaction: `share` while something is added that
 * needs it not to have ended, `change` to end it or to hand out the next place on its agenda.
 */
export async function lockAssembly(
  tx: Tx,
  id: string,
  purpose: 'share' | 'change',
): Promise<AssemblyRow | null> {
  return tx.getRepository(AssemblyRow).findOne({
    where: { id },
    lock: { mode: purpose === 'share' ? 'pessimistic_read' : 'pessimistic_write' },
  })
}

export async function endAssembly(tx: Tx, id: string, endedAt: Date): Promise<void> {
  await tx.query('UPDATE assemblies SET ended_at = $2 WHERE id = $1', [id, endedAt])
}

/** How many polls of the assembly still lack a declared result. */
export async function countUnfinishedPolls(tx: Tx, assemblyId: string): Promise<number> {
  const [row] = await tx.query(
    `SELECT count(*)::int AS count FROM polls p
     WHERE p.assembly_id = $1 AND NOT EXISTS (SELECT FROM poll_results r WHERE r.poll_id = p.id)`,
    [assemblyId],
  )
  return row.count
}

export async function readAgenda(tx: Tx, assemblyId: string): Promise<AgendaMotion[]> {
  return tx.query(
    `SELECT m.id, m.position, m.title, m.question, m.explanation, m.decision_type AS "decisionType",
       p.id AS "pollId", p.opened_at AS "openedAt", p.closed_at AS "closedAt",
       d.adopted, d.year, d.sequence
     FROM motions m
     LEFT JOIN polls p ON p.motion_id = m.id
     LEFT JOIN decisions d ON d.poll_id = p.id
     WHERE m.assembly_id = $1
     ORDER BY m.position`,
    [assemblyId],
  )
}

/** The members that have checked in, with the moment. */
export async function readAttendance(tx: Tx, assemblyId: string): Promise<Map<string, Date>> {
  const rows: { memberId: string; at: Date }[] = await tx.query(
    `SELECT member_id AS "memberId", checked_in_at AS at FROM attendances WHERE assembly_id = $1`,
    [assemblyId],
  )
  return new Map(rows.map(({ memberId, at }) => [memberId, at]))
}

/** Records who is there; a member that has checked in already keeps its first moment. */
export async function insertAttendances(
  tx: Tx,
  attendance: { assemblyId: string; memberIds: string[]; personId: string; at: Date },
): Promise<string[]> {
  const rows: { memberId: string }[] = await tx.query(
    `INSERT INTO attendances (assembly_id, member_id, person_id, checked_in_at)
     SELECT $1, member_id, $3, $4 FROM unnest($2::uuid[]) AS member_id
     ON CONFLICT (assembly_id, member_id) DO NOTHING RETURNING member_id AS "memberId"`,
    [attendance.assemblyId, attendance.memberIds, attendance.personId, attendance.at],
  )
  return rows.map(({ memberId }) => memberId)
}

/** Running or still to come, the first one first. */
export async function listUnended(tx: Tx): Promise<{ id: string; title: string; heldOn: string }[]> {
  return tx.query(
    `SELECT id, title, held_on AS "heldOn" FROM assemblies WHERE ended_at IS NULL ORDER BY starts_at, id`,
  )
}
