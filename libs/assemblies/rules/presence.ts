import { judgeQuorum, type PollRule } from './poll-rule.js'
import { votesOf } from './tally.js'

/** A member came or went. In the order in which it was recorded; two at one instant: the later recorded counts. */
export interface AttendanceEvent {
  memberId: string
  kind: 'in' | 'out'
  at: Date
}

/** The members who are there at an instant: whose last event at or before it is a coming. */
export function presentAt(log: readonly AttendanceEvent[], instant: Date): Set<string> {
  const last = new Map<string, AttendanceEvent>()
  for (const event of log) {
    const known = last.get(event.memberId)
    if (event.at <= instant && (!known || event.at >= known.at)) last.set(event.memberId, event)
  }
  return new Set([...last.values()].flatMap(({ memberId, kind }) => (kind === 'in' ? [memberId] : [])))
}

/**
 * The moment to record something that must come after what is there: now, or a millisecond after the last when
 * another machine's clock runs a little ahead. A difference of seconds is no drift, and then now is now.
 */
export function instantAfter(now: Date, last: Date | null): Date {
  const ahead = last ? last.getTime() - now.getTime() : -1
  return ahead >= 0 && ahead < 5_000 ? new Date(last!.getTime() + 1) : now
}

/** Who is there for whom at a moment, in votes. */
export interface QuorumNow {
  /** Votes of members who are there themselves. */
  present: number
  /** Votes of members who are away, and whose holder is there. */
  represented: number
  electorate: number
  /** What the quorum asks of both together; null when the statutes ask none. */
  needed: number | null
  reached: boolean
}

/**
 * The quorum at this moment (BW 2:38: who gave a proxy takes part through the holder). Only members who may vote
 * count: supporting members and guests may be there, and change nothing.
 * @param holders by principal, the holder of its proxy that is in force
 */
export function quorumNow(
  electors: readonly { memberId: string; weight: number }[],
  present: ReadonlySet<string>,
  holders: ReadonlyMap<string, string>,
  rule: PollRule,
): QuorumNow {
  const isRepresented = ({ memberId }: { memberId: string }) =>
    !present.has(memberId) && present.has(holders.get(memberId) ?? '')
  const there = {
    present: votesOf(electors.filter(({ memberId }) => present.has(memberId))),
    represented: votesOf(electors.filter(isRepresented)),
    electorate: votesOf(electors),
  }
  return { ...there, ...judgeQuorum(rule, there.present + there.represented, there.electorate) }
}
