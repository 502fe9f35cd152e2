import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common'
import { RuleViolated } from '#kernel'
import {
  answerForm,
  CurrentVisitor,
  type Download,
  isId,
  Lang,
  type Language,
  type Page,
  type RefusedForm,
  type SeeOther,
  seeOther,
  TakesFiles,
  typedFields,
  uploadsOf,
  type Visitor,
} from '#platform'
import { sheetDownload } from '#sheets'
import { Budgets } from '../budgets.service.js'
import { BudgetPages } from './budget-pages.js'

/** Budgets per year. */
@Controller('grootboek/begrotingen')
export class BudgetsController {
  constructor(
    @Inject(BudgetPages) private readonly pages: BudgetPages,
    @Inject(Budgets) private readonly budgets: Budgets,
  ) {}

  @Get()
  list(@Lang() lang: Language, @CurrentVisitor() visitor: Visitor): Promise<Page> {
    return this.pages.list(lang, visitor)
  }

  @Get('sjabloon.xlsx')
  async template(@Lang() lang: Language): Promise<Download> {
    return sheetDownload('xlsx', await this.pages.template(lang))
  }

  /** Takes a file. Nothing holds before it is confirmed; a repeat (same request key) leads to the same budget. */
  @Post()
  @TakesFiles({ maxFiles: 1 })
  upload(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const typed = typedFields(body)
    const again = (refused: RefusedForm) => this.pages.list(lang, visitor, { refused })
    return answerForm(
      body,
      again,
      async () => {
        const [file] = uploadsOf(body, 'bestand')
        if (!file) throw RuleViolated.of('ledger.fileNeeded', {}, 'bestand')
        if (file.tooLarge) throw RuleViolated.of('ledger.fileTooLarge', {}, 'bestand')
        if (!isId(typed.verzoek)) throw RuleViolated.of('ledger.formExpired', {}, 'bestand')
        const year = /^\d{4}$/.test(typed.jaar ?? '') ? Number(typed.jaar) : 0
        const outcome = await this.budgets.upload(visitor, { year, file, requestKey: typed.verzoek })
        if ('id' in outcome) return seeOther(`/grootboek/begrotingen/${outcome.id}`)
        return this.pages.list(lang, visitor, { typed, findings: outcome.findings })
      },
      'bestand',
    )
  }

  @Get(':id')
  show(@Lang() lang: Language, @CurrentVisitor() visitor: Visitor, @Param('id') id: string): Promise<Page> {
    return this.pages.show(lang, visitor, id)
  }

  @Get(':id/regels.csv')
  async csv(@Lang() lang: Language, @Param('id') id: string): Promise<Download> {
    return sheetDownload('csv', await this.pages.sheet(lang, id))
  }

  @Get(':id/regels.xlsx')
  async xlsx(@Lang() lang: Language, @Param('id') id: string): Promise<Download> {
    return sheetDownload('xlsx', await this.pages.sheet(lang, id))
  }

  /** Lets a budget hold. A repeat changes nothing. */
  @Post(':id/vaststelling')
  async adopt(@CurrentVisitor() visitor: Visitor, @Param('id') id: string): Promise<SeeOther> {
    await this.pages.find(id)
    await this.budgets.adopt(visitor, id)
    return seeOther(`/grootboek/begrotingen/${id}`)
  }
}
