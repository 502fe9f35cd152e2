import { type Day, RuleViolated } from '#kernel'
import { type Membership, type MembershipEvent, membershipOn } from './membership.js'

/** What a member is called, from a day on. */
export interface MemberDetails {
  on: Day
  name: string
  founder: boolean
  note: string | null
}

/** Days in a row on which the register says the same of a member: from `from`, up to but without `until`. */
export interface MemberPeriod extends Omit<Membership, 'mayVote'>, Omit<MemberDetails, 'on'> {
  from: Day
  until: Day | null
}

/**
 * A member's whole history as periods, by day. Days before the first fact of membership have none.
 * @param details before the first of them holds, that one is used: a member always has a name
 * @throws RuleViolated `member.nameNeeded`
 */
export function periodsOf(
  events: readonly MembershipEvent[],
  details: readonly MemberDetails[],
): MemberPeriod[] {
  const byDay = [...details].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
  const days = [...new Set([...events, ...byDay].map(({ on }) => on))].sort()
  const periods: MemberPeriod[] = []
  for (const day of days) {
    const { status, kind, since } = membershipOn(day, events)
    if (status === 'none') continue
    const named = byDay.findLast(({ on }) => on <= day || on === byDay[0]!.on)
    if (!named) throw RuleViolated.of('member.nameNeeded')
    const { name, founder, note } = named
    const period: MemberPeriod = { from: day, until: null, status, kind, since, name, founder, note }
    const before = periods.at(-1)
    if (before && saysTheSame(before, period)) continue
    if (before) before.until = day
    periods.push(period)
  }
  return periods
}

/** Which of the periods that were known no longer are, and which are new. */
export function changedPeriods<Known extends MemberPeriod>(
  known: readonly Known[],
  now: readonly MemberPeriod[],
): { closed: Known[]; opened: MemberPeriod[] } {
  const isSame = (a: MemberPeriod) => (b: MemberPeriod) =>
    a.from === b.from && a.until === b.until && saysTheSame(a, b)
  return {
    closed: known.filter((period) => !now.some(isSame(period))),
    opened: now.filter((period) => !known.some(isSame(period))),
  }
}

function saysTheSame(a: MemberPeriod, b: MemberPeriod): boolean {
  return (['status', 'kind', 'since', 'name', 'founder', 'note'] as const).every((key) => a[key] === b[key])
}
