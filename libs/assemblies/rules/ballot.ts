import type { Violation } from '#kernel'

/** What a ballot can say. */
export const choices = ['for', 'against', 'blank'] as const
export type Choice = (typeof choices)[number]

export function isChoice(text: unknown): text is Choice {
  return choices.includes(text as Choice)
}

/** What stands in the way of casting is read in one go: the poll, the elector, the ballot already there. */
export interface CastingContext {
  /** When the poll closed, as text for the voter (`20.21`); null while it is open. */
  closedAt: string | null
  /** The persons who may cast for the member, from the frozen electorate; null when it isn't an elector. */
  casterIds: readonly string[] | null
  /** When the member's ballot was cast; null when there is none yet. */
  castAt: string | null
}

/**
 * Whether this person may cast this choice for the member now. Already voted comes before closed: who pressed
 * twice must hear that the ballot stands, also when the poll has closed in between.
 * @returns at most one of `ballot.notYourMember`, `ballot.alreadyVoted`, `poll.closed`, `ballot.unknownChoice`
 */
export function checkBallot(context: CastingContext, personId: string, choice: string): Violation[] {
  if (!context.casterIds?.includes(personId)) return [{ code: 'ballot.notYourMember', path: 'member' }]
  if (context.castAt !== null) return [{ code: 'ballot.alreadyVoted', params: { time: context.castAt } }]
  if (context.closedAt !== null) return [{ code: 'poll.closed', params: { time: context.closedAt } }]
  if (!isChoice(choice)) return [{ code: 'ballot.unknownChoice', path: 'choice' }]
  return []
}
