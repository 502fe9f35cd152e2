import { addDays, type Day, type Violation } from '#kernel'

/** What the statutes say of a second assembly after a quorum that failed. */
export interface SecondAssemblyRule {
  weeks: number
  article: string
}

/** The poll that failed its quorum. */
export interface FailedQuorum {
  quorumReached: boolean
  /** Whether a re-vote took its place, or its result is disputed. */
  unsettled: boolean
  heldOn: Day
}

/** The last day on which the second assembly can be. */
export function secondUntil({ heldOn }: { heldOn: Day }, { weeks }: { weeks: number }): Day {
  return addDays(heldOn, 7 * weeks)
}

/**
 * Whether a motion can be put to a second assembly on this day. The law knows it for companies (BW 2:120 lid 2 and
 * 2:230 lid 2); for a cooperative the statutes must say so. There the quorum is not asked; the majority is.
 * @param day null while no day is chosen
 * @returns at most one of `second.notInStatutes`, `second.quorumReached`, `second.unsettled`, `second.tooEarly`,
 * `second.tooLate`
 */
export function checkSecond(
  poll: FailedQuorum,
  rule: SecondAssemblyRule | null,
  day: Day | null,
): Violation[] {
  if (!rule) return [{ code: 'second.notInStatutes' }]
  if (poll.quorumReached) return [{ code: 'second.quorumReached' }]
  if (poll.unsettled) return [{ code: 'second.unsettled' }]
  if (day === null) return []
  if (day <= poll.heldOn) return [{ code: 'second.tooEarly', path: 'dag' }]
  const last = secondUntil(poll, rule)
  return day > last
    ? [{ code: 'second.tooLate', path: 'dag', params: { day: last, article: rule.article } }]
    : []
}
