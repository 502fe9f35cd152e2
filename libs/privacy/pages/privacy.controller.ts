import { Controller, Get, Inject } from '@nestjs/common'
import { People } from '#identity'
import { Clock, Lang, type Language, Messages, type Page, page } from '#platform'
import { type RetentionClass, retentionClasses } from '../rules/retention-classes.js'

/** What is kept of people, why and how long, in plain words. */
@Controller()
export class PrivacyController {
  constructor(
    @Inject(People) private readonly people: People,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  @Get('privacy')
  async show(@Lang() lang: Language): Promise<Page> {
    const text = (key: string, values: object = {}) =>
      this.messages.text(lang, `privacy.${key}`, { ...values })
    const [secretary] = await this.people.holders('secretary', this.clock.today())
    return page('libs/privacy/pages/views/privacy.hbs', {
      title: text('title'),
      secretary: secretary?.email ?? null,
      columns: ['what', 'why', 'howLong'].map((column) => ({ label: text(`columns.${column}`) })),
      classes: retentionClasses.map((one) => [
        text(`classes.${one.key}.what`),
        { value: text(`classes.${one.key}.why`), note: one.article },
        { value: this.howLong(one, lang), note: text(`after.${one.after}`) },
      ]),
    })
  }

  private howLong({ period, from }: RetentionClass, lang: Language): string {
    const text = (key: string, values: object = {}) =>
      this.messages.text(lang, `privacy.${key}`, { ...values })
    if (!period) return text('always')
    return text('period', { unit: period.unit, amount: period.amount, from: text(`from.${from}`) })
  }
}
