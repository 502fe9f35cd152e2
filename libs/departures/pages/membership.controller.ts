import { Body, Controller, Get, Inject, NotFoundException, Post, Query } from '@nestjs/common'
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
import { kindForm, readableErrors, resignationForm, violationsOf } from './forms.js'
import { type Refused, Shown } from './shown.js'

const VIEWS = 'libs/departures/pages/views'

/** A delegate's own membership: how it stands, how to end it, how to become the other kind of member. */
@Controller('lidmaatschap')
export class MembershipController {
  constructor(
    @Inject(Members) private readonly members: Members,
    @Inject(Departures) private readonly departures: Departures,
    @Inject(Cases) private readonly cases: Cases,
    @Inject(Shown) private readonly shown: Shown,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  @Get()
  async show(@Lang() lang: Language, @CurrentVisitor() visitor: Visitor): Promise<Page> {
    const members = await this.own(visitor)
    const departures = await this.departures.of(members.map(({ id }) => id))
    return page(`${VIEWS}/membership.hbs`, {
      title: this.shown.words(lang, 'title'),
      staff: visitor.has('director', 'secretary', 'chair'),
      members: members.map((member) => ({
        id: member.id,
        memberNumber: member.number,
        name: member.name,
        belongs: member.status === 'member' || member.status === 'suspended',
        suspended: member.status === 'suspended',
        standing: this.shown.standing(lang, member),
        cases: departures
          .filter(({ memberId }) => memberId === member.id)
          .map((departure) => this.shown.line(lang, departure)),
      })),
    })
  }

  @Get('opzeggen')
  resign(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Query('lid') memberId?: string,
  ): Promise<Page> {
    return this.resignPage(lang, visitor, memberId)
  }

  /** Records a resignation. Safe to repeat: the form carries a key, and the second leads to the first. */
  @Post('opzeggingen')
  async recordResignation(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const typed = typedFields(body)
    const form = parseForm(resignationForm, body)
    if (!form.ok)
      return this.resignPage(lang, visitor, typed.lid, { typed, errors: readableErrors(form.errors) })
    const { lid, wijze, bekend, reden, verzoek } = form.value
    const knownOn = wijze === 'meteen' ? bekend : null
    try {
      const request = { memberId: lid, reason: reden, requestKey: verzoek, knownOn }
      const { id } = await this.cases.begin(visitor, { type: 'resigned', ...request })
      return seeOther(`/lidmaatschap/zaken/${id}`)
    } catch (error) {
      return this.resignPage(lang, visitor, lid, { typed, errors: violationsOf(error) })
    }
  }

  @Get('soort')
  kind(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Query('lid') memberId?: string,
  ): Promise<Page> {
    return this.kindPage(lang, visitor, memberId)
  }

  /** Asks for the other kind. Safe to repeat, as a resignation is. */
  @Post('soortwijzigingen')
  async askForKind(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const typed = typedFields(body)
    const form = parseForm(kindForm, body)
    if (!form.ok)
      return this.kindPage(lang, visitor, typed.lid, { typed, errors: readableErrors(form.errors) })
    const { lid, reden, verzoek } = form.value
    try {
      const request = { memberId: lid, reason: reden, requestKey: verzoek }
      const { id } = await this.cases.begin(visitor, { type: 'kindSwitch', ...request })
      return seeOther(`/lidmaatschap/zaken/${id}`)
    } catch (error) {
      return this.kindPage(lang, visitor, lid, { typed, errors: violationsOf(error) })
    }
  }

  private async resignPage(lang: Language, visitor: Visitor, memberId?: string, refused?: Refused) {
    const member = await this.one(visitor, memberId)
    const today = this.clock.today()
    const last = longDay(lang, await this.cases.lastDay(today))
    const text = (key: string, values?: object) => this.shown.words(lang, `resign.${key}`, values)
    const model = {
      title: text('title', { member: member.name }),
      member,
      last,
      ties: await this.shown.ties(lang, member),
      ways: [
        { value: 'gewoon', label: text('ordinary', { last }), hint: text('ordinaryHint') },
        { value: 'meteen', label: text('atOnce'), hint: text('atOnceHint') },
      ],
      ...this.shown.form(lang, refused),
    }
    return page(`${VIEWS}/resign.hbs`, model, refused ? 422 : 200)
  }

  private async kindPage(lang: Language, visitor: Visitor, memberId?: string, refused?: Refused) {
    const member = await this.one(visitor, memberId)
    const kind = member.kind === 'voting' ? 'supporting' : 'voting'
    const model = {
      title: this.shown.words(lang, 'kind.title', { kind: this.shown.words(lang, `kinds.${kind}`) }),
      member,
      ties: await this.shown.ties(lang, member),
      consequence: this.shown.words(lang, `kind.${kind}`),
      ...this.shown.form(lang, refused),
    }
    return page(`${VIEWS}/kind.hbs`, model, refused ? 422 : 200)
  }

  /** The own member asked for, or the first one. */
  private async one(visitor: Visitor, memberId?: string): Promise<MemberOnDay> {
    const own = await this.own(visitor)
    const found = memberId ? own.find(({ id }) => id === memberId) : own[0]
    if (!found) throw new NotFoundException()
    return found
  }

  private async own(visitor: Visitor): Promise<MemberOnDay[]> {
    const scopes = visitor.scopesOf('delegate')
    if (scopes.length === 0) return []
    return (await this.members.asOf(this.clock.today())).filter(({ id }) => scopes.includes(id))
  }
}
