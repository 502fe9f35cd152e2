import { Module } from '@nestjs/common'
import { AccountabilityModule } from '#accountability'
import { AnnualAccountsModule } from '#annual-accounts'
import { AssembliesModule } from '#assemblies'
import { GuaranteeCallsModule } from '#guarantee-calls'
import { GuaranteesModule } from '#guarantees'
import { IdentityModule } from '#identity'
import { LedgerModule } from '#ledger'
import { MembersModule } from '#members'
import { NoticesModule } from '#notices'
import { PaymentsModule } from '#payments'
import { StatutesModule } from '#statutes'
import { WorkPlansModule } from '#work-plans'
import { AuthorisedMarginRecords } from './authorised-records.js'
import { DistributionNotices } from './distribution-notices.js'
import { Distributions } from './distributions.service.js'
import { RiskMarginDossier } from './dossier.service.js'
import { MarginMotions } from './margin-motions.service.js'
import { Objections } from './objections.service.js'
import { MarginController } from './pages/margin.controller.js'
import { MarginPage } from './pages/margin-page.js'
import { PreInvestmentsController } from './pages/pre-investments.controller.js'
import { PreInvestmentsPage } from './pages/pre-investments-page.js'
import { ProposalPage } from './pages/proposal-page.js'
import { ProposalsController } from './pages/proposals.controller.js'
import { UseParts } from './pages/use-parts.js'
import { YearCloseController } from './pages/year-close.controller.js'
import { YearClosePage } from './pages/year-close-page.js'
import { PayableParts } from './payable-parts.js'
import { Payouts } from './payouts.service.js'
import { PreInvestments } from './pre-investments.service.js'
import { DistributionProofs } from './proofs.service.js'
import { ProposalInputs } from './proposal-inputs.service.js'
import { MarginReserves } from './reserves.service.js'
import { RiskMargin } from './risk-margin.service.js'
import { RiskMarginStartPage } from './start-page.service.js'
import { MarginUses } from './uses.service.js'
import { YearClose } from './year-close.service.js'

@Module({
  imports: [
    ...[AccountabilityModule, AnnualAccountsModule, AssembliesModule, GuaranteeCallsModule, GuaranteesModule],
    ...[
      IdentityModule,
      LedgerModule,
      MembersModule,
      NoticesModule,
      PaymentsModule,
      StatutesModule,
      WorkPlansModule,
    ],
  ],
  controllers: [MarginController, YearCloseController, ProposalsController, PreInvestmentsController],
  providers: [
    ...[AuthorisedMarginRecords, DistributionNotices, Distributions, RiskMarginDossier, MarginMotions],
    ...[Objections, PayableParts, Payouts, PreInvestments, DistributionProofs, ProposalInputs],
    ...[MarginReserves, RiskMargin, RiskMarginStartPage, MarginUses, YearClose],
    ...[MarginPage, PreInvestmentsPage, ProposalPage, UseParts, YearClosePage],
  ],
  exports: [
    RiskMargin,
    RiskMarginStartPage,
    MarginReserves,
    MarginUses,
    YearClose,
    PreInvestments,
    MarginMotions,
  ],
})
export class RiskMarginModule {}
