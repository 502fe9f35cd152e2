import { Module } from '@nestjs/common'
import { CityReportsModule } from '#city-reports'
import { DocumentsModule } from '#documents'
import { GuaranteeCallsModule } from '#guarantee-calls'
import { GuaranteesModule } from '#guarantees'
import { LedgerModule } from '#ledger'
import { MembersModule } from '#members'
import { RiskMarginModule } from '#risk-margin'
import { StatutesModule } from '#statutes'
import { OverviewController } from './pages/overview.controller.js'
import { OverviewPage } from './pages/overview-page.js'
import { OverviewPaper } from './pages/overview-paper.js'
import { RiskOverview } from './risk-overview.service.js'

@Module({
  imports: [
    CityReportsModule,
    DocumentsModule,
    GuaranteeCallsModule,
    GuaranteesModule,
    LedgerModule,
    MembersModule,
    RiskMarginModule,
    StatutesModule,
  ],
  controllers: [OverviewController],
  providers: [RiskOverview, OverviewPage, OverviewPaper],
  exports: [RiskOverview],
})
export class RiskOverviewModule {}
