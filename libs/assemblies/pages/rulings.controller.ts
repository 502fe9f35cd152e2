import { Body, Controller, Get, Inject, NotFoundException, Param, Post } from '@nestjs/common'
import { RuleViolated } from '#kernel'
import {
  CurrentVisitor,
  formErrors,
  Ids,
  isId,
  Lang,
  type Language,
  Messages,
  type Page,
  page,
  type SeeOther,
  seeOther,
  typedFields,
  type Visitor,
} from '#platform'
import { Rulings } from '../decisions/rulings.service.js'
import { AssemblyReading } from '../reading.service.js'
import type { RegisteredDecision } from '../store/decision.store.js'
import { aftermathView } from './aftermath-view.js'
import { textsOf } from './page-text.js'

const VIEWS = 'libs/assemblies/pages/views'

/** Corrections of a decision: beside it, never in it. */
@Controller('besluiten/:nummer/rectificaties')
export class RulingsController {
  constructor(
    @Inject(AssemblyReading) private readonly reading: AssemblyReading,
    @Inject(Rulings) private readonly rulings: Rulings,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  @Get()
  async show(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('nummer') number: string,
  ): Promise<Page> {
    return this.page(await this.decisionOr404(number), number, visitor, lang)
  }

  /** Adds a ruling; the form carries its id, so that a repeat adds nothing. */
  @Post()
  async rule(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('nummer') number: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const decision = await this.decisionOr404(number)
    const typed = typedFields(body)
    const { kenmerk = '', tekst: text = '', reden: reason = '' } = typed
    try {
      await this.rulings.rule(
        number,
        { id: isId(kenmerk) ? kenmerk : this.ids.next(), text, reason },
        visitor,
      )
    } catch (error) {
      if (!(error instanceof RuleViolated) || !error.violations[0]?.path) throw error
      return this.page(decision, number, visitor, lang, { typed, error })
    }
    return seeOther(`/besluiten/${number}/rectificaties`)
  }

  private async page(
    decision: RegisteredDecision,
    number: string,
    visitor: Visitor,
    lang: Language,
    refused?: { typed: Record<string, string>; error: RuleViolated },
  ): Promise<Page> {
    const text = textsOf(this.messages, lang)
    const aftermath = await this.rulings.aftermath(decision)
    const keptOut = aftermath.conflicts.some(({ personId }) => personId === visitor.personId)
    const model = {
      title: text('ruling.title'),
      decision,
      back: { href: `/besluiten/${number}`, label: text('decisions.pre', { number }) },
      aftermath: aftermathView(text, number, aftermath, lang),
      form: visitor.has('chair', 'secretary') &&
        !keptOut && {
          action: `/besluiten/${number}/rectificaties`,
          id: refused?.typed.kenmerk ?? this.ids.next(),
        },
      errors: refused ? formErrors(this.messages, lang, refused.error.violations) : [],
      typed: refused?.typed ?? null,
    }
    return page(`${VIEWS}/rulings.hbs`, model, refused ? 422 : 200)
  }

  private async decisionOr404(number: string): Promise<RegisteredDecision> {
    const decision = await this.reading.decision(number)
    if (!decision) throw new NotFoundException()
    return decision
  }
}
