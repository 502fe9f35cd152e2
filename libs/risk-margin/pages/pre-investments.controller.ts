import { Body, Controller, Get, Inject, NotFoundException, Param, Post } from '@nestjs/common'
import { CurrentVisitor, isId, Lang, type Language, type Page, type SeeOther, type Visitor } from '#platform'
import { MarginMotions } from '../margin-motions.service.js'
import { PreInvestments } from '../pre-investments.service.js'
import { answerForm } from './form-answer.js'
import { preInvestmentAnswerForm, preInvestmentForm, preInvestmentsFirstForm } from './margin-forms.js'
import { ANSWER_FORM, FIRST_FORM, PreInvestmentsPage, RECORD_FORM } from './pre-investments-page.js'

const HERE = '/voorinvesteringen'

/** What members put into the start-up phase, and whether they earn it back first. */
@Controller('voorinvesteringen')
export class PreInvestmentsController {
  constructor(
    @Inject(PreInvestmentsPage) private readonly preInvestmentsPage: PreInvestmentsPage,
    @Inject(PreInvestments) private readonly preInvestments: PreInvestments,
    @Inject(MarginMotions) private readonly motions: MarginMotions,
  ) {}

  @Get()
  show(@Lang() lang: Language, @CurrentVisitor() visitor: Visitor): Promise<Page> {
    return this.preInvestmentsPage.build(lang, visitor)
  }

  /** Records one. Safe to repeat: the form carries a key. */
  @Post()
  record(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    return answerForm(preInvestmentForm, body, {
      form: RECORD_FORM,
      act: ({ lid, soort, bedrag, dag, omschrijving, document, verzoek }) =>
        this.preInvestments.record(visitor, {
          ...{ memberId: lid, kind: soort, cents: bedrag, onDay: dag, description: omschrijving, document },
          requestKey: verzoek,
        }),
      to: HERE,
      refuse: (refused) => this.preInvestmentsPage.build(lang, visitor, refused),
    })
  }

  /** Asks the ALV to let pre-investments go first in a year. While that was asked already, a repeat adds nothing. */
  @Post('besluiten')
  askFirst(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    return answerForm(preInvestmentsFirstForm, body, {
      form: FIRST_FORM,
      act: ({ jaar, vergadering: assemblyId, reden: reason }) =>
        this.motions.askPreInvestmentsFirst(visitor, { year: Number(jaar), assemblyId, reason }),
      to: `${HERE}#besluit`,
      refuse: (refused) => this.preInvestmentsPage.build(lang, visitor, refused),
    })
  }

  /** Confirms or refuses one, for the kascommissie. The same answer again changes nothing. */
  @Post(':id/antwoord')
  async answer(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    if (!isId(id)) throw new NotFoundException()
    return answerForm(preInvestmentAnswerForm, body, {
      form: ANSWER_FORM,
      act: ({ antwoord: answer, toelichting: note }) =>
        this.preInvestments.answer(visitor, id, { answer, note }),
      to: HERE,
      refuse: (refused) => this.preInvestmentsPage.build(lang, visitor, refused),
    })
  }
}
