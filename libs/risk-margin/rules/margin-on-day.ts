import { type Cents, type Day, wasBy } from '#kernel'

/** A use of the margin, with when it was recorded and undone. */
export interface DatedUse {
  onDay: Day
  recordedAt: Date
  reversal: { reversedAt: Date } | null
}

/** A proposal to divide what is left, with when something became of it. */
export interface DatedProposal {
  proposedAt: Date
  withdrawal: { withdrawnAt: Date } | null
  posting: { postedAt: Date } | null
  decision: { decidedOn: Day } | null
}

/**
 * The uses at the end of a day, without what happened later. A use counts from its own day, also when it was recorded
 * afterwards; one that was undone only while it stood in the register, since nobody took it for a use before that.
 */
export function usesOn<U extends DatedUse>(uses: readonly U[], day: Day): U[] {
  return uses.flatMap((use) => {
    if (use.onDay > day) return []
    const { reversal } = use
    if (!reversal || wasBy(reversal.reversedAt, day)) return [use]
    return wasBy(use.recordedAt, day) ? [{ ...use, reversal: null }] : []
  })
}

/** What was used and not undone. */
export function usedIn(uses: readonly { cents: Cents; reversal: unknown }[]): Cents {
  return uses.reduce((sum, { cents, reversal }) => (reversal === null ? sum + cents : sum), 0n)
}

/** The proposals at the end of a day, without what became of them later. */
export function proposalsOn<P extends DatedProposal>(proposals: readonly P[], day: Day): P[] {
  return proposals
    .filter(({ proposedAt }) => wasBy(proposedAt, day))
    .map((proposal) => {
      const { withdrawal, posting, decision } = proposal
      return {
        ...proposal,
        withdrawal: withdrawal && wasBy(withdrawal.withdrawnAt, day) ? withdrawal : null,
        posting: posting && wasBy(posting.postedAt, day) ? posting : null,
        decision: decision && decision.decidedOn <= day ? decision : null,
      }
    })
}
