import type { Tx } from '#platform'
import { MotionTextRow } from './amendment.entities.js'

export type MotionText = Omit<MotionTextRow, 'motion' | 'amendment'>

/** The texts of a motion, the first one first; none when its question is all there is. */
export async function readMotionTexts(tx: Tx, motionId: string): Promise<MotionText[]> {
  return tx.getRepository(MotionTextRow).find({ where: { motionId }, order: { number: 'ASC' } })
}

/** The present text of a motion, or null. */
export async function findMotionText(tx: Tx, motionId: string): Promise<MotionText | null> {
  return tx.getRepository(MotionTextRow).findOne({ where: { motionId }, order: { number: 'DESC' } })
}

/** Adds the next text; the caller holds the motion. */
export async function addMotionText(tx: Tx, text: Omit<MotionText, 'number'>): Promise<void> {
  const last = await findMotionText(tx, text.motionId)
  await tx.getRepository(MotionTextRow).insert({ ...text, number: (last?.number ?? 0) + 1 })
}
