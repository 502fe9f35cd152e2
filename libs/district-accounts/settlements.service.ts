import { Inject, Injectable } from '@nestjs/common'
import { type Cents, RuleViolated } from '#kernel'
import { Audit, Clock, Database, Ids, type Tx, type Visitor } from '#platform'
import { refuseOwn } from './access.js'
import { DistrictAccounts } from './district-accounts.service.js'
import { lastDayOf } from './rules/advance-schedule.js'
import { type ProposedAmounts, saysTheSame } from './rules/proposal.js'
import { checkSettlement, type Settlement, settle, sumOf } from './rules/settlement.js'
import { insertSettlement } from './store/advances.store.js'
import type { WijkYear } from './wijk-year.js'

/** What is granted above the wijkbudget, with the reason. */
interface Extra {
  cents: Cents
  reason: string
}

/** Proposing what a year is settled at, by the controller; the director confirms it (`ConfirmingSettlements`). */
@Injectable()
export class Settlements {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(DistrictAccounts) private readonly accounts: DistrictAccounts,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Audit) private readonly audit: Audit,
  ) {}

  /** What a year would be settled at now. @param extraCents otherwise what was granted before stays granted */
  preview(known: WijkYear, extraCents?: Cents): Settlement {
    const { budgetCents, paidCents, spentCents, settlements } = known
    const confirmed = settlements.filter(({ confirmation }) => confirmation)
    const granted = extraCents ?? confirmed.at(-1)?.extraCents ?? 0n
    return settle({ budgetCents, advancedCents: paidCents, spentCents, earlier: sumOf(confirmed) }, granted)
  }

  /**
   * Proposes to settle a year. A proposal that says the same as the last one adds nothing; another one takes its place.
   * @throws RuleViolated `districtAccounts.ownWijk`, `districtAccounts.yearNotOver`, `districtAccounts.nothingToSettle`,
   *   and of {@link checkSettlement}; NotFoundException
   */
  async propose(visitor: Visitor, area: string, year: number, extra: Extra): Promise<void> {
    await this.database.transaction(async (tx) => {
      const known = await this.accounts.alone(tx, area, year)
      refuseOwn(visitor, known.agreement)
      if (this.clock.today() <= lastDayOf(year)) throw RuleViolated.of('districtAccounts.yearNotOver')
      const amounts = this.amounts(known, extra)
      const last = known.settlements.at(-1)
      if (last && !last.confirmation && saysTheSame(last, amounts)) return
      if (last?.confirmation && amounts.uncoveredCents === 0n && amounts.balanceCents === 0n)
        throw RuleViolated.of('districtAccounts.nothingToSettle')
      await this.keep(tx, visitor, known, (last?.number ?? 0) + 1, amounts)
    })
  }

  /** @throws RuleViolated of {@link checkSettlement} */
  private amounts(known: WijkYear, extra: Extra): ProposedAmounts {
    const { budgetCents, paidCents, spentCents, openQuarters, unpaidCount } = known
    const extraReason = extra.cents === 0n ? '' : extra.reason.trim()
    RuleViolated.throwIfAny(
      checkSettlement({
        ...{ openQuarters, extraCents: extra.cents, reason: extraReason, spentCents, budgetCents },
        unpaidCount,
      }),
    )
    const { uncoveredCents, balanceCents } = this.preview(known, extra.cents)
    return {
      ...{ advancedCents: paidCents, spentCents, budgetCents, extraCents: extra.cents, extraReason },
      ...{ uncoveredCents, balanceCents },
    }
  }

  private async keep(
    tx: Tx,
    { personId }: Visitor,
    { agreement, year }: WijkYear,
    number: number,
    amounts: ProposedAmounts,
  ): Promise<void> {
    await insertSettlement(tx, {
      ...{ id: this.ids.next(), agreementId: agreement.id, year, number, ...amounts },
      ...{ proposedAt: this.clock.now(), proposedBy: personId },
    })
    await this.audit.record(tx, {
      ...{ actorId: personId, action: 'districtAccounts.settlementProposed' },
      subject: { kind: 'agreement', id: agreement.id },
      details: { year, number, balanceCents: String(amounts.balanceCents) },
    })
  }
}
