import { Inject, Injectable, type OnModuleInit } from '@nestjs/common'
import { type OpenItem, SettledByBank } from '#bank'
import { type Cents, type Day, RuleViolated } from '#kernel'
import { Ledger } from '#ledger'
import { Clock, type Tx, type Visitor } from '#platform'
import { DistrictAccounts } from './district-accounts.service.js'
import { givenBackPostings } from './rules/settlement-postings.js'
import { insertReturn, readSettlements, type StoredSettlement } from './store/advances.store.js'
import { referenceOf, type WijkYear } from './wijk-year.js'

interface ToReceive {
  settlement: StoredSettlement
  known: WijkYear
}

/** What a wijk gives back after a year was settled: the bank tells of it. */
@Injectable()
export class AdvanceReturns implements OnModuleInit {
  constructor(
    @Inject(SettledByBank) private readonly bank: SettledByBank,
    @Inject(DistrictAccounts) private readonly accounts: DistrictAccounts,
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.bank.add('advanceReturn', {
      openItems: async (tx) => (await this.toReceive(tx)).map(openItem),
      settle: async (tx, visitor, id, { bookedOn, cents, statementReference }) => {
        const line = { bookedOn, cents, document: statementReference || 'Bankafschrift' }
        await this.receive(tx, visitor, id, line)
      },
    })
  }

  /** What wijken still have to give back. */
  private async toReceive(tx: Tx): Promise<ToReceive[]> {
    const open = (await readSettlements(tx)).filter(
      ({ balanceCents, confirmation, returned }) => confirmation && balanceCents > 0n && !returned,
    )
    const found: ToReceive[] = []
    for (const year of new Set(open.map((one) => one.year)))
      for (const known of await this.accounts.read(tx, year, {}))
        for (const settlement of open)
          if (settlement.year === year && settlement.agreementId === known.agreement.id)
            found.push({ settlement, known })
    return found
  }

  /** Books what the bank received, once for each settlement. @throws RuleViolated `districtAccounts.notToReceive` */
  private async receive(
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
      description: `Terugontvangen voorschot ${year}, ${agreement.areaName}`,
      whenClosed: 'firstOpenDay',
      postings: givenBackPostings(line.cents, agreement.accountingDistrictId),
    })
    const row = { settlementId, receivedOn: line.bookedOn, entryId, recordedAt: this.clock.now() }
    const added = await insertReturn(tx, { ...row, recordedBy: visitor.personId })
    if (!added) throw RuleViolated.of('districtAccounts.notToReceive')
  }
}

function openItem({ settlement, known }: ToReceive): OpenItem {
  const { agreement, year } = known
  return {
    ...{ id: settlement.id, kind: 'advanceReturn', cents: settlement.balanceCents, iban: null, whole: true },
    label: `Voorschot ${year} terug van ${agreement.counterparty.name}, ${agreement.areaName}`,
    reference: referenceOf(known, `E${settlement.number}`),
    href: `/wijkadministratie/${agreement.areaSlug}/${year}`,
  }
}
