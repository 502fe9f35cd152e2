import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common'
import { RuleViolated } from '#kernel'
import {
  answerForm,
  CurrentVisit,
  Download,
  isId,
  Lang,
  type Language,
  type Page,
  type SeeOther,
  seeOther,
  typedFields,
  type Visit,
} from '#platform'
import { type Call, callPath } from '../guarantee-calls.service.js'
import { CallIssuing } from '../issuing.service.js'
import { CallProposing } from '../proposing.service.js'
import { CallPage } from './call-page.js'
import { CallTable } from './call-table.js'
import { CallWords } from './call-words.js'
import { NewCallPage, requestOf } from './new-call-page.js'

/** Calls on the guarantees: preparing one, sending it out after the ALV adopted it, taking it back. */
@Controller('garanties/aanspraken')
export class CallsController {
  constructor(
    @Inject(CallWords) private readonly words: CallWords,
    @Inject(CallPage) private readonly pages: CallPage,
    @Inject(CallTable) private readonly tables: CallTable,
    @Inject(NewCallPage) private readonly newPage: NewCallPage,
    @Inject(CallProposing) private readonly proposing: CallProposing,
    @Inject(CallIssuing) private readonly issuing: CallIssuing,
  ) {}

  @Get()
  list(@CurrentVisit() visit: Visit): Promise<Page> {
    return this.pages.list(visit)
  }

  /** With an amount in the address: what each holder would be asked. Nothing is kept. */
  @Get('nieuw')
  prepare(@Lang() lang: Language, @Query() query: unknown): Promise<Page> {
    return this.newPage.show(lang, typedFields(query))
  }

  /** Freezes a call and puts it on an agenda. A repeat (same request key) leads to the same call. */
  @Post()
  propose(@CurrentVisit() { lang, visitor }: Visit, @Body() body: unknown): Promise<Page | SeeOther> {
    const typed = typedFields(body)
    return answerForm(
      body,
      (refused) => this.newPage.show(lang, typed, refused),
      async () => {
        if (!isId(typed.vergadering)) throw RuleViolated.of('call.assemblyNeeded', {}, 'vergadering')
        if (!isId(typed.verzoek)) throw RuleViolated.of('call.staleForm', {}, '')
        const { id } = await this.proposing.propose(
          visitor,
          requestOf(typed),
          typed.vergadering,
          typed.verzoek,
        )
        return seeOther(callPath({ id }))
      },
      '',
    )
  }

  @Get(':id')
  async show(@CurrentVisit() visit: Visit, @Param('id') id: string): Promise<Page> {
    return this.pages.show(visit, await this.words.find(id))
  }

  @Get(':id/verdeling.csv')
  async csv(@Lang() lang: Language, @Param('id') id: string): Promise<Download> {
    return this.tables.csv(lang, await this.words.find(id))
  }

  /** The frozen inputs, byte for byte as they were hashed, so that anyone can compute them again. */
  @Get(':id/invoer.json')
  async inputs(@Param('id') id: string): Promise<Download> {
    const { reference, inputs } = await this.words.find(id)
    return new Download(`${reference}-invoer.json`, 'application/json; charset=utf-8', inputs)
  }

  /** Takes a call back that did not go out. A repeat changes nothing. */
  @Post(':id/intrekking')
  withdraw(
    @CurrentVisit() visit: Visit,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    return this.act(visit, id, body, ({ id }) =>
      this.proposing.withdraw(visit.visitor, id, typedFields(body).reden ?? ''),
    )
  }

  /** Sends an adopted call out, exactly once: a repeat shows what was done. */
  @Post(':id/uitgifte')
  issue(
    @CurrentVisit() visit: Visit,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    return this.act(visit, id, body, ({ id }) => this.issuing.issue(visit.visitor, id))
  }

  /** Takes a call back that is out and on which nothing was paid. A repeat changes nothing. */
  @Post(':id/annulering')
  cancel(
    @CurrentVisit() visit: Visit,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    return this.act(visit, id, body, ({ id }) =>
      this.issuing.cancel(visit.visitor, id, typedFields(body).reden ?? ''),
    )
  }

  private async act(
    visit: Visit,
    id: string,
    body: unknown,
    work: (call: Call) => Promise<void>,
  ): Promise<Page | SeeOther> {
    const call = await this.words.find(id)
    return answerForm(
      body,
      (refused) => this.pages.show(visit, call, refused),
      async () => {
        await work(call)
        return seeOther(callPath(call))
      },
      '',
    )
  }
}
