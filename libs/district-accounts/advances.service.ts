import { Inject, Injectable } from '@nestjs/common'
import { RuleViolated } from '#kernel'
import { Payables } from '#payments'
import { Audit, Clock, Database, Ids, type Tx, type Visitor } from '#platform'
import { refuseOwn } from './access.js'
import { DistrictAccounts } from './district-accounts.service.js'
import { ADVANCES } from './rules/accounts.js'
import { checkOrder, type Instalment, instalmentsOf, type Rhythm, rhythms } from './rules/advance-schedule.js'
import { insertOrder, insertSchedule, readOrders } from './store/advances.store.js'
import { advanceKey, documentOf, referenceOf, type WijkYear } from './wijk-year.js'

/** What is paid ahead to the wijken: scheduled, and handed to the payments one by one. */
@Injectable()
export class Advances {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(DistrictAccounts) private readonly accounts: DistrictAccounts,
    @Inject(Payables) private readonly payables: Payables,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Audit) private readonly audit: Audit,
  ) {}

  /**
   * Makes the schedule of a year, or another version of it when the agreement was amended: what was ordered stays. The
   * same again changes nothing.
   * @throws RuleViolated `districtAccounts.rhythm`, `districtAccounts.ownWijk`, NotFoundException
   */
  async schedule(visitor: Visitor, area: string, year: number, rhythm: string): Promise<void> {
    const chosen = rhythms.find((one) => one === rhythm)
    if (!chosen) throw RuleViolated.of('districtAccounts.rhythm', {}, 'ritme')
    await this.database.transaction(async (tx) => {
      const known = await this.accounts.alone(tx, area, year)
      refuseOwn(visitor, known.agreement)
      await this.letHold(tx, known, chosen, { by: visitor.personId, at: this.clock.now() })
    })
  }

  /**
   * Hands an advance to the payments, from two weeks before it falls due. It is ordered once: a repeat changes nothing.
   * @throws RuleViolated `districtAccounts.ownWijk` and of {@link checkOrder}, NotFoundException
   */
  async order(visitor: Visitor, area: string, year: number, number: number): Promise<void> {
    await this.database.transaction(async (tx) => {
      const known = await this.accounts.alone(tx, area, year)
      const { agreement, stale, settlements } = known
      refuseOwn(visitor, agreement)
      const advance = known.advances.find((one) => one.number === number)
      if (advance && advance.state !== 'planned') return
      const isSettled = settlements.some(({ confirmation }) => confirmation)
      RuleViolated.throwIfAny(checkOrder(advance, { today: this.clock.today(), stale, isSettled }))
      const { dueOn, cents } = advance!
      const row = { agreementId: agreement.id, year, number, dueOn, cents, orderedAt: this.clock.now() }
      await insertOrder(tx, { ...row, orderedBy: visitor.personId, paidOn: null, entryId: null })
      const reference = referenceOf(known, number)
      await this.payables.add(tx, {
        ...{ key: advanceKey(agreement.id, year, number), kind: 'advance', memberId: null, cents, reference },
        ...{ payeeId: agreement.counterparty.id, payeeName: agreement.counterparty.name },
        description: `Voorschot ${number} van ${year}, ${agreement.areaName}`,
        explanation: explanationOf(known, number),
        ...{ debitAccount: ADVANCES, accountingDistrictId: agreement.accountingDistrictId },
        ...{ document: documentOf(known), by: visitor.personId },
      })
      await this.record(tx, visitor.personId, 'districtAccounts.advanceOrdered', known, { number, cents })
    })
  }

  /**
   * Lets a schedule hold in the caller's transaction, who holds the year; the one that holds already when it is the same.
   * @returns its parts
   */
  async letHold(
    tx: Tx,
    known: WijkYear,
    rhythm: Rhythm,
    { by, at }: { by: string | null; at: Date },
  ): Promise<Instalment[]> {
    const { agreement, year, version, budgetCents, schedule } = known
    if (schedule && schedule.rhythm === rhythm && !known.stale) return schedule.instalments
    const ordered = (await readOrders(tx, year, agreement.id)).map(({ number, dueOn, cents }) => ({
      ...{ number, dueOn, cents },
    }))
    const { startsOn, endsOn } = agreement
    const instalments = instalmentsOf(year, rhythm, { startsOn, endsOn, budgetCents }, ordered)
    const row = {
      ...{ id: this.ids.next(), agreementId: agreement.id, year, version: (schedule?.version ?? 0) + 1 },
      ...{ rhythm, agreementVersion: version.number, budgetCents, madeAt: at, madeBy: by },
    }
    await insertSchedule(tx, row, instalments)
    await this.record(tx, by, 'districtAccounts.scheduled', known, { version: row.version, budgetCents })
    return instalments
  }

  private async record(
    tx: Tx,
    by: string | null,
    action: string,
    { agreement, year }: WijkYear,
    details: Record<string, unknown>,
  ): Promise<void> {
    const subject = { kind: 'agreement', id: agreement.id }
    const told = Object.entries(details).map(([key, value]) => [
      key,
      typeof value === 'bigint' ? String(value) : value,
    ])
    await this.audit.record(tx, {
      actorId: by,
      action,
      subject,
      details: { year, ...Object.fromEntries(told) },
    })
  }
}

function explanationOf({ advances, year }: WijkYear, number: number): string {
  return `Deel ${number} van ${advances.length} van het wijkbudget van ${year}. Het wordt verrekend met wat u besteedt.`
}
