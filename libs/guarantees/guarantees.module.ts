import { Module } from '@nestjs/common'
import { IdentityModule } from '#identity'
import { LedgerModule } from '#ledger'
import { MembersModule } from '#members'
import { NoticesModule } from '#notices'
import { StatutesModule } from '#statutes'
import { CooperativeSide } from './cooperative-side.service.js'
import { Decreases } from './decreases.service.js'
import { Deposits } from './deposits.service.js'
import { GuaranteesDossier } from './dossier.service.js'
import { GuaranteeNotices } from './guarantee-notices.service.js'
import { GuaranteeRecords } from './guarantee-records.service.js'
import { Guarantees } from './guarantees.service.js'
import { OfferAnswers } from './offer-answers.service.js'
import { Offers } from './offers.service.js'
import { GuaranteesController } from './pages/guarantees.controller.js'
import { GuaranteesPage } from './pages/guarantees-page.js'
import { HolderPage } from './pages/holder-page.js'
import { HoldersController } from './pages/holders.controller.js'
import { OfferPage } from './pages/offer-page.js'
import { OffersController } from './pages/offers.controller.js'
import { Pledging } from './pledging.service.js'
import { RefundsToPay } from './refunds-to-pay.js'
import { Releases } from './releases.service.js'
import { GuaranteeSigning } from './signing.service.js'
import { GuaranteeSnapshots } from './snapshots.service.js'
import { GuaranteesStartPage } from './start-page.service.js'
import { GuaranteeTransfers } from './transfers.service.js'

const services = [
  ...[Guarantees, GuaranteeRecords, GuaranteeSnapshots, GuaranteesStartPage, GuaranteeTransfers],
  ...[Offers, OfferAnswers, Decreases, Releases, Deposits, RefundsToPay, CooperativeSide],
]

@Module({
  imports: [IdentityModule, LedgerModule, MembersModule, NoticesModule, StatutesModule],
  controllers: [GuaranteesController, OffersController, HoldersController],
  providers: [
    ...services,
    ...[
      GuaranteesDossier,
      GuaranteeNotices,
      GuaranteeSigning,
      Pledging,
      GuaranteesPage,
      HolderPage,
      OfferPage,
    ],
  ],
  exports: services,
})
export class GuaranteesModule {}
