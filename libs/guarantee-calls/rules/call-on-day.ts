import { type Day, wasBy } from '#kernel'

/** A proposal about a holder that does not pay, with when somebody answered it. */
interface DatedDefault {
  recordedAt: Date
  answer: { answeredAt: Date } | null
}

/** What was recorded about one claim, with when it happened. */
interface DatedClaim {
  payments: readonly { paidOn: Day }[]
  reminders: readonly { sentOn: Day }[]
  defaults: readonly DatedDefault[]
}

/** What was recorded about a call, with when it happened. */
export interface DatedCall {
  proposedAt: Date
  withdrawal: { withdrawnAt: Date } | null
  issue: { issuedOn: Day } | null
  cancellation: { cancelledAt: Date } | null
  claims: readonly DatedClaim[]
}

/** How far the motion on a call has come; `since` is null when who proposed it took it back. */
export type DatedStanding<D extends { decidedOn: Day }> =
  | { state: 'waiting' }
  | { state: 'withdrawn'; since: Date | null }
  | { state: 'voting'; openedAt: Date }
  | { state: 'adopted' | 'rejected'; openedAt: Date; decision: D }

/**
 * A call as it was at the end of a day, without what happened later; null when it was not proposed yet. A payment
 * counts from its day at the bank, as in the register of the guarantees, but never from before the call went out.
 */
export function callOn<C extends DatedCall>(call: C, day: Day): C | null {
  if (!wasBy(call.proposedAt, day)) return null
  const issue = call.issue && call.issue.issuedOn <= day ? call.issue : null
  return {
    ...call,
    issue,
    withdrawal: call.withdrawal && wasBy(call.withdrawal.withdrawnAt, day) ? call.withdrawal : null,
    cancellation: call.cancellation && wasBy(call.cancellation.cancelledAt, day) ? call.cancellation : null,
    claims: issue ? call.claims.map((claim) => claimOn(claim, day)) : [],
  }
}

/**
 * How far the motion was at the end of a day. A decision holds from the day on which it was taken; one that was disputed
 * or replaced since counts as it does now.
 */
export function standingOn<D extends { decidedOn: Day }>(
  standing: DatedStanding<D>,
  day: Day,
): DatedStanding<D> {
  switch (standing.state) {
    case 'waiting':
      return standing
    case 'withdrawn':
      return standing.since && wasBy(standing.since, day) ? standing : { state: 'waiting' }
    case 'voting':
      return wasBy(standing.openedAt, day) ? standing : { state: 'waiting' }
    default: {
      const { openedAt, decision } = standing
      if (decision.decidedOn <= day) return standing
      return wasBy(openedAt, day) ? { state: 'voting', openedAt } : { state: 'waiting' }
    }
  }
}

function claimOn<C extends DatedClaim>(claim: C, day: Day): C {
  return {
    ...claim,
    payments: claim.payments.filter(({ paidOn }) => paidOn <= day),
    reminders: claim.reminders.filter(({ sentOn }) => sentOn <= day),
    defaults: claim.defaults
      .filter(({ recordedAt }) => wasBy(recordedAt, day))
      .map((one) => ({
        ...one,
        answer: one.answer && wasBy(one.answer.answeredAt, day) ? one.answer : null,
      })),
  }
}
