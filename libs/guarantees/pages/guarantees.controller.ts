import { Controller, Get, Inject, Query } from '@nestjs/common'
import { CurrentVisit, type Page, type Visit } from '#platform'
import { GuaranteesPage } from './guarantees-page.js'

/** Who stands surety for how much, of a subsidy year, on any day. */
@Controller()
export class GuaranteesController {
  constructor(@Inject(GuaranteesPage) private readonly guaranteesPage: GuaranteesPage) {}

  /** `?jaar=2019&per=2019-12-31`; without them the latest year as it stands today. `?bedrag=` fills the form in. */
  @Get('garanties')
  show(
    @CurrentVisit() visit: Visit,
    @Query('jaar') year?: string,
    @Query('per') day?: string,
    @Query('bedrag') amount?: unknown,
    @Query('lid') memberId?: unknown,
  ): Promise<Page> {
    return this.guaranteesPage.build(visit, { year, day, proposed: proposedOf(amount, memberId) })
  }
}

/** What the page of a proposed share already fills in. */
function proposedOf(amount: unknown, memberId: unknown): Record<string, string> | undefined {
  if (typeof amount !== 'string') return undefined
  return { bedrag: amount.slice(0, 40), lid: typeof memberId === 'string' ? memberId : '' }
}
