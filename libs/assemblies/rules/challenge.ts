import type { Violation } from '#kernel'

/**
 * How was voted. The polls here are by roll call: each vote is asked of each member by name, and shown with it.
 * A secret vote in the hall would be `other`, a secret vote on paper or on the screen `writing`.
 */
export type VotingMethod = 'rollCall' | 'writing' | 'other'

/** How the open polls of this library are held. */
export const OPEN_POLL: VotingMethod = 'rollCall'

/** How long a result can be disputed where the statutes don't say: an assumption, the law says "at once". */
export const CHALLENGE_MINUTES = 5

/**
 * How many votes must demand a new vote (Burgerlijk Wetboek Boek 2, artikel 13): after a roll call or a vote in
 * writing the majority of the votes present; after another way of voting any one voter.
 */
export function demandNeeded(method: VotingMethod, present: number): number {
  return method === 'other' ? 1 : Math.floor(present / 2) + 1
}

/** What "at once" depends on. */
export interface ChallengeWindow {
  declaredAt: Date
  minutes: number
  /** When the assembly went on: its next poll opened, or its next item began; null while it has not. */
  wentOnAt: Date | null
  endedAt: Date | null
}

/** The instant from which the result can no longer be disputed. */
export function challengeableUntil({ declaredAt, minutes, wentOnAt, endedAt }: ChallengeWindow): Date {
  const ends = [new Date(declaredAt.getTime() + minutes * 60_000), wentOnAt, endedAt]
  return new Date(Math.min(...ends.flatMap((end) => (end ? [end.getTime()] : []))))
}

/**
 * Whether a result can still be disputed: at once after it was pronounced (BW 2:13).
 * @returns at most one of `challenge.tooLate`, `challenge.reasonNeeded`
 */
export function checkChallenge(window: ChallengeWindow, reason: string, now: Date): Violation[] {
  if (now >= challengeableUntil(window)) return [{ code: 'challenge.tooLate' }]
  return reason.trim() === '' ? [{ code: 'challenge.reasonNeeded', path: 'reden' }] : []
}

/** A challenge as far as it has come. */
export interface ChallengeProgress {
  lapsesAt: Date
  majorityAt: Date | null
}

/**
 * Where a decision stands: in force; disputed, while the demand may still find its majority; to be voted on anew,
 * since it did; or replaced, from the moment at which the re-vote opened (BW 2:13: the new vote takes away the
 * legal effects of the first). Only a decision in force permits anything.
 */
export type Standing = 'inForce' | 'challenged' | 'toRevote' | 'replaced'

export function standingOf(
  { replacedAt, challenge }: { replacedAt: Date | null; challenge: ChallengeProgress | null },
  now: Date,
): Standing {
  if (replacedAt) return 'replaced'
  if (!challenge) return 'inForce'
  if (challenge.majorityAt) return 'toRevote'
  return now < challenge.lapsesAt ? 'challenged' : 'inForce'
}

/** An elector as it took part in the disputed poll. */
export interface DisputingElector {
  memberId: string
  weight: number
  holderId: string | null
  hasVoted: boolean
}

/**
 * Who is present or represented at this moment: who came and has not gone, who voted and did not say to go (a vote
 * online is cast from the meeting, BW 2:38), and whose holder is there.
 * @param last by member, whether its last entry in the attendance log is a coming or a going
 */
export function electorsThere(
  electors: readonly DisputingElector[],
  last: ReadonlyMap<string, 'in' | 'out'>,
): Set<string> {
  const self = new Set(
    electors.flatMap(({ memberId, hasVoted, holderId }) => {
      const came = last.get(memberId)
      return came === 'in' || (came === undefined && hasVoted && holderId === null) ? [memberId] : []
    }),
  )
  const there = electors.filter(({ memberId, holderId }) => self.has(memberId) || self.has(holderId ?? ''))
  return new Set(there.map(({ memberId }) => memberId))
}
