import { Module } from '@nestjs/common'
import { AgreementsModule } from '#agreements'
import { IdentityModule } from '#identity'
import { NoticesModule } from '#notices'
import { StatutesModule } from '#statutes'
import { Accountability } from './accountability.service.js'
import { FillingInController } from './pages/filling-in.controller.js'
import { FillingInPage } from './pages/filling-in-page.js'
import { OverviewController } from './pages/overview.controller.js'
import { ReportController } from './pages/report.controller.js'
import { ReportPage } from './pages/report-page.js'
import { VersionsController } from './pages/versions.controller.js'
import { ReportNotices } from './report-notices.js'
import { Reports } from './reports.service.js'
import { Reviewing } from './reviewing.service.js'
import { Submitting } from './submitting.service.js'

@Module({
  imports: [AgreementsModule, IdentityModule, NoticesModule, StatutesModule],
  controllers: [OverviewController, ReportController, FillingInController, VersionsController],
  providers: [Accountability, Reports, Submitting, Reviewing, ReportNotices, FillingInPage, ReportPage],
  exports: [Accountability, Reports, Submitting, Reviewing],
})
export class AccountabilityModule {}
