import { Module } from '@nestjs/common'
import { AgreementsModule } from '#agreements'
import { GuaranteesModule } from '#guarantees'
import { IdentityModule } from '#identity'
import { MembersModule } from '#members'
import { NoticesModule } from '#notices'
import { StatutesModule } from '#statutes'
import { Cases } from './cases.service.js'
import { MembershipConsequences } from './consequences.service.js'
import { DepartureNotices } from './departure-notices.js'
import { Departures } from './departures.service.js'
import { CasesController } from './pages/cases.controller.js'
import { MembershipController } from './pages/membership.controller.js'
import { MembershipsController } from './pages/memberships.controller.js'
import { Shown } from './pages/shown.js'
import { CaseSteps } from './steps.service.js'

@Module({
  imports: [AgreementsModule, GuaranteesModule, IdentityModule, MembersModule, NoticesModule, StatutesModule],
  controllers: [MembershipController, CasesController, MembershipsController],
  providers: [Departures, Cases, CaseSteps, DepartureNotices, MembershipConsequences, Shown],
  exports: [Departures, Cases, CaseSteps],
})
export class DeparturesModule {}
