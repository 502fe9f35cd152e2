import { Body, Controller, Get, Inject, NotFoundException, Param, Post, Query } from '@nestjs/common'
import { RuleViolated } from '#kernel'
import {
  CurrentVisitor,
  Download,
  formErrors,
  Lang,
  type Language,
  Messages,
  type Page,
  parseForm,
  type SeeOther,
  type ShownError,
  seeOther,
  type Visitor,
} from '#platform'
import { type Report, Reports } from '../reports.service.js'
import { Reviewing } from '../reviewing.service.js'
import type { ReportVersion } from '../store/report-records.js'
import { ReportPage } from './report-page.js'
import { pathOf } from './report-words.js'
import { reviewForm } from './review-form.js'

/** One version: read it, take it along, give a verdict on it. */
@Controller('verantwoording/:gebied/:kwartaal/versies/:nummer')
export class VersionsController {
  constructor(
    @Inject(Reports) private readonly reports: Reports,
    @Inject(Reviewing) private readonly reviewing: Reviewing,
    @Inject(ReportPage) private readonly pages: ReportPage,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  @Get()
  async show(
    @Lang() lang: Language,
    @Param('gebied') area: string,
    @Param('kwartaal') quarter: string,
    @Param('nummer') number: string,
    @Query('ingediend') submitted?: string,
  ): Promise<Page> {
    const { report, version } = await this.find(area, quarter, number)
    return this.pages.version(lang, report, version, submitted)
  }

  /** The canonical JSON, byte for byte what the SHA-256 is of. */
  @Get('bestand')
  async file(
    @Param('gebied') area: string,
    @Param('kwartaal') quarter: string,
    @Param('nummer') number: string,
  ): Promise<Download> {
    const { version } = await this.find(area, quarter, number)
    const name = `verantwoording-${area}-${quarter}-versie-${version.number}.json`
    return new Download(name, 'application/json; charset=utf-8', version.content)
  }

  /** Records a verdict. The same verdict sent again by the same person changes nothing. */
  @Post('beoordeling')
  async review(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('gebied') area: string,
    @Param('kwartaal') quarter: string,
    @Param('nummer') number: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const { report, version } = await this.find(area, quarter, number)
    const form = parseForm(reviewForm, body)
    const refuse = (typed: Record<string, string>, errors: ShownError[]) =>
      this.pages.report(lang, visitor, report, { typed, errors })
    if (!form.ok) return refuse(form.typed, formErrors(this.messages, lang, form.errors))
    try {
      await this.reviewing.review(visitor, { area, quarter }, version.number, form.value)
    } catch (error) {
      const missing = error instanceof RuleViolated && error.violations.some(({ path }) => path === 'reden')
      if (!missing) throw error
      const typed = { oordeel: form.value.verdict, reden: form.value.reason }
      return refuse(typed, formErrors(this.messages, lang, error.violations))
    }
    return seeOther(`${pathOf(report)}?beoordeeld=1`)
  }

  private async find(
    area: string,
    quarter: string,
    number: string,
  ): Promise<{ report: Report; version: ReportVersion }> {
    const report = await this.reports.find({ area, quarter })
    const version = report?.record?.versions.find((one) => String(one.number) === number)
    if (!report || !version) throw new NotFoundException()
    return { report, version }
  }
}
