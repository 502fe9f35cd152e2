import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { RuleViolated } from '#kernel'
import { Members } from '#members'
import { Audit, Clock, Database, Live, type Tx, type Visitor } from '#platform'
import { positionBy } from '../rules/agenda-position.js'
import { checkOpening } from '../rules/assembly-phase.js'
import { checkAsking, checkGiving, type FloorEventKind, type FloorState, floorBy } from '../rules/floor.js'
import { instantAfter, presentAt } from '../rules/presence.js'
import { lockAssembly } from '../store/assembly.store.js'
import {
  findGuest,
  insertFloorEvent,
  lastInRoom,
  lockRoom,
  readFloor,
  readProgress,
} from '../store/floor.store.js'
import { readAttendanceLog } from '../store/hall.store.js'
import { roomTopic } from './room-topic.js'

/** Someone who may speak, and the item that it is about, as the page showed them. */
export interface FloorAct {
  assemblyId: string
  itemId: string
  speakerId: string
}

interface Speaker {
  memberId: string | null
  guestId: string | null
  isPresent: boolean
}

/** What an act finds: the floor of the item, at the moment of the act. */
interface AtHand {
  tx: Tx
  act: FloorAct
  at: Date
  currentItemId: string | null
  floor: FloorState
  speaker: Speaker
}

/** The floor: members ask for it once per item, the chair orders, gives and ends. Every act is a line in the log. */
@Injectable()
export class Floor {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Members) private readonly members: Members,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Live) private readonly live: Live,
  ) {}

  /**
   * A delegate asks for the floor for a member in the hall. A repeat keeps the place on the list.
   * @throws NotFoundException (also for another's member), RuleViolated as `checkAsking`, `assembly.ended`
   */
  async ask(act: FloorAct, delegate: Visitor): Promise<void> {
    if (!delegate.scopesOf('delegate').includes(act.speakerId)) throw new NotFoundException()
    await this.atHand(act, async (found) => {
      const { floor, currentItemId, speaker } = found
      if (isOnList(floor, act.speakerId)) return
      RuleViolated.throwIfAny(checkAsking({ ...act, currentItemId, isPresent: speaker.isPresent }, floor))
      await this.record(found, 'asked', delegate.personId, { personId: delegate.personId })
    })
  }

  /** Takes a request back. A repeat changes nothing. @throws NotFoundException (also for another's member) */
  async withdraw(act: FloorAct, delegate: Visitor): Promise<void> {
    if (!delegate.scopesOf('delegate').includes(act.speakerId)) throw new NotFoundException()
    await this.atHand(act, async (found) => {
      const isWaiting = found.floor.waiting.some(({ speakerId }) => speakerId === act.speakerId)
      if (isWaiting) await this.record(found, 'withdrawn', delegate.personId)
    })
  }

  /**
   * Gives the floor to who waits, or to any member or guest in the hall; who speaks at that moment is done. A repeat
   * changes nothing.
   * @throws NotFoundException, RuleViolated as `checkGiving`, `assembly.ended`
   */
  async give(act: FloorAct, chair: Visitor): Promise<void> {
    await this.atHand(act, async (found) => {
      const { floor, currentItemId, speaker } = found
      if (floor.speaking?.speakerId === act.speakerId) return
      RuleViolated.throwIfAny(checkGiving({ ...act, currentItemId, isPresent: speaker.isPresent }))
      if (floor.speaking) await this.endSpeech(found, chair.personId)
      const personId = floor.waiting.find(({ speakerId }) => speakerId === act.speakerId)?.personId ?? null
      await this.record(found, 'given', chair.personId, { personId })
      await this.audit.record(found.tx, {
        actorId: chair.personId,
        action: 'floor.given',
        subject: { kind: 'assembly', id: act.assemblyId },
        details: { itemId: act.itemId, speakerId: act.speakerId },
      })
    })
  }

  /** Ends a turn. When another speaks by now, nothing changes. @throws NotFoundException */
  async end(act: FloorAct, chair: Visitor): Promise<void> {
    await this.atHand(act, async (found) => {
      if (found.floor.speaking?.speakerId === act.speakerId) await this.endSpeech(found, chair.personId)
    })
  }

  /** Puts who waits on a place on the list, from 1. A repeat changes nothing. @throws NotFoundException */
  async place(act: FloorAct, place: number, chair: Visitor): Promise<void> {
    await this.atHand(act, async (found) => {
      const now = found.floor.waiting.findIndex(({ speakerId }) => speakerId === act.speakerId)
      if (now >= 0 && now !== place - 1) await this.record(found, 'placed', chair.personId, { place })
    })
  }

  private async endSpeech(found: AtHand, recordedBy: string): Promise<void> {
    const { speakerId, personId } = found.floor.speaking!
    const speaker = await this.speakerOf(found.tx, { ...found.act, speakerId }, found.at)
    await this.record({ ...found, speaker }, 'ended', recordedBy, { personId })
  }

  private async record(
    { tx, act, at, speaker }: AtHand,
    kind: FloorEventKind,
    recordedBy: string,
    more: { personId?: string | null; place?: number } = {},
  ): Promise<void> {
    const { assemblyId, itemId } = act
    const { memberId, guestId } = speaker
    const given = { personId: more.personId ?? null, place: more.place ?? null }
    await insertFloorEvent(tx, { assemblyId, itemId, memberId, guestId, kind, at, recordedBy, ...given })
    await this.live.announce(tx, roomTopic(assemblyId))
  }

  private async atHand(act: FloorAct, work: (found: AtHand) => Promise<void>): Promise<void> {
    await this.database.transaction(async (tx) => {
      const assembly = await lockAssembly(tx, act.assemblyId, 'share')
      if (!assembly) throw new NotFoundException()
      await lockRoom(tx, act.assemblyId)
      const at = instantAfter(this.clock.now(), await lastInRoom(tx, act.assemblyId))
      RuleViolated.throwIfAny(checkOpening(assembly, at))
      const currentItemId = positionBy(await readProgress(tx, act.assemblyId))?.itemId ?? null
      const floor = floorBy(await readFloor(tx, act.assemblyId, act.itemId))
      const speaker = await this.speakerOf(tx, { ...act, heldOn: assembly.heldOn }, at)
      await work({ tx, act, at, currentItemId, floor, speaker })
    })
  }

  private async speakerOf(
    tx: Tx,
    { assemblyId, speakerId, heldOn }: FloorAct & { heldOn?: string },
    at: Date,
  ): Promise<Speaker> {
    const guest = await findGuest(tx, assemblyId, speakerId)
    if (guest) return { memberId: null, guestId: speakerId, isPresent: guest.isPresent }
    if (heldOn && !(await this.members.find(speakerId, heldOn, tx))) throw new NotFoundException()
    const present = presentAt(await readAttendanceLog(tx, assemblyId, [speakerId]), at)
    return { memberId: speakerId, guestId: null, isPresent: present.has(speakerId) }
  }
}

function isOnList({ waiting, speaking }: FloorState, id: string): boolean {
  return speaking?.speakerId === id || waiting.some(({ speakerId }) => speakerId === id)
}
