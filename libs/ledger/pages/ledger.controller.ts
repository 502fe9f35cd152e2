import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common'
import {
  answerForm,
  CurrentVisitor,
  type Download,
  Lang,
  type Language,
  type Page,
  type RefusedForm,
  type SeeOther,
  seeOther,
  typedFields,
  type Visitor,
} from '#platform'
import { sheetDownload } from '#sheets'
import { LedgerAccounts } from '../ledger-accounts.service.js'
import { AccountPage } from './account-page.js'
import { ChartPage } from './chart-page.js'
import { TrialPage } from './trial-page.js'

/** The trial balance, the chart of accounts, and each account. */
@Controller('grootboek')
export class LedgerController {
  constructor(
    @Inject(TrialPage) private readonly trial: TrialPage,
    @Inject(ChartPage) private readonly chart: ChartPage,
    @Inject(AccountPage) private readonly account: AccountPage,
    @Inject(LedgerAccounts) private readonly accounts: LedgerAccounts,
  ) {}

  @Get()
  show(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Query('dag') day?: string,
    @Query('project') project?: string,
  ): Promise<Page> {
    return this.trial.show(lang, visitor, { day, project })
  }

  @Get('saldibalans.csv')
  async trialCsv(
    @Lang() lang: Language,
    @Query('dag') day?: string,
    @Query('project') project?: string,
  ): Promise<Download> {
    return sheetDownload('csv', await this.trial.sheet(lang, { day, project }))
  }

  @Get('saldibalans.xlsx')
  async trialXlsx(
    @Lang() lang: Language,
    @Query('dag') day?: string,
    @Query('project') project?: string,
  ): Promise<Download> {
    return sheetDownload('xlsx', await this.trial.sheet(lang, { day, project }))
  }

  @Get('rekeningen')
  showChart(@Lang() lang: Language, @CurrentVisitor() visitor: Visitor): Promise<Page> {
    return this.chart.show(lang, visitor)
  }

  /** Adds an account. The same again changes nothing. */
  @Post('rekeningen')
  add(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const { code = '', naam = '', kant = '' } = typedFields(body)
    const again = (refused: RefusedForm) => this.chart.show(lang, visitor, refused)
    return answerForm(body, again, async () => {
      await this.accounts.add(visitor, { code, name: naam, side: kant })
      return seeOther('/grootboek/rekeningen')
    })
  }

  @Get('rekeningen/:code')
  showAccount(
    @Lang() lang: Language,
    @Param('code') code: string,
    @Query() query: Record<string, string>,
  ): Promise<Page> {
    return this.account.show(lang, code, accountQuery(query))
  }

  @Get('rekeningen/:code/regels.csv')
  async accountCsv(
    @Lang() lang: Language,
    @Param('code') code: string,
    @Query() query: Record<string, string>,
  ): Promise<Download> {
    return sheetDownload('csv', await this.account.sheet(lang, code, accountQuery(query)))
  }

  @Get('rekeningen/:code/regels.xlsx')
  async accountXlsx(
    @Lang() lang: Language,
    @Param('code') code: string,
    @Query() query: Record<string, string>,
  ): Promise<Download> {
    return sheetDownload('xlsx', await this.account.sheet(lang, code, accountQuery(query)))
  }
}

/** What the address chose; twice the same word counts as none. */
function accountQuery(query: Record<string, unknown>) {
  const chosen = (name: string) => (typeof query[name] === 'string' ? query[name] : undefined)
  return { from: chosen('van'), through: chosen('tot'), project: chosen('project'), page: chosen('pagina') }
}
