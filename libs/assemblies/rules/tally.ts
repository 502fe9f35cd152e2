import type { Choice } from './ballot.js'
import type { Tally } from './verdict.js'

/** A ballot with the votes that its member has. */
export interface WeighedBallot {
  choice: Choice
  weight: number
}

/** Counts the votes, by weight. An open ballot can't be invalid: a wrong choice is never accepted. */
export function tallyBallots(ballots: readonly WeighedBallot[]): Tally {
  const tally: Tally = { for: 0, against: 0, blank: 0, invalid: 0 }
  for (const { choice, weight } of ballots) tally[choice] += weight
  return tally
}

/** An elector as far as presence goes. */
export interface PresentElector {
  weight: number
  checkedIn: boolean
  hasVoted: boolean
}

/** The votes present: of members who checked in before the poll closed, and of all who cast a ballot. */
export function presentVotes(electors: readonly PresentElector[]): number {
  return votesOf(electors.filter(({ checkedIn, hasVoted }) => checkedIn || hasVoted))
}

/** The votes that these electors have together. */
export function votesOf(electors: readonly { weight: number }[]): number {
  return electors.reduce((sum, { weight }) => sum + weight, 0)
}
