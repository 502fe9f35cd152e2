import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { RuleViolated } from '#kernel'
import { Audit, Clock, Database, type Visitor } from '#platform'
import { checkAttendance } from './rules/assembly-phase.js'
import { countUnfinishedPolls, endAssembly, insertAttendances, lockAssembly } from './store/assembly.store.js'

/** The course of an assembly around its polls: who is there, and when it is over. */
@Injectable()
export class Proceedings {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Audit) private readonly audit: Audit,
  ) {}

  /**
   * Records that the visitor's members are there. A repeat keeps the first moment.
   * @throws NotFoundException, RuleViolated `assembly.ended`, `assembly.notToday`
   */
  async checkIn(assemblyId: string, visitor: Visitor): Promise<void> {
    await this.database.transaction(async (tx) => {
      const assembly = await lockAssembly(tx, assemblyId, 'share')
      if (!assembly) throw new NotFoundException()
      const now = this.clock.now()
      RuleViolated.throwIfAny(checkAttendance(assembly, now, this.clock.today()))
      const memberIds = visitor.scopesOf('delegate')
      const arrived = await insertAttendances(tx, {
        assemblyId,
        memberIds,
        personId: visitor.personId,
        at: now,
      })
      for (const memberId of arrived) {
        await this.audit.record(tx, {
          actorId: visitor.personId,
          action: 'member.checkedIn',
          subject: { kind: 'assembly', id: assemblyId },
          details: { memberId },
        })
      }
    })
  }

  /**
   * Ends the assembly; a repeat changes nothing.
   * @throws NotFoundException, RuleViolated `assembly.notBegun`, `assembly.pollsUnfinished`
   */
  async end(assemblyId: string, visitor: Visitor): Promise<void> {
    await this.database.transaction(async (tx) => {
      const assembly = await lockAssembly(tx, assemblyId, 'change')
      if (!assembly) throw new NotFoundException()
      if (assembly.endedAt) return
      const now = this.clock.now()
      if (now < assembly.startsAt) throw RuleViolated.of('assembly.notBegun')
      if ((await countUnfinishedPolls(tx, assemblyId)) > 0) throw RuleViolated.of('assembly.pollsUnfinished')
      await endAssembly(tx, assemblyId, now)
      await this.audit.record(tx, {
        actorId: visitor.personId,
        action: 'assembly.ended',
        subject: { kind: 'assembly', id: assemblyId },
      })
    })
  }
}
