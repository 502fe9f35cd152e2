import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common'
import { RuleViolated } from '#kernel'
import {
  CurrentVisitor,
  Lang,
  type Language,
  type Page,
  type SeeOther,
  seeOther,
  typedFields,
  type Visitor,
} from '#platform'
import { FollowingPage } from './following-page.js'
import { ReportReminders } from './report-reminders.service.js'

/** Who is where with the quarterly reports, and a friendly word to who is late. */
@Controller('verantwoording/stand')
export class RemindersController {
  constructor(
    @Inject(FollowingPage) private readonly pages: FollowingPage,
    @Inject(ReportReminders) private readonly reminders: ReportReminders,
  ) {}

  /** `?jaar=`; without it the year of the last quarter that ended. */
  @Get()
  all(@Lang() lang: Language, @Query('jaar') year?: string): Promise<Page> {
    return this.pages.all(lang, year)
  }

  /** One report: what was sent, and a reminder with a sentence of one's own. */
  @Get(':gebied/:kwartaal')
  async one(
    @Lang() lang: Language,
    @Param('gebied') area: string,
    @Param('kwartaal') quarter: string,
  ): Promise<Page> {
    return this.pages.one(lang, await this.reminders.find(area, quarter))
  }

  /** Sends a friendly reminder. Sent twice on a day, it is one reminder. */
  @Post(':gebied/:kwartaal/herinnering')
  async remind(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('gebied') area: string,
    @Param('kwartaal') quarter: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const typed = typedFields(body)
    try {
      await this.reminders.friendly(area, quarter, typed.zin ?? '', visitor)
    } catch (error) {
      if (!(error instanceof RuleViolated) || error.violations[0]!.path === undefined) throw error
      const report = await this.reminders.find(area, quarter)
      return this.pages.one(lang, report, { typed, errors: error.violations })
    }
    return seeOther(`/verantwoording/stand/${area}/${quarter}`)
  }
}
