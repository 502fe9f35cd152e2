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

/** What an elector did by the closing of the poll. */
export interface CountedElector {
  memberId: string
  weight: number
  /** Null when the member did not vote. */
  choice: Choice | null
  checkedIn: boolean
  /** The member that votes for this one by proxy in this poll; null when it votes itself. */
  holderId: string | null
}

/** What was counted, to judge by the rule. */
export interface Count {
  tally: Tally
  /**
   * Votes present, by weight: of members who were there when the poll closed, of those whose holder was there,
   * and of all who voted.
   */
  present: number
  /** Votes of all electors together. */
  electorate: number
}

/** Counts an electorate: the votes cast, the votes present, and all votes there are. */
export function countElectors(electors: readonly CountedElector[]): Count {
  const hasVoted = (elector: CountedElector): elector is CountedElector & WeighedBallot =>
    elector.choice !== null
  const there = new Set(electors.flatMap(({ memberId, checkedIn }) => (checkedIn ? [memberId] : [])))
  const takesPart = (elector: CountedElector) =>
    there.has(elector.memberId) || there.has(elector.holderId ?? '') || hasVoted(elector)
  return {
    tally: tallyBallots(electors.filter(hasVoted)),
    present: votesOf(electors.filter(takesPart)),
    electorate: votesOf(electors),
  }
}

/** The votes that these electors have together. */
export function votesOf(electors: readonly { weight: number }[]): number {
  return electors.reduce((sum, { weight }) => sum + weight, 0)
}
