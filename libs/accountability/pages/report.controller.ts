import { Body, Controller, Get, Inject, NotFoundException, Param, Post, Query } from '@nestjs/common'
import { RuleViolated } from '#kernel'
import {
  CurrentVisitor,
  formErrors,
  Lang,
  type Language,
  Messages,
  type Page,
  type SeeOther,
  seeOther,
  typedFields,
  type Visitor,
} from '#platform'
import { type Report, Reports } from '../reports.service.js'
import { Reviewing } from '../reviewing.service.js'
import { ReportPage, type ShownAct } from './report-page.js'
import { pathOf } from './report-words.js'
import { sentReopening, sentVerdicts } from './review-form.js'

/** What was done on the page before, as it stands in the address. */
const DONE: Record<string, ShownAct['done']> = {
  gereed: 'completed',
  beoordeeld: 'reviewed',
  ingetrokken: 'withdrawn',
  heropend: 'reopened',
}

/** One report: where it stands, what was submitted, what was said of it; and the verdicts on it. */
@Controller('verantwoording/:gebied/:kwartaal')
export class ReportController {
  constructor(
    @Inject(Reports) private readonly reports: Reports,
    @Inject(Reviewing) private readonly reviewing: Reviewing,
    @Inject(ReportPage) private readonly pages: ReportPage,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  @Get()
  async show(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('gebied') area: string,
    @Param('kwartaal') quarter: string,
    @Query() query: Record<string, unknown>,
  ): Promise<Page> {
    const report = await this.find(area, quarter)
    const done = Object.keys(DONE).find((name) => query[name] === '1')
    return this.pages.show(lang, visitor, report, { done: done ? DONE[done] : null })
  }

  /** Records verdicts on sections. The same verdicts sent again by the same person change nothing. */
  @Post('versies/:nummer/beoordeling')
  async review(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('gebied') area: string,
    @Param('kwartaal') quarter: string,
    @Param('nummer') number: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const typed = typedFields(body)
    return this.answer(lang, visitor, { area, quarter }, typed, 'beoordeeld', () =>
      this.reviewing.review(visitor, { area, quarter }, Number(number), sentVerdicts(typed)),
    )
  }

  /** Opens sections of an approved quarter again. Sent again, it changes nothing. */
  @Post('heropening')
  async reopen(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('gebied') area: string,
    @Param('kwartaal') quarter: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const typed = typedFields(body)
    return this.answer(lang, visitor, { area, quarter }, typed, 'heropend', () =>
      this.reviewing.reopen(visitor, { area, quarter }, sentReopening(typed)),
    )
  }

  /** What can be mended on the page comes back with what was typed. */
  private async answer(
    lang: Language,
    visitor: Visitor,
    { area, quarter }: { area: string; quarter: string },
    typed: Record<string, string>,
    done: string,
    act: () => Promise<unknown>,
  ): Promise<Page | SeeOther> {
    try {
      await act()
    } catch (error) {
      if (!(error instanceof RuleViolated) || !error.violations.some(({ path }) => path)) throw error
      const errors = formErrors(this.messages, lang, error.violations)
      return this.pages.show(lang, visitor, await this.find(area, quarter), { typed, errors })
    }
    return seeOther(`${pathOf(await this.find(area, quarter))}?${done}=1`)
  }

  private async find(area: string, quarter: string): Promise<Report> {
    const report = await this.reports.find({ area, quarter })
    if (!report) throw new NotFoundException()
    return report
  }
}
