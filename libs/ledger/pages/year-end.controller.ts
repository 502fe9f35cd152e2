import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common'
import { RuleViolated, tryParseCents } from '#kernel'
import {
  answerForm,
  CurrentVisitor,
  Lang,
  type Language,
  type Page,
  type RefusedForm,
  type SeeOther,
  seeOther,
  typedFields,
  type Visitor,
} from '#platform'
import { LedgerYearEnd } from '../year-end.service.js'
import { LedgerWords } from './ledger-words.js'
import { YearEndPage } from './year-end-page.js'

/** The end of a year: its result goes to the reserves. */
@Controller('grootboek/jaarafsluiting')
export class YearEndController {
  constructor(
    @Inject(YearEndPage) private readonly page: YearEndPage,
    @Inject(LedgerYearEnd) private readonly yearEnd: LedgerYearEnd,
    @Inject(LedgerWords) private readonly words: LedgerWords,
  ) {}

  @Get(':jaar')
  show(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('jaar') typed: string,
  ): Promise<Page> {
    return this.page.show(lang, visitor, this.words.year(typed))
  }

  /** Books the result of the year to the reserves. A repeat changes nothing. */
  @Post(':jaar')
  end(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('jaar') typed: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const year = this.words.year(typed)
    const { egalisatiereserve = '', reden = '' } = typedFields(body)
    const again = (refused: RefusedForm) => this.page.show(lang, visitor, year, refused)
    return answerForm(
      body,
      again,
      async () => {
        const toEqualisationCents = tryParseCents(egalisatiereserve)
        if (toEqualisationCents === null)
          throw RuleViolated.of('ledger.equalisationMalformed', {}, 'egalisatiereserve')
        await this.yearEnd.end(visitor, year, { toEqualisationCents, reason: reden })
        return seeOther(`/grootboek/jaarafsluiting/${year}`)
      },
      'egalisatiereserve',
    )
  }
}
