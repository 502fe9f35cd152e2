import { Body, Controller, Get, Inject, NotFoundException, Param, Post, Query } from '@nestjs/common'
import { z } from 'zod'
import { RuleViolated, type Violation } from '#kernel'
import { Members } from '#members'
import {
  CurrentVisitor,
  formErrors,
  isId,
  Lang,
  type Language,
  Messages,
  type Page,
  page,
  parseForm,
  type SeeOther,
  seeOther,
  typedFields,
  type Visitor,
} from '#platform'
import { Ballots } from '../polls/ballots.service.js'
import { AssemblyReading } from '../reading.service.js'
import { choices } from '../rules/ballot.js'
import type { PollInContext } from '../store/poll.store.js'
import { textsOf } from './page-text.js'
import { outcomesPage, pollPage, preHeading } from './poll-page.js'

const VIEWS = 'libs/assemblies/pages/views'
const UNKNOWN_CHOICE: Violation = { code: 'ballot.unknownChoice', path: 'choice' }

const ballotForm = z.object({ member: z.uuid(), choice: z.enum(choices) })

/** Casting a ballot, and the confirmation of it. */
@Controller('stemmingen')
export class BallotsController {
  constructor(
    @Inject(Ballots) private readonly ballots: Ballots,
    @Inject(AssemblyReading) private readonly reading: AssemblyReading,
    @Inject(Members) private readonly members: Members,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  /** Casts one ballot. A repeat says when the ballot was cast, and that this one stands. */
  @Post(':id/stem')
  async cast(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    if (!isId(id)) throw new NotFoundException()
    const form = parseForm(ballotForm, body)
    const { member = '', choice = '' } = form.ok ? form.value : form.typed
    if (!isId(member)) return this.refusal(lang, id, visitor, member, { code: 'ballot.notYourMember' })
    try {
      await this.ballots.cast(id, member, choice, visitor.personId)
    } catch (error) {
      if (!(error instanceof RuleViolated)) throw error
      return this.refusal(lang, id, visitor, member, error.violations[0]!, choice)
    }
    return seeOther(`/stemmingen/${id}/bevestiging?lid=${member}`)
  }

  /**
   * Casts the same choice for every member that the visitor may cast for. A repeat, or who comes back after a lost
   * connection, sees for each what stands.
   */
  @Post(':id/stemmen')
  async castAll(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    if (!isId(id)) throw new NotFoundException()
    const { member = '', choice = '' } = typedFields(body)
    try {
      await this.ballots.castAll(id, choice, visitor.personId)
    } catch (error) {
      if (!(error instanceof RuleViolated)) throw error
      return this.refusal(lang, id, visitor, member, error.violations[0]!, choice)
    }
    return seeOther(`/stemmingen/${id}/bevestiging`)
  }

  /**
   * What was recorded for a member: for its delegates only, the choice only for who cast it. Without `?lid=`, per
   * member whether it was recorded.
   */
  @Get(':id/bevestiging')
  async confirmation(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Query('lid') memberId = '',
  ): Promise<Page | SeeOther> {
    const poll = await this.pollOr404(id)
    if (memberId === '') return this.outcomes(lang, poll, visitor)
    const model = await this.ballotModel(lang, poll, visitor, memberId)
    if (!model) return seeOther(`/stemmingen/${id}`)
    return page(`${VIEWS}/confirmation.hbs`, { ...model, title: textsOf(this.messages, lang)('cast.title') })
  }

  private async outcomes(lang: Language, poll: PollInContext, visitor: Visitor): Promise<Page | SeeOther> {
    const own = await this.reading.ownElectors(poll.id, visitor.personId)
    if (own.length === 0) return seeOther(`/stemmingen/${poll.id}`)
    const model = outcomesPage(this.messages, poll, own, visitor, lang)
    return page(`${VIEWS}/outcomes.hbs`, model)
  }

  private async refusal(
    lang: Language,
    id: string,
    visitor: Visitor,
    member: string,
    violation: Violation,
    choice = '',
  ): Promise<Page> {
    const poll = await this.pollOr404(id)
    if (violation.code === UNKNOWN_CHOICE.code) {
      const errors = formErrors(this.messages, lang, [violation])
      const asked = { memberId: member, refused: { memberId: member, choice, errors } }
      return page(`${VIEWS}/poll.hbs`, await pollPage(this.sources, poll, visitor, lang, asked), 422)
    }
    const text = textsOf(this.messages, lang)
    const reason = this.messages.violation(lang, violation)
    const model = { poll, pre: preHeading(text, poll, lang), reason }
    if (violation.code === 'ballot.alreadyVoted') {
      const standing = await this.ballotModel(lang, poll, visitor, member)
      return page(`${VIEWS}/already-voted.hbs`, { ...model, ...standing, title: text('again.title') }, 409)
    }
    const status = violation.code === 'ballot.notYourMember' ? 403 : 409
    return page(`${VIEWS}/not-cast.hbs`, { ...model, title: text('notCast.title') }, status)
  }

  /** The ballot of a member as its delegate may see it; null for others and while there is none. */
  private async ballotModel(lang: Language, poll: PollInContext, visitor: Visitor, memberId: string) {
    const own = await this.reading.ownElectors(poll.id, visitor.personId)
    const elector = own.find((one) => one.memberId === memberId)
    if (!elector?.ballot) return null
    const text = textsOf(this.messages, lang)
    const next = poll.closedAt ? undefined : own.find(({ ballot }) => ballot === null)
    const { choice, castAt, castBy, reference } = elector.ballot
    return {
      poll,
      pre: preHeading(text, poll, lang),
      memberName: elector.memberName,
      reference,
      castAt,
      choice: castBy === visitor.personId ? text(`choice.${choice}`) : null,
      next: next && { name: next.memberName, href: `/stemmingen/${poll.id}?lid=${next.memberId}` },
    }
  }

  private get sources() {
    return { reading: this.reading, members: this.members, messages: this.messages }
  }

  private async pollOr404(id: string): Promise<PollInContext> {
    const poll = await this.reading.poll(id)
    if (!poll) throw new NotFoundException()
    return poll
  }
}
