import { Module } from '@nestjs/common'
import { AccountabilityModule } from '#accountability'
import { AgreementsModule } from '#agreements'
import { AnnualAccountsModule } from '#annual-accounts'
import { AreasModule } from '#areas'
import { AssembliesModule } from '#assemblies'
import { DocumentsModule } from '#documents'
import { IdentityModule } from '#identity'
import { LedgerModule } from '#ledger'
import { NoticesModule } from '#notices'
import { CityContents } from './city-contents.service.js'
import { CityReportNotices } from './city-report-notices.js'
import { CityReportPaper } from './city-report-paper.js'
import { CityReports } from './city-reports.service.js'
import { Effects } from './effects.service.js'
import { CityReportOffering } from './offering.service.js'
import { CityController } from './pages/city.controller.js'
import { QuarterReportController, YearReportController } from './pages/report.controller.js'
import { CityReportPages } from './pages/report-pages.js'
import { YearsController } from './pages/years.controller.js'
import { RollUps } from './roll-ups.service.js'
import { CityReportStartPage } from './start-page.service.js'
import { CityReportWriting } from './writing.service.js'

@Module({
  imports: [
    AccountabilityModule,
    AgreementsModule,
    AnnualAccountsModule,
    AreasModule,
    AssembliesModule,
    DocumentsModule,
    IdentityModule,
    LedgerModule,
    NoticesModule,
  ],
  controllers: [YearsController, CityController, QuarterReportController, YearReportController],
  providers: [
    RollUps,
    CityContents,
    CityReports,
    CityReportWriting,
    CityReportOffering,
    CityReportNotices,
    CityReportPaper,
    CityReportPages,
    Effects,
    CityReportStartPage,
  ],
  exports: [RollUps, CityReportStartPage, CityReports, CityReportWriting, CityReportOffering, Effects],
})
export class CityReportsModule {}
