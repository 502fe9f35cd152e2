import { Body, Controller, Get, Inject, NotFoundException, Param, Post } from '@nestjs/common'
import { RuleViolated } from '#kernel'
import {
  CurrentVisitor,
  formErrors,
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
import { Challenges } from '../polls/challenges.service.js'
import { PollVoiding } from '../polls/poll-voiding.service.js'
import { AssemblyReading } from '../reading.service.js'
import type { PollInContext } from '../store/poll.store.js'
import { disputeView } from './dispute-page.js'
import { minutesField } from './minutes-options.js'
import { textsOf } from './page-text.js'
import { preHeading } from './poll-page.js'

const VIEWS = 'libs/assemblies/pages/views'

/** What can be done when a poll runs otherwise than meant: more time, voiding it, disputing its result. */
@Controller('stemmingen/:id')
export class PollActsController {
  constructor(
    @Inject(PollVoiding) private readonly voiding: PollVoiding,
    @Inject(Challenges) private readonly challenges: Challenges,
    @Inject(AssemblyReading) private readonly reading: AssemblyReading,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  /** Moves the end to later. A repeat carries the old end, and changes nothing. */
  @Post('verlenging')
  async extend(
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<SeeOther> {
    await this.pollOr404(id)
    const { minuten = '', tot = '' } = typedFields(body)
    await this.voiding.extend(id, minutesField.parse(minuten) ?? Number.NaN, tot, visitor)
    return seeOther(`/stemmingen/${id}`)
  }

  @Get('ongeldigverklaring')
  async askToVoid(@Lang() lang: Language, @Param('id') id: string): Promise<Page | SeeOther> {
    const poll = await this.pollOr404(id)
    if (poll.voidedAt || (await this.reading.result(id))) return seeOther(`/stemmingen/${id}`)
    return this.voidForm(lang, poll)
  }

  /** Voids the poll. A repeat changes nothing. */
  @Post('ongeldigverklaring')
  async void(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const poll = await this.pollOr404(id)
    const { reden = '' } = typedFields(body)
    try {
      await this.voiding.void(id, reden, visitor)
    } catch (error) {
      if (!isAboutReason(error)) throw error
      return this.voidForm(lang, poll, error)
    }
    return seeOther(`/stemmingen/${id}`)
  }

  @Get('betwisting')
  async askToDispute(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
  ): Promise<Page | SeeOther> {
    const poll = await this.pollOr404(id)
    const dispute = await this.challenges.dispute(poll, visitor)
    if (!dispute?.isOpen || dispute.challenge) return seeOther(`/stemmingen/${id}`)
    return this.disputeForm(lang, poll, visitor)
  }

  /** Disputes the result; where somebody did so already, supports that. A repeat changes nothing. */
  @Post('betwisting')
  async dispute(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const poll = await this.pollOr404(id)
    const { reden = '' } = typedFields(body)
    try {
      await this.challenges.challenge(id, reden, visitor)
    } catch (error) {
      if (!isAboutReason(error)) throw error
      return this.disputeForm(lang, poll, visitor, error)
    }
    return seeOther(`/stemmingen/${id}#betwisting`)
  }

  /** Demands the re-vote too. A repeat changes nothing. */
  @Post('steun')
  async support(@CurrentVisitor() visitor: Visitor, @Param('id') id: string): Promise<SeeOther> {
    await this.pollOr404(id)
    await this.challenges.support(id, visitor)
    return seeOther(`/stemmingen/${id}#betwisting`)
  }

  /** Opens the re-vote. A repeat goes to the one that is there. */
  @Post('herstemming')
  async revote(
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<SeeOther> {
    await this.pollOr404(id)
    const minutes = minutesField.parse(typedFields(body).minuten)
    return seeOther(`/stemmingen/${await this.challenges.holdRevote(id, minutes, visitor)}`)
  }

  private voidForm(lang: Language, poll: PollInContext, refused?: RuleViolated): Page {
    const text = textsOf(this.messages, lang)
    const errors = refused ? formErrors(this.messages, lang, refused.violations) : []
    const model = { title: text('voiding.title'), poll, pre: preHeading(text, poll, lang), errors }
    return page(`${VIEWS}/void-poll.hbs`, model, refused ? 422 : 200)
  }

  private async disputeForm(
    lang: Language,
    poll: PollInContext,
    visitor: Visitor,
    refused?: RuleViolated,
  ): Promise<Page> {
    const text = textsOf(this.messages, lang)
    const errors = refused ? formErrors(this.messages, lang, refused.violations) : []
    const dispute = (await this.challenges.dispute(poll, visitor))!
    const model = { title: text('dispute.title'), poll, pre: preHeading(text, poll, lang), errors }
    const view = { ...disputeView(text, dispute, poll, visitor, lang), needed: dispute.needed }
    return page(`${VIEWS}/dispute.hbs`, { ...model, dispute: view }, refused ? 422 : 200)
  }

  private async pollOr404(id: string): Promise<PollInContext> {
    const poll = isId(id) ? await this.reading.poll(id) : null
    if (!poll) throw new NotFoundException()
    return poll
  }
}

/** Whether the form has to be shown again with a message beside its field. */
function isAboutReason(error: unknown): error is RuleViolated {
  return error instanceof RuleViolated && error.violations[0]?.path === 'reden'
}
