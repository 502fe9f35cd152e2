import { Body, Controller, Get, Inject, Post } from '@nestjs/common'
import { RuleViolated } from '#kernel'
import {
  CurrentVisitor,
  formErrors,
  Lang,
  type Language,
  Messages,
  type Page,
  page,
  type SeeOther,
  type ShownError,
  seeOther,
  typedFields,
  type Visitor,
} from '#platform'
import { CityReports, makesReports } from '../city-reports.service.js'
import { Effects } from '../effects.service.js'
import { RollUps } from '../roll-ups.service.js'
import { Words } from '../words.js'
import { effectsTable } from './report-model.js'

const VIEWS = 'libs/city-reports/pages/views'

/** The years with an annual report, and the effects in the city. */
@Controller()
export class YearsController {
  constructor(
    @Inject(RollUps) private readonly rollUps: RollUps,
    @Inject(CityReports) private readonly reports: CityReports,
    @Inject(Effects) private readonly effects: Effects,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  @Get('jaardocument')
  async years(@Lang() lang: Language): Promise<Page> {
    const words = new Words(this.messages, lang)
    const years = [...new Set((await this.rollUps.quarters()).map(({ quarter }) => quarter.year))]
    const final = await this.reports.final()
    return page(`${VIEWS}/years.hbs`, {
      title: words.say('years.title'),
      crumbs: [{ href: '/verantwoording', label: words.say('overview') }],
      columns: [{ label: words.say('column.year') }, { label: words.say('column.report') }],
      rows: years.map((year) => [
        { value: String(year), href: `/jaardocument/${year}` },
        words.say(final.has(String(year)) ? 'state.final' : 'state.none'),
      ]),
    })
  }

  @Get('verantwoording/effecten')
  async shownEffects(@Lang() lang: Language, @CurrentVisitor() visitor: Visitor): Promise<Page> {
    return this.effectsPage(lang, visitor)
  }

  /** Records a measurement. The same one again adds nothing. */
  @Post('verantwoording/effecten')
  async measure(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const typed = typedFields(body)
    const { effect = '', jaar: year = '', percentage = '', bron: source = '' } = typed
    try {
      await this.effects.measure(effect, { year, percentage, source }, visitor)
    } catch (error) {
      if (!(error instanceof RuleViolated)) throw error
      return this.effectsPage(lang, visitor, {
        typed,
        errors: formErrors(this.messages, lang, error.violations),
      })
    }
    return seeOther('/verantwoording/effecten')
  }

  private async effectsPage(
    lang: Language,
    visitor: Visitor,
    refused?: { typed: Record<string, string>; errors: ShownError[] },
  ): Promise<Page> {
    const words = new Words(this.messages, lang)
    const effects = await this.effects.all()
    return page(
      `${VIEWS}/effects.hbs`,
      {
        title: words.say('effects.title'),
        crumbs: [
          { href: '/verantwoording', label: words.say('overview') },
          { href: '/verantwoording/stad', label: words.say('quarters.title') },
        ],
        effects: effectsTable(words, effects),
        mayMeasure: makesReports(visitor) && effects.length > 0,
        options: effects.map(({ id, label }) => ({ value: id, label })),
        typed: refused?.typed ?? null,
        errors: refused?.errors ?? null,
      },
      refused ? 422 : 200,
    )
  }
}
