import { Controller, Get, Inject, Query } from '@nestjs/common'
import { type Day, isDay } from '#kernel'
import { Clock, Lang, type Language, Messages, type Page, page } from '#platform'
import type { StatuteSetting } from '../rules/statute-book.js'
import { Statutes } from '../statutes.service.js'
import { describeValue } from './describe-value.js'

@Controller()
export class StatutesController {
  constructor(
    @Inject(Statutes) private readonly statutes: Statutes,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  /** The rules that hold on a day (`?per=`, today when absent or not a day). */
  @Get('statuten')
  async show(@Lang() lang: Language, @Query('per') per?: string): Promise<Page> {
    const day: Day = per && isDay(per) ? per : this.clock.today()
    const book = await this.statutes.asOf(day)
    return page('libs/statutes/pages/views/statutes.hbs', {
      title: this.messages.text(lang, 'statutes.title'),
      day,
      wrongDay: per !== undefined && per !== '' && !isDay(per),
      rules: book.all().map((setting) => this.rule(lang, setting)),
    })
  }

  private rule(lang: Language, setting: StatuteSetting) {
    return {
      label: this.messages.text(lang, `statutes.keys.${setting.key}`),
      value: describeValue(this.messages, lang, setting),
      article: setting.article,
      source: setting.source,
      holdsFrom: setting.holdsFrom,
    }
  }
}
