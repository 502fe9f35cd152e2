import { Controller, Get, Inject } from '@nestjs/common'
import { People } from '#identity'
import { Members } from '#members'
import { Clock, Lang, type Language, Messages, type Page, page } from '#platform'

/** The public home: what the cooperative is, who belongs, how to join and how to cancel (BW 2:35). */
@Controller()
export class HomeController {
  constructor(
    @Inject(Members) private readonly members: Members,
    @Inject(People) private readonly people: People,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  @Get()
  async home(@Lang() lang: Language): Promise<Page> {
    const text = (key: string, values?: object) => this.messages.text(lang, `web.home.${key}`, { ...values })
    const members = (await this.members.asOf(this.clock.today())).filter(({ status }) => status === 'member')
    const figure = (key: string, count: number) => ({ value: String(count), label: text(key, { count }) })
    return page('apps/web/views/home.hbs', {
      title: text('title'),
      figures: [
        figure('voting', members.filter(({ kind }) => kind === 'voting').length),
        figure('supporting', members.filter(({ kind }) => kind === 'supporting').length),
        figure('founders', members.filter(({ founder }) => founder).length),
      ],
      secretary: await this.secretary(text),
    })
  }

  /** Where to write to join or to cancel; null while nobody is secretary. */
  private async secretary(text: (key: string) => string) {
    const [holder] = await this.people.holders('secretary', this.clock.today())
    if (!holder) return null
    const mailTo = (subject: string) => `mailto:${holder.email}?subject=${encodeURIComponent(subject)}`
    return {
      email: holder.email,
      joinHref: mailTo(text('joinSubject')),
      cancelHref: mailTo(text('cancelSubject')),
    }
  }
}
