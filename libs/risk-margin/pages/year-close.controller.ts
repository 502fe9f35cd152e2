import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common'
import { RuleViolated } from '#kernel'
import {
  CurrentVisitor,
  Lang,
  type Language,
  type Page,
  type SeeOther,
  SignedInFreshly,
  seeOther,
  typedFields,
  type Visitor,
} from '#platform'
import { MarginMotions } from '../margin-motions.service.js'
import { YearClose } from '../year-close.service.js'
import { answerForm } from './form-answer.js'
import { numberOf } from './margin.controller.js'
import { waiverForm } from './margin-forms.js'
import { CONFIRMATION_FORM, WAIVER_FORM, YearClosePage } from './year-close-page.js'

/** The checklist before the margin of a year is paid out. */
@Controller('risicomarge/:jaar/jaarafsluiting')
export class YearCloseController {
  constructor(
    @Inject(YearClosePage) private readonly closePage: YearClosePage,
    @Inject(YearClose) private readonly yearClose: YearClose,
    @Inject(MarginMotions) private readonly motions: MarginMotions,
  ) {}

  @Get()
  show(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('jaar') year: string,
    @SignedInFreshly() fresh: boolean,
  ): Promise<Page> {
    return this.closePage.build(lang, visitor, numberOf(year), fresh)
  }

  /** Confirms the judgement that was on the screen. The same person again changes nothing. */
  @Post('bevestiging')
  async confirm(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('jaar') year: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const number = numberOf(year)
    const typed = typedFields(body)
    try {
      if (typed.akkoord !== 'ja') throw RuleViolated.of('yearClose.consentNeeded', {}, 'akkoord')
      await this.yearClose.confirm(visitor, number, typed.vingerafdruk ?? '')
      return seeOther(`/risicomarge/${year}/jaarafsluiting#bevestiging`)
    } catch (error) {
      if (!(error instanceof RuleViolated)) throw error
      const refused = { form: CONFIRMATION_FORM, typed, violations: error.violations }
      return this.closePage.build(lang, visitor, number, true, refused)
    }
  }

  /** Asks the ALV to waive one item. While that was asked already, a repeat adds nothing. */
  @Post('ontheffingen')
  async waive(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('jaar') year: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const number = numberOf(year)
    return answerForm(waiverForm, body, {
      form: WAIVER_FORM,
      act: ({ onderdeel, vergadering: assemblyId, reden: reason }) =>
        this.motions.askWaiver(visitor, onderdeel, { year: number, assemblyId, reason }),
      to: `/risicomarge/${year}/jaarafsluiting#ontheffing`,
      refuse: (refused) => this.closePage.build(lang, visitor, number, true, refused),
    })
  }
}
