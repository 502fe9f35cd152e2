import { ForbiddenException, Inject, Injectable, NotFoundException } from '@nestjs/common'
import { RuleViolated } from '#kernel'
import { Ledger } from '#ledger'
import { Payables } from '#payments'
import { Audit, Clock, Database, isId, type Tx, type Visitor } from '#platform'
import { refuseOwn } from './access.js'
import { DistrictAccounts } from './district-accounts.service.js'
import { DistrictNotices } from './district-notices.js'
import { TO_PAY } from './rules/accounts.js'
import { lastDayOf } from './rules/advance-schedule.js'
import { checkConfirmation } from './rules/proposal.js'
import { settlementPostings } from './rules/settlement-postings.js'
import { insertConfirmation, readSettlements, type StoredSettlement } from './store/advances.store.js'
import { documentOf, referenceOf, settlementKey, type WijkYear } from './wijk-year.js'

/** Confirming what a year is settled at: booked, and handed to the payments as far as the wijk still gets money. */
@Injectable()
export class ConfirmingSettlements {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(DistrictAccounts) private readonly accounts: DistrictAccounts,
    @Inject(Payables) private readonly payables: Payables,
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(DistrictNotices) private readonly notices: DistrictNotices,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Audit) private readonly audit: Audit,
  ) {}

  /**
   * Confirms the settlement that was on the screen, as a director who did not propose it: books it, and hands what is
   * still to be paid to the payments. A repeat changes nothing.
   * @throws RuleViolated `districtAccounts.ownWijk` and of {@link checkConfirmation}; NotFoundException,
   *   ForbiddenException
   */
  async confirm(visitor: Visitor, settlementId: string): Promise<{ area: string; year: number }> {
    if (!visitor.has('director')) throw new ForbiddenException()
    return this.database.transaction(async (tx) => {
      const { known, settlement } = await this.find(tx, settlementId)
      const place = { area: known.agreement.areaSlug, year: known.year }
      if (settlement.confirmation) return place
      refuseOwn(visitor, known.agreement)
      const isLatest = known.settlements.at(-1) === settlement
      RuleViolated.throwIfAny(checkConfirmation(settlement, { ...known, isLatest }, visitor.personId))
      await insertConfirmation(tx, {
        ...{ settlementId: settlement.id, entryId: await this.book(tx, visitor, known, settlement) },
        ...{ confirmedAt: this.clock.now(), confirmedBy: visitor.personId },
      })
      await this.pay(tx, visitor, known, settlement)
      await this.notices.settled(tx, known, settlement)
      await this.record(tx, visitor, known, settlement)
      return place
    })
  }

  /** A settlement in its year, which nobody else changes until the transaction ends. @throws NotFoundException */
  private async find(
    tx: Tx,
    settlementId: string,
  ): Promise<{ known: WijkYear; settlement: StoredSettlement }> {
    const [asked] = isId(settlementId) ? await readSettlements(tx, { id: settlementId }) : []
    if (!asked) throw new NotFoundException()
    const all = await this.accounts.read(tx, asked.year, {})
    const { areaSlug } = all.find(({ agreement }) => agreement.id === asked.agreementId)!.agreement
    const known = await this.accounts.alone(tx, areaSlug, asked.year)
    return { known, settlement: known.settlements.find(({ id }) => id === asked.id)! }
  }

  private async book(
    tx: Tx,
    visitor: Visitor,
    { agreement, year }: WijkYear,
    settlement: StoredSettlement,
  ): Promise<string | null> {
    const postings = settlementPostings(settlement, agreement.accountingDistrictId)
    if (postings.length === 0) return null
    const { entryId } = await this.ledger.post(tx, {
      idempotencyKey: settlementKey(settlement.id),
      onDay: lastDayOf(year),
      description: `Afrekening ${year} met ${agreement.areaName}`,
      document: `Afrekening ${agreement.areaSlug} ${year}, nummer ${settlement.number}`,
      ...{ recordedBy: visitor.personId, whenClosed: 'firstOpenDay', postings },
    })
    return entryId
  }

  private async pay(
    tx: Tx,
    visitor: Visitor,
    known: WijkYear,
    { id, number, balanceCents }: StoredSettlement,
  ): Promise<void> {
    if (balanceCents >= 0n) return
    const { agreement, year } = known
    await this.payables.add(tx, {
      ...{ key: settlementKey(id), kind: 'advance', memberId: null },
      ...{ payeeId: agreement.counterparty.id, payeeName: agreement.counterparty.name },
      ...{ cents: -balanceCents, reference: referenceOf(known, `E${number}`) },
      description: `Afrekening ${year}, ${agreement.areaName}`,
      explanation: `Wat u in ${year} besteedde, zonder de voorschotten die u al kreeg.`,
      ...{ debitAccount: TO_PAY, accountingDistrictId: agreement.accountingDistrictId },
      ...{ document: documentOf(known), by: visitor.personId },
    })
  }

  private async record(
    tx: Tx,
    { personId }: Visitor,
    { agreement, year }: WijkYear,
    { number, balanceCents }: StoredSettlement,
  ): Promise<void> {
    await this.audit.record(tx, {
      ...{ actorId: personId, action: 'districtAccounts.settlementConfirmed' },
      subject: { kind: 'agreement', id: agreement.id },
      details: { year, number, balanceCents: String(balanceCents) },
    })
  }
}
