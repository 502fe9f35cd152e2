import type { Tx } from '#platform'
import { AssemblyAdjournmentRow } from './advance.entities.js'

/** How often and why an assembly was broken off, in order. */
export async function readAdjournments(
  tx: Tx,
  assemblyId: string,
): Promise<Omit<AssemblyAdjournmentRow, 'assembly'>[]> {
  return tx.getRepository(AssemblyAdjournmentRow).find({ where: { assemblyId }, order: { sequence: 'ASC' } })
}

/** The caller holds the assembly. */
export async function insertAdjournment(
  tx: Tx,
  adjournment: Omit<AssemblyAdjournmentRow, 'assembly'>,
): Promise<void> {
  await tx.getRepository(AssemblyAdjournmentRow).insert(adjournment)
}
