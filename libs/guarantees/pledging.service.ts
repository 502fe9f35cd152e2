import { Inject, Injectable } from '@nestjs/common'
import { type Cents, RuleViolated, type Violation } from '#kernel'
import { type MemberOnDay, Members } from '#members'
import { Clock, type Tx } from '#platform'
import { Guarantees, type GuaranteesOnDay, termsOf } from './guarantees.service.js'
import { checkPledge } from './rules/pledge.js'
import { lockYears, type SubsidyYear } from './store/guarantee-register.store.js'

/** A pledge that somebody offers or accepts. */
export interface Wanted {
  memberId: string
  cents: Cents
  /** Why more than is required; empty when nobody said so. */
  reason: string
}

/** The checks on a pledge: by the offer as an early word, by the acceptance for good, under the lock. */
@Injectable()
export class Pledging {
  constructor(
    @Inject(Guarantees) private readonly guarantees: Guarantees,
    @Inject(Members) private readonly members: Members,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * The subsidy year under way or the last one before it. From here to the end of the transaction nobody else
   * changes guarantees.
   * @throws RuleViolated `guarantee.noYear`
   */
  async lockedYear(tx: Tx): Promise<SubsidyYear> {
    const now = this.clock.today().slice(0, 4)
    const year = (await lockYears(tx)).find((one) => one.year <= Number(now))
    if (!year) throw RuleViolated.of('guarantee.noYear', { year: now })
    return year
  }

  /** @throws RuleViolated `guarantee.notAMember` for whoever is none, or is suspended */
  async requireMember(tx: Tx, memberId: string): Promise<MemberOnDay> {
    const member = await this.members.find(memberId, this.clock.today(), tx)
    if (member?.status !== 'member') throw RuleViolated.of('guarantee.notAMember')
    return member
  }

  /**
   * Refuses a pledge over the director's cap, and one over what is required that nobody gave a reason for.
   * @throws RuleViolated `guarantee.notPositive`, `guarantee.capExceeded`, `guarantee.overRequired`
   */
  async check(tx: Tx, year: SubsidyYear, wanted: Wanted): Promise<void> {
    const before = await this.guarantees.on(this.clock.today(), year, tx)
    const withReason = wanted.reason.trim() !== ''
    const violations = violationsOf(before, wanted).filter(
      ({ code }) => !(withReason && code === 'guarantee.overRequired'),
    )
    RuleViolated.throwIfAny(violations)
  }
}

/** What stands in the way, with the names of the holders that the cap binds together. */
function violationsOf(before: GuaranteesOnDay, { memberId, cents }: Wanted): Violation[] {
  const { year, rate, cap, capHolders, holders } = before
  const bound = { fraction: cap.value.fraction, holders: capHolders.map((holder) => holder.memberId) }
  const names = capHolders.map(({ name }) => name).join(', ')
  return checkPledge(termsOf(year, rate.value, bound, holders), { holder: memberId, cents }).map(
    (violation) => ({
      ...violation,
      path: violation.code === 'guarantee.overRequired' ? 'reden' : 'bedrag',
      params: { ...violation.params, holders: names },
    }),
  )
}
