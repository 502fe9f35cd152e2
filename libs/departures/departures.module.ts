import { Module } from '@nestjs/common'
import { AgreementsModule } from '#agreements'
import { AssembliesModule } from '#assemblies'
import { GuaranteesModule } from '#guarantees'
import { IdentityModule } from '#identity'
import { MandatesModule } from '#mandates'
import { MembersModule } from '#members'
import { NoticesModule } from '#notices'
import { OfficesModule } from '#offices'
import { StatutesModule } from '#statutes'
import { Cases } from './cases.service.js'
import { MembershipConsequences } from './consequences.service.js'
import { DepartureNotices } from './departure-notices.js'
import { Departures } from './departures.service.js'
import { DeparturesDossier } from './dossier.service.js'
import { Membership } from './membership.js'
import { MergedGuarantees } from './merged-guarantees.service.js'
import { CasesController } from './pages/cases.controller.js'
import { MembershipController } from './pages/membership.controller.js'
import { MembershipsController } from './pages/memberships.controller.js'
import { Shown } from './pages/shown.js'
import { CaseSteps } from './steps.service.js'

@Module({
  imports: [
    AgreementsModule,
    AssembliesModule,
    GuaranteesModule,
    IdentityModule,
    MandatesModule,
    MembersModule,
    NoticesModule,
    OfficesModule,
    StatutesModule,
  ],
  controllers: [MembershipController, CasesController, MembershipsController],
  providers: [
    DeparturesDossier,
    Departures,
    Cases,
    CaseSteps,
    Membership,
    MergedGuarantees,
    DepartureNotices,
    MembershipConsequences,
    Shown,
  ],
  exports: [Departures, Cases, CaseSteps],
})
export class DeparturesModule {}
