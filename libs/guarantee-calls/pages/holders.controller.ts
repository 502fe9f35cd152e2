import { Body, Controller, Get, Inject, NotFoundException, Param, Post } from '@nestjs/common'
import { RuleViolated } from '#kernel'
import {
  answerForm,
  CurrentVisit,
  CurrentVisitor,
  Download,
  isId,
  type Page,
  type SeeOther,
  seeOther,
  typedFields,
  type Visit,
  type Visitor,
} from '#platform'
import { CallLetters } from '../call-letters.js'
import { CallDefaults } from '../defaults.service.js'
import { type Call, type CalledHolder, callPath } from '../guarantee-calls.service.js'
import type { Treatment } from '../rules/claim.js'
import { CallWords } from './call-words.js'
import { HolderPage } from './holder-page.js'

/** One holder's part of a call, its letter, and what two people decide when it does not pay. */
@Controller('garanties/aanspraken/:id')
export class CalledHoldersController {
  constructor(
    @Inject(CallWords) private readonly words: CallWords,
    @Inject(HolderPage) private readonly pages: HolderPage,
    @Inject(CallLetters) private readonly letters: CallLetters,
    @Inject(CallDefaults) private readonly defaults: CallDefaults,
  ) {}

  @Get('leden/:lid')
  async show(
    @CurrentVisit() visit: Visit,
    @Param('id') id: string,
    @Param('lid') memberId: string,
  ): Promise<Page> {
    return this.pages.show(visit, await this.words.find(id), memberId)
  }

  @Get('leden/:lid/brief.pdf')
  async letter(
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Param('lid') memberId: string,
  ): Promise<Download> {
    const call = await this.words.find(id)
    const holder = this.pages.find(visitor, call, memberId)
    const content = await this.letters.write(call, holder)
    return new Download(`${holder.claim!.reference}.pdf`, 'application/pdf', content)
  }

  /** Proposes what happens with a holder that does not pay. A repeat (same request key) proposes nothing more. */
  @Post('leden/:lid/wanbetaling')
  async record(
    @CurrentVisit() visit: Visit,
    @Param('id') id: string,
    @Param('lid') memberId: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const call = await this.words.find(id)
    const { wat = '', reden = '', verzoek } = typedFields(body)
    return this.act(visit, call, this.pages.find(visit.visitor, call, memberId), body, () => {
      if (!isId(verzoek)) throw RuleViolated.of('call.staleForm', {}, '')
      const treatment = wat as Treatment
      return this.defaults.record(visit.visitor, {
        callId: id,
        memberId,
        treatment,
        reason: reden,
        requestKey: verzoek,
      })
    })
  }

  /** Agrees with it; what is written off is booked. A repeat changes nothing. */
  @Post('wanbetaling/:voorstel/bevestiging')
  confirm(
    @CurrentVisit() visit: Visit,
    @Param('id') id: string,
    @Param('voorstel') proposal: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    return this.answer(visit, id, proposal, body, () => this.defaults.confirm(visit.visitor, proposal))
  }

  /** Does not agree, with the reason. A repeat changes nothing. */
  @Post('wanbetaling/:voorstel/weigering')
  refuse(
    @CurrentVisit() visit: Visit,
    @Param('id') id: string,
    @Param('voorstel') proposal: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const { toelichting = '' } = typedFields(body)
    return this.answer(visit, id, proposal, body, () =>
      this.defaults.refuse(visit.visitor, proposal, toelichting),
    )
  }

  /** Takes the own proposal back. A repeat changes nothing. */
  @Post('wanbetaling/:voorstel/intrekking')
  withdraw(
    @CurrentVisit() visit: Visit,
    @Param('id') id: string,
    @Param('voorstel') proposal: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    return this.answer(visit, id, proposal, body, () => this.defaults.withdraw(visit.visitor, proposal))
  }

  private async answer(
    visit: Visit,
    id: string,
    proposal: string,
    body: unknown,
    work: () => Promise<void>,
  ): Promise<Page | SeeOther> {
    const call = await this.words.find(id)
    const holder = call.holders.find(({ claim }) => claim?.defaults.some((one) => one.id === proposal))
    if (!holder) throw new NotFoundException()
    return this.act(visit, call, holder, body, work)
  }

  private act(
    visit: Visit,
    call: Call,
    { memberId }: CalledHolder,
    body: unknown,
    work: () => Promise<void>,
  ): Promise<Page | SeeOther> {
    return answerForm(
      body,
      (refused) => this.pages.show(visit, call, memberId, refused),
      async () => {
        await work()
        return seeOther(`${callPath(call)}/leden/${memberId}`)
      },
      '',
    )
  }
}
