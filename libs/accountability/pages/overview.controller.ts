import { Controller, Get, Inject, Query } from '@nestjs/common'
import { Quarter } from '#kernel'
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
import { Reports } from '../reports.service.js'
import { relationTo } from '../rules/access.js'
import { allAreas, ownArea } from './overview-model.js'
import { wordsIn } from './report-words.js'

/** All reports: one's own by quarter, and everybody's side by side for a year. */
@Controller()
export class OverviewController {
  constructor(
    @Inject(Reports) private readonly reports: Reports,
    @Inject(Messages) private readonly messages: Messages,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** `?jaar=`; without it the year of the last quarter that ended. */
  @Get('verantwoording')
  async overview(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Query('jaar') asked?: string,
  ): Promise<Page> {
    const today = this.clock.today()
    const text = wordsIn(this.messages, lang)
    const standings = (await this.reports.standings()).map((one) => ({
      ...one,
      relation: relationTo(visitor, one.agreement.counterparty.id),
    }))
    const years = [
      ...new Set(standings.flatMap(({ quarters }) => quarters.map(({ quarter }) => quarter.year))),
    ].sort()
    const usual = Quarter.of(today).previous().year
    const year =
      years.find((one) => String(one) === asked) ??
      years.filter((one) => one <= usual).at(-1) ??
      years[0] ??
      usual
    return page('libs/accountability/pages/views/overview.hbs', {
      title: text('title'),
      mayFollow: visitor.has('teamLead', 'serviceTeam', 'director'),
      year: String(year),
      otherYears: years.filter((one) => one !== year).map(String),
      own: standings.filter(({ relation }) => relation === 'own').map((one) => ownArea(text, one, today)),
      all: allAreas(text, standings, year, today),
    })
  }
}
