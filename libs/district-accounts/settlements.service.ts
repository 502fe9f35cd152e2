import { ForbiddenException, Inject, Injectable, NotFoundException } from '@nestjs/common'
import { type Cents, type Day, RuleViolated } from '#kernel'
import { type EntryPosting, Ledger } from '#ledger'
import { Payables } from '#payments'
import { Audit, Clock, Database, Ids, isId, type Tx, type Visitor } from '#platform'
import { isOwn } from './access.js'
import { documentOf, referenceOf } from './advances.service.js'
import { DistrictAccounts, settlementKey, type WijkYear } from './district-accounts.service.js'
import { DistrictNotices } from './district-notices.js'
import { ADVANCES, BANK, EXECUTION, TO_PAY, TO_RECEIVE } from './rules/accounts.js'
import { lastDayOf } from './rules/advance-schedule.js'
import { checkSettlement, type Settlement, settle } from './rules/settlement.js'
import {
  insertConfirmation,
  insertReturn,
  insertSettlement,
  readSettlements,
  type StoredSettlement,
  sumOf,
} from './store/advances.store.js'
import { lockYearOf } from './store/bookings.store.js'

/** Settling the advances of a year: proposed by the controller, confirmed by the director. */
@Injectable()
export class Settlements {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(DistrictAccounts) private readonly accounts: DistrictAccounts,
    @Inject(Payables) private readonly payables: Payables,
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(DistrictNotices) private readonly notices: DistrictNotices,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Audit) private readonly audit: Audit,
  ) {}

  /** What a year would be settled at now, and why it can't be settled yet. */
  preview(known: WijkYear, extraCents: Cents = 0n): Settlement {
    const { budgetCents, paidCents, spentCents, settlements } = known
    const earlier = sumOf(settlements.filter(({ confirmation }) => confirmation))
    return settle({ budgetCents, advancedCents: paidCents, spentCents, earlier }, extraCents)
  }

  /**
   * Proposes to settle a year. A proposal that says the same as the last one adds nothing; another one takes its place.
   * @param extra granted above the wijkbudget, with the reason
   * @throws RuleViolated `districtAccounts.ownWijk`, `districtAccounts.yearNotOver`, `districtAccounts.nothingToSettle`,
   *   and of {@link checkSettlement}; NotFoundException
   */
  async propose(
    visitor: Visitor,
    area: string,
    year: number,
    extra: { cents: Cents; reason: string },
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      const known = await this.alone(tx, await this.find(tx, area, year))
      this.refuseOwn(visitor, known)
      const { budgetCents, paidCents, spentCents, settlements } = known
      if (this.clock.today() <= lastDayOf(year)) throw RuleViolated.of('districtAccounts.yearNotOver')
      const reason = extra.cents === 0n ? '' : extra.reason.trim()
      RuleViolated.throwIfAny(
        checkSettlement({
          ...{ openQuarters: known.openQuarters, extraCents: extra.cents, reason, spentCents, budgetCents },
          unpaidCount: known.advances.filter(({ state }) => state !== 'planned' && state !== 'paid').length,
        }),
      )
      const { uncoveredCents, balanceCents } = this.preview(known, extra.cents)
      const amounts = {
        ...{
          advancedCents: paidCents,
          spentCents,
          budgetCents,
          extraCents: extra.cents,
          extraReason: reason,
        },
        ...{ uncoveredCents, balanceCents },
      }
      const last = settlements.at(-1)
      if (last && !last.confirmation && isSame(last, amounts)) return
      if (last?.confirmation && uncoveredCents === 0n && balanceCents === 0n)
        throw RuleViolated.of('districtAccounts.nothingToSettle')
      const row = {
        ...{ id: this.ids.next(), agreementId: known.agreement.id, year, number: (last?.number ?? 0) + 1 },
        ...{ ...amounts, proposedAt: this.clock.now(), proposedBy: visitor.personId },
      }
      await insertSettlement(tx, row)
      await this.record(tx, visitor, 'districtAccounts.settlementProposed', known, row.number, balanceCents)
    })
  }

  /**
   * Confirms the settlement that was on the screen, as a director who did not propose it: books it, and hands what is
   * still to be paid to the payments. A repeat changes nothing.
   * @throws RuleViolated `districtAccounts.settlementReplaced`, `districtAccounts.settlementChanged`,
   *   `districtAccounts.sameEyes`, `districtAccounts.ownWijk`; NotFoundException
   */
  async confirm(visitor: Visitor, settlementId: string): Promise<{ area: string; year: number }> {
    if (!visitor.has('director')) throw new ForbiddenException()
    return this.database.transaction(async (tx) => {
      const [asked] = isId(settlementId) ? await readSettlements(tx, { id: settlementId }) : []
      if (!asked) throw new NotFoundException()
      const before = (await this.accounts.read(tx, asked.year, {})).find(
        ({ agreement }) => agreement.id === asked.agreementId,
      )
      const known = await this.alone(tx, before!)
      const settlement = known.settlements.find(({ id }) => id === asked.id)!
      const place = { area: known.agreement.areaSlug, year: known.year }
      if (settlement.confirmation) return place
      this.refuseOwn(visitor, known)
      if (settlement.proposedBy === visitor.personId) throw RuleViolated.of('districtAccounts.sameEyes')
      if (known.settlements.at(-1)!.id !== settlement.id)
        throw RuleViolated.of('districtAccounts.settlementReplaced')
      if (!isUpToDate(settlement, known)) throw RuleViolated.of('districtAccounts.settlementChanged')
      const entryId = await this.book(tx, visitor, known, settlement)
      await insertConfirmation(tx, {
        ...{ settlementId: settlement.id, entryId, confirmedAt: this.clock.now() },
        confirmedBy: visitor.personId,
      })
      await this.pay(tx, visitor, known, settlement)
      await this.notices.settled(tx, known, settlement)
      const { number, balanceCents } = settlement
      await this.record(tx, visitor, 'districtAccounts.settlementConfirmed', known, number, balanceCents)
      return place
    })
  }

  /** What wijken still have to give back. */
  async toReceive(tx: Tx): Promise<{ settlement: StoredSettlement; known: WijkYear }[]> {
    const open = (await readSettlements(tx)).filter(
      ({ balanceCents, confirmation, returned }) => confirmation && balanceCents > 0n && !returned,
    )
    const found: { settlement: StoredSettlement; known: WijkYear }[] = []
    for (const year of new Set(open.map((one) => one.year)))
      for (const known of await this.accounts.read(tx, year, {}))
        for (const settlement of open)
          if (settlement.year === year && settlement.agreementId === known.agreement.id)
            found.push({ settlement, known })
    return found
  }

  /** Books that the bank received what a wijk had to give back. @throws RuleViolated `districtAccounts.notToReceive` */
  async receive(
    tx: Tx,
    visitor: Visitor,
    settlementId: string,
    line: { bookedOn: Day; cents: Cents; document: string },
  ): Promise<void> {
    const found = (await this.toReceive(tx)).find(({ settlement }) => settlement.id === settlementId)
    if (!found || found.settlement.balanceCents !== line.cents)
      throw RuleViolated.of('districtAccounts.notToReceive')
    const { agreement, year } = found.known
    const { entryId } = await this.ledger.post(tx, {
      idempotencyKey: `advance-return:${settlementId}`,
      ...{ onDay: line.bookedOn, document: line.document, recordedBy: visitor.personId },
      ...{
        description: `Terugontvangen voorschot ${year}, ${agreement.areaName}`,
        whenClosed: 'firstOpenDay',
      },
      postings: [
        { account: BANK, cents: line.cents },
        { account: TO_RECEIVE, accountingDistrictId: agreement.accountingDistrictId, cents: -line.cents },
      ],
    })
    const row = { settlementId, receivedOn: line.bookedOn, entryId, recordedAt: this.clock.now() }
    const added = await insertReturn(tx, { ...row, recordedBy: visitor.personId })
    if (!added) throw RuleViolated.of('districtAccounts.notToReceive')
  }

  private async book(
    tx: Tx,
    visitor: Visitor,
    { agreement, year }: WijkYear,
    { id, number, balanceCents, uncoveredCents }: StoredSettlement,
  ): Promise<string | null> {
    const lines: EntryPosting[] = [
      { account: EXECUTION, cents: -uncoveredCents },
      { account: balanceCents > 0n ? TO_RECEIVE : TO_PAY, cents: balanceCents },
      { account: ADVANCES, cents: uncoveredCents - balanceCents },
    ]
    const { accountingDistrictId } = agreement
    const postings = lines
      .filter(({ cents }) => cents !== 0n)
      .map((one) => ({ ...one, accountingDistrictId }))
    if (postings.length === 0) return null
    const { entryId } = await this.ledger.post(tx, {
      idempotencyKey: settlementKey(id),
      onDay: lastDayOf(year),
      description: `Afrekening ${year} met ${agreement.areaName}`,
      document: `Afrekening ${agreement.areaSlug} ${year}, nummer ${number}`,
      ...{ recordedBy: visitor.personId, whenClosed: 'firstOpenDay', postings },
    })
    return entryId
  }

  private async pay(tx: Tx, visitor: Visitor, known: WijkYear, settlement: StoredSettlement): Promise<void> {
    if (settlement.balanceCents >= 0n) return
    const { agreement, year } = known
    await this.payables.add(tx, {
      ...{ key: settlementKey(settlement.id), kind: 'advance', memberId: null },
      ...{ payeeId: agreement.counterparty.id, payeeName: agreement.counterparty.name },
      ...{ cents: -settlement.balanceCents, reference: referenceOf(known, `E${settlement.number}`) },
      description: `Afrekening ${year}, ${agreement.areaName}`,
      explanation: `Wat u in ${year} besteedde, zonder de voorschotten die u al kreeg.`,
      ...{ debitAccount: TO_PAY, accountingDistrictId: agreement.accountingDistrictId },
      ...{ document: documentOf(known), by: visitor.personId },
    })
  }

  private refuseOwn(visitor: Visitor, { agreement }: WijkYear): void {
    if (isOwn(visitor, agreement.counterparty.id)) throw RuleViolated.of('districtAccounts.ownWijk')
  }

  private async find(tx: Tx, area: string, year: number): Promise<WijkYear> {
    const found = await this.accounts.of(area, year, tx)
    if (!found) throw new NotFoundException()
    return found
  }

  private async alone(tx: Tx, { agreement, year }: WijkYear): Promise<WijkYear> {
    await lockYearOf(tx, agreement.id, year)
    return this.find(tx, agreement.areaSlug, year)
  }

  private async record(
    tx: Tx,
    visitor: Visitor,
    action: string,
    { agreement, year }: WijkYear,
    number: number,
    balanceCents: Cents,
  ): Promise<void> {
    await this.audit.record(tx, {
      ...{ actorId: visitor.personId, action, subject: { kind: 'agreement', id: agreement.id } },
      details: { year, number, balanceCents: String(balanceCents) },
    })
  }
}

type Amounts = Pick<
  StoredSettlement,
  | 'advancedCents'
  | 'spentCents'
  | 'budgetCents'
  | 'extraCents'
  | 'extraReason'
  | 'uncoveredCents'
  | 'balanceCents'
>

function isSame(one: Amounts, other: Amounts): boolean {
  return (Object.keys(other) as (keyof Amounts)[]).every((key) => one[key] === other[key])
}

function isUpToDate({ advancedCents, spentCents, budgetCents }: StoredSettlement, known: WijkYear): boolean {
  return (
    advancedCents === known.paidCents &&
    spentCents === known.spentCents &&
    budgetCents === known.budgetCents &&
    known.openQuarters.length === 0
  )
}
