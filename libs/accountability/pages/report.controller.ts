import { Controller, Get, Inject, NotFoundException, Param, Query } from '@nestjs/common'
import { CurrentVisitor, Lang, type Language, type Page, type Visitor } from '#platform'
import { Reports } from '../reports.service.js'
import { ReportPage } from './report-page.js'

/** One report: where it stands, what was submitted, what became of it. */
@Controller()
export class ReportController {
  constructor(
    @Inject(Reports) private readonly reports: Reports,
    @Inject(ReportPage) private readonly pages: ReportPage,
  ) {}

  @Get('verantwoording/:gebied/:kwartaal')
  async show(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('gebied') area: string,
    @Param('kwartaal') quarter: string,
    @Query('beoordeeld') reviewed?: string,
  ): Promise<Page> {
    const report = await this.reports.find({ area, quarter })
    if (!report) throw new NotFoundException()
    return this.pages.report(lang, visitor, report, { justReviewed: reviewed === '1' })
  }
}
