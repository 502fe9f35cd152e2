import { Controller, Get, Inject, Query } from '@nestjs/common'
import { isDay } from '#kernel'
import { Clock, Lang, type Language, Messages, type Page, page } from '#platform'
import { Members } from '../members.service.js'

/** The public list: organisation, kind and since when; nothing of persons. */
@Controller()
export class MembersController {
  constructor(
    @Inject(Members) private readonly members: Members,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  /** The register as it held on a day (`?per=`, today when absent or not a day). */
  @Get('leden')
  async list(@Lang() lang: Language, @Query('per') per?: string): Promise<Page> {
    const day = per && isDay(per) ? per : this.clock.today()
    const members = (await this.members.asOf(day)).filter(
      ({ status }) => status === 'member' || status === 'suspended',
    )
    const group = (kind: string) =>
      members
        .filter((member) => member.kind === kind)
        .map((member) => ({ ...member, suspended: member.status === 'suspended' }))
    return page('libs/members/pages/views/members.hbs', {
      title: this.messages.text(lang, 'members.title'),
      day,
      wrongDay: per !== undefined && per !== '' && !isDay(per),
      voting: group('voting'),
      supporting: group('supporting'),
    })
  }
}
