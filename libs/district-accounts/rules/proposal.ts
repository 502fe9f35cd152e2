import type { Cents, Violation } from '#kernel'

/** What a settlement is proposed on, and what it comes to. */
export interface ProposedAmounts {
  advancedCents: Cents
  spentCents: Cents
  budgetCents: Cents
  extraCents: Cents
  extraReason: string
  uncoveredCents: Cents
  balanceCents: Cents
}

/** How the year stands now. */
export interface YearNow {
  paidCents: Cents
  spentCents: Cents
  budgetCents: Cents
  openQuarters: readonly string[]
  /** Advances that were ordered and are not paid: they would be paid besides. */
  unpaidCount: number
}

/** Whether two proposals say the same. */
export function saysTheSame(one: ProposedAmounts, other: ProposedAmounts): boolean {
  return (
    one.advancedCents === other.advancedCents &&
    one.spentCents === other.spentCents &&
    one.budgetCents === other.budgetCents &&
    one.extraCents === other.extraCents &&
    one.extraReason === other.extraReason &&
    one.uncoveredCents === other.uncoveredCents &&
    one.balanceCents === other.balanceCents
  )
}

/** Whether the year still stands as it did when its settlement was proposed. */
export function stillHolds(
  { advancedCents, spentCents, budgetCents }: ProposedAmounts,
  now: YearNow,
): boolean {
  return (
    advancedCents === now.paidCents &&
    spentCents === now.spentCents &&
    budgetCents === now.budgetCents &&
    now.openQuarters.length === 0 &&
    now.unpaidCount === 0
  )
}

/** Why a person can't confirm a proposal; an empty list when that is possible. */
export function checkConfirmation(
  proposal: ProposedAmounts & { proposedBy: string },
  now: YearNow & { isLatest: boolean },
  personId: string,
): Violation[] {
  if (proposal.proposedBy === personId) return [{ code: 'districtAccounts.sameEyes' }]
  if (!now.isLatest) return [{ code: 'districtAccounts.settlementReplaced' }]
  return stillHolds(proposal, now) ? [] : [{ code: 'districtAccounts.settlementChanged' }]
}
