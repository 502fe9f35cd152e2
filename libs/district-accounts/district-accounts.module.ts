import { Inject, Module, type OnModuleInit } from '@nestjs/common'
import { AccountabilityModule } from '#accountability'
import { AgreementsModule } from '#agreements'
import { BankModule, SettledByBank } from '#bank'
import { IdentityModule } from '#identity'
import { LedgerModule, LedgerYearEnd } from '#ledger'
import { NoticesModule } from '#notices'
import { PaymentsModule } from '#payments'
import { Advances, referenceOf } from './advances.service.js'
import { DistrictDailyWork } from './daily.service.js'
import { DistrictAccounts } from './district-accounts.service.js'
import { DistrictNotices } from './district-notices.js'
import { AdvancesEntering } from './entering.service.js'
import { Journals } from './journals.service.js'
import { DistrictWords } from './pages/district-words.js'
import { JournalController } from './pages/journal.controller.js'
import { JournalPages } from './pages/journal-pages.js'
import { WijkController } from './pages/wijk.controller.js'
import { WijkPage } from './pages/wijk-page.js'
import { WijkenPage } from './pages/wijken-page.js'
import { ReportBookings } from './report-bookings.service.js'
import { Settlements } from './settlements.service.js'
import { DistrictStartPage } from './start-page.service.js'

const services = [
  DistrictAccounts,
  ReportBookings,
  Advances,
  AdvancesEntering,
  Settlements,
  Journals,
  DistrictStartPage,
]

@Module({
  imports: [
    BankModule,
    AccountabilityModule,
    AgreementsModule,
    IdentityModule,
    LedgerModule,
    NoticesModule,
    PaymentsModule,
  ],
  controllers: [WijkController, JournalController],
  providers: [
    ...[...services, DistrictNotices, DistrictDailyWork],
    ...[DistrictWords, WijkenPage, WijkPage, JournalPages],
  ],
  exports: [...services, DistrictDailyWork],
})
export class DistrictAccountsModule implements OnModuleInit {
  constructor(
    @Inject(SettledByBank) private readonly bank: SettledByBank,
    @Inject(Settlements) private readonly settlements: Settlements,
    @Inject(LedgerYearEnd) private readonly yearEnd: LedgerYearEnd,
    @Inject(DistrictAccounts) private readonly accounts: DistrictAccounts,
  ) {}

  /** Money that a wijk gives back is told by the bank; the end of a year asks whether every wijk is in the books. */
  onModuleInit(): void {
    this.yearEnd.ask((tx, year) => this.accounts.openPoints(tx, year))
    this.bank.add('advanceReturn', {
      openItems: async (tx) =>
        (await this.settlements.toReceive(tx)).map(({ settlement, known }) => ({
          ...{ id: settlement.id, kind: 'advanceReturn', cents: settlement.balanceCents, iban: null },
          label: `Voorschot ${known.year} terug van ${known.agreement.counterparty.name}, ${known.agreement.areaName}`,
          reference: referenceOf(known, `E${settlement.number}`),
          href: `/wijkadministratie/${known.agreement.areaSlug}/${known.year}`,
          whole: true,
        })),
      settle: async (tx, visitor, id, { bookedOn, cents, statementReference }) => {
        const line = { bookedOn, cents, document: statementReference || 'Bankafschrift' }
        await this.settlements.receive(tx, visitor, id, line)
      },
    })
  }
}
