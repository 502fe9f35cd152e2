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
import { wijkenOf } from './members-page.js'
import { particularsOf } from './particulars.js'
import { timelineOf } from './timeline.js'
import { type Text, textsOf } from './words.js'

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
    const knownAt = knownOn ? endOfDay(knownOn) : null
    const found = await this.reading.byNumber(number, day, knownAt)
    if (!found) throw new NotFoundException()
    const seesAll = maySeeHistory(visitor, found.id)
    if (!found.onDay && !seesAll) throw new NotFoundException()
    const text = textsOf(this.messages, lang)
    const history = seesAll ? await this.reading.history(found.id) : null
    const details = seesAll ? await this.reading.details(found.id, day, knownAt) : null
    const wijken = await this.reading.wijken()
    const buurten = await this.reading.buurtNames()
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
      wijken: onDay && wijkenOf(onDay, wijken).join(', '),
      particulars: details && particularsOf(details, text, buurten),
      links: seesAll && linksOf(number, text),
      timeline: history && timelineOf(history, buurten, text, lang),
    })
  }
}

/** What else can be seen and done of a member; each of these pages guards itself. */
function linksOf(number: number, text: Text) {
  return [
    { href: `/leden/${number}/mandaten`, label: text('links.mandates') },
    { href: `/organisatie/${number}`, label: text('links.changes') },
    { href: `/leden/${number}/dossier`, label: text('links.file') },
  ]
}

function maySeeHistory(visitor: Visitor | null, memberId: string): boolean {
  if (!visitor) return false
  return (
    visitor.has('secretary', 'serviceTeam', 'director', 'chair', 'admin') ||
    visitor.hasFor('delegate', memberId) ||
    visitor.hasFor('contact', memberId)
  )
}
