import { Inject, Injectable } from '@nestjs/common'
import { People } from '#identity'
import { Members } from '#members'
import { Clock, Database, FreshReads } from '#platform'
import { QuorumWatch } from '../hall/quorum-watch.service.js'
import { nextItem, positionBy } from '../rules/agenda-position.js'
import { type AssemblyPhase, assemblyPhase } from '../rules/assembly-phase.js'
import { type Standing, standingOf } from '../rules/challenge.js'
import { type FloorState, floorBy } from '../rules/floor.js'
import { closedBy } from '../rules/poll-end.js'
import type { QuorumNow } from '../rules/presence.js'
import { type AgendaItem, readItems } from '../store/agenda.store.js'
import { findAssembly } from '../store/assembly.store.js'
import { findChallenge } from '../store/challenge.store.js'
import type { AssemblyRow } from '../store/entities.js'
import { readFloor, readGuestNames, readProgress } from '../store/floor.store.js'
import { readTurnout } from '../store/poll.store.js'
import { type RoomPoll, readRoomPoll } from '../store/room.store.js'

/** A speaker with the names that the hall sees. */
export interface Speaker {
  id: string
  /** The member, or the guest. */
  name: string
  /** Who speaks for the member. */
  person: string | null
}

/** What everyone in the room sees at this moment. */
export interface RoomState {
  assembly: AssemblyRow
  phase: AssemblyPhase
  quorum: QuorumNow
  items: AgendaItem[]
  /** The item at hand. */
  current: (AgendaItem & { since: Date }) | null
  next: AgendaItem | null
  floor: {
    waiting: (Speaker & { askedAt: Date })[]
    speaking: (Speaker & { since: Date }) | null
    spoken: (Speaker & { seconds: number })[]
  }
  poll:
    | (RoomPoll & {
        state: 'open' | 'closed' | 'declared'
        standing: Standing
        turnout: { cast: number; electors: number }
      })
    | null
}

/** Reads the state of an assembly's room: the same for everyone, and nothing of what was voted before the result. */
@Injectable()
export class RoomStates {
  private readonly reads = new FreshReads<RoomState | null>((id) => this.read(id))

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Members) private readonly members: Members,
    @Inject(People) private readonly people: People,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(QuorumWatch) private readonly quorum: QuorumWatch,
  ) {}

  /** The state as it is now or a moment later; many who ask together share one reading. @returns null for no assembly */
  of(assemblyId: string): Promise<RoomState | null> {
    return this.reads.get(assemblyId)
  }

  private async read(assemblyId: string): Promise<RoomState | null> {
    const tx = this.database.read
    const assembly = await findAssembly(tx, assemblyId)
    if (!assembly) return null
    const items = await readItems(tx, assemblyId)
    const log = await readProgress(tx, assemblyId)
    const position = positionBy(log)
    const item = items.find(({ id }) => id === position?.itemId)
    const current = item && position ? { ...item, since: position.since } : null
    const floor = floorBy(current ? await readFloor(tx, assemblyId, current.id) : [])
    return {
      ...{ assembly, items, current, next: nextItem(items, log) },
      phase: assemblyPhase(assembly, this.clock.now()),
      quorum: await this.quorum.of(assembly),
      floor: await this.named(floor, assembly.heldOn),
      poll: await this.poll(assemblyId, current),
    }
  }

  /** The poll that is open; a past one only while the assembly is at its item, or at none. */
  private async poll(assemblyId: string, current: AgendaItem | null): Promise<RoomState['poll']> {
    const found = await readRoomPoll(this.database.read, assemblyId)
    const poll = found && { ...found, closedAt: closedBy(found, this.clock.now()) }
    if (!poll || (poll.declared && current && current.motionId !== poll.motionId)) return null
    const state = poll.declared ? 'declared' : poll.closedAt ? 'closed' : 'open'
    const challenge = poll.declared && (await findChallenge(this.database.read, poll.id))
    const standing = standingOf({ replacedAt: null, challenge }, this.clock.now())
    return { ...poll, state, standing, turnout: await readTurnout(this.database.read, poll.id) }
  }

  private async named(
    { waiting, speaking, spoken }: FloorState,
    heldOn: string,
  ): Promise<RoomState['floor']> {
    const all = [...waiting, ...spoken, ...(speaking ? [speaking] : [])]
    const names = await readGuestNames(
      this.database.read,
      all.map(({ speakerId }) => speakerId),
    )
    for (const { speakerId } of all)
      if (!names.has(speakerId))
        names.set(speakerId, (await this.members.find(speakerId, heldOn))?.name ?? '')
    const people = await this.people.named(all.flatMap(({ personId }) => personId ?? []))
    const speaker = ({ speakerId, personId }: { speakerId: string; personId: string | null }): Speaker => ({
      ...{ id: speakerId, name: names.get(speakerId) ?? '' },
      person: (personId && people.get(personId)?.name) || null,
    })
    return {
      waiting: waiting.map((one) => ({ ...speaker(one), askedAt: one.askedAt })),
      speaking: speaking && { ...speaker(speaking), since: speaking.since },
      spoken: spoken.map((one) => ({ ...speaker(one), seconds: one.seconds })),
    }
  }
}
