import { Controller, Get, Inject, NotFoundException, Param, Post } from '@nestjs/common'
import { Members } from '#members'
import {
  Clock,
  CurrentVisitor,
  isId,
  Lang,
  type Language,
  Messages,
  type Page,
  page,
  type SeeOther,
  seeOther,
  type Visitor,
} from '#platform'
import { Attendance } from '../hall/attendance.service.js'
import { CheckInCodes } from '../hall/check-in-codes.service.js'
import { Hall } from '../hall/hall.service.js'
import { AssemblyReading } from '../reading.service.js'
import type { AssemblyRow } from '../store/entities.js'
import { checkInPage, ownCodesPage } from './check-in-page.js'

const VIEWS = 'libs/assemblies/pages/views'

/** Checking in with the code of a member: shown by its delegate, read at the door or opened on the own phone. */
@Controller('alv')
export class CheckInController {
  constructor(
    @Inject(Attendance) private readonly attendance: Attendance,
    @Inject(CheckInCodes) private readonly codes: CheckInCodes,
    @Inject(Hall) private readonly hall: Hall,
    @Inject(AssemblyReading) private readonly reading: AssemblyReading,
    @Inject(Members) private readonly members: Members,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  /** The codes of the own members, to show at the door. */
  @Get(':id/binnen')
  async own(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
  ): Promise<Page> {
    const assembly = await this.assembly(id)
    const own = (await this.members.asOf(assembly.heldOn)).filter((member) =>
      visitor.hasFor('delegate', member.id),
    )
    const members = []
    for (const { id: memberId, name } of own) {
      const code = await this.codes.codeOf(id, memberId)
      members.push({ name, code, address: await this.codes.addressOf(id, memberId) })
    }
    return page(`${VIEWS}/check-in-code.hbs`, ownCodesPage(this.messages, assembly, members, lang))
  }

  /** What a code says to who scans it: the secretary may let the member in, its delegate comes in itself. */
  @Get(':id/binnen/:code')
  async show(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Param('code') code: string,
  ): Promise<Page> {
    const assembly = await this.assembly(id)
    const member = await this.members.find(await this.memberId(id, code), assembly.heldOn)
    if (!member) throw new NotFoundException()
    const sources = { hall: await this.hall.now(assembly), messages: this.messages }
    const at = { now: this.clock.now(), today: this.clock.today() }
    const model = checkInPage(sources, assembly, { member, code, visitor, at }, lang)
    return page(`${VIEWS}/check-in.hbs`, model)
  }

  /** The member comes in. A repeat keeps the moment. */
  @Post(':id/binnen/:code')
  async checkIn(
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Param('code') code: string,
  ): Promise<SeeOther> {
    const memberId = await this.memberId(id, code)
    if (visitor.hasFor('delegate', memberId)) await this.attendance.checkIn(id, visitor)
    else if (visitor.has('secretary')) await this.attendance.note(id, memberId, 'in', visitor)
    else throw new NotFoundException()
    return seeOther(`/alv/${id}/binnen/${code}`)
  }

  private async memberId(id: string, code: string): Promise<string> {
    const memberId = isId(id) ? await this.codes.memberOf(id, code) : null
    if (!memberId) throw new NotFoundException()
    return memberId
  }

  private async assembly(id: string): Promise<AssemblyRow> {
    const assembly = await this.reading.assembly(id)
    if (!assembly) throw new NotFoundException()
    return assembly
  }
}
