import type { Day } from '#kernel'
import type { Tx } from '#platform'

/** The motion as it was put to a second assembly; null when it was not, or that one was withdrawn. */
export async function findSecondOf(tx: Tx, motionId: string): Promise<string | null> {
  const [found] = await tx.query('SELECT id FROM motions WHERE second_of = $1 AND withdrawn_at IS NULL', [
    motionId,
  ])
  return found?.id ?? null
}

/** A second assembly that is planned for motions of this assembly, and not convened yet. */
export async function findPlannedSecond(
  tx: Tx,
  assemblyId: string,
): Promise<{ id: string; title: string; heldOn: Day } | null> {
  const [found] = await tx.query(
    `SELECT a.id, a.title, a.held_on AS "heldOn" FROM assemblies a
     JOIN motions m ON m.assembly_id = a.id JOIN motions f ON f.id = m.second_of
     WHERE f.assembly_id = $1 AND a.convened_on IS NULL AND a.cancelled_at IS NULL AND a.ended_at IS NULL
     ORDER BY a.starts_at LIMIT 1`,
    [assemblyId],
  )
  return found ?? null
}
