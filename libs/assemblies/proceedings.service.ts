import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { RuleViolated } from '#kernel'
import { Audit, Clock, Database, Live, type Visitor } from '#platform'
import { AgendaProgress } from './room/agenda-progress.service.js'
import { roomTopic } from './room/room-topic.js'
import { countUnfinishedPolls, endAssembly, lockAssembly } from './store/assembly.store.js'
import { findPendingChallenge } from './store/challenge.store.js'

/** The course of an assembly around its polls: when it is over. */
@Injectable()
export class Proceedings {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Live) private readonly live: Live,
    @Inject(AgendaProgress) private readonly progress: AgendaProgress,
  ) {}

  /**
   * Ends the assembly; a repeat changes nothing.
   * @throws NotFoundException, RuleViolated `assembly.notBegun`, `assembly.pollsUnfinished`, `assembly.challengePending`
   */
  async end(assemblyId: string, visitor: Visitor): Promise<void> {
    await this.database.transaction(async (tx) => {
      const assembly = await lockAssembly(tx, assemblyId, 'change')
      if (!assembly) throw new NotFoundException()
      if (assembly.endedAt) return
      const now = this.clock.now()
      if (now < assembly.startsAt) throw RuleViolated.of('assembly.notBegun')
      if ((await countUnfinishedPolls(tx, assemblyId)) > 0) throw RuleViolated.of('assembly.pollsUnfinished')
      await this.progress.endWith(tx, assemblyId, visitor.personId)
      if (await findPendingChallenge(tx, assemblyId, now)) throw RuleViolated.of('assembly.challengePending')
      await endAssembly(tx, assemblyId, now)
      await this.live.announce(tx, roomTopic(assemblyId))
      await this.audit.record(tx, {
        actorId: visitor.personId,
        action: 'assembly.ended',
        subject: { kind: 'assembly', id: assemblyId },
      })
    })
  }
}
