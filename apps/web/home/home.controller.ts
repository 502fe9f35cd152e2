import { Controller, Get, Inject } from '@nestjs/common'
import { Members } from '#members'
import { Clock, Lang, type Language, Messages, type Page, page } from '#platform'

/** The public home: what the cooperative is, who belongs, how to join and how to cancel (BW 2:35). */
@Controller()
export class HomeController {
  constructor(
    @Inject(Members) private readonly members: Members,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  @Get()
  async home(@Lang() lang: Language): Promise<Page> {
    const members = (await this.members.asOf(this.clock.today())).filter(({ status }) => status === 'member')
    return page('apps/web/views/home.hbs', {
      title: this.messages.text(lang, 'web.home.title'),
      voting: members.filter(({ kind }) => kind === 'voting').length,
      supporting: members.filter(({ kind }) => kind === 'supporting').length,
    })
  }
}
