import type { Cents, Day } from '#kernel'
import type { Tx } from '#platform'
import type { Division } from '../rules/division.js'
import type { DistributionPart, EarnedBackPart } from '../rules/frozen-inputs.js'
import {
  DistributionClosingRow,
  DistributionPartRow,
  DistributionPostingRow,
  DistributionPrePartRow,
  DistributionRow,
  DistributionWithdrawalRow,
} from './entities.js'

/** A distribution with what became of it. */
export interface StoredDistribution {
  id: string
  year: number
  inputs: string
  sha256: string
  amountCents: Cents
  referenceDay: Day
  proposedAt: Date
  proposedBy: string
  withdrawal: { reason: string; withdrawnAt: Date } | null
  posting: { decisionId: string; entryId: string; postedAt: Date; postedBy: string } | null
}

/** The distributions of a year, the latest first. */
export async function readOfYear(tx: Tx, year: number): Promise<StoredDistribution[]> {
  return read(tx, 'd.year = $1', [year])
}

export async function readOne(tx: Tx, id: string): Promise<StoredDistribution | null> {
  return (await read(tx, 'd.id = $1', [id]))[0] ?? null
}

export async function findByRequest(
  tx: Tx,
  requestKey: string,
): Promise<{ id: string; year: number } | null> {
  return tx.getRepository(DistributionRow).findOneBy({ requestKey })
}

/** The parts, who weighs most first. */
export async function readParts(tx: Tx, distributionId: string): Promise<DistributionPart[]> {
  return tx.query(
    `SELECT member_id AS "memberId", share_cents AS "shareCents", weight, part_cents AS "partCents"
     FROM distribution_parts WHERE distribution_id = $1 ORDER BY weight DESC, member_id`,
    [distributionId],
  )
}

/** What is earned back first, the largest outstanding amount first. */
export async function readEarnedBack(tx: Tx, distributionId: string): Promise<EarnedBackPart[]> {
  return tx.query(
    `SELECT member_id AS "memberId", outstanding_cents AS "outstandingCents", part_cents AS "partCents"
     FROM distribution_pre_parts WHERE distribution_id = $1 ORDER BY outstanding_cents DESC, member_id`,
    [distributionId],
  )
}

/** What payouts gave back of pre-investments. */
export async function readAllEarnedBack(
  tx: Tx,
): Promise<{ memberId: string; year: number; cents: Cents; distributionId: string }[]> {
  return tx.query(
    `SELECT p.member_id AS "memberId", b.year, p.part_cents AS cents, b.distribution_id AS "distributionId"
     FROM distribution_postings b JOIN distribution_pre_parts p ON p.distribution_id = b.distribution_id
     WHERE p.part_cents > 0 ORDER BY b.year, p.member_id`,
  )
}

/** What was booked for these members, the latest first. */
export async function readPayouts(
  tx: Tx,
  memberIds: readonly string[],
): Promise<
  {
    distributionId: string
    year: number
    memberId: string
    partCents: Cents
    earnedBackCents: Cents
    postedAt: Date
  }[]
> {
  if (memberIds.length === 0) return []
  return tx.query(
    `SELECT b.distribution_id AS "distributionId", b.year, p.member_id AS "memberId",
            p.part_cents AS "partCents", p.earned_back AS "earnedBackCents", b.posted_at AS "postedAt"
     FROM distribution_postings b JOIN (
       SELECT distribution_id, member_id, sum(part)::bigint AS part_cents, sum(back)::bigint AS earned_back FROM (
         SELECT distribution_id, member_id, part_cents AS part, 0 AS back FROM distribution_parts
         UNION ALL
         SELECT distribution_id, member_id, 0, part_cents FROM distribution_pre_parts
       ) AS each_part GROUP BY distribution_id, member_id
     ) p ON p.distribution_id = b.distribution_id
     WHERE p.member_id = ANY($1) ORDER BY b.posted_at DESC`,
    [memberIds],
  )
}

export async function insertDistribution(
  tx: Tx,
  row: DistributionRow,
  { parts, earnedBack }: Division,
): Promise<void> {
  const own = <T>(part: T) => ({ ...part, distributionId: row.id })
  await tx.getRepository(DistributionRow).insert(row)
  await tx.getRepository(DistributionPartRow).insert(parts.map(own))
  if (earnedBack.length > 0) await tx.getRepository(DistributionPrePartRow).insert(earnedBack.map(own))
}

export async function insertWithdrawal(
  tx: Tx,
  row: Omit<DistributionWithdrawalRow, 'distribution'>,
): Promise<void> {
  await tx.getRepository(DistributionWithdrawalRow).insert(row)
}

export async function insertPosting(
  tx: Tx,
  row: Omit<DistributionPostingRow, 'distribution'>,
): Promise<void> {
  await tx.getRepository(DistributionPostingRow).insert(row)
}

export async function insertClosing(
  tx: Tx,
  row: Omit<DistributionClosingRow, 'distribution'>,
): Promise<void> {
  await tx.getRepository(DistributionClosingRow).insert(row)
}

/** How the year was closed when this was booked, or null. */
export async function readClosing(tx: Tx, distributionId: string): Promise<string | null> {
  return (await tx.getRepository(DistributionClosingRow).findOneBy({ distributionId }))?.content ?? null
}

interface Row extends Omit<StoredDistribution, 'withdrawal' | 'posting'> {
  reason: string | null
  withdrawnAt: Date
  decisionId: string
  entryId: string
  postedAt: Date | null
  postedBy: string
}

async function read(tx: Tx, where: string, params: unknown[]): Promise<StoredDistribution[]> {
  const rows: Row[] = await tx.query(
    `SELECT d.id, d.year, d.inputs, d.sha256, d.amount_cents AS "amountCents", d.reference_day AS "referenceDay",
            d.proposed_at AS "proposedAt", d.proposed_by AS "proposedBy",
            w.reason, w.withdrawn_at AS "withdrawnAt",
            b.decision_id AS "decisionId", b.entry_id AS "entryId", b.posted_at AS "postedAt", b.posted_by AS "postedBy"
     FROM distributions d
     LEFT JOIN distribution_withdrawals w ON w.distribution_id = d.id
     LEFT JOIN distribution_postings b ON b.distribution_id = d.id
     WHERE ${where} ORDER BY d.proposed_at DESC, d.id DESC`,
    params,
  )
  return rows.map(({ reason, withdrawnAt, decisionId, entryId, postedAt, postedBy, ...distribution }) => ({
    ...distribution,
    withdrawal: reason === null ? null : { reason, withdrawnAt },
    posting: postedAt === null ? null : { decisionId, entryId, postedAt, postedBy },
  }))
}
