import type { Tx } from '#platform'
import { MotionRow } from './entities.js'

export type NewMotion = Omit<MotionRow, 'assembly' | 'position'>

/** Puts a motion last on the agenda; the caller holds the assembly. */
export async function appendMotion(tx: Tx, motion: NewMotion): Promise<void> {
  const [last] = await tx.query(
    'SELECT coalesce(max(position), 0)::int AS position FROM motions WHERE assembly_id = $1',
    [motion.assemblyId],
  )
  await tx.getRepository(MotionRow).insert({ ...motion, position: last.position + 1 })
}

/** Reads a motion and keeps others from opening its poll or withdrawing it. */
export async function lockMotion(tx: Tx, id: string): Promise<MotionRow | null> {
  return tx.getRepository(MotionRow).findOne({ where: { id }, lock: { mode: 'pessimistic_write' } })
}

/** As {@link lockMotion}, by what an adopted decision would permit. */
export async function lockMotionAuthorising(tx: Tx, kind: string, id: string): Promise<MotionRow | null> {
  return tx.getRepository(MotionRow).findOne({
    where: { authorisesKind: kind, authorisesId: id },
    lock: { mode: 'pessimistic_write' },
  })
}

export async function deleteMotion(tx: Tx, id: string): Promise<void> {
  await tx.getRepository(MotionRow).delete({ id })
}
