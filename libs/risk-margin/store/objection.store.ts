import type { Tx } from '#platform'
import { DistributionObjectionRow } from './entities.js'

/** What members have against a proposal, the first one first. */
export async function readObjections(tx: Tx, distributionId: string): Promise<DistributionObjectionRow[]> {
  return tx
    .getRepository(DistributionObjectionRow)
    .find({ where: { distributionId }, order: { recordedAt: 'ASC', id: 'ASC' } })
}

export async function findObjection(tx: Tx, requestKey: string): Promise<DistributionObjectionRow | null> {
  return tx.getRepository(DistributionObjectionRow).findOneBy({ requestKey })
}

export async function insertObjection(
  tx: Tx,
  row: Omit<DistributionObjectionRow, 'distribution'>,
): Promise<void> {
  await tx.getRepository(DistributionObjectionRow).insert(row)
}
