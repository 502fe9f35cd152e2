import { type Cents, canonicalJson, type Day, RuleViolated, type Violation } from '#kernel'
import { distribute } from './distribute.js'
import { marginOf, unspentOf } from './margin.js'

/** The version of the rule that divides; a frozen distribution names the one it was made with. */
export const DIVISION_RULE = 'largest-remainder/1'

/** Everything from which a distribution was computed, with the articles behind it. */
export interface DistributionInputs {
  kind: 'samen.distribution'
  rule: string
  year: number
  awardedCents: Cents
  rate: string
  rateArticle: string
  marginCents: Cents
  spentCents: Cents
  amountCents: Cents
  sharers: 'allGuarantors' | 'votingMembers'
  reference: 'lastDayOfYear'
  referenceDay: Day
  shares: FrozenShare[]
}

export interface FrozenShare {
  id: string
  number: number
  name: string
  cents: Cents
}

/** What was paid to whom, in the order of the shares. */
export interface DistributionPart {
  memberId: string
  shareCents: Cents
  partCents: Cents
}

/** The inputs as they are kept and hashed: canonical JSON, amounts as digits. */
export function freeze(inputs: DistributionInputs): string {
  return canonicalJson(inputs)
}

/** Reads what {@link freeze} wrote. */
export function thaw(text: string): DistributionInputs {
  const read = JSON.parse(text)
  return {
    ...read,
    awardedCents: BigInt(read.awardedCents),
    marginCents: BigInt(read.marginCents),
    spentCents: BigInt(read.spentCents),
    amountCents: BigInt(read.amountCents),
    shares: read.shares.map((share: { cents: string }) => ({ ...share, cents: BigInt(share.cents) })),
  }
}

/**
 * Divides the unspent margin over the frozen shares.
 * @throws RuleViolated `distribution.noGuarantors` when nobody stood surety
 */
export function divide({
  amountCents,
  shares,
}: Pick<DistributionInputs, 'amountCents' | 'shares'>): DistributionPart[] {
  if (!shares.some(({ cents }) => cents > 0n)) throw RuleViolated.of('distribution.noGuarantors')
  const { parts } = distribute(amountCents, shares)
  return parts.map(({ id, cents }, at) => ({ memberId: id, shareCents: shares[at]!.cents, partCents: cents }))
}

/**
 * Computes a stored distribution anew and compares. Codes: `distribution.hashDiffers`,
 * `distribution.ruleUnknown`, `distribution.amountDiffers`, `distribution.partsDiffer`.
 * @param computedSha256 the hash of the stored inputs as computed now
 */
export function verify(
  stored: { inputs: string; sha256: string; amountCents: Cents; parts: readonly DistributionPart[] },
  computedSha256: string,
): Violation[] {
  if (computedSha256 !== stored.sha256) return [{ code: 'distribution.hashDiffers' }]
  const inputs = thaw(stored.inputs)
  if (inputs.rule !== DIVISION_RULE)
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
  return sameParts(divide(inputs), stored.parts) ? [] : [{ code: 'distribution.partsDiffer' }]
}

function sameParts(computed: readonly DistributionPart[], stored: readonly DistributionPart[]): boolean {
  const byMember = new Map(stored.map((part) => [part.memberId, part]))
  if (byMember.size !== computed.length || stored.length !== computed.length) return false
  return computed.every(({ memberId, shareCents, partCents }) => {
    const part = byMember.get(memberId)
    return part?.shareCents === shareCents && part.partCents === partCents
  })
}
