import { Module } from '@nestjs/common'
import { AreasModule } from '#areas'
import { IdentityModule } from '#identity'
import { MembersModule } from '#members'
import { NoticesModule } from '#notices'
import { ChangeNotices } from './change-notices.js'
import { ChangeDecisions } from './deciding.service.js'
import { MemberChangesDossier } from './dossier.service.js'
import { MemberChanges } from './member-changes.service.js'
import { Objections } from './objections.service.js'
import { ChangePage } from './pages/change-page.js'
import { ChangesController } from './pages/changes.controller.js'
import { ObjectionController } from './pages/objection.controller.js'
import { OrganisationController } from './pages/organisation.controller.js'
import { OrganisationPage } from './pages/organisation-page.js'
import { ProposalController } from './pages/proposal.controller.js'
import { Shown } from './pages/shown.js'
import { Proposing } from './proposing.service.js'

@Module({
  imports: [AreasModule, IdentityModule, MembersModule, NoticesModule],
  controllers: [OrganisationController, ProposalController, ChangesController, ObjectionController],
  providers: [
    MemberChanges,
    MemberChangesDossier,
    Proposing,
    ChangeDecisions,
    Objections,
    ChangeNotices,
    Shown,
    OrganisationPage,
    ChangePage,
  ],
  exports: [MemberChanges, Proposing, ChangeDecisions, Objections],
})
export class MemberChangesModule {}
