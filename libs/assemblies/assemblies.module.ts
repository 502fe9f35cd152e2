import { Module } from '@nestjs/common'
import { MembersModule } from '#members'
import { StatutesModule } from '#statutes'
import { Assemblies } from './assemblies.service.js'
import { Ballots } from './ballots.service.js'
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
    Assemblies,
    AssemblyReading,
    AssemblyStartPage,
    Ballots,
    Electorate,
    PollNotices,
    Polls,
    Proceedings,
  ],
  exports: [Assemblies, Ballots, Polls, Proceedings],
})
export class AssembliesModule {}
