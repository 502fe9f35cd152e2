import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { dayOf, RuleViolated } from '#kernel'
import { Audit, Clock, Database, Live, type Tx, type Visitor } from '#platform'
import { AgendaProgress } from '../room/agenda-progress.service.js'
import { roomTopic } from '../room/room-topic.js'
import { checkAdjournment } from '../rules/adjournment.js'
import { instantAfter, presentAt } from '../rules/presence.js'
import { insertAdjournment, readAdjournments } from '../store/adjournment.store.js'
import type { AssemblyAdjournmentRow } from '../store/advance.entities.js'
import { countUnfinishedPolls, lockAssembly } from '../store/assembly.store.js'
import { type AssemblyPlanned, updateAssembly } from '../store/assembly-plan.store.js'
import { findPendingChallenge } from '../store/challenge.store.js'
import type { AssemblyRow } from '../store/entities.js'
import { enterHall, insertAttendance, lastInHall, readAttendanceLog } from '../store/hall.store.js'
import { Convocations } from './convocation.service.js'

export type Continuation = Pick<AssemblyPlanned, 'heldOn' | 'startsAt' | 'place' | 'onlineAddress'>
export type Adjournment = Omit<AssemblyAdjournmentRow, 'assembly'>

/** Breaking off an assembly that has begun, until another moment: it stays one assembly with one agenda. */
@Injectable()
export class Adjournments {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Live) private readonly live: Live,
    @Inject(AgendaProgress) private readonly progress: AgendaProgress,
    @Inject(Convocations) private readonly convocations: Convocations,
  ) {}

  async list(assemblyId: string): Promise<Adjournment[]> {
    return readAdjournments(this.database.read, assemblyId)
  }

  /**
   * Adjourns the assembly until a moment, and tells everyone who may vote then. On another day attendance begins anew,
   * and members, delegates and statutes are read as of that day; what was decided stays. The form carries how many
   * adjournments there were: a repeat finds another number and changes nothing.
   * @throws NotFoundException, RuleViolated `assembly.challengePending`, and the codes of {@link checkAdjournment}
   */
  async adjourn(
    assemblyId: string,
    sequence: number,
    wish: Continuation & { reason: string },
    chair: Visitor,
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      const assembly = await lockAssembly(tx, assemblyId, 'change')
      if (!assembly) throw new NotFoundException()
      if ((await readAdjournments(tx, assemblyId)).length > sequence) return
      const now = this.clock.now()
      const { reason, startsAt: resumesAt } = wish
      const unfinished = await countUnfinishedPolls(tx, assemblyId)
      RuleViolated.throwIfAny(checkAdjournment(assembly, unfinished, { resumesAt, reason }, now))
      if (await findPendingChallenge(tx, assemblyId, now)) throw RuleViolated.of('assembly.challengePending')
      await this.progress.endWith(tx, assemblyId, chair.personId)
      if (dayOf(resumesAt) !== assembly.heldOn) await this.everyoneLeaves(tx, assembly, chair)
      const adjournment = { assemblyId, sequence, reason: reason.trim(), heldOn: assembly.heldOn, resumesAt }
      await insertAdjournment(tx, { ...adjournment, adjournedAt: now, adjournedBy: chair.personId })
      await this.convocations.goOn(tx, assembly, wish, chair)
      const { heldOn, place, onlineAddress } = wish
      await updateAssembly(tx, assemblyId, { heldOn, place, onlineAddress, resumesAt })
      await this.audit.record(tx, {
        ...{ actorId: chair.personId, action: 'assembly.adjourned' },
        subject: { kind: 'assembly', id: assemblyId },
        details: { reason: reason.trim(), resumesAt: resumesAt.toISOString() },
      })
      await this.live.announce(tx, roomTopic(assemblyId))
    })
  }

  /** Who is there goes, in the log of coming and going: on the next day they come in again. */
  private async everyoneLeaves(tx: Tx, { id }: AssemblyRow, chair: Visitor): Promise<void> {
    await enterHall(tx, id, 'alone')
    const log = await readAttendanceLog(tx, id)
    const at = instantAfter(this.clock.now(), await lastInHall(tx, id, 'all'))
    const event = { assemblyId: id, kind: 'out' as const, at, personId: null }
    const by = { recordedBy: chair.personId, bySecretary: false }
    await insertAttendance(
      tx,
      [...presentAt(log, at)].map((memberId) => ({ ...event, ...by, memberId })),
    )
  }
}
