import type { Cents, Violation } from '#kernel'

/** What a year came to, and what was settled of it before. */
export interface YearOfWijk {
  budgetCents: Cents
  /** Paid ahead and confirmed by the bank. */
  advancedCents: Cents
  /** Booked from approved quarters. */
  spentCents: Cents
  /** What earlier settlements of this year came to: their `balanceCents` and `uncoveredCents` together. */
  earlier: { balanceCents: Cents; uncoveredCents: Cents }
}

export interface Settlement {
  /** What the cooperative bears: what was spent, at most the wijkbudget and what was granted above it. */
  acceptedCents: Cents
  /** Spent above that: for the account of the wijk itself. Against the costs booked. */
  uncoveredCents: Cents
  /** Positive: to receive back from the wijk. Negative: still to pay to it. */
  balanceCents: Cents
}

/**
 * Settles the advances of a year. The wijkbudget is the most that the cooperative bears of what was spent; who spends
 * more pays it from its own means (5% of the means needed comes from the wijk itself; subsidy application 2018, § 9),
 * unless more was granted with a reason, for instance a use of the risk margin.
 * @param extraCents granted above the wijkbudget
 */
export function settle(
  { budgetCents, advancedCents, spentCents, earlier }: YearOfWijk,
  extraCents: Cents,
): Settlement {
  const most = budgetCents + extraCents
  const acceptedCents = spentCents < most ? spentCents : most
  return {
    acceptedCents,
    uncoveredCents: spentCents - acceptedCents - earlier.uncoveredCents,
    balanceCents: advancedCents - acceptedCents - earlier.balanceCents,
  }
}

/** Why a year can't be settled now; an empty list when it can. */
export function checkSettlement(of: {
  /** Quarters of the year whose report is not approved. */
  openQuarters: readonly string[]
  /** Advances that were ordered and are not paid yet. */
  unpaidCount: number
  extraCents: Cents
  reason: string
  spentCents: Cents
  budgetCents: Cents
}): Violation[] {
  const violations: Violation[] = []
  if (of.openQuarters.length > 0) {
    const params = { quarters: of.openQuarters.join(', ') }
    violations.push({ code: 'districtAccounts.quartersOpen', params })
  }
  if (of.unpaidCount > 0) violations.push({ code: 'districtAccounts.advancesUnpaid' })
  const over = of.spentCents - of.budgetCents
  if (of.extraCents < 0n) violations.push({ code: 'districtAccounts.extraNegative', path: 'extra' })
  else if (of.extraCents > 0n && of.extraCents > over)
    violations.push({ code: 'districtAccounts.extraTooMuch', path: 'extra' })
  if (of.extraCents > 0n && of.reason === '')
    violations.push({ code: 'districtAccounts.extraReason', path: 'reden' })
  return violations
}

/** What confirmed settlements of a year came to together. */
export function sumOf(confirmed: readonly Pick<Settlement, 'balanceCents' | 'uncoveredCents'>[]): {
  balanceCents: Cents
  uncoveredCents: Cents
} {
  return confirmed.reduce(
    (sum, { balanceCents, uncoveredCents }) => ({
      balanceCents: sum.balanceCents + balanceCents,
      uncoveredCents: sum.uncoveredCents + uncoveredCents,
    }),
    { balanceCents: 0n, uncoveredCents: 0n },
  )
}
