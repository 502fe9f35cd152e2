import { Controller, Get, Inject, Param } from '@nestjs/common'
import {
  CurrentVisitor,
  Lang,
  type Language,
  Messages,
  type Page,
  page,
  type SeeOther,
  seeOther,
  type Visitor,
} from '#platform'
import { RiskMargin } from '../risk-margin.service.js'
import { MarginPage, VIEWS } from './margin-page.js'

/** The risk margin of a year: how much, what is left, how far the payout is. */
@Controller('risicomarge')
export class MarginController {
  constructor(
    @Inject(RiskMargin) private readonly riskMargin: RiskMargin,
    @Inject(MarginPage) private readonly marginPage: MarginPage,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  /** Goes on to the latest year. */
  @Get()
  async latest(@Lang() lang: Language): Promise<Page | SeeOther> {
    const [year] = await this.riskMargin.years()
    if (year) return seeOther(`/risicomarge/${year}`)
    return page(`${VIEWS}/no-year.hbs`, { title: this.messages.text(lang, 'risk-margin.title') })
  }

  @Get(':jaar')
  show(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('jaar') year: string,
  ): Promise<Page> {
    return this.marginPage.build(lang, visitor, year)
  }
}
