import { RuleViolated } from '#kernel'
import { weightCarried } from './carried.js'
import { distribute } from './distribute.js'
import type { DistributionInputs, DistributionPart, EarnedBackPart, FrozenShare } from './frozen-inputs.js'
import { earnBackFirst } from './pre-investments.js'

/** A whole distribution: what is earned back first, and how the rest is divided. */
export interface Division {
  earnedBack: EarnedBackPart[]
  parts: DistributionPart[]
}

export type Divisible = Pick<
  DistributionInputs,
  'year' | 'amountCents' | 'reference' | 'shares' | 'preInvestments'
>

/**
 * Divides the unspent margin over the frozen shares, after what the ALV let be earned back first.
 * @throws RuleViolated `distribution.noGuarantors` when nobody stood surety
 */
export function divide({ year, amountCents, reference, shares, preInvestments }: Divisible): Division {
  const weights = shares.map((share) => weightOf(share, year, reference))
  if (!weights.some((weight) => weight > 0n)) throw RuleViolated.of('distribution.noGuarantors')
  const outstanding = preInvestments?.outstanding ?? []
  const first = earnBackFirst(amountCents, outstanding)
  const rest = distribute(
    amountCents - first.sumCents,
    shares.map(({ id }, at) => ({ id, cents: weights[at]! })),
  )
  return {
    earnedBack: first.parts.map(({ id, cents }, at) => ({
      ...{ memberId: id, outstandingCents: outstanding[at]!.cents, partCents: cents },
    })),
    parts: rest.parts.map(({ id, cents }, at) => ({
      ...{ memberId: id, shareCents: shares[at]!.cents, weight: weights[at]!, partCents: cents },
    })),
  }
}

/** What a share weighs: its cents, or its cents × days. */
export function weightOf(
  { cents, changes }: FrozenShare,
  year: number,
  reference: DistributionInputs['reference'],
): bigint {
  return reference === 'timeWeighted' ? weightCarried(year, changes ?? []) : cents
}
