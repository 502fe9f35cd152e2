import { Controller, Get, Inject, Param, Res } from '@nestjs/common'
import type { FastifyReply } from 'fastify'
import { CurrentVisitor, EventStreams, Lang, type Language, type Page, type Visitor } from '#platform'
import { roomTopic } from '../room/room-topic.js'
import { type RoomFragment, RoomPages } from './room-pages.js'

/** The room of an assembly, live: for who takes part, and large for the screen in the hall. */
@Controller('alv')
export class RoomController {
  constructor(
    @Inject(RoomPages) private readonly pages: RoomPages,
    @Inject(EventStreams) private readonly streams: EventStreams,
  ) {}

  @Get(':id/zaal')
  room(@Lang() lang: Language, @CurrentVisitor() visitor: Visitor, @Param('id') id: string): Promise<Page> {
    return this.pages.room(lang, visitor, id)
  }

  @Get(':id/scherm')
  screen(@Lang() lang: Language, @Param('id') id: string): Promise<Page> {
    return this.pages.screen(lang, id)
  }

  @Get(':id/zaal/stroom')
  followRoom(@Lang() lang: Language, @Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    return this.follow(reply, id, lang, 'room-now')
  }

  @Get(':id/scherm/stroom')
  followScreen(@Lang() lang: Language, @Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    return this.follow(reply, id, lang, 'screen-now')
  }

  private async follow(reply: FastifyReply, id: string, lang: Language, view: RoomFragment): Promise<void> {
    const read = () => this.pages.message(lang, id, view)
    const key = `${view} ${lang} ${id}`
    // Only a first client can be one of an assembly that does not exist.
    if (!this.streams.has(key)) await read()
    this.streams.follow(reply, { key, topic: roomTopic(id), read })
  }
}
