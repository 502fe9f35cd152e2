import { Body, Controller, Get, Inject, NotFoundException, Param, Post } from '@nestjs/common'
import { RuleViolated } from '#kernel'
import {
  CurrentVisitor,
  type FieldError,
  isId,
  Lang,
  type Language,
  Messages,
  type Page,
  page,
  parseForm,
  type SeeOther,
  seeOther,
  typedFields,
  type Visitor,
} from '#platform'
import { Pledges } from '../pledges.service.js'
import { GuaranteesPage } from './guarantees-page.js'
import { pledgeForm, readableErrors } from './pledge-form.js'

/** A delegate pledges for the own member, and sees what was recorded. */
@Controller()
export class PledgesController {
  constructor(
    @Inject(Pledges) private readonly pledges: Pledges,
    @Inject(GuaranteesPage) private readonly guaranteesPage: GuaranteesPage,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  /**
   * Records a pledge. Safe to repeat: the form carries a key, and a second request with that key leads to the
   * confirmation of the first. A refused pledge comes back with the reason and what was typed.
   */
  @Post('garanties/toezeggingen')
  async pledge(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const form = parseForm(pledgeForm, body)
    if (!form.ok) return this.refused(lang, visitor, form.typed, readableErrors(form.errors))
    try {
      const { id } = await this.pledges.pledge(visitor, form.value)
      return seeOther(`/garanties/toezeggingen/${id}`)
    } catch (error) {
      if (!(error instanceof RuleViolated)) throw error
      const errors = error.violations.map(({ path, code, params }) => ({ field: path ?? '', code, params }))
      return this.refused(lang, visitor, typedFields(body), errors)
    }
  }

  /** What was recorded, for the delegates of the member and the directors. */
  @Get('garanties/toezeggingen/:id')
  async confirm(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
  ): Promise<Page> {
    const pledge = isId(id) ? await this.pledges.find(id) : null
    if (!pledge || !(visitor.has('director') || visitor.hasFor('delegate', pledge.memberId))) {
      throw new NotFoundException()
    }
    const title = this.messages.text(lang, 'guarantees.recorded.title')
    return page('libs/guarantees/pages/views/pledge.hbs', { title, pledge })
  }

  private refused(
    lang: Language,
    visitor: Visitor,
    typed: Record<string, string>,
    errors: FieldError[],
  ): Promise<Page> {
    return this.guaranteesPage.build(lang, visitor, { refused: { typed, errors } })
  }
}
