import { Module } from '@nestjs/common'
import { AssembliesModule } from '#assemblies'
import { IdentityModule } from '#identity'
import { MembersModule } from '#members'
import { NoticesModule } from '#notices'
import { StatutesModule } from '#statutes'
import { WrittenAnswering } from './answering.service.js'
import { WrittenDailyWork } from './daily.service.js'
import { WrittenDossier } from './dossier.service.js'
import { WrittenDecisionsController } from './pages/written-decisions.controller.js'
import { WrittenPages } from './pages/written-pages.js'
import { WrittenProof } from './proof.service.js'
import { WrittenProposing } from './proposing.service.js'
import { WrittenStartPage } from './start-page.service.js'
import { WrittenDecisions } from './written-decisions.service.js'
import { WrittenNotices } from './written-notices.js'

@Module({
  imports: [AssembliesModule, IdentityModule, MembersModule, NoticesModule, StatutesModule],
  controllers: [WrittenDecisionsController],
  providers: [
    WrittenDecisions,
    WrittenProposing,
    WrittenAnswering,
    WrittenDailyWork,
    WrittenDossier,
    WrittenNotices,
    WrittenPages,
    WrittenProof,
    WrittenStartPage,
  ],
  exports: [WrittenDecisions, WrittenProposing, WrittenAnswering, WrittenDailyWork, WrittenStartPage],
})
export class WrittenDecisionsModule {}
