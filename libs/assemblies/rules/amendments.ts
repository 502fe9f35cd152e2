import type { Violation } from '#kernel'

/** Where an amendment stands. Set aside (`lapsed`) is what the chair does when it no longer fits. */
export type AmendmentState = 'offered' | 'open' | 'closed' | 'adopted' | 'rejected' | 'withdrawn' | 'lapsed'

/** What is recorded of an amendment. */
export interface AmendmentFacts {
  id: string
  /** Its place in the order of voting, which the chair sets. */
  position: number
  withdrawnAt: Date | null
  lapsedAt: Date | null
  /** Its poll that counts: not voided, not replaced by a re-vote. */
  poll: { closedAt: Date | null; adopted: boolean | null } | null
}

export function amendmentState({ withdrawnAt, lapsedAt, poll }: AmendmentFacts): AmendmentState {
  if (withdrawnAt) return 'withdrawn'
  if (lapsedAt) return 'lapsed'
  if (!poll) return 'offered'
  if (poll.adopted !== null) return poll.adopted ? 'adopted' : 'rejected'
  return poll.closedAt ? 'closed' : 'open'
}

/** Whether nothing is left to decide about it. */
export function isSettled(amendment: AmendmentFacts): boolean {
  return !['offered', 'open', 'closed'].includes(amendmentState(amendment))
}

/** The amendment whose turn it is: the first in the chair's order that is not settled; null when all are. */
export function nextAmendment<T extends AmendmentFacts>(amendments: readonly T[]): T | null {
  const inOrder = [...amendments].sort((a, b) => a.position - b.position)
  return inOrder.find((one) => !isSettled(one)) ?? null
}

/**
 * Whether the poll on a motion may open: amendments are voted on before the motion.
 * @returns at most one of `motion.withdrawn`, `motion.amendmentsPending`
 */
export function checkMotionPoll(
  motion: { withdrawnAt: Date | null },
  amendments: readonly AmendmentFacts[],
): Violation[] {
  if (motion.withdrawnAt) return [{ code: 'motion.withdrawn' }]
  const count = amendments.filter((one) => !isSettled(one)).length
  return count > 0 ? [{ code: 'motion.amendmentsPending', params: { count: String(count) } }] : []
}

/**
 * Whether the poll on an amendment may open: in the order of the chair, before the poll on the motion.
 * @returns at most one of `motion.withdrawn`, `amendment.motionInVote`, `amendment.settled`,
 * `amendment.notItsTurn`
 */
export function checkAmendmentPoll(
  motion: { withdrawnAt: Date | null; hasPoll: boolean },
  id: string,
  amendments: readonly AmendmentFacts[],
): Violation[] {
  if (motion.withdrawnAt) return [{ code: 'motion.withdrawn' }]
  if (motion.hasPoll) return [{ code: 'amendment.motionInVote' }]
  const found = amendments.find((one) => one.id === id)
  if (!found || isSettled(found)) return [{ code: 'amendment.settled' }]
  return nextAmendment(amendments)?.id === id ? [] : [{ code: 'amendment.notItsTurn' }]
}

/**
 * Whether an amendment may be offered: until the poll on the motion opens.
 * @returns at most one of `assembly.ended`, `motion.withdrawn`, `amendment.motionInVote`
 */
export function checkOffering(
  assembly: { over: boolean },
  motion: { withdrawnAt: Date | null; hasPoll: boolean },
): Violation[] {
  if (assembly.over) return [{ code: 'assembly.ended' }]
  if (motion.withdrawnAt) return [{ code: 'motion.withdrawn' }]
  return motion.hasPoll ? [{ code: 'amendment.motionInVote' }] : []
}

/** The name under which an amendment is voted on and stands in the register of decisions. */
export function amendmentTitle(number: number, motionTitle: string): string {
  return `Amendement ${number}: ${motionTitle}`
}

/** What the voters answer. It stands in the record, in Dutch. */
export function amendmentQuestion(motionTitle: string): string {
  return `Wordt de tekst van het voorstel ‘${motionTitle}’ veranderd zoals dit amendement zegt?`
}
