import { Module } from '@nestjs/common'
import { AgreementsModule } from '#agreements'
import { DocumentsModule } from '#documents'
import { FilesModule } from '#files'
import { IdentityModule } from '#identity'
import { NoticesModule } from '#notices'
import { StatutesModule } from '#statutes'
import { Accountability } from './accountability.service.js'
import { Annexes } from './annexes.service.js'
import { Composing } from './composing.service.js'
import { Drafting } from './drafting.service.js'
import { ReportsEntering } from './entering.service.js'
import { KnownActuals } from './known-actuals.js'
import { AnnexesController } from './pages/annexes.controller.js'
import { FillingInController } from './pages/filling-in.controller.js'
import { FillingInPage } from './pages/filling-in-page.js'
import { OverviewController } from './pages/overview.controller.js'
import { ReportController } from './pages/report.controller.js'
import { ReportPage } from './pages/report-page.js'
import { SigningController } from './pages/signing.controller.js'
import { VersionPage } from './pages/version-page.js'
import { VersionsController } from './pages/versions.controller.js'
import { QuarterClosings } from './quarter-closings.js'
import { ReportNotices } from './report-notices.js'
import { ReportPaper } from './report-paper.service.js'
import { Reports } from './reports.service.js'
import { Reviewing } from './reviewing.service.js'
import { SigningOff } from './signing-off.service.js'

@Module({
  imports: [AgreementsModule, DocumentsModule, FilesModule, IdentityModule, NoticesModule, StatutesModule],
  controllers: [
    OverviewController,
    FillingInController,
    AnnexesController,
    SigningController,
    ReportController,
    VersionsController,
  ],
  providers: [
    Accountability,
    Annexes,
    Composing,
    Drafting,
    FillingInPage,
    KnownActuals,
    QuarterClosings,
    ReportNotices,
    ReportPage,
    ReportPaper,
    Reports,
    ReportsEntering,
    Reviewing,
    SigningOff,
    VersionPage,
  ],
  exports: [
    ...[Accountability, Annexes, Drafting, Reports, ReportsEntering, Reviewing, SigningOff],
    ...[KnownActuals, QuarterClosings],
  ],
})
export class AccountabilityModule {}
