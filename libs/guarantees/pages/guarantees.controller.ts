import { Controller, Get, Inject, Query } from '@nestjs/common'
import { CurrentVisitor, Lang, type Language, type Page, type Visitor } from '#platform'
import { GuaranteesPage } from './guarantees-page.js'

/** Who stands surety for how much, of a subsidy year, on any day. */
@Controller()
export class GuaranteesController {
  constructor(@Inject(GuaranteesPage) private readonly guaranteesPage: GuaranteesPage) {}

  /** `?jaar=2019&per=2019-12-31`; without them the latest year as it stands today. */
  @Get('garanties')
  show(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Query('jaar') year?: string,
    @Query('per') day?: string,
  ): Promise<Page> {
    return this.guaranteesPage.build(lang, visitor, { year, day })
  }
}
