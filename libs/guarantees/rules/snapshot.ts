import type { Cents, Day } from '#kernel'
import { type Movement, pledgeChangesOf, positionsOf } from './movements.js'

/** What a member stood surety for on the reference day. */
export interface HolderInSnapshot {
  memberId: string
  number: number
  name: string
  kind: 'voting' | 'supporting' | null
  pledgedCents: Cents
  paidInCents: Cents
  calledCents: Cents
}

/** What is frozen: who stood surety on the reference day, and every change of a pledge through it, for weighing. */
export interface SnapshotContent {
  kind: 'samen.guarantees'
  version: 1
  year: number
  referenceDay: Day
  holders: HolderInSnapshot[]
  changes: { memberId: string; on: Day; cents: Cents }[]
}

/**
 * The content of a snapshot; holders by member number, changes by day. Whoever left with nothing stays in it with
 * zeros, because a weighted division counts the days before.
 * @param movements all through the reference day
 */
export function snapshotOf(
  year: number,
  referenceDay: Day,
  movements: readonly Movement[],
  named: (memberId: string) => Pick<HolderInSnapshot, 'number' | 'name' | 'kind'>,
): SnapshotContent {
  const changes = pledgeChangesOf(movements, referenceDay).map(({ id, on, cents }) => ({
    memberId: id,
    on,
    cents,
  }))
  const changed = new Set(changes.map(({ memberId }) => memberId))
  const holders = positionsOf(movements, referenceDay)
    .filter((one) => changed.has(one.memberId) || one.paidInCents > 0n)
    .map(({ memberId, pledgedCents, paidInCents, calledCents }) => ({
      ...{ memberId, ...named(memberId) },
      ...{ pledgedCents, paidInCents, calledCents },
    }))
    .sort((a, b) => a.number - b.number || (a.memberId < b.memberId ? -1 : 1))
  return { kind: 'samen.guarantees', version: 1, year, referenceDay, holders, changes }
}

/** A snapshot as it was frozen, with its amounts as amounts. */
export function readSnapshot(content: string): SnapshotContent {
  const frozen = JSON.parse(content) as AsText<SnapshotContent>
  return {
    ...frozen,
    holders: frozen.holders.map((one) => ({
      ...one,
      pledgedCents: BigInt(one.pledgedCents),
      paidInCents: BigInt(one.paidInCents),
      calledCents: BigInt(one.calledCents),
    })),
    changes: frozen.changes.map((one) => ({ ...one, cents: BigInt(one.cents) })),
  }
}

type AsText<T> = T extends bigint ? string : T extends object ? { [K in keyof T]: AsText<T[K]> } : T
