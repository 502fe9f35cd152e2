import { Body, Controller, Get, Inject, NotFoundException, Param, Post } from '@nestjs/common'
import { type MemberOnDay, Members } from '#members'
import {
  Clock,
  CurrentVisitor,
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
import { Cases } from '../cases.service.js'
import { Departures } from '../departures.service.js'
import type { DepartureType } from '../rules/departure.js'
import { appealUntil } from '../rules/terms.js'
import { actForm, acts, readableErrors, violationsOf } from './forms.js'
import { type Refused, Shown } from './shown.js'

const VIEWS = 'libs/departures/pages/views'

/** For director, secretary and chair: every membership, and what the director can record about it. */
@Controller('lidmaatschappen')
export class MembershipsController {
  constructor(
    @Inject(Members) private readonly members: Members,
    @Inject(Departures) private readonly departures: Departures,
    @Inject(Cases) private readonly cases: Cases,
    @Inject(Shown) private readonly shown: Shown,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  @Get()
  async list(@Lang() lang: Language): Promise<Page> {
    const text = (key: string) => this.shown.words(lang, key)
    const members = await this.members.asOf(this.clock.today())
    const named = new Map(members.map(({ id, name }) => [id, name]))
    return page(`${VIEWS}/memberships.hbs`, {
      title: text('list.title'),
      running: (await this.departures.open()).map((departure) =>
        this.shown.line(lang, departure, named.get(departure.memberId)),
      ),
      columns: [
        { label: text('label.member') },
        { label: text('label.kind') },
        { label: text('label.status') },
      ],
      rows: members.map(({ number, name, kind, status }) => [
        { value: name, href: `/lidmaatschappen/${number}` },
        kind ? text(`kinds.${kind}`) : null,
        text(`statuses.${status}`),
      ]),
    })
  }

  @Get(':nummer')
  async show(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('nummer') number: string,
  ): Promise<Page> {
    const member = await this.find(number)
    const own = visitor.hasFor('delegate', member.id)
    const belongs = member.status === 'member' || member.status === 'suspended'
    const possible = Object.entries(acts).filter(
      ([, type]) => type !== 'suspended' || member.status === 'member',
    )
    return page(`${VIEWS}/member.hbs`, {
      title: member.name,
      member,
      ownMember: own && visitor.has('director'),
      standing: this.shown.standing(lang, member),
      ties: await this.shown.ties(lang, member),
      cases: (await this.departures.of([member.id])).map((departure) => this.shown.line(lang, departure)),
      acts:
        visitor.has('director') && !own && belongs
          ? possible.map(([name, type]) => ({
              href: `/lidmaatschappen/${number}/${name}`,
              label: this.shown.words(lang, `acts.${type}`),
            }))
          : [],
    })
  }

  @Get(':nummer/:handeling')
  async prepare(
    @Lang() lang: Language,
    @Param('nummer') number: string,
    @Param('handeling') act: string,
  ): Promise<Page> {
    return this.actPage(lang, number, act)
  }

  /** Records an act of the director. Safe to repeat: the form carries a key, and the second leads to the first. */
  @Post(':nummer/:handeling')
  async record(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('nummer') number: string,
    @Param('handeling') act: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const type = typeOf(act)
    const member = await this.find(number)
    const typed = typedFields(body)
    const form = parseForm(actForm, body)
    if (!form.ok) return this.actPage(lang, number, act, { typed, errors: readableErrors(form.errors) })
    const { reden, dag, opvolger, verzoek } = form.value
    try {
      const successor = (await this.members.asOf(this.clock.today())).find(({ id }) => id === opvolger)
      const { id } = await this.cases.begin(visitor, {
        memberId: member.id,
        type,
        reason: reden,
        requestKey: verzoek,
        takesEffectOn: dag || null,
        successorMemberId: successor?.id ?? null,
      })
      return seeOther(`/lidmaatschap/zaken/${id}`)
    } catch (error) {
      return this.actPage(lang, number, act, { typed, errors: violationsOf(error) })
    }
  }

  private async actPage(lang: Language, number: string, act: string, refused?: Refused): Promise<Page> {
    const type = typeOf(act)
    const member = await this.find(number)
    const today = this.clock.today()
    const values = {
      member: member.name,
      today: longDay(lang, today),
      last: longDay(lang, await this.cases.lastDay(today)),
      until: longDay(lang, appealUntil(today)),
    }
    const others = (await this.members.asOf(today)).filter(
      ({ id, status }) => id !== member.id && status === 'member',
    )
    const model = {
      title: this.shown.words(lang, `acts.${type}`),
      member,
      act,
      consequence: this.shown.words(lang, `consequence.${type}`, values),
      reasonHint: this.shown.words(lang, `reasonHint.${type}`),
      ties: await this.shown.ties(lang, member),
      withDay: type === 'dissolved' || type === 'merged',
      successors: type === 'merged' ? others.map(({ id, name }) => ({ value: id, label: name })) : null,
      ...this.shown.form(lang, refused),
    }
    return page(`${VIEWS}/act.hbs`, model, refused ? 422 : 200)
  }

  private async find(number: string): Promise<MemberOnDay> {
    const members = await this.members.asOf(this.clock.today())
    const found = members.find((member) => String(member.number) === number)
    if (!found) throw new NotFoundException()
    return found
  }
}

function typeOf(act: string): DepartureType {
  const type = Object.hasOwn(acts, act) ? acts[act] : undefined
  if (!type) throw new NotFoundException()
  return type
}
