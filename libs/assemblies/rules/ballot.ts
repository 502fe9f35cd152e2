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
  /** Whether the poll was voided; then it says so before all else. */
  voided?: boolean
  /** Whether the poll is held on paper. */
  onPaper?: boolean
  /** The persons who may cast for the member, from the frozen electorate; null when it isn't an elector. */
  casterIds: readonly string[] | null
  /** When the member's ballot was cast; null when there is none yet. */
  castAt: string | null
}

/**
 * Whether this person may cast this choice for the member now. Already voted comes before closed: who pressed
 * twice must hear that the ballot stands, also when the poll has closed in between.
 * @returns at most one of `ballot.notYourMember`, `poll.voided`, `ballot.alreadyVoted`, `poll.onPaper`,
 * `poll.closed`, `ballot.unknownChoice`
 */
export function checkBallot(context: CastingContext, personId: string, choice: string): Violation[] {
  if (!context.casterIds?.includes(personId)) return [{ code: 'ballot.notYourMember', path: 'member' }]
  if (context.voided) return [{ code: 'poll.voided' }]
  if (context.castAt !== null) return [{ code: 'ballot.alreadyVoted', params: { time: context.castAt } }]
  if (context.onPaper) return [{ code: 'poll.onPaper' }]
  if (context.closedAt !== null) return [{ code: 'poll.closed', params: { time: context.closedAt } }]
  if (!isChoice(choice)) return [{ code: 'ballot.unknownChoice', path: 'choice' }]
  return []
}

/**
 * Whether the secretary may enter this choice for a member in the hall without a device: only while who votes for
 * the member is present. Already voted comes before closed, as in {@link checkBallot}.
 * @returns at most one of `ballot.noElector`, `poll.voided`, `ballot.alreadyVoted`, `poll.onPaper`, `poll.closed`, `ballot.notPresent`,
 * `ballot.unknownChoice`
 */
export function checkEntry(context: CastingContext, voterIsPresent: boolean, choice: string): Violation[] {
  if (!context.casterIds) return [{ code: 'ballot.noElector', path: 'lid' }]
  if (context.voided) return [{ code: 'poll.voided' }]
  if (context.castAt !== null) return [{ code: 'ballot.alreadyVoted', params: { time: context.castAt } }]
  if (context.onPaper) return [{ code: 'poll.onPaper' }]
  if (context.closedAt !== null) return [{ code: 'poll.closed', params: { time: context.closedAt } }]
  if (!voterIsPresent) return [{ code: 'ballot.notPresent', path: 'lid' }]
  return isChoice(choice) ? [] : [{ code: 'ballot.unknownChoice', path: 'choice' }]
}
