import { Body, Controller, Get, Inject, NotFoundException, Param, Post } from '@nestjs/common'
import {
  CurrentVisitor,
  isId,
  Lang,
  type Language,
  Messages,
  type Page,
  page,
  type SeeOther,
  seeOther,
  type Visitor,
} from '#platform'
import { MarginReserves } from '../reserves.service.js'
import { RiskMargin } from '../risk-margin.service.js'
import { MarginUses } from '../uses.service.js'
import { answerForm } from './form-answer.js'
import { reversalForm, useForm } from './margin-forms.js'
import { MarginPage, VIEWS } from './margin-page.js'
import { REVERSAL_FORM, USE_FORM } from './use-parts.js'

/** The risk margin of a year: how much, what is left, how far the payout is. */
@Controller('risicomarge')
export class MarginController {
  constructor(
    @Inject(RiskMargin) private readonly riskMargin: RiskMargin,
    @Inject(MarginReserves) private readonly reserves: MarginReserves,
    @Inject(MarginUses) private readonly uses: MarginUses,
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

  /** Sets the margin of a year aside in the books, once: a repeat changes nothing. */
  @Post(':jaar/reserve')
  async reserve(@CurrentVisitor() visitor: Visitor, @Param('jaar') year: string): Promise<SeeOther> {
    await this.reserves.book(visitor, numberOf(year))
    return seeOther(`/risicomarge/${year}`)
  }

  /** Records a use and books it. Safe to repeat: the form carries a key. */
  @Post(':jaar/gebruik')
  async use(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('jaar') year: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const number = numberOf(year)
    return answerForm(useForm, body, {
      form: USE_FORM,
      act: ({ bedrag, dag, reden, document, besluit, betaling, verzoek }) =>
        this.uses.use(visitor, number, {
          ...{ cents: bedrag, onDay: dag, reason: reden, document, decision: besluit || null },
          ...{ paidFrom: betaling, requestKey: verzoek },
        }),
      to: `/risicomarge/${year}#gebruik`,
      refuse: (refused) => this.marginPage.build(lang, visitor, year, refused),
    })
  }

  /** Undoes a use by a reversing entry. A repeat changes nothing. */
  @Post(':jaar/gebruik/:id/terugdraaiing')
  async reverse(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('jaar') year: string,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const number = numberOf(year)
    if (!isId(id)) throw new NotFoundException()
    return answerForm(reversalForm, body, {
      form: REVERSAL_FORM,
      act: ({ reden }) => this.uses.reverse(visitor, number, id, reden),
      to: `/risicomarge/${year}#gebruik`,
      refuse: (refused) => this.marginPage.build(lang, visitor, year, refused),
    })
  }
}

/** @throws NotFoundException for what is no year; Number() would also take 0x7e3 for 2019 */
export function numberOf(year: string): number {
  if (!/^\d{4}$/.test(year)) throw new NotFoundException()
  return Number(year)
}
