import { AccountabilityModule, RemindersModule } from '#accountability'
import { AdmissionsModule } from '#admissions'
import { AgreementsModule } from '#agreements'
import { AnnualAccountsModule } from '#annual-accounts'
import { AreasModule } from '#areas'
import { AssembliesModule } from '#assemblies'
import { BankModule } from '#bank'
import { CityReportsModule } from '#city-reports'
import { DeparturesModule } from '#departures'
import { DistrictAccountsModule } from '#district-accounts'
import { FilesModule } from '#files'
import { GuaranteeCallsModule } from '#guarantee-calls'
import { GuaranteePapersModule, GuaranteesModule } from '#guarantees'
import { IdentityModule } from '#identity'
import { InterventionsModule } from '#interventions'
import { LedgerModule } from '#ledger'
import { MandatesModule } from '#mandates'
import { MemberChangesModule } from '#member-changes'
import { MemberFilesModule } from '#member-files'
import { MembersModule } from '#members'
import { MinutesModule } from '#minutes'
import { NoticesModule } from '#notices'
import { OfficesModule } from '#offices'
import { PaymentsModule } from '#payments'
import { PrivacyModule } from '#privacy'
import { PublicResultsModule } from '#public-results'
import { ReportSheetsModule } from '#report-sheets'
import { RiskMarginModule } from '#risk-margin'
import { RiskOverviewModule } from '#risk-overview'
import { StatutesModule } from '#statutes'
import { WorkPlansModule } from '#work-plans'
import { WrittenDecisionsModule } from '#written-decisions'

/** Every domain library: web, worker and command line run the same ones. */
export const domainModules = [
  NoticesModule,
  IdentityModule,
  StatutesModule,
  AreasModule,
  MembersModule,
  MandatesModule,
  AssembliesModule,
  MinutesModule,
  WrittenDecisionsModule,
  AnnualAccountsModule,
  OfficesModule,
  WorkPlansModule,
  AgreementsModule,
  AccountabilityModule,
  ReportSheetsModule,
  CityReportsModule,
  RemindersModule,
  InterventionsModule,
  FilesModule,
  MemberFilesModule,
  LedgerModule,
  DistrictAccountsModule,
  BankModule,
  GuaranteesModule,
  GuaranteePapersModule,
  PaymentsModule,
  GuaranteeCallsModule,
  RiskMarginModule,
  RiskOverviewModule,
  DeparturesModule,
  MemberChangesModule,
  AdmissionsModule,
  PrivacyModule,
  PublicResultsModule,
]
