import { AccountabilityModule } from '#accountability'
import { AdmissionsModule } from '#admissions'
import { AgreementsModule } from '#agreements'
import { AnnualAccountsModule } from '#annual-accounts'
import { AreasModule } from '#areas'
import { AssembliesModule } from '#assemblies'
import { DeparturesModule } from '#departures'
import { FilesModule } from '#files'
import { GuaranteesModule } from '#guarantees'
import { IdentityModule } from '#identity'
import { LedgerModule } from '#ledger'
import { MandatesModule } from '#mandates'
import { MemberChangesModule } from '#member-changes'
import { MemberFilesModule } from '#member-files'
import { MembersModule } from '#members'
import { MinutesModule } from '#minutes'
import { NoticesModule } from '#notices'
import { OfficesModule } from '#offices'
import { PrivacyModule } from '#privacy'
import { RiskMarginModule } from '#risk-margin'
import { StatutesModule } from '#statutes'
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
  AgreementsModule,
  AccountabilityModule,
  FilesModule,
  MemberFilesModule,
  LedgerModule,
  GuaranteesModule,
  RiskMarginModule,
  DeparturesModule,
  MemberChangesModule,
  AdmissionsModule,
  PrivacyModule,
]
