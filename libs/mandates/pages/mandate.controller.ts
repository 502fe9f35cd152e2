import { Body, Controller, Get, Inject, NotFoundException, Param, Post } from '@nestjs/common'
import { People } from '#identity'
import { addDays, type Day, dayOf } from '#kernel'
import { Members } from '#members'
import {
  Clock,
  CurrentVisitor,
  Database,
  isId,
  Lang,
  type Language,
  type Page,
  page,
  parseForm,
  type SeeOther,
  seeOther,
  typedFields,
  type Visitor,
} from '#platform'
import { Appointing } from '../appointing.service.js'
import {
  AroundMandates,
  mayEnd,
  mayRead,
  mayReadOf,
  mayWithdraw,
  visitorMayConfirm,
} from '../around.service.js'
import { actingOn, standingOf } from '../rules/mandate.js'
import { confirmersOf } from '../rules/who-confirms.js'
import { readMandates, type StoredMandate } from '../store/mandate-records.js'
import { lastDay } from '../words.js'
import { endForm, readableErrors, refusalForm, violationsOf, withdrawalForm } from './forms.js'
import { type Refused, ShownMandates } from './shown.js'

/** One mandate: what was proposed, what it will do, what happened, and what can be done now. */
@Controller('mandaten/:id')
export class MandateController {
  constructor(
    @Inject(Members) private readonly members: Members,
    @Inject(People) private readonly people: People,
    @Inject(Appointing) private readonly appointing: Appointing,
    @Inject(AroundMandates) private readonly around: AroundMandates,
    @Inject(ShownMandates) private readonly shown: ShownMandates,
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  @Get()
  show(@Lang() lang: Language, @CurrentVisitor() visitor: Visitor, @Param('id') id: string): Promise<Page> {
    return this.build(lang, visitor, id)
  }

  /** The contact, or a second person, confirms. A repeat changes nothing. */
  @Post('bevestiging')
  confirm(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    return this.act(lang, visitor, id, body, () => this.appointing.confirm(visitor, id))
  }

  /** Refused, with a reason. A repeat changes nothing. */
  @Post('weigering')
  async refuse(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const form = parseForm(refusalForm, body)
    if (!form.ok)
      return this.build(lang, visitor, id, { typed: typedFields(body), errors: readableErrors(form.errors) })
    return this.act(lang, visitor, id, body, () => this.appointing.refuse(visitor, id, form.value.reden))
  }

  /** Taken back by who could propose it. A repeat changes nothing. */
  @Post('intrekking')
  async withdraw(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const form = parseForm(withdrawalForm, body)
    const note = form.ok ? form.value.toelichting : ''
    return this.act(lang, visitor, id, body, () => this.appointing.withdraw(visitor, id, note))
  }

  /** A mandate that holds ends after a last day. A repeat changes nothing. */
  @Post('einde')
  async end(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const form = parseForm(endForm, body)
    if (!form.ok)
      return this.build(lang, visitor, id, { typed: typedFields(body), errors: readableErrors(form.errors) })
    const { dag, reden } = form.value
    return this.act(lang, visitor, id, body, () =>
      this.appointing.end(visitor, id, { on: addDays(dag, 1), reason: reden }),
    )
  }

  private async act(
    lang: Language,
    visitor: Visitor,
    id: string,
    body: unknown,
    doIt: () => Promise<void>,
  ): Promise<Page | SeeOther> {
    await this.find(visitor, id)
    try {
      await doIt()
      return seeOther(`/mandaten/${id}`)
    } catch (error) {
      return this.build(lang, visitor, id, { typed: typedFields(body), errors: violationsOf(error) })
    }
  }

  private async build(lang: Language, visitor: Visitor, id: string, refused?: Refused): Promise<Page> {
    const mandate = await this.find(visitor, id)
    const tx = this.database.read
    const today = this.clock.today()
    const text = (key: string, values?: object) => this.shown.words(lang, key, values)
    const ofMember = await readMandates(tx, { memberIds: [mandate.memberId] })
    const around = await this.around.of(tx, mandate, ofMember)
    const standing = standingOf(mandate)!
    const { key, tone } = this.shown.state(standing)
    const names = await this.names(mandate, ofMember, around.contacts)
    const member = await this.members.find(mandate.memberId, today)
    const nameOf = (personId: string | null) =>
      (personId && names.get(personId)?.name) || text('mandate.samen')
    const waits = key === 'pending'
    const holds = standing.state === 'confirmed' && (key === 'holds' || key === 'coming')
    const mayConfirm = waits && visitorMayConfirm(visitor, around)
    const before = waits ? this.replacedBy(mandate, ofMember) : null
    const model = {
      title: text(`mandate.title.${mandate.function}`, { name: nameOf(mandate.personId) }),
      memberName: member?.name ?? '',
      memberHref: member && mayReadOf(visitor, mandate.memberId) ? `/leden/${member.number}/mandaten` : null,
      mandateId: id,
      stateText: text(`states.${key}`),
      stateTone: tone,
      details: [
        { label: text('label.member'), value: member?.name ?? '' },
        {
          label: text('label.person'),
          value: nameOf(mandate.personId),
          note: names.get(mandate.personId)?.email ?? '',
        },
        { label: text('label.function'), value: text(`functionNames.${mandate.function}`) },
        { label: text('label.from'), value: this.shown.day(lang, this.firstDay(mandate, waits)) },
        {
          label: text('label.until'),
          value: standing.until ? this.shown.day(lang, lastDay(standing.until)) : text('mandate.noEnd'),
        },
        ...(mandate.reason ? [{ label: text('label.reason'), value: mandate.reason }] : []),
      ],
      waits,
      mayConfirm,
      effects: waits ? this.effects(lang, mandate, before && nameOf(before)) : [],
      waitsFor: waits ? this.waitsFor(lang, around, nameOf) : '',
      mayWithdraw: waits && !mayConfirm && mayWithdraw(visitor, mandate),
      mayEnd: holds && mayEnd(visitor, mandate),
      lastDayNow: today,
      happened: this.happened(lang, mandate, nameOf),
      ...this.shown.form(lang, refused),
    }
    return page('libs/mandates/pages/views/mandate.hbs', model, refused ? 422 : 200)
  }

  private firstDay(mandate: StoredMandate, waits: boolean): Day {
    return waits ? this.appointing.spanOf(mandate).from : standingOf(mandate)!.from
  }

  /** Who acts on the first day as it stands now, and would not any more. */
  private replacedBy(mandate: StoredMandate, ofMember: readonly StoredMandate[]): string | null {
    const acting = actingOn(ofMember, mandate.function, this.appointing.spanOf(mandate).from)
    return acting && acting.mandate.id !== mandate.id ? acting.mandate.personId : null
  }

  /** What confirming does, said beforehand. */
  private effects(lang: Language, mandate: StoredMandate, before: string | null): string[] {
    const { from, until } = this.appointing.spanOf(mandate)
    const text = (key: string, values: object) => this.shown.words(lang, `mandate.effects.${key}`, values)
    const day = this.shown.day(lang, from)
    return [
      text('acts', { day }),
      ...(before ? [text(`replaces.${mandate.function}`, { day, before })] : []),
      ...(until ? [text('ends', { day: this.shown.day(lang, lastDay(until)) })] : []),
    ]
  }

  private waitsFor(
    lang: Language,
    around: Parameters<typeof confirmersOf>[0],
    nameOf: (personId: string | null) => string,
  ): string {
    const { by, personIds } = confirmersOf(around)
    const names = personIds.map(nameOf).join(', ')
    if (by === 'contact') return this.shown.words(lang, 'mandate.waitsForContact', { names })
    return this.shown.words(lang, 'mandate.waitsForSecond', { somebody: names ? 'yes' : 'no', names })
  }

  private happened(lang: Language, mandate: StoredMandate, nameOf: (personId: string | null) => string) {
    const line = (at: Date, what: string, by: string | null, note: string, values: object = {}) => ({
      when: this.shown.day(lang, dayOf(at)),
      at: at.toISOString(),
      heading: this.shown.words(lang, `mandate.happened.${what}`, { name: nameOf(by), ...values }),
      text: note,
    })
    return [
      line(mandate.proposedAt, mandate.proposedBy ? 'proposed' : 'entered', mandate.proposedBy, ''),
      ...mandate.events.map((event) => {
        const what = event.type === 'ended' ? `ended.${event.cause}` : event.type
        const day = event.type === 'ended' ? this.shown.day(lang, lastDay(event.on)) : ''
        return line(event.at, what, event.by, event.reason, { day })
      }),
    ].reverse()
  }

  private names(mandate: StoredMandate, ofMember: readonly StoredMandate[], contacts: readonly string[]) {
    const ids = [mandate.proposedBy, ...mandate.events.map(({ by }) => by)].filter((id) => id !== null)
    return this.people.named([
      ...new Set([...ids, ...contacts, ...ofMember.map(({ personId }) => personId), mandate.personId]),
    ])
  }

  /** @throws NotFoundException also when the mandate is no concern of this person */
  private async find(visitor: Visitor, id: string): Promise<StoredMandate> {
    const [mandate] = isId(id) ? await readMandates(this.database.read, { id }) : []
    if (!mandate || !mayRead(visitor, mandate)) throw new NotFoundException()
    return mandate
  }
}
