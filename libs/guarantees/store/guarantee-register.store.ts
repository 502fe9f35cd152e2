import type { Cents, Day } from '#kernel'
import type { Tx } from '#platform'
import type { Movement } from '../rules/movements.js'
import { GuaranteeMovementRow, SubsidyYearRow } from './entities.js'

const COLUMNS = `id, member_id AS "memberId", type, cents, on_day AS "onDay", document, refers_to AS "refersTo",
  reason, recorded_at AS "recordedAt", recorded_by AS "recordedBy"`

/** What the municipality awarded for a year, and the rounded base on which the guarantee was agreed. */
export interface SubsidyYear {
  year: number
  awardedCents: Cents
  guaranteeBaseCents: Cents
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

/** A movement with where it stands, who recorded it and why. */
export interface GuaranteeMovement extends Movement {
  document: string
  recordedAt: Date
  recordedBy: string | null
  /** Why: of a refusal, or of more than is required; empty when none was given. */
  reason: string
}

/** All movements through a day, by day and then in the order in which they were recorded. */
export function readAllMovements(tx: Tx, through: Day | null = null): Promise<GuaranteeMovement[]> {
  return tx.query(
    `SELECT ${COLUMNS} FROM guarantee_movements WHERE ($1::date IS NULL OR on_day <= $1)
     ORDER BY on_day, recorded_at, id`,
    [through],
  )
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

/** The movement that answered an offer, or null while it waits. */
export async function readAnswer(tx: Tx, offerId: string): Promise<GuaranteeMovement | null> {
  const rows: GuaranteeMovement[] = await tx.query(
    `SELECT ${COLUMNS} FROM guarantee_movements
     WHERE refers_to = $1 AND type IN ('accepted','increased','offerRefused','offerWithdrawn')`,
    [offerId],
  )
  return rows[0] ?? null
}

/** The movements of some members, the latest first. */
export async function readMovements(tx: Tx, memberIds: readonly string[]): Promise<GuaranteeMovement[]> {
  if (memberIds.length === 0) return []
  return tx.query(
    `SELECT ${COLUMNS} FROM guarantee_movements WHERE member_id = ANY($1) ORDER BY recorded_at DESC, id DESC`,
    [memberIds],
  )
}

/** The next reference of the year, such as TZ-2020-3; the caller holds the lock of {@link lockYears}. */
export async function nextReference(tx: Tx, year: string): Promise<string> {
  const prefix = `TZ-${year}-`
  const rows: { used: string }[] = await tx.query(
    'SELECT count(DISTINCT document)::text AS used FROM guarantee_movements WHERE starts_with(document, $1)',
    [prefix],
  )
  return `${prefix}${BigInt(rows[0]!.used) + 1n}`
}
