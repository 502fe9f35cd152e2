import { Body, Controller, Get, Inject, NotFoundException, Param, Post, Query, Res } from '@nestjs/common'
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import { People } from '#identity'
import { Members } from '#members'
import {
  CurrentVisitor,
  EventStreams,
  formErrors,
  isId,
  Lang,
  type Language,
  Messages,
  type Page,
  page,
  parseForm,
  requiredText,
  type SeeOther,
  type ShownError,
  seeOther,
  Templates,
  typedFields,
  type Visitor,
} from '#platform'
import { Attendance } from '../hall/attendance.service.js'
import { Hall } from '../hall/hall.service.js'
import { QuorumWatch } from '../hall/quorum-watch.service.js'
import { AssemblyReading } from '../reading.service.js'
import { roomTopic } from '../room/room-topic.js'
import { type HallFilter, hallFigures, hallPage } from './hall-page.js'

const VIEWS = 'libs/assemblies/pages/views'

const guestForm = z.object({ naam: requiredText(120) })

/** The secretary's list at the door: one press per member who comes or goes. */
@Controller('alv')
export class HallController {
  constructor(
    @Inject(Attendance) private readonly attendance: Attendance,
    @Inject(Hall) private readonly hall: Hall,
    @Inject(QuorumWatch) private readonly quorum: QuorumWatch,
    @Inject(AssemblyReading) private readonly reading: AssemblyReading,
    @Inject(Members) private readonly members: Members,
    @Inject(People) private readonly people: People,
    @Inject(Messages) private readonly messages: Messages,
    @Inject(EventStreams) private readonly streams: EventStreams,
    @Inject(Templates) private readonly templates: Templates,
  ) {}

  /** `?q=` looks in names and numbers, `?stand=` keeps who is there or who is not. */
  @Get(':id/aanwezigen')
  async show(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Query() query: Record<string, unknown>,
  ): Promise<Page> {
    return this.page(lang, visitor, id, filterOf(query))
  }

  /** The quorum, each time that someone comes, goes or gives a proxy. */
  @Get(':id/aanwezigen/stroom')
  async follow(@Lang() lang: Language, @Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    await this.figures(lang, id)
    this.streams.follow(reply, {
      key: `hall-now ${lang} ${id}`,
      topic: roomTopic(id),
      read: async () => ({ html: await this.figures(lang, id) }),
    })
  }

  /** One member comes (`in`) or goes (`uit`). A repeat changes nothing. */
  @Post(':id/aanwezigen')
  async note(
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<SeeOther> {
    const fields = typedFields(body)
    const memberId = fields.in ?? fields.uit
    if (!isId(id) || !isId(memberId)) throw new NotFoundException()
    await this.attendance.note(id, memberId, fields.in ? 'in' : 'out', visitor)
    return seeOther(`/alv/${id}/aanwezigen${addressOf(filterOf(fields))}#lid-${memberId}`)
  }

  /** A guest comes. A repeat of the same name changes nothing. */
  @Post(':id/gasten')
  async guest(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    if (!isId(id) || !(await this.reading.assembly(id))) throw new NotFoundException()
    const form = parseForm(guestForm, body)
    if (!form.ok)
      return this.page(lang, visitor, id, filterOf({}), {
        errors: formErrors(this.messages, lang, form.errors),
        typed: form.typed,
      })
    await this.attendance.noteGuest(id, form.value.naam, visitor)
    return seeOther(`/alv/${id}/aanwezigen#gasten`)
  }

  /** A guest leaves. A repeat keeps the first moment. */
  @Post(':id/gasten/:gast/vertrek')
  async guestLeaves(
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Param('gast') guestId: string,
  ): Promise<SeeOther> {
    if (!isId(id) || !isId(guestId)) throw new NotFoundException()
    await this.attendance.guestLeaves(id, guestId, visitor)
    return seeOther(`/alv/${id}/aanwezigen#gasten`)
  }

  private async page(
    lang: Language,
    visitor: Visitor,
    id: string,
    filter: HallFilter,
    refused?: { errors: ShownError[]; typed: Record<string, string> },
  ): Promise<Page> {
    const assembly = await this.reading.assembly(id)
    if (!assembly) throw new NotFoundException()
    const hall = await this.hall.now(assembly)
    const sources = {
      ...{ hall, messages: this.messages },
      members: await this.members.asOf(assembly.heldOn),
      guests: await this.hall.guests(id),
      recorders: await this.people.named([...new Set(hall.log.map(({ recordedBy }) => recordedBy))]),
    }
    const mayRecord = visitor.has('secretary') && !assembly.endedAt
    const model = hallPage(sources, assembly, filter, { mayRecord, lang })
    const now = this.templates.html(`${VIEWS}/hall-now.hbs`, hallFigures(hall, this.messages, lang))
    return page(`${VIEWS}/hall.hbs`, { ...model, now, ...refused }, refused ? 422 : 200)
  }

  private async figures(lang: Language, id: string): Promise<string> {
    const assembly = await this.reading.assembly(id)
    if (!assembly) throw new NotFoundException()
    const hall = { quorum: await this.quorum.of(assembly) }
    return this.templates.html(`${VIEWS}/hall-now.hbs`, hallFigures(hall, this.messages, lang))
  }
}

function filterOf({ q, stand }: { q?: unknown; stand?: unknown }): HallFilter {
  return {
    search: typeof q === 'string' ? q.trim().slice(0, 100) : '',
    state: stand === 'aanwezig' || stand === 'afwezig' ? stand : '',
  }
}

function addressOf({ search, state }: HallFilter): string {
  const given = Object.entries({ q: search, stand: state }).filter(([, value]) => value !== '')
  return given.length > 0 ? `?${new URLSearchParams(given)}` : ''
}
