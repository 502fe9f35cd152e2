import { type Day, RuleViolated } from '#kernel'
import { detailsOn, type HeldDetails, type MemberDetails } from './details.js'
import { type Membership, type MembershipEvent, membershipOn } from './membership.js'

/** Days in a row on which the register says the same of a member: from `from`, up to but without `until`. */
export interface MemberPeriod
  extends Omit<Membership, 'mayVote'>,
    Pick<MemberDetails, 'name' | 'founder' | 'note' | 'neighbourhoods'> {
  from: Day
  until: Day | null
  /** The row of the register with all details that hold then. */
  detailsId: string
}

/**
 * A member's whole history as periods, by day. Days before the first fact of membership have none.
 * @throws RuleViolated `member.nameNeeded`
 */
export function periodsOf(
  events: readonly MembershipEvent[],
  details: readonly HeldDetails[],
): MemberPeriod[] {
  const days = [...new Set([...events, ...details].map(({ on }) => on))].sort()
  const periods: MemberPeriod[] = []
  for (const day of days) {
    const { status, kind, since } = membershipOn(day, events)
    if (status === 'none') continue
    const held = detailsOn(day, details)
    if (!held) throw RuleViolated.of('member.nameNeeded')
    const { name, founder, note, neighbourhoods, id: detailsId } = held
    const saying = { status, kind, since, name, founder, note, neighbourhoods, detailsId }
    const period: MemberPeriod = { from: day, until: null, ...saying }
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
  return (['status', 'kind', 'since', 'detailsId'] as const).every((key) => a[key] === b[key])
}
