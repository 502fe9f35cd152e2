import { Body, Controller, Get, Inject, NotFoundException, Param, Post, Query } from '@nestjs/common'
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
  typedFields,
  type Visitor,
} from '#platform'
import { SecondAssemblies } from '../convocation/second-assemblies.service.js'
import { Challenges } from '../polls/challenges.service.js'
import { PaperCounts } from '../polls/paper-counts.service.js'
import { Polls } from '../polls/polls.service.js'
import { AssemblyReading } from '../reading.service.js'
import type { PollInContext } from '../store/poll.store.js'
import { disputeView } from './dispute-page.js'
import { minutesOptions } from './minutes-options.js'
import { type Text, textsOf } from './page-text.js'
import { scanItems } from './paper-page.js'
import { pollPage, preHeading } from './poll-page.js'
import { resultPage } from './result-page.js'
import { secondView } from './second-view.js'
import { voidedPollPage } from './voided-poll-page.js'

const VIEWS = 'libs/assemblies/pages/views'

/** A poll: open, closed, declared. */
@Controller('stemmingen')
export class PollsController {
  constructor(
    @Inject(Polls) private readonly polls: Polls,
    @Inject(AssemblyReading) private readonly reading: AssemblyReading,
    @Inject(Challenges) private readonly challenges: Challenges,
    @Inject(SecondAssemblies) private readonly seconds: SecondAssemblies,
    @Inject(PaperCounts) private readonly paper: PaperCounts,
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
    if (poll.voidedAt) return this.voided(poll, visitor, lang)
    const declared = poll.closedAt && (await this.reading.result(id))
    if (declared) {
      const dispute = (await this.challenges.dispute(poll, visitor))!
      const text = textsOf(this.messages, lang)
      const { declaredBy } = declared.result
      const name = (await this.people.named([declaredBy])).get(declaredBy)?.name ?? ''
      return page(`${VIEWS}/result.hbs`, {
        ...resultPage(this.messages, { poll, ...declared, declaredBy: name }, lang),
        dispute: disputeView(text, dispute, poll, visitor, lang),
        minutes: minutesOptions(text),
        ...(await this.afterwards(text, poll, visitor, lang)),
      })
    }
    const sources = { reading: this.reading, members: this.members, messages: this.messages }
    return page(`${VIEWS}/poll.hbs`, await pollPage(sources, poll, visitor, lang, { memberId }))
  }

  /** Of a poll on paper its count sheets; of a failed quorum the way to a second assembly. */
  private async afterwards(text: Text, poll: PollInContext, visitor: Visitor, lang: Language) {
    const scans = poll.method === 'paper' ? await this.paper.scans(poll.id) : []
    const second = await this.seconds.standing(poll)
    return { scans: scanItems(text, poll.id, scans), second: secondView(text, poll, second, visitor, lang) }
  }

  private async voided(poll: PollInContext, visitor: Visitor, lang: Language): Promise<Page> {
    const name = (await this.people.named([poll.voidedBy!])).get(poll.voidedBy!)?.name ?? ''
    const own = await this.reading.ownElectors(poll.id, visitor.personId)
    return page(`${VIEWS}/voided-poll.hbs`, voidedPollPage(this.messages, poll, { name, own }, lang))
  }

  /** Closes the poll. A repeat changes nothing. */
  @Post(':id/sluiting')
  async close(
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<SeeOther> {
    if (!isId(id)) throw new NotFoundException()
    await this.polls.close(id, visitor)
    return this.backFrom(id, body)
  }

  /** Declares the result. A repeat shows the result that is there. */
  @Post(':id/uitslag')
  async declare(
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<SeeOther> {
    if (!isId(id)) throw new NotFoundException()
    await this.polls.declare(id, visitor)
    return this.backFrom(id, body)
  }

  /** Who voted what. This is an open poll; before the result is declared nobody sees it. */
  @Get(':id/wie-stemde-wat')
  async rollCall(@Lang() lang: Language, @Param('id') id: string): Promise<Page> {
    const poll = await this.pollOr404(id)
    const text = textsOf(this.messages, lang)
    const model = { title: text('rollCall.title'), poll, pre: preHeading(text, poll, lang) }
    if (!(await this.reading.result(id))) return page(`${VIEWS}/roll-call.hbs`, { ...model, tooEarly: true })
    const electors = await this.reading.rollCall(id)
    const names = new Map(electors.map(({ memberId, memberName }) => [memberId, memberName]))
    const weighted = electors.some(({ weight }) => weight !== 1)
    return page(`${VIEWS}/roll-call.hbs`, {
      ...model,
      onPaper: poll.method === 'paper',
      columns: [
        { label: text('rollCall.member') },
        { label: text('rollCall.choice') },
        ...(weighted ? [{ label: text('rollCall.votes'), kind: 'number' }] : []),
      ],
      rows: electors.map(({ memberName, choice, weight, castAt, checkedIn, holderId, entered }) => [
        { value: memberName, note: holderId && text('rollCall.byProxy', { holder: names.get(holderId) }) },
        {
          value: choice ? text(`choice.${choice}`) : text(checkedIn ? 'rollCall.present' : 'rollCall.absent'),
          note:
            castAt &&
            text(entered ? 'rollCall.enteredAt' : 'rollCall.castAt', { time: clockTime(lang, castAt) }),
        },
        ...(weighted ? [weight] : []),
      ]),
    })
  }

  /** Who leads from the room goes back there. */
  private async backFrom(id: string, body: unknown): Promise<SeeOther> {
    const fromRoom = typedFields(body).terug === 'zaal'
    return seeOther(fromRoom ? `/alv/${(await this.pollOr404(id)).assemblyId}/zaal` : `/stemmingen/${id}`)
  }

  private async pollOr404(id: string): Promise<PollInContext> {
    const poll = await this.reading.poll(id)
    if (!poll) throw new NotFoundException()
    return poll
  }
}
