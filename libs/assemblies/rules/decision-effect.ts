import type { Day, Violation } from '#kernel'
import type { DecisionType } from './poll-rule.js'

/**
 * Whether an adopted decision holds. A change of the statutes takes effect only after a notarial deed
 * (BW 2:43); until its date is entered it is adopted, and not in force yet.
 */
export type DecisionEffect = 'rejected' | 'inForce' | 'notYetInForce' | 'inForceByDeed'

/** What the effect of a decision depends on. */
export interface DecisionFacts {
  adopted: boolean
  decisionType: DecisionType
  /** A decision on an amendment changes the text of a motion, nothing more. */
  onAmendment: boolean
  decidedOn: Day
  /** The day of the deed that was entered last. */
  deedOn: Day | null
}

export function decisionEffect({
  adopted,
  decisionType,
  onAmendment,
  deedOn,
}: DecisionFacts): DecisionEffect {
  if (!adopted) return 'rejected'
  if (decisionType !== 'statuteChange' || onAmendment) return 'inForce'
  return deedOn === null ? 'notYetInForce' : 'inForceByDeed'
}

/**
 * Whether the date of a deed may be entered: for an adopted change of the statutes, from the decision on.
 * @returns at most one of `deed.notNeeded`, `deed.beforeDecision`, `deed.inFuture`
 */
export function checkDeed(decision: DecisionFacts, deedOn: Day, today: Day): Violation[] {
  const effect = decisionEffect(decision)
  if (effect === 'rejected' || effect === 'inForce') return [{ code: 'deed.notNeeded' }]
  if (deedOn < decision.decidedOn) return [{ code: 'deed.beforeDecision', path: 'dag' }]
  return deedOn > today ? [{ code: 'deed.inFuture', path: 'dag' }] : []
}
