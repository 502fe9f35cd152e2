import type { Cents, Day } from '#kernel'
import type { Tx } from '#platform'
import { GuaranteeMovementRow, SubsidyYearRow } from './entities.js'

/** What the municipality awarded for a year, and the rounded base on which the guarantee was agreed. */
export interface SubsidyYear {
  year: number
  awardedCents: Cents
  guaranteeBaseCents: Cents
}

/** What one member stands surety for on a day; `paidInCents` is the part of it that was paid in. */
export interface HolderPosition {
  memberId: string
  pledgedCents: Cents
  paidInCents: Cents
}

export type CapRole = 'director' | 'contractor'

/** The subsidy years, the latest first. */
export function readYears(tx: Tx): Promise<SubsidyYear[]> {
  return tx.getRepository(SubsidyYearRow).find({ order: { year: 'DESC' } })
}

/** As {@link readYears}; whoever holds the lock is alone in changing guarantees, until the transaction ends. */
export async function lockYears(tx: Tx): Promise<SubsidyYear[]> {
  return tx
    .getRepository(SubsidyYearRow)
    .find({ order: { year: 'DESC' }, lock: { mode: 'pessimistic_write' } })
}

/** The balance of every holder with movements up to and including a day; the largest pledge first. */
export async function readPositions(tx: Tx, day: Day): Promise<HolderPosition[]> {
  const rows: { memberId: string; pledged: string; paidIn: string }[] = await tx.query(
    `SELECT member_id AS "memberId",
            coalesce(sum(cents) FILTER (WHERE type = 'pledged'), 0)::text AS pledged,
            coalesce(sum(cents) FILTER (WHERE type = 'paidIn'), 0)::text AS "paidIn"
     FROM guarantee_movements WHERE on_day <= $1 GROUP BY member_id
     ORDER BY sum(cents) FILTER (WHERE type = 'pledged') DESC NULLS LAST, member_id`,
    [day],
  )
  return rows.map(({ memberId, pledged, paidIn }) => ({
    memberId,
    pledgedCents: BigInt(pledged),
    paidInCents: BigInt(paidIn),
  }))
}

/** The member that fills each of these roles on a day, in the order of the roles; nobody yet: left out. */
export async function readCapHolders(tx: Tx, day: Day, roles: readonly CapRole[]): Promise<string[]> {
  const rows: { role: CapRole; memberId: string }[] = await tx.query(
    `SELECT DISTINCT ON (role) role, member_id AS "memberId" FROM guarantee_cap_holders
     WHERE holds_from <= $1 ORDER BY role, holds_from DESC, recorded_at DESC, id DESC`,
    [day],
  )
  const members = roles.flatMap((role) => rows.find((row) => row.role === role)?.memberId ?? [])
  return [...new Set(members)]
}

export function findMovement(
  tx: Tx,
  where: { id: string } | { requestKey: string },
): Promise<GuaranteeMovementRow | null> {
  return tx.getRepository(GuaranteeMovementRow).findOneBy(where)
}

/** The movements of some members, the latest first. */
export async function readMovements(tx: Tx, memberIds: readonly string[]): Promise<GuaranteeMovementRow[]> {
  if (memberIds.length === 0) return []
  return tx.query(
    `SELECT id, member_id AS "memberId", type, cents, on_day AS "onDay", document, request_key AS "requestKey",
            recorded_at AS "recordedAt", recorded_by AS "recordedBy"
     FROM guarantee_movements WHERE member_id = ANY($1) ORDER BY recorded_at DESC, id DESC`,
    [memberIds],
  )
}

/** The next reference of the year, such as TZ-2020-3; the caller holds the lock of {@link lockYears}. */
export async function nextReference(tx: Tx, year: string): Promise<string> {
  const prefix = `TZ-${year}-`
  const rows: { used: string }[] = await tx.query(
    `SELECT count(*)::text AS used FROM guarantee_movements WHERE type = 'pledged' AND starts_with(document, $1)`,
    [prefix],
  )
  return `${prefix}${BigInt(rows[0]!.used) + 1n}`
}
