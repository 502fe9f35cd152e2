import { Module } from '@nestjs/common'
import { AssembliesModule } from '#assemblies'
import { GuaranteesModule } from '#guarantees'
import { IdentityModule } from '#identity'
import { LedgerModule } from '#ledger'
import { MembersModule } from '#members'
import { NoticesModule } from '#notices'
import { StatutesModule } from '#statutes'
import { AuthorisedDistribution } from './authorised-distribution.js'
import { DistributionNotices } from './distribution-notices.js'
import { Distributions } from './distributions.service.js'
import { RiskMarginDossier } from './dossier.service.js'
import { MarginController } from './pages/margin.controller.js'
import { MarginPage } from './pages/margin-page.js'
import { ProposalPage } from './pages/proposal-page.js'
import { ProposalsController } from './pages/proposals.controller.js'
import { Payouts } from './payouts.service.js'
import { RiskMargin } from './risk-margin.service.js'

@Module({
  imports: [
    AssembliesModule,
    GuaranteesModule,
    IdentityModule,
    LedgerModule,
    MembersModule,
    NoticesModule,
    StatutesModule,
  ],
  controllers: [MarginController, ProposalsController],
  providers: [
    AuthorisedDistribution,
    RiskMarginDossier,
    RiskMargin,
    Distributions,
    Payouts,
    DistributionNotices,
    MarginPage,
    ProposalPage,
  ],
  exports: [RiskMargin],
})
export class RiskMarginModule {}
