import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { RuleViolated } from '#kernel'
import { Members } from '#members'
import { Audit, Clock, Database, Ids, Live, type Tx, type Visitor } from '#platform'
import { roomTopic } from '../room/room-topic.js'
import { checkAttendance } from '../rules/assembly-phase.js'
import { instantAfter, presentAt } from '../rules/presence.js'
import { lockAssembly } from '../store/assembly.store.js'
import type { AssemblyRow } from '../store/entities.js'
import {
  enterHall,
  guestLeaves,
  insertAttendance,
  lastInHall,
  lockComingAndGoing,
  readAttendanceLog,
  upsertGuest,
} from '../store/hall.store.js'

/** Who is there: a log of coming and going, online by the delegates and at the door by the secretary. */
@Injectable()
export class Attendance {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Members) private readonly members: Members,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Live) private readonly live: Live,
  ) {}

  /**
   * Records that the visitor's members are there. Those that are there already keep their moment.
   * @throws NotFoundException, RuleViolated `assembly.ended`, `assembly.notToday`
   */
  async checkIn(assemblyId: string, visitor: Visitor): Promise<void> {
    await this.ownMembers(assemblyId, 'in', visitor)
  }

  /** Records that the visitor's members leave. A repeat changes nothing. @throws as {@link checkIn} */
  async checkOut(assemblyId: string, visitor: Visitor): Promise<void> {
    await this.ownMembers(assemblyId, 'out', visitor)
  }

  /**
   * The secretary notes at the door that a member comes or goes: also a supporting or suspended one, which may
   * attend and counts in nothing. A repeat changes nothing.
   * @throws NotFoundException, RuleViolated `assembly.ended`, `assembly.notToday`
   */
  async note(assemblyId: string, memberId: string, kind: 'in' | 'out', secretary: Visitor): Promise<void> {
    await this.inHall(assemblyId, async (tx, { heldOn }) => {
      if (!(await this.members.find(memberId, heldOn, tx))) throw new NotFoundException()
      const event = { memberIds: [memberId], kind, personId: null, recordedBy: secretary.personId }
      await this.record(tx, assemblyId, { ...event, bySecretary: true })
    })
  }

  /**
   * Notes a guest by name. A repeat of a guest who is there changes nothing; one who left is there again.
   * @throws as {@link note}
   */
  async noteGuest(assemblyId: string, name: string, secretary: Visitor): Promise<void> {
    await this.inHall(assemblyId, async (tx) => {
      const guest = { id: this.ids.next(), assemblyId, name, cameAt: this.clock.now() }
      const isNew = await upsertGuest(tx, { ...guest, recordedBy: secretary.personId })
      if (isNew) await this.log(tx, secretary.personId, 'guest.came', assemblyId, {})
    })
  }

  /** A guest leaves. A repeat changes nothing. @throws as {@link note} */
  async guestLeaves(assemblyId: string, guestId: string, secretary: Visitor): Promise<void> {
    await this.inHall(assemblyId, async (tx) => {
      if (await guestLeaves(tx, assemblyId, guestId, this.clock.now()))
        await this.log(tx, secretary.personId, 'guest.left', assemblyId, {})
    })
  }

  private async ownMembers(assemblyId: string, kind: 'in' | 'out', visitor: Visitor): Promise<void> {
    const { personId } = visitor
    const event = { memberIds: visitor.scopesOf('delegate'), kind, personId, recordedBy: personId }
    await this.inHall(assemblyId, (tx) => this.record(tx, assemblyId, { ...event, bySecretary: false }))
  }

  private async inHall(
    assemblyId: string,
    work: (tx: Tx, assembly: AssemblyRow) => Promise<void>,
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      const assembly = await lockAssembly(tx, assemblyId, 'share')
      if (!assembly) throw new NotFoundException()
      RuleViolated.throwIfAny(checkAttendance(assembly, this.clock.now(), this.clock.today()))
      await enterHall(tx, assemblyId, 'share')
      await work(tx, assembly)
    })
  }

  private async record(
    tx: Tx,
    assemblyId: string,
    event: {
      memberIds: string[]
      kind: 'in' | 'out'
      personId: string | null
      recordedBy: string
      bySecretary: boolean
    },
  ): Promise<void> {
    const { memberIds, kind, ...who } = event
    await lockComingAndGoing(tx, assemblyId, memberIds)
    const log = await readAttendanceLog(tx, assemblyId, memberIds)
    // What another process wrote a moment ago with a clock that is a little ahead counts too.
    const latest = log.at(-1)?.at ?? null
    const at = instantAfter(instantAfter(this.clock.now(), await lastInHall(tx, assemblyId, 'polls')), latest)
    const present = presentAt(log, at)
    const changed = memberIds.filter((memberId) => present.has(memberId) !== (kind === 'in'))
    await insertAttendance(
      tx,
      changed.map((memberId) => ({ assemblyId, memberId, kind, at, ...who })),
    )
    const action = kind === 'in' ? 'member.checkedIn' : 'member.checkedOut'
    for (const memberId of changed) {
      const { bySecretary } = who
      await this.log(tx, who.recordedBy, action, assemblyId, { memberId, bySecretary })
    }
    if (changed.length > 0) await this.live.announce(tx, roomTopic(assemblyId))
  }

  private log(tx: Tx, actorId: string, action: string, id: string, details: Record<string, unknown>) {
    return this.audit.record(tx, { actorId, action, subject: { kind: 'assembly', id }, details })
  }
}
