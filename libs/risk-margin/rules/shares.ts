import type { Cents, Day } from '#kernel'
import { type ChangeOfShare, periodsCarried } from './carried.js'
import type { FrozenShare } from './frozen-inputs.js'

export type Sharers = 'allGuarantors' | 'votingMembers'
export type Reference = 'lastDayOfYear' | 'timeWeighted'

/** How the statutes read: who shares, and whether the last day or every day counts. */
export interface Reading {
  sharers: Sharers
  reference: Reference
}

/** Every way to read the statutes. */
export const readings: readonly Reading[] = (['lastDayOfYear', 'timeWeighted'] as const).flatMap(
  (reference) => (['allGuarantors', 'votingMembers'] as const).map((sharers) => ({ sharers, reference })),
)

/** The guarantees at the reference day of a year, as a snapshot has them. */
export interface GuaranteesAtReference {
  holders: readonly {
    memberId: string
    number: number
    name: string
    kind: 'voting' | 'supporting' | null
    pledgedCents: Cents
  }[]
  /** All changes of what was pledged, through the reference day. */
  changes: readonly { memberId: string; on: Day; cents: Cents }[]
}

/** Who a holder is, also one that carried something in the year and not at its end. */
export interface Carrier {
  number: number
  name: string
  kind: 'voting' | 'supporting' | null
}

/**
 * Everybody who shares, by member number. By the last day: who stood surety at its end. By days: who did on any day of the
 * year, with its changes; who left on the way keeps the days it carried.
 * @param carriers who they are; of whom it is not said, the snapshot's word holds
 */
export function sharesOf(
  { holders, changes }: GuaranteesAtReference,
  year: number,
  { sharers, reference }: Reading,
  carriers: ReadonlyMap<string, Carrier> = new Map(),
): FrozenShare[] {
  const known = new Map<string, Carrier>(holders.map((holder) => [holder.memberId, holder]))
  const changesOf = new Map<string, ChangeOfShare[]>()
  for (const { memberId, on, cents } of changes)
    changesOf.set(memberId, [...(changesOf.get(memberId) ?? []), { on, cents }])
  const ids = new Set([...holders.map(({ memberId }) => memberId), ...changesOf.keys()])
  return [...ids]
    .map((id): FrozenShare => {
      const own = changesOf.get(id) ?? []
      const { number, name, kind } = carriers.get(id) ?? known.get(id) ?? UNKNOWN
      const cents = holders.find(({ memberId }) => memberId === id)?.pledgedCents ?? 0n
      return { id, number, name, kind, cents, ...(reference === 'timeWeighted' ? { changes: own } : {}) }
    })
    .filter(({ kind }) => sharers === 'allGuarantors' || kind === 'voting')
    .filter(({ cents, changes: own }) => (own ? periodsCarried(year, own).length > 0 : cents > 0n))
    .sort((a, b) => a.number - b.number || (a.id < b.id ? -1 : 1))
}

const UNKNOWN: Carrier = { number: 0, name: '?', kind: null }
