import { Body, Controller, Get, Inject, NotFoundException, Param, Post, Query } from '@nestjs/common'
import { dayOf } from '#kernel'
import { type MemberOnDay, Members } from '#members'
import {
  Clock,
  CurrentVisitor,
  isId,
  Lang,
  type Language,
  type Page,
  page,
  type SeeOther,
  seeOther,
  typedFields,
  type Visitor,
} from '#platform'
import { mayRead } from '../actor.js'
import { ChangeDecisions } from '../deciding.service.js'
import { MemberChanges } from '../member-changes.service.js'
import type { MemberChange } from '../store/change-records.js'
import { ChangePage, toneOf } from './change-page.js'
import { Shown, violationsOf } from './shown.js'

const PER_PAGE = 50
const CHOICES = ['open', 'afgehandeld', 'alle'] as const

/** Changes of all members for the service team, and one change for whoever it concerns. */
@Controller('wijzigingen')
export class ChangesController {
  constructor(
    @Inject(MemberChanges) private readonly changes: MemberChanges,
    @Inject(ChangeDecisions) private readonly decisions: ChangeDecisions,
    @Inject(Members) private readonly members: Members,
    @Inject(ChangePage) private readonly changePage: ChangePage,
    @Inject(Shown) private readonly shown: Shown,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  @Get()
  async queue(@Lang() lang: Language, @Query() query: Record<string, unknown>): Promise<Page> {
    const text = (key: string, values?: object) => this.shown.words(lang, `queue.${key}`, values)
    const choice = CHOICES.find((known) => known === query.stand) ?? 'open'
    const open = choice === 'alle' ? undefined : choice === 'open'
    const found = await this.changes.count({ open })
    const pages = Math.max(1, Math.ceil(found / PER_PAGE))
    const asked = /^[1-9]\d{0,5}$/.test(String(query.pagina)) ? Number(query.pagina) : 1
    const current = Math.min(asked, pages)
    const listed = await this.changes.select({ open, limit: PER_PAGE, offset: (current - 1) * PER_PAGE })
    const href = (number: number) => `/wijzigingen?stand=${choice}&pagina=${number}`
    return page('libs/member-changes/pages/views/queue.hbs', {
      title: text('title'),
      found,
      choice,
      choices: CHOICES.map((value) => ({ value, label: text(`choices.${value}`) })),
      columns: (['reference', 'member', 'what', 'proposed', 'state'] as const).map((column) => ({
        label: text(`columns.${column}`),
        ...(column === 'proposed' && { kind: 'day' }),
      })),
      rows: await Promise.all(listed.map((change) => this.row(lang, change))),
      pages:
        pages > 1
          ? Array.from({ length: pages }, (_, at) => at + 1)
              .filter((number) => number === 1 || number === pages || Math.abs(number - current) <= 2)
              .map((number) => ({ number, href: href(number), current: number === current }))
          : null,
      previousHref: current > 1 ? href(current - 1) : undefined,
      nextHref: current < pages ? href(current + 1) : undefined,
    })
  }

  @Get(':id')
  async show(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
  ): Promise<Page> {
    const { change, member } = await this.find(visitor, id)
    return this.changePage.build(lang, visitor, change, member)
  }

  /** The second pair of eyes says yes. A repeat changes nothing. */
  @Post(':id/bevestiging')
  confirm(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    return this.take(lang, visitor, id, body, () => this.decisions.confirm(visitor, id))
  }

  /** The second pair of eyes says no, with a reason. A repeat changes nothing. */
  @Post(':id/weigering')
  refuse(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    return this.take(lang, visitor, id, body, (reason) => this.decisions.refuse(visitor, id, reason))
  }

  /** Who proposed it takes it back. A repeat changes nothing. */
  @Post(':id/intrekking')
  withdraw(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    return this.take(lang, visitor, id, body, (reason) => this.decisions.withdraw(visitor, id, reason))
  }

  /** The service team says what came of an objection against what was done. A repeat changes nothing. */
  @Post(':id/afhandeling')
  settle(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    return this.take(lang, visitor, id, body, (reason) => this.decisions.settle(visitor, id, reason))
  }

  private async take(
    lang: Language,
    visitor: Visitor,
    id: string,
    body: unknown,
    act: (reason: string) => Promise<void>,
  ): Promise<Page | SeeOther> {
    await this.find(visitor, id)
    const typed = typedFields(body)
    try {
      const reason = (typed.reden ?? '').trim()
      if (reason.length > 2000) return await this.refusedPage(lang, visitor, id, typed, TOO_LONG)
      await act(reason)
      return seeOther(`/wijzigingen/${id}`)
    } catch (error) {
      return this.refusedPage(lang, visitor, id, typed, violationsOf(error))
    }
  }

  private async refusedPage(
    lang: Language,
    visitor: Visitor,
    id: string,
    typed: Record<string, string>,
    violations: ReturnType<typeof violationsOf>,
  ): Promise<Page> {
    const { change, member } = await this.find(visitor, id)
    return this.changePage.build(lang, visitor, change, member, { typed, violations })
  }

  private async row(lang: Language, change: MemberChange) {
    const member = await this.members.find(change.memberId, this.clock.today())
    const { state, sensitive } = change
    return [
      { value: change.reference, href: `/wijzigingen/${change.id}` },
      member ? { value: member.name, href: `/organisatie/${member.number}` } : '?',
      change.changes.map(({ field }) => this.shown.words(lang, `fields.${field}`)).join(', '),
      dayOf(change.proposedAt),
      {
        value: this.shown.words(lang, sensitive ? `badge.${state}` : `badge.atOnce.${state}`),
        tone: toneOf(state),
      },
    ]
  }

  /** @throws NotFoundException also when the change is of a member that is no concern of this person */
  private async find(visitor: Visitor, id: string): Promise<{ change: MemberChange; member: MemberOnDay }> {
    const change = isId(id) ? await this.changes.find(id) : null
    const member =
      change && mayRead(visitor, change.memberId)
        ? await this.members.find(change.memberId, this.clock.today())
        : null
    if (!change || !member) throw new NotFoundException()
    return { change, member }
  }
}

const TOO_LONG = [{ code: 'form.tooLong', path: 'reden' }]
