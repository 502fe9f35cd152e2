import { Module } from '@nestjs/common'
import { AreasModule } from '#areas'
import { IdentityModule } from '#identity'
import { MembersModule } from '#members'
import { AuditFile } from './audit-file.service.js'
import { Budgets } from './budgets.service.js'
import { Ledger } from './ledger.service.js'
import { LedgerAccounts } from './ledger-accounts.service.js'
import { LedgerCheck } from './ledger-check.service.js'
import { LedgerPeriods } from './ledger-periods.service.js'
import { LedgerSealer } from './ledger-sealer.service.js'
import { AccountPage } from './pages/account-page.js'
import { BudgetPages } from './pages/budget-pages.js'
import { BudgetsController } from './pages/budgets.controller.js'
import { ChartPage } from './pages/chart-page.js'
import { EntriesController } from './pages/entries.controller.js'
import { EntryPages } from './pages/entry-pages.js'
import { KeepingController } from './pages/keeping.controller.js'
import { KeepingPages } from './pages/keeping-pages.js'
import { LedgerController } from './pages/ledger.controller.js'
import { LedgerWords } from './pages/ledger-words.js'
import { ProjectPages } from './pages/project-pages.js'
import { ProjectsController } from './pages/projects.controller.js'
import { TrialPage } from './pages/trial-page.js'
import { YearEndController } from './pages/year-end.controller.js'
import { YearEndPage } from './pages/year-end-page.js'
import { LedgerYearEnd } from './year-end.service.js'

const services = [Ledger, LedgerAccounts, LedgerPeriods, LedgerSealer, LedgerCheck, Budgets, LedgerYearEnd]

@Module({
  imports: [AreasModule, IdentityModule, MembersModule],
  controllers: [
    LedgerController,
    EntriesController,
    ProjectsController,
    BudgetsController,
    KeepingController,
    YearEndController,
  ],
  providers: [
    ...services,
    ...[AuditFile, LedgerWords, TrialPage, ChartPage, AccountPage, EntryPages, ProjectPages, BudgetPages],
    ...[KeepingPages, YearEndPage],
  ],
  exports: services,
})
export class LedgerModule {}
