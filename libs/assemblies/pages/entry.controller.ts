import { Body, Controller, Get, Inject, NotFoundException, Param, Post, Query } from '@nestjs/common'
import { RuleViolated, type Violation } from '#kernel'
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
import { Ballots } from '../polls/ballots.service.js'
import { AssemblyReading } from '../reading.service.js'
import { choices } from '../rules/ballot.js'
import { textsOf } from './page-text.js'
import { preHeading } from './poll-page.js'

/** The secretary enters the ballot of a member in the hall without a device. */
@Controller('stemmingen')
export class EntryController {
  constructor(
    @Inject(Ballots) private readonly ballots: Ballots,
    @Inject(AssemblyReading) private readonly reading: AssemblyReading,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  /** `?lid=` shows that the ballot of this member was recorded. */
  @Get(':id/invoer')
  async show(
    @Lang() lang: Language,
    @Param('id') id: string,
    @Query('lid') memberId?: unknown,
  ): Promise<Page> {
    return this.page(lang, id, { memberId: typeof memberId === 'string' ? memberId : '' })
  }

  /** Enters one ballot. A repeat is refused with the hour at which the first was recorded. */
  @Post(':id/invoer')
  async enter(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const { lid = '', choice = '', ...rest } = typedFields(body)
    const typed = { ...rest, lid, choice }
    if (!isId(id) || !(await this.reading.poll(id))) throw new NotFoundException()
    if (!isId(lid))
      return this.page(lang, id, { typed, violations: [{ code: 'ballot.noElector', path: 'lid' }] })
    try {
      await this.ballots.enter(id, lid, choice, visitor)
    } catch (error) {
      if (!(error instanceof RuleViolated)) throw error
      return this.page(lang, id, { typed, violations: error.violations })
    }
    return seeOther(`/stemmingen/${id}/invoer?lid=${lid}`)
  }

  private async page(
    lang: Language,
    id: string,
    shown: { memberId?: string; typed?: Record<string, string>; violations?: readonly Violation[] },
  ): Promise<Page> {
    const poll = await this.reading.poll(id)
    if (!poll) throw new NotFoundException()
    const text = textsOf(this.messages, lang)
    const electors = await this.reading.rollCall(id)
    const there = new Set(electors.flatMap(({ memberId, checkedIn }) => (checkedIn ? [memberId] : [])))
    const ballot = shown.memberId ? await this.reading.ballot(id, shown.memberId) : null
    const { memberName } = electors.find(({ memberId }) => memberId === shown.memberId) ?? {}
    const model = {
      title: text('entry.title'),
      poll,
      pre: preHeading(text, poll, lang),
      entered: ballot?.enteredBy && { memberName, reference: ballot.reference, castAt: ballot.castAt },
      members: electors
        .filter(({ choice, memberId, holderId }) => choice === null && there.has(holderId ?? memberId))
        .map(({ memberId, memberName: label, holderId }) => ({
          value: memberId,
          label: holderId ? text('entry.byProxy', { member: label }) : label,
        })),
      options: choices.map((choice) => ({ value: choice, label: text(`choice.${choice}`) })),
      typed: shown.typed,
      errors: formErrors(this.messages, lang, shown.violations ?? []),
    }
    return page('libs/assemblies/pages/views/entry.hbs', model, shown.violations ? 422 : 200)
  }
}
