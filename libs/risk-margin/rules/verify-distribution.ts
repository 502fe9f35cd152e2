import type { Cents, Violation } from '#kernel'
import { type Division, divide } from './division.js'
import {
  DIVISION_RULE,
  type DistributionInputs,
  type DistributionPart,
  EARLIER_RULE,
  type EarnedBackPart,
  thaw,
} from './frozen-inputs.js'
import { marginOf, unspentOf } from './margin.js'
import { type GuaranteesAtReference, sharesOf } from './shares.js'

export interface StoredDivision extends Division {
  inputs: string
  sha256: string
  amountCents: Cents
}

/**
 * Computes a stored distribution anew and compares. Codes: `distribution.hashDiffers`,
 * `distribution.ruleUnknown`, `distribution.amountDiffers`, `distribution.partsDiffer`.
 * @param computedSha256 the hash of the stored inputs as computed now
 */
export function verify(stored: StoredDivision, computedSha256: string): Violation[] {
  if (computedSha256 !== stored.sha256) return [{ code: 'distribution.hashDiffers' }]
  const inputs = thaw(stored.inputs)
  if (inputs.rule !== DIVISION_RULE && inputs.rule !== EARLIER_RULE)
    return [{ code: 'distribution.ruleUnknown', params: { rule: inputs.rule } }]
  const marginCents = marginOf(inputs.awardedCents, inputs.rate)
  const amountCents = unspentOf(marginCents, inputs.spentCents)
  if (
    marginCents !== inputs.marginCents ||
    amountCents !== inputs.amountCents ||
    amountCents !== stored.amountCents
  ) {
    return [{ code: 'distribution.amountDiffers' }]
  }
  const { parts, earnedBack } = divide(inputs)
  const same = samePayouts(parts, stored.parts) && samePayouts(earnedBack, stored.earnedBack)
  return same ? [] : [{ code: 'distribution.partsDiffer' }]
}

/**
 * Whether the frozen shares are what the snapshot gives: `distribution.snapshotDiffers`. Of who was no member any more at the
 * reference day, the frozen inputs say as what it carried its guarantee.
 */
export function verifyShares(inputs: DistributionInputs, guarantees: GuaranteesAtReference): Violation[] {
  const { year, sharers, reference } = inputs
  const stillMembers = new Set(
    guarantees.holders.filter(({ kind }) => kind !== null).map(({ memberId }) => memberId),
  )
  const carriers = new Map(
    inputs.shares
      .filter(({ id }) => !stillMembers.has(id))
      .map(({ id, number, name, kind = null }) => [id, { number, name, kind }]),
  )
  const found = sharesOf(guarantees, year, { sharers, reference }, carriers)
  const text = (shares: DistributionInputs['shares']) =>
    shares.map(({ id, cents, changes = [] }) =>
      [id, cents, ...changes.map(({ on, cents: change }) => `${on} ${change}`)].join(),
    )
  return text(found).join(';') === text(inputs.shares).join(';')
    ? []
    : [{ code: 'distribution.snapshotDiffers' }]
}

function samePayouts<T extends DistributionPart | EarnedBackPart>(
  computed: readonly T[],
  stored: readonly T[],
): boolean {
  const byMember = new Map(stored.map((part) => [part.memberId, part]))
  if (byMember.size !== computed.length || stored.length !== computed.length) return false
  return computed.every((part) => {
    const kept = byMember.get(part.memberId)
    return kept !== undefined && fingerprint(kept) === fingerprint(part)
  })
}

const fingerprint = (part: DistributionPart | EarnedBackPart) =>
  'weight' in part
    ? `${part.shareCents} ${part.weight} ${part.partCents}`
    : `${part.outstandingCents} ${part.partCents}`
