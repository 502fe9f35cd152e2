import { Body, Controller, Inject, NotFoundException, Param, Post } from '@nestjs/common'
import { RuleViolated } from '#kernel'
import { Members } from '#members'
import {
  CurrentVisitor,
  formErrors,
  isId,
  Lang,
  type Language,
  Messages,
  type Page,
  type SeeOther,
  seeOther,
  typedFields,
  type Visitor,
} from '#platform'
import { AgendaProgress } from '../room/agenda-progress.service.js'
import { Floor, type FloorAct } from '../room/floor.service.js'
import { RoomPages } from './room-pages.js'

/** The acts in the room: where the assembly is on its agenda, and who has the floor. All go back to the room. */
@Controller('alv')
export class FloorController {
  constructor(
    @Inject(AgendaProgress) private readonly progress: AgendaProgress,
    @Inject(Floor) private readonly floor: Floor,
    @Inject(Members) private readonly members: Members,
    @Inject(RoomPages) private readonly pages: RoomPages,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  /** Goes to an item of the agenda. A repeat changes nothing. */
  @Post(':id/zaal/punt')
  async begin(
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<SeeOther> {
    const { punt } = typedFields(body)
    if (!isId(id) || !isId(punt)) throw new NotFoundException()
    await this.progress.begin(id, punt, visitor)
    return seeOther(`/alv/${id}/zaal`)
  }

  /** Ends an item. A repeat changes nothing. */
  @Post(':id/zaal/punt/einde')
  async endItem(
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<SeeOther> {
    const { punt } = typedFields(body)
    if (!isId(id) || !isId(punt)) throw new NotFoundException()
    await this.progress.end(id, punt, visitor)
    return seeOther(`/alv/${id}/zaal`)
  }

  /** A delegate asks for the floor. A repeat keeps the place on the list. */
  @Post(':id/woord')
  async ask(
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<SeeOther> {
    await this.floor.ask(actOf(id, body), visitor)
    return seeOther(`/alv/${id}/zaal#woord`)
  }

  /** Takes the request back. A repeat changes nothing. */
  @Post(':id/woord/intrekking')
  async withdraw(
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<SeeOther> {
    await this.floor.withdraw(actOf(id, body), visitor)
    return seeOther(`/alv/${id}/zaal#woord`)
  }

  /** The chair gives the floor to someone on the list. A repeat changes nothing. */
  @Post(':id/woord/beurt')
  async give(
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<SeeOther> {
    await this.floor.give(actOf(id, body), visitor)
    return seeOther(`/alv/${id}/zaal#leiding`)
  }

  /** The chair gives the floor to a guest, or to a member by its number, who did not ask. A repeat changes nothing. */
  @Post(':id/woord/buiten-de-lijst')
  async giveUnasked(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const typed = typedFields(body)
    try {
      await this.floor.give(actOf(id, { ...typed, spreker: await this.speakerOf(typed) }), visitor)
    } catch (error) {
      if (!(error instanceof RuleViolated)) throw error
      const path = typed.nummer ? 'nummer' : 'gast'
      const errors = formErrors(
        this.messages,
        lang,
        error.violations.map((violation) => ({ ...violation, path })),
      )
      return this.pages.room(lang, visitor, id, { errors, typed })
    }
    return seeOther(`/alv/${id}/zaal#leiding`)
  }

  /** Ends a turn. When another speaks by now, nothing changes. */
  @Post(':id/woord/einde')
  async end(
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<SeeOther> {
    await this.floor.end(actOf(id, body), visitor)
    return seeOther(`/alv/${id}/zaal#leiding`)
  }

  /** Puts who waits on another place. A repeat changes nothing. */
  @Post(':id/woord/volgorde')
  async place(
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<SeeOther> {
    const place = Number(typedFields(body).plaats)
    if (!Number.isInteger(place) || place < 1 || place > 9_999) throw new NotFoundException()
    await this.floor.place(actOf(id, body), place, visitor)
    return seeOther(`/alv/${id}/zaal#leiding`)
  }

  private async speakerOf({ gast, nummer = '' }: Record<string, string>): Promise<string> {
    if (nummer.trim() === '') {
      if (isId(gast)) return gast
      throw RuleViolated.of('floor.noSpeaker')
    }
    const member = /^\d{1,6}$/.test(nummer.trim()) ? await this.members.withNumber(Number(nummer)) : null
    if (!member) throw RuleViolated.of('floor.noSuchNumber')
    return member
  }
}

function actOf(assemblyId: string, body: unknown): FloorAct {
  const { punt: itemId, spreker: speakerId } = typedFields(body)
  if (!isId(assemblyId) || !isId(itemId) || !isId(speakerId)) throw new NotFoundException()
  return { assemblyId, itemId, speakerId }
}
