import { Controller, Get, Inject, NotFoundException, Param, Query } from '@nestjs/common'
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
import { addressOf, dayIn } from './list-address.js'
import { timelineOf } from './timeline.js'
import { textsOf } from './words.js'

/** One member: for everyone what the list says too; for its delegate and the staff all that was recorded. */
@Controller()
export class MemberController {
  constructor(
    @Inject(MemberReading) private readonly reading: MemberReading,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  /** The page of a member by its number, as of a day as in the list (`?per=`, `?bekend=`). */
  @Get('leden/:nummer')
  async member(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor | null,
    @Param('nummer') typed: string,
    @Query() query: Record<string, unknown>,
  ): Promise<Page> {
    if (!/^[1-9]\d{0,8}$/.test(typed)) throw new NotFoundException()
    const number = Number(typed)
    const { per, bekend } = addressOf(query)
    const day = dayIn(per) ?? this.clock.today()
    const knownOn = dayIn(bekend)
    const found = await this.reading.byNumber(number, day, knownOn ? endOfDay(knownOn) : null)
    if (!found) throw new NotFoundException()
    const seesAll = maySeeHistory(visitor, found.id)
    if (!found.onDay && !seesAll) throw new NotFoundException()
    const text = textsOf(this.messages, lang)
    const history = seesAll ? await this.reading.history(found.id) : null
    const { onDay } = found
    const name = onDay?.name ?? history?.details.at(-1)?.fact.name ?? ''
    return page('libs/members/pages/views/member.hbs', {
      title: name,
      memberNumber: number,
      name,
      day,
      knownOn,
      isAnotherDay: dayIn(per) !== null || knownOn !== null,
      member: onDay,
      status: onDay && onDay.status !== 'member' ? text(`status.${onDay.status}`) : null,
      timeline: history && timelineOf(history, text, lang),
    })
  }
}

function maySeeHistory(visitor: Visitor | null, memberId: string): boolean {
  if (!visitor) return false
  return (
    visitor.has('secretary', 'serviceTeam', 'director', 'chair', 'admin') ||
    visitor.hasFor('delegate', memberId)
  )
}
