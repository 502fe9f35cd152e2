import { Body, Controller, Get, Inject, NotFoundException, Param, Post, Query } from '@nestjs/common'
import { addDays, type Day, isDay } from '#kernel'
import { type MemberOnDay, Members } from '#members'
import {
  Clock,
  CurrentVisitor,
  Database,
  Lang,
  type Language,
  longDay,
  type Page,
  page,
  parseForm,
  type SeeOther,
  seeOther,
  typedFields,
  type Visitor,
} from '#platform'
import { Appointing } from '../appointing.service.js'
import { mayPropose, mayReadOf } from '../around.service.js'
import { Mandates } from '../mandates.service.js'
import { mandateFunctions } from '../rules/mandate.js'
import { readMandates } from '../store/mandate-records.js'
import { proposalForm, readableErrors, violationsOf } from './forms.js'
import { type Refused, ShownMandates } from './shown.js'

/** Who acts for a member: now, on another day, and everything that was proposed. */
@Controller('leden/:nummer/mandaten')
export class MandatesController {
  constructor(
    @Inject(Members) private readonly members: Members,
    @Inject(Mandates) private readonly mandates: Mandates,
    @Inject(Appointing) private readonly appointing: Appointing,
    @Inject(ShownMandates) private readonly shown: ShownMandates,
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** As of a day (`?per=`, today when absent or not a day). */
  @Get()
  async show(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('nummer') number: string,
    @Query('per') per?: string,
  ): Promise<Page> {
    return this.build(lang, visitor, await this.member(visitor, number), per)
  }

  /** Proposes who is to act. Safe to repeat: the form carries a key, and the second leads to the first. */
  @Post()
  async propose(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('nummer') number: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const member = await this.member(visitor, number)
    const typed = typedFields(body)
    const form = parseForm(proposalForm, body)
    if (!form.ok)
      return this.build(lang, visitor, member, undefined, { typed, errors: readableErrors(form.errors) })
    const { functie, naam, email, vanaf, tot, toelichting, verzoek } = form.value
    try {
      const { id } = await this.appointing.propose(visitor, {
        ...{ memberId: member.id, function: functie, name: naam, email, reason: toelichting },
        ...{ from: vanaf, until: tot ? addDays(tot, 1) : null, requestKey: verzoek },
      })
      return seeOther(`/mandaten/${id}`)
    } catch (error) {
      return this.build(lang, visitor, member, undefined, { typed, errors: violationsOf(error) })
    }
  }

  private async build(
    lang: Language,
    visitor: Visitor,
    member: MemberOnDay,
    per?: string,
    refused?: Refused,
  ): Promise<Page> {
    const day: Day = typeof per === 'string' && isDay(per) ? per : this.clock.today()
    const acting = await this.mandates.actingFor(member.id, day)
    const text = (key: string, values?: object) => this.shown.words(lang, key, values)
    const belongs = member.status === 'member'
    const model = {
      title: text('own.title', { member: member.name }),
      memberNumber: member.number,
      memberName: member.name,
      day,
      isAnotherDay: day !== this.clock.today(),
      wrongDay: per !== undefined && per !== '' && day !== per,
      acting: mandateFunctions.map((fn) => this.shown.acting(lang, text(`functionNames.${fn}`), acting[fn])),
      columns: [
        { label: text('label.person') },
        { label: text('label.function') },
        { label: text('label.from'), kind: 'day' },
        { label: text('label.until'), kind: 'day' },
        { label: text('label.state') },
      ],
      rows: await this.shown.rows(lang, await readMandates(this.database.read, { memberIds: [member.id] })),
      mayPropose: mayPropose(visitor, member.id) && belongs,
      notNow: mayPropose(visitor, member.id) && !belongs ? text(`own.closed.${member.status}`) : '',
      functionOptions: mandateFunctions.map((fn) => ({
        value: fn,
        label: text(`functionNames.${fn}`),
        hint: text(`functionHints.${fn}`, this.replaced(lang, acting[fn])),
      })),
      firstDay: this.clock.today(),
      backdates: visitor.has('serviceTeam'),
      ...this.shown.form(lang, refused),
    }
    return page('libs/mandates/pages/views/mandates.hbs', model, refused ? 422 : 200)
  }

  /** Whose mandate would end when there were another, said beforehand. */
  private replaced(lang: Language, acting: { name: string; until: Day | null } | null) {
    return {
      somebody: acting ? 'yes' : 'no',
      name: acting?.name ?? '',
      until: acting?.until ? longDay(lang, addDays(acting.until, -1)) : '',
    }
  }

  /** @throws NotFoundException also when the member is no concern of this person */
  private async member(visitor: Visitor, typed: string): Promise<MemberOnDay> {
    const id = /^[1-9]\d{0,8}$/.test(typed) ? await this.members.withNumber(Number(typed)) : null
    const member = id && mayReadOf(visitor, id) ? await this.members.find(id, this.clock.today()) : null
    if (!member) throw new NotFoundException()
    return member
  }
}
