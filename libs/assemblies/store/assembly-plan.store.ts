import type { Tx } from '#platform'
import { AssemblyRow } from './entities.js'

/** What is planned of an assembly. */
export type AssemblyPlanned = Pick<
  AssemblyRow,
  'title' | 'kind' | 'heldOn' | 'startsAt' | 'place' | 'onlineAddress'
>

export async function insertAssembly(
  tx: Tx,
  assembly: AssemblyPlanned & { id: string; requestId: string | null },
): Promise<void> {
  await tx.getRepository(AssemblyRow).insert({ ...assembly, convenedOn: null })
}

export async function updateAssembly(
  tx: Tx,
  id: string,
  change: Partial<AssemblyPlanned & Pick<AssemblyRow, 'convenedOn' | 'cancelledAt' | 'resumesAt'>>,
): Promise<void> {
  await tx.getRepository(AssemblyRow).update({ id }, change)
}

/** Assemblies that are planned and not convened yet. */
export async function readPlanned(tx: Tx): Promise<AssemblyRow[]> {
  return tx
    .getRepository(AssemblyRow)
    .createQueryBuilder('a')
    .where('a.convened_on IS NULL AND a.cancelled_at IS NULL AND a.ended_at IS NULL')
    .orderBy('a.starts_at')
    .getMany()
}
