import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { Members } from '#members'
import {
  Clock,
  isId,
  type Language,
  Messages,
  type Page,
  page,
  type ShownError,
  Templates,
  type Visitor,
} from '#platform'
import { Hall } from '../hall/hall.service.js'
import { AssemblyReading } from '../reading.service.js'
import { type RoomState, RoomStates } from '../room/room-state.service.js'
import { ownKeys, roomView, spokenNews } from '../room/room-view.js'
import { roomOwn } from './room-own.js'

const VIEWS = 'libs/assemblies/pages/views'

/** What everyone sees: on a phone, or large on the screen in the hall. */
export type RoomFragment = 'room-now' | 'screen-now'

/** Makes the pages of the room and what its streams send. */
@Injectable()
export class RoomPages {
  constructor(
    @Inject(RoomStates) private readonly states: RoomStates,
    @Inject(AssemblyReading) private readonly reading: AssemblyReading,
    @Inject(Hall) private readonly hall: Hall,
    @Inject(Members) private readonly members: Members,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Templates) private readonly templates: Templates,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  /** @throws NotFoundException */
  async room(
    lang: Language,
    visitor: Visitor,
    id: string,
    refused?: { errors: ShownError[]; typed: Record<string, string> },
  ): Promise<Page> {
    const state = await this.stateOf(id)
    const own = roomOwn(await this.ownSources(state, visitor), visitor, this.messages, lang)
    const keys = ownKeys(state)
    const model = {
      title: state.assembly.title,
      ...roomView(state, this.messages, lang),
      now: this.fragment(state, lang, 'room-now'),
      ...{ own, ownKey: keys[own.follows as keyof typeof keys] },
    }
    return page(`${VIEWS}/room.hbs`, { ...model, ...refused }, refused ? 422 : 200)
  }

  /** @throws NotFoundException */
  async screen(lang: Language, id: string): Promise<Page> {
    const state = await this.stateOf(id)
    const now = this.fragment(state, lang, 'screen-now')
    const { assembly } = state
    return page(`${VIEWS}/screen.hbs`, { title: assembly.title, assembly, now, bare: true })
  }

  /** What a stream sends to everyone. @throws NotFoundException */
  async message(lang: Language, id: string, view: RoomFragment): Promise<object> {
    const state = await this.stateOf(id)
    const html = this.fragment(state, lang, view)
    return { html, keys: ownKeys(state), news: spokenNews(state, this.messages, lang) }
  }

  private fragment(state: RoomState, lang: Language, view: RoomFragment): string {
    return this.templates.html(`${VIEWS}/${view}.hbs`, roomView(state, this.messages, lang))
  }

  private async ownSources(state: RoomState, visitor: Visitor) {
    const { assembly, poll } = state
    const memberIds = visitor.scopesOf('delegate')
    const present = await this.hall.presentOf(assembly.id, memberIds, this.clock.now())
    const members: { id: string; name: string; isPresent: boolean }[] = []
    for (const id of memberIds) {
      const member = await this.members.find(id, assembly.heldOn)
      if (member) members.push({ id, name: member.name, isPresent: present.has(id) })
    }
    const electors = poll ? await this.reading.ownElectors(poll.id, visitor.personId) : []
    const guests = visitor.has('chair') ? await this.hall.guests(assembly.id) : []
    return { state, electors, members, guests }
  }

  private async stateOf(id: string): Promise<RoomState> {
    const state = isId(id) ? await this.states.of(id) : null
    if (!state) throw new NotFoundException()
    return state
  }
}
