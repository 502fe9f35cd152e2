import { Controller, Get, Inject, Query } from '@nestjs/common'
import {
  Clock,
  CurrentVisitor,
  Lang,
  type Language,
  Messages,
  type Page,
  page,
  type Visitor,
} from '#platform'
import { MemberReading } from '../reading.service.js'
import { endOfDay } from '../rules/end-of-day.js'
import { PAGE_SIZE } from '../store/list.store.js'
import { addressOf, dayIn, selectionOf } from './list-address.js'
import { membersPage } from './members-page.js'
import { textsOf } from './words.js'

/** The public list: organisation, kind, wijk and since when; nothing of persons. */
@Controller()
export class MembersController {
  constructor(
    @Inject(MemberReading) private readonly reading: MemberReading,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  /**
   * The register as it held on a day (`?per=`, today when absent or not a day), also as it was known at the end
   * of another (`?bekend=`): found by name, wijk, kind and status, in order, a page of it.
   */
  @Get('leden')
  async list(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor | null,
    @Query() query: Record<string, unknown>,
  ): Promise<Page> {
    const address = addressOf(query)
    const day = dayIn(address.per) ?? this.clock.today()
    const knownOn = dayIn(address.bekend)
    const knownAt = knownOn ? endOfDay(knownOn) : null
    const wijken = await this.reading.wijken()
    const selection = selectionOf(address, wijken)
    let listed = await this.reading.list(day, knownAt, selection)
    const pages = Math.max(1, Math.ceil(listed.found / PAGE_SIZE))
    if (selection.page > pages) {
      selection.page = pages
      listed = await this.reading.list(day, knownAt, selection)
    }
    const text = textsOf(this.messages, lang)
    return page(
      'libs/members/pages/views/members.hbs',
      membersPage({ text, address, selection, wijken, listed, pages, day, knownOn, visitor }),
    )
  }
}
