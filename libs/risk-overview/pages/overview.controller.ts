import { Controller, Get, Inject, Query } from '@nestjs/common'
import { Clock, Download, Lang, type Language, type Page } from '#platform'
import { OverviewPage } from './overview-page.js'
import { OverviewPaper } from './overview-paper.js'
import type { OverviewQuery } from './overview-question.js'
import { overviewCsv, overviewXlsx } from './overview-sheets.js'

/**
 * The risk of a subsidy year on one page. `?jaar=` and `?per=` choose year and day, `?verlies=` and `?zonder=` (the
 * number of a member, as often as needed) ask what would happen; the files answer the same question.
 */
@Controller('garanties')
export class OverviewController {
  constructor(
    @Inject(OverviewPage) private readonly overview: OverviewPage,
    @Inject(OverviewPaper) private readonly paper: OverviewPaper,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  @Get('overzicht')
  show(@Lang() lang: Language, @Query() query: OverviewQuery): Promise<Page> {
    return this.overview.show(lang, query)
  }

  /** The holders, a line each. */
  @Get('overzicht.csv')
  async csv(@Lang() lang: Language, @Query() query: OverviewQuery): Promise<Download> {
    const asked = await this.overview.ask(lang, query)
    return new Download(`${fileName(asked)}.csv`, 'text/csv; charset=utf-8', overviewCsv(asked))
  }

  /** Holders, forecast and history, a sheet each. */
  @Get('overzicht.xlsx')
  async xlsx(@Lang() lang: Language, @Query() query: OverviewQuery): Promise<Download> {
    const asked = await this.overview.ask(lang, query)
    const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
    return new Download(`${fileName(asked)}.xlsx`, type, await overviewXlsx(asked))
  }

  @Get('overzicht.pdf')
  async pdf(@Lang() lang: Language, @Query() query: OverviewQuery): Promise<Download> {
    const asked = await this.overview.ask(lang, query)
    const content = await this.paper.make(asked, this.clock.now())
    return new Download(`${fileName(asked)}.pdf`, 'application/pdf', content)
  }
}

function fileName({ overview }: { overview: { day: string } | null }): string {
  return ['risico-en-dekking', overview?.day].filter(Boolean).join('-')
}
