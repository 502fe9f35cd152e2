import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common'
import { RuleViolated } from '#kernel'
import {
  CurrentVisit,
  type FieldError,
  isId,
  type Page,
  parseForm,
  type SeeOther,
  seeOther,
  typedFields,
  type Visit,
} from '#platform'
import { OfferAnswers } from '../offer-answers.service.js'
import { Offers } from '../offers.service.js'
import { GuaranteesPage } from './guarantees-page.js'
import { offerForm, readableErrors } from './offer-form.js'
import { OfferPage } from './offer-page.js'
import { answerOneOf, type Refused } from './refused.js'

/** A delegate offers a pledge for the own member, and the cooperative answers. */
@Controller('garanties/toezeggingen')
export class OffersController {
  constructor(
    @Inject(Offers) private readonly offers: Offers,
    @Inject(OfferAnswers) private readonly answers: OfferAnswers,
    @Inject(GuaranteesPage) private readonly guaranteesPage: GuaranteesPage,
    @Inject(OfferPage) private readonly offerPage: OfferPage,
  ) {}

  /**
   * Records an offer. Safe to repeat: the form carries a key, and a second request with that key leads to the first
   * offer. One that is refused comes back with the reason and what was typed.
   */
  @Post()
  async offer(@CurrentVisit() visit: Visit, @Body() body: unknown): Promise<Page | SeeOther> {
    const again = (typed: Record<string, string>, errors: FieldError[]) =>
      this.guaranteesPage.build(visit, { refused: { typed, errors } })
    const form = parseForm(offerForm, body)
    if (!form.ok) return again(form.typed, readableErrors(form.errors))
    try {
      const { id } = await this.offers.offer(visit.visitor, form.value)
      return seeOther(`/garanties/toezeggingen/${id}`)
    } catch (error) {
      if (!(error instanceof RuleViolated)) throw error
      const errors = error.violations.map(({ path, code, params }) => ({ field: path ?? '', code, params }))
      return again(typedFields(body), errors)
    }
  }

  /** An offer and what became of it, for the delegates of the member and the officers. */
  @Get(':id')
  show(@CurrentVisit() visit: Visit, @Param('id') id: string): Promise<Page> {
    return this.offerPage.build(visit, id)
  }

  /** Accepts. An offer is answered once: a second request, also by another officer, changes nothing. */
  @Post(':id/aanvaarding')
  accept(
    @CurrentVisit() visit: Visit,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const { meerReden = '' } = typedFields(body)
    return this.answer(visit, id, body, 'accept', { reden: 'meerReden', bedrag: '' }, () =>
      this.answers.accept(visit.visitor, id, meerReden),
    )
  }

  /** Refuses, with the reason. A repeat changes nothing. */
  @Post(':id/weigering')
  refuse(
    @CurrentVisit() visit: Visit,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const { weigerReden = '' } = typedFields(body)
    return this.answer(visit, id, body, 'refuse', { reden: 'weigerReden' }, () =>
      this.answers.refuse(visit.visitor, id, weigerReden),
    )
  }

  /** The delegate withdraws what was not answered yet. A repeat changes nothing. */
  @Post(':id/intrekking')
  withdraw(
    @CurrentVisit() visit: Visit,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    return this.answer(visit, id, body, 'withdraw', {}, () => this.offers.withdraw(visit.visitor, id))
  }

  private answer(
    visit: Visit,
    id: string,
    body: unknown,
    form: string,
    fields: Record<string, string>,
    work: () => Promise<void>,
  ): Promise<Page | SeeOther> {
    const again = (refused: Refused) => this.offerPage.build(visit, id, refused)
    return answerOneOf({ form, body, fields }, again, async () => {
      if (isId(id)) await work()
      return `/garanties/toezeggingen/${id}`
    })
  }
}
