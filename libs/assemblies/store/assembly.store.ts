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
  withdrawnAt: Date | null
  /** The motion that failed its quorum, in a second assembly. */
  secondOf: string | null
  /** How many amendments still have to be decided before the poll can open. */
  amendmentsPending: number
  pollId: string | null
  openedAt: Date | null
  closedAt: Date | null
  closesAt: Date | null
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
     WHERE p.assembly_id = $1 AND p.voided_at IS NULL
       AND NOT EXISTS (SELECT FROM poll_results r WHERE r.poll_id = p.id)`,
    [assemblyId],
  )
  return row.count
}

export async function readAgenda(tx: Tx, assemblyId: string): Promise<AgendaMotion[]> {
  return tx.query(
    `SELECT m.id, m.position, m.title, m.question, m.explanation, m.decision_type AS "decisionType",
       m.withdrawn_at AS "withdrawnAt", m.second_of AS "secondOf", p.id AS "pollId", p.opened_at AS "openedAt", p.closed_at AS "closedAt", p.closes_at AS "closesAt",
       d.adopted, d.year, d.sequence,
       (SELECT count(*)::int FROM amendments am WHERE am.motion_id = m.id AND am.withdrawn_at IS NULL
          AND am.lapsed_at IS NULL AND NOT EXISTS (
            SELECT FROM polls v JOIN decisions w ON w.poll_id = v.id
            WHERE v.amendment_id = am.id AND v.voided_at IS NULL AND v.replaced_at IS NULL)) AS "amendmentsPending"
     FROM motions m
     LEFT JOIN polls p ON p.motion_id = m.id AND p.amendment_id IS NULL AND p.voided_at IS NULL AND p.replaced_at IS NULL
     LEFT JOIN decisions d ON d.poll_id = p.id
     WHERE m.assembly_id = $1 AND m.position IS NOT NULL
     ORDER BY m.position`,
    [assemblyId],
  )
}

/** Running or still to come, the first one first. */
export async function listUnended(tx: Tx): Promise<{ id: string; title: string; heldOn: string }[]> {
  return tx.query(
    `SELECT id, title, held_on AS "heldOn" FROM assemblies
     WHERE ended_at IS NULL AND cancelled_at IS NULL ORDER BY starts_at, id`,
  )
}

/** From when on members may submit motions in the assembly; null: no longer. */
export async function allowMotions(tx: Tx, id: string, at: Date | null): Promise<void> {
  await tx.query('UPDATE assemblies SET motions_allowed_at = $2 WHERE id = $1', [id, at])
}
