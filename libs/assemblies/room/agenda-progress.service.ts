import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { RuleViolated } from '#kernel'
import { Audit, Clock, Database, Live, type Tx, type Visitor } from '#platform'
import { positionBy } from '../rules/agenda-position.js'
import { checkOpening } from '../rules/assembly-phase.js'
import { floorBy } from '../rules/floor.js'
import { instantAfter } from '../rules/presence.js'
import { findItem } from '../store/agenda.store.js'
import { lockAssembly } from '../store/assembly.store.js'
import type { AssemblyRow } from '../store/entities.js'
import {
  insertFloorEvent,
  insertProgress,
  lastInRoom,
  lockRoom,
  readFloor,
  readGuestNames,
  readProgress,
} from '../store/floor.store.js'
import { roomTopic } from './room-topic.js'

/** Where the assembly is on its agenda: the chair begins and ends items, and the log remembers when. */
@Injectable()
export class AgendaProgress {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Live) private readonly live: Live,
  ) {}

  /**
   * Goes to an item: ends the one at hand and begins this one. A repeat, or a second press, changes nothing.
   * @throws NotFoundException, RuleViolated `assembly.notBegun`, `assembly.ended`, `assembly.notConvened`
   */
  async begin(assemblyId: string, itemId: string, chair: Visitor): Promise<void> {
    await this.inRoom(assemblyId, async (tx, assembly, at) => {
      RuleViolated.throwIfAny(checkOpening(assembly, at))
      const item = await findItem(tx, itemId)
      if (item?.assemblyId !== assemblyId) throw new NotFoundException()
      if (positionBy(await readProgress(tx, assemblyId))?.itemId === itemId) return
      await this.endCurrent(tx, assemblyId, at, chair.personId)
      await insertProgress(tx, { assemblyId, itemId, kind: 'begun', at, recordedBy: chair.personId })
      await this.log(tx, 'item.begun', assemblyId, itemId, chair.personId)
    })
  }

  /** Ends an item, without going to another. When it is no longer the one at hand nothing changes. @throws as {@link begin} */
  async end(assemblyId: string, itemId: string, chair: Visitor): Promise<void> {
    await this.inRoom(assemblyId, async (tx, assembly, at) => {
      RuleViolated.throwIfAny(checkOpening(assembly, at))
      if (positionBy(await readProgress(tx, assemblyId))?.itemId === itemId)
        await this.endCurrent(tx, assemblyId, at, chair.personId)
    })
  }

  /** Ends what is going on when the assembly itself ends, in the caller's transaction, which holds the assembly. */
  async endWith(tx: Tx, assemblyId: string, by: string): Promise<void> {
    await lockRoom(tx, assemblyId)
    const at = instantAfter(this.clock.now(), await lastInRoom(tx, assemblyId))
    await this.endCurrent(tx, assemblyId, at, by)
  }

  /** Who speaks at the end of an item stops speaking; who still waits, waits for nothing. */
  private async endCurrent(tx: Tx, assemblyId: string, at: Date, recordedBy: string): Promise<void> {
    const position = positionBy(await readProgress(tx, assemblyId))
    if (!position) return
    const { itemId } = position
    const { speaking } = floorBy(await readFloor(tx, assemblyId, itemId))
    if (speaking) {
      const { speakerId, personId } = speaking
      const isGuest = (await readGuestNames(tx, [speakerId])).size > 0
      const speaker = { memberId: isGuest ? null : speakerId, guestId: isGuest ? speakerId : null, personId }
      await insertFloorEvent(tx, {
        assemblyId,
        itemId,
        ...speaker,
        kind: 'ended',
        place: null,
        at,
        recordedBy,
      })
    }
    await insertProgress(tx, { assemblyId, itemId, kind: 'ended', at, recordedBy })
    await this.log(tx, 'item.ended', assemblyId, itemId, recordedBy)
  }

  private async inRoom(
    assemblyId: string,
    work: (tx: Tx, assembly: AssemblyRow, at: Date) => Promise<void>,
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      const assembly = await lockAssembly(tx, assemblyId, 'share')
      if (!assembly) throw new NotFoundException()
      await lockRoom(tx, assemblyId)
      await work(tx, assembly, instantAfter(this.clock.now(), await lastInRoom(tx, assemblyId)))
      await this.live.announce(tx, roomTopic(assemblyId))
    })
  }

  private log(tx: Tx, action: string, assemblyId: string, itemId: string, actorId: string) {
    return this.audit.record(tx, {
      actorId,
      action,
      subject: { kind: 'assembly', id: assemblyId },
      details: { itemId },
    })
  }
}
