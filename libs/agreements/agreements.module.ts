import { Module } from '@nestjs/common'
import { AreasModule } from '#areas'
import { DocumentsModule } from '#documents'
import { FilesModule } from '#files'
import { IdentityModule } from '#identity'
import { MembersModule } from '#members'
import { NoticesModule } from '#notices'
import { StatutesModule } from '#statutes'
import { WorkPlansModule } from '#work-plans'
import { AgreementNotices } from './agreement-notices.js'
import { AgreementPaper } from './agreement-paper.js'
import { Agreements } from './agreements.service.js'
import { Counterparties } from './counterparties.service.js'
import { AgreementsDailyWork } from './daily.service.js'
import { AgreementDrafting } from './drafting.service.js'
import { AgreementEnding } from './ending.service.js'
import { Negotiations } from './negotiations.service.js'
import { AgreementController } from './pages/agreement.controller.js'
import { AgreementPages } from './pages/agreement-pages.js'
import { CheckController } from './pages/check.controller.js'
import { DraftingController } from './pages/drafting.controller.js'
import { DraftingPages } from './pages/drafting-pages.js'
import { NegotiationController } from './pages/negotiation.controller.js'
import { NegotiationPages } from './pages/negotiation-pages.js'
import { OverviewController } from './pages/overview.controller.js'
import { ProposalPages } from './pages/proposal-pages.js'
import { AgreementWords } from './pages/words.js'
import { AgreementProposing } from './proposing.service.js'
import { SignedAgreements } from './signed-agreements.service.js'
import { AgreementSigning } from './signing.service.js'
import { AgreementsStartPage } from './start-page.service.js'
import { TextJudging } from './text-judging.service.js'

@Module({
  imports: [
    AreasModule,
    DocumentsModule,
    FilesModule,
    IdentityModule,
    MembersModule,
    NoticesModule,
    StatutesModule,
    WorkPlansModule,
  ],
  controllers: [
    OverviewController,
    DraftingController,
    NegotiationController,
    CheckController,
    AgreementController,
  ],
  providers: [
    Agreements,
    Counterparties,
    Negotiations,
    SignedAgreements,
    TextJudging,
    AgreementDrafting,
    AgreementProposing,
    AgreementSigning,
    AgreementEnding,
    AgreementNotices,
    AgreementPaper,
    AgreementsDailyWork,
    AgreementsStartPage,
    AgreementWords,
    AgreementPages,
    DraftingPages,
    NegotiationPages,
    ProposalPages,
  ],
  exports: [
    Agreements,
    Counterparties,
    Negotiations,
    SignedAgreements,
    AgreementDrafting,
    AgreementProposing,
    AgreementSigning,
    AgreementEnding,
    AgreementsDailyWork,
    AgreementsStartPage,
  ],
})
export class AgreementsModule {}
