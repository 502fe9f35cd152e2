import { Body, Controller, Get, Inject, NotFoundException, Param, Post } from '@nestjs/common'
import {
  CurrentVisitor,
  type FieldError,
  Lang,
  type Language,
  type Page,
  type ParsedForm,
  parseForm,
  type SeeOther,
  seeOther,
  typedFields,
  type Visitor,
} from '#platform'
import { WrittenAnswering } from '../answering.service.js'
import { WrittenProposing } from '../proposing.service.js'
import { WrittenDecisions } from '../written-decisions.service.js'
import { answerForm, openingForm, proposalForm, readable, violationsOf, withdrawalForm } from './forms.js'
import { type RefusedForm, WrittenPages } from './written-pages.js'

const BASE = '/besluiten/zonder-vergadering'

/** Decisions without a meeting: proposing, the board's knowledge, asking the members, answering. */
@Controller('besluiten/zonder-vergadering')
export class WrittenDecisionsController {
  constructor(
    @Inject(WrittenPages) private readonly pages: WrittenPages,
    @Inject(WrittenDecisions) private readonly written: WrittenDecisions,
    @Inject(WrittenProposing) private readonly proposing: WrittenProposing,
    @Inject(WrittenAnswering) private readonly answering: WrittenAnswering,
  ) {}

  @Get()
  list(@Lang() lang: Language, @CurrentVisitor() visitor: Visitor): Promise<Page> {
    return this.pages.list(lang, visitor)
  }

  @Get('nieuw')
  prepare(@Lang() lang: Language): Promise<Page> {
    return this.pages.form(lang)
  }

  /** Proposes it. The form carries its id: sent twice, it is proposed once. */
  @Post()
  async propose(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const refuse = (errors: FieldError[]) => this.pages.form(lang, { typed: typedFields(body), errors })
    const form = parseForm(proposalForm, body)
    if (!form.ok) return refuse(readable(form.errors))
    const { kenmerk, titel, tekst, toelichting, soort } = form.value
    try {
      await this.proposing.propose(
        kenmerk,
        { title: titel, text: tekst, reasoning: toelichting, decisionType: soort },
        visitor,
      )
    } catch (error) {
      return refuse(violationsOf(error))
    }
    return seeOther(`${BASE}/${kenmerk}`)
  }

  @Get(':id')
  async show(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
  ): Promise<Page> {
    return this.pages.show(lang, visitor, await this.find(id))
  }

  /** Records that the board knows. A repeat changes nothing. */
  @Post(':id/voorkennis')
  async know(@CurrentVisitor() visitor: Visitor, @Param('id') id: string): Promise<SeeOther> {
    await this.find(id)
    await this.proposing.noteKnowledge(id, visitor)
    return seeOther(`${BASE}/${id}`)
  }

  /** Asks the members. The same closing day again changes nothing. */
  @Post(':id/opening')
  open(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    return this.act('opening', lang, visitor, id, body, parseForm(openingForm, body), ({ sluitingsdag }) =>
      this.proposing.open(id, sluitingsdag, visitor),
    )
  }

  /** Withdraws it before the members are asked. A repeat changes nothing. */
  @Post(':id/intrekking')
  withdraw(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    return this.act('withdrawal', lang, visitor, id, body, parseForm(withdrawalForm, body), ({ reden }) =>
      this.proposing.withdraw(id, reden, visitor),
    )
  }

  /** Answers for a member. The same answer again changes nothing; another one is refused. */
  @Post(':id/antwoord')
  answer(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    return this.act('answer', lang, visitor, id, body, parseForm(answerForm, body), ({ lid, keuze }) =>
      this.answering.answer(id, lid, keuze, visitor),
    )
  }

  /** A refusal that names a field comes back in its form; any other is a page of its own. */
  private async act<T>(
    form: RefusedForm['form'],
    lang: Language,
    visitor: Visitor,
    id: string,
    body: unknown,
    parsed: ParsedForm<T>,
    work: (value: T) => Promise<void>,
  ): Promise<Page | SeeOther> {
    const known = await this.find(id)
    const refuse = (errors: FieldError[]) =>
      this.pages.show(lang, visitor, known, { form, typed: typedFields(body), errors })
    if (!parsed.ok) return refuse(readable(parsed.errors))
    try {
      await work(parsed.value)
    } catch (error) {
      return refuse(violationsOf(error))
    }
    return seeOther(form === 'answer' ? `${BASE}/${id}#antwoord` : `${BASE}/${id}`)
  }

  private async find(id: string) {
    const known = await this.written.find(id)
    if (!known) throw new NotFoundException()
    return known
  }
}
