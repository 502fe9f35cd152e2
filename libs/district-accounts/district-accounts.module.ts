import { Inject, Module, type OnModuleInit } from '@nestjs/common'
import { AccountabilityModule } from '#accountability'
import { AgreementsModule } from '#agreements'
import { BankModule } from '#bank'
import { IdentityModule } from '#identity'
import { LedgerModule, LedgerYearEnd } from '#ledger'
import { NoticesModule } from '#notices'
import { PaymentsModule } from '#payments'
import { AdvanceReturns } from './advance-returns.service.js'
import { Advances } from './advances.service.js'
import { ConfirmingSettlements } from './confirming-settlements.service.js'
import { DistrictDailyWork } from './daily.service.js'
import { DistrictAccounts } from './district-accounts.service.js'
import { DistrictNotices } from './district-notices.js'
import { AdvancesEntering } from './entering.service.js'
import { JournalComparisons } from './journal-comparisons.service.js'
import { JournalPreviews } from './journal-previews.service.js'
import { JournalUploads } from './journal-uploads.service.js'
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
  ConfirmingSettlements,
  JournalUploads,
  JournalPreviews,
  JournalComparisons,
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
    ...[...services, AdvanceReturns, DistrictNotices, DistrictDailyWork],
    ...[DistrictWords, WijkenPage, WijkPage, JournalPages],
  ],
  exports: [...services, DistrictDailyWork],
})
export class DistrictAccountsModule implements OnModuleInit {
  constructor(
    @Inject(LedgerYearEnd) private readonly yearEnd: LedgerYearEnd,
    @Inject(DistrictAccounts) private readonly accounts: DistrictAccounts,
  ) {}

  /** The end of a year asks whether every wijk is in the books. */
  onModuleInit(): void {
    this.yearEnd.ask((tx, year) => this.accounts.openPoints(tx, year))
  }
}
