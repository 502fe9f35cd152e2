import { AccountabilityModule } from '#accountability'
import { AdmissionsModule } from '#admissions'
import { AgreementsModule } from '#agreements'
import { AreasModule } from '#areas'
import { AssembliesModule } from '#assemblies'
import { DeparturesModule } from '#departures'
import { GuaranteesModule } from '#guarantees'
import { IdentityModule } from '#identity'
import { LedgerModule } from '#ledger'
import { MembersModule } from '#members'
import { NoticesModule } from '#notices'
import { RiskMarginModule } from '#risk-margin'
import { StatutesModule } from '#statutes'

/** Every domain library: web, worker and command line run the same ones. */
export const domainModules = [
  NoticesModule,
  IdentityModule,
  StatutesModule,
  AreasModule,
  MembersModule,
  AssembliesModule,
  AgreementsModule,
  AccountabilityModule,
  LedgerModule,
  GuaranteesModule,
  RiskMarginModule,
  DeparturesModule,
  AdmissionsModule,
]
