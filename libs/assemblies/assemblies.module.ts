import { Module } from '@nestjs/common'
import { MembersModule } from '#members'
import { StatutesModule } from '#statutes'
import { Assemblies } from './assemblies.service.js'
import { Ballots } from './ballots.service.js'
import { DecisionEvidence } from './decision-evidence.service.js'
import { AssembliesDossier } from './dossier.service.js'
import { Electorate } from './electorate.service.js'
import { AssembliesController } from './pages/assemblies.controller.js'
import { BallotsController } from './pages/ballots.controller.js'
import { DecisionsController } from './pages/decisions.controller.js'
import { PollsController } from './pages/polls.controller.js'
import { PollNotices } from './poll-notices.js'
import { Polls } from './polls.service.js'
import { Proceedings } from './proceedings.service.js'
import { AssemblyReading } from './reading.service.js'
import { AssemblyStartPage } from './start-page.service.js'

@Module({
  imports: [MembersModule, StatutesModule],
  controllers: [AssembliesController, PollsController, BallotsController, DecisionsController],
  providers: [
    AssembliesDossier,
    Assemblies,
    AssemblyReading,
    AssemblyStartPage,
    Ballots,
    DecisionEvidence,
    Electorate,
    PollNotices,
    Polls,
    Proceedings,
  ],
  exports: [Assemblies, Ballots, Polls, Proceedings],
})
export class AssembliesModule {}
