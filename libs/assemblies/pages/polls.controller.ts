import { Controller, Get, Inject, NotFoundException, Param, Post, Query } from '@nestjs/common'
import { People } from '#identity'
import { Members } from '#members'
import {
  CurrentVisitor,
  clockTime,
  isId,
  Lang,
  type Language,
  Messages,
  type Page,
  page,
  type SeeOther,
  seeOther,
  type Visitor,
} from '#platform'
import { Polls } from '../polls.service.js'
import { AssemblyReading } from '../reading.service.js'
import type { PollInContext } from '../store/poll.store.js'
import { textsOf } from './page-text.js'
import { pollPage, preHeading } from './poll-page.js'
import { resultPage } from './result-page.js'

const VIEWS = 'libs/assemblies/pages/views'

/** A poll: open, closed, declared. */
@Controller('stemmingen')
export class PollsController {
  constructor(
    @Inject(Polls) private readonly polls: Polls,
    @Inject(AssemblyReading) private readonly reading: AssemblyReading,
    @Inject(Members) private readonly members: Members,
    @Inject(People) private readonly people: People,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  /** `?lid=` asks for the ballot of one member, for who acts for more. */
  @Get(':id')
  async show(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Query('lid') memberId?: string,
  ): Promise<Page> {
    const poll = await this.pollOr404(id)
    const declared = poll.closedAt && (await this.reading.result(id))
    if (declared) {
      const { declaredBy } = declared.result
      const name = (await this.people.named([declaredBy])).get(declaredBy)?.name ?? ''
      return page(
        `${VIEWS}/result.hbs`,
        resultPage(this.messages, { poll, ...declared, declaredBy: name }, lang),
      )
    }
    const sources = { reading: this.reading, members: this.members, messages: this.messages }
    return page(`${VIEWS}/poll.hbs`, await pollPage(sources, poll, visitor, lang, { memberId }))
  }

  /** Closes the poll. A repeat changes nothing. */
  @Post(':id/sluiting')
  async close(@CurrentVisitor() visitor: Visitor, @Param('id') id: string): Promise<SeeOther> {
    if (!isId(id)) throw new NotFoundException()
    await this.polls.close(id, visitor)
    return seeOther(`/stemmingen/${id}`)
  }

  /** Declares the result. A repeat shows the result that is there. */
  @Post(':id/uitslag')
  async declare(@CurrentVisitor() visitor: Visitor, @Param('id') id: string): Promise<SeeOther> {
    if (!isId(id)) throw new NotFoundException()
    await this.polls.declare(id, visitor)
    return seeOther(`/stemmingen/${id}`)
  }

  /** Who voted what. This is an open poll; before the result is declared nobody sees it. */
  @Get(':id/wie-stemde-wat')
  async rollCall(@Lang() lang: Language, @Param('id') id: string): Promise<Page> {
    const poll = await this.pollOr404(id)
    const text = textsOf(this.messages, lang)
    const model = { title: text('rollCall.title'), poll, pre: preHeading(text, poll, lang) }
    if (!(await this.reading.result(id))) return page(`${VIEWS}/roll-call.hbs`, { ...model, tooEarly: true })
    const electors = await this.reading.rollCall(id)
    const weighted = electors.some(({ weight }) => weight !== 1)
    return page(`${VIEWS}/roll-call.hbs`, {
      ...model,
      columns: [
        { label: text('rollCall.member') },
        { label: text('rollCall.choice') },
        ...(weighted ? [{ label: text('rollCall.votes'), kind: 'number' }] : []),
      ],
      rows: electors.map(({ memberName, choice, weight, castAt, checkedIn }) => [
        memberName,
        {
          value: choice ? text(`choice.${choice}`) : text(checkedIn ? 'rollCall.present' : 'rollCall.absent'),
          note: castAt && text('rollCall.castAt', { time: clockTime(lang, castAt) }),
        },
        ...(weighted ? [weight] : []),
      ]),
    })
  }

  private async pollOr404(id: string): Promise<PollInContext> {
    const poll = await this.reading.poll(id)
    if (!poll) throw new NotFoundException()
    return poll
  }
}
