import { Body, Controller, Get, Inject, NotFoundException, Param, Post } from '@nestjs/common'
import { isMeantAsDecisionNumber } from '#assemblies'
import { Mandates } from '#mandates'
import { Members } from '#members'
import {
  Clock,
  CurrentVisitor,
  isId,
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
import { Departures } from '../departures.service.js'
import { isEnding, isOpen, type StepType } from '../rules/departure.js'
import { asCase, CaseSteps, type StepRequest } from '../steps.service.js'
import type { Departure } from '../store/departure-records.js'
import { outcomeForm, readableErrors, violationsOf, withdrawalForm } from './forms.js'
import { type Refused, Shown } from './shown.js'

/** One case: the confirmation of what was recorded, what happened since, and what can still be done. */
@Controller('lidmaatschap/zaken/:id')
export class CasesController {
  constructor(
    @Inject(Departures) private readonly departures: Departures,
    @Inject(CaseSteps) private readonly steps: CaseSteps,
    @Inject(Members) private readonly members: Members,
    @Inject(Mandates) private readonly mandates: Mandates,
    @Inject(Shown) private readonly shown: Shown,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  @Get()
  show(@Lang() lang: Language, @CurrentVisitor() visitor: Visitor, @Param('id') id: string): Promise<Page> {
    return this.build(lang, visitor, id)
  }

  /** A delegate takes back a resignation or request. A repeat changes nothing. */
  @Post('intrekking')
  withdraw(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    return this.takeOwn(lang, visitor, id, 'withdrawn', body)
  }

  /** A delegate appeals to the ALV against an expulsion. A repeat changes nothing. */
  @Post('beroep')
  appeal(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    return this.takeOwn(lang, visitor, id, 'appealed', body)
  }

  /** The director records how a case ends. A repeat of the same outcome changes nothing. */
  @Post('uitkomst')
  async decide(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    await this.find(visitor, id)
    const form = parseForm(outcomeForm, body)
    if (!form.ok)
      return this.build(lang, visitor, id, { typed: form.typed, errors: readableErrors(form.errors) })
    const { uitkomst, toelichting, besluit } = form.value
    return this.take(lang, visitor, id, body, { step: uitkomst, note: toelichting, decisionNumber: besluit })
  }

  private async takeOwn(lang: Language, visitor: Visitor, id: string, step: StepType, body: unknown) {
    await this.find(visitor, id)
    const form = parseForm(withdrawalForm, body)
    if (!form.ok) return this.build(lang, visitor, id, form)
    return this.take(lang, visitor, id, body, { step, note: form.value.toelichting })
  }

  private async take(lang: Language, visitor: Visitor, id: string, body: unknown, request: StepRequest) {
    try {
      await this.steps.take(visitor, id, request)
      return seeOther(`/lidmaatschap/zaken/${id}`)
    } catch (error) {
      return this.build(lang, visitor, id, { typed: typedFields(body), errors: violationsOf(error) })
    }
  }

  private async build(lang: Language, visitor: Visitor, id: string, refused?: Refused): Promise<Page> {
    const departure = await this.find(visitor, id)
    const today = this.clock.today()
    const members = await this.members.asOf(today)
    const named = (memberId: string | null) => members.find((member) => member.id === memberId)
    const own = await this.isOwn(visitor, departure)
    const open = isOpen(asCase(departure), today)
    const text = (key: string, values?: object) => this.shown.words(lang, key, values)
    const model = {
      title: text(`recorded.${departure.type}`),
      member: named(departure.memberId),
      departure,
      own,
      stateText: this.shown.state(lang, departure),
      next: text(`next.${departure.type}`),
      details: this.details(lang, departure, named(departure.successorMemberId)?.name),
      happened: departure.steps.map(({ type, onDay, note, decisionNumber }) => ({
        when: longDay(lang, onDay),
        at: onDay,
        heading: text(`steps.${type}`),
        text: note,
        ...decisionLine(decisionNumber, note),
      })),
      mayWithdraw: own && open && (departure.type === 'resigned' || departure.type === 'kindSwitch'),
      mayAppeal: own && departure.type === 'expelled' && departure.state === 'running',
      outcomes:
        !own && open && visitor.has('director')
          ? outcomesNow(departure).map((value) => ({ value, label: text(`outcomes.${value}`) }))
          : [],
      onAppeal: departure.state === 'appealed',
      ...this.shown.form(lang, refused),
    }
    return page('libs/departures/pages/views/case.hbs', model, refused ? 422 : 200)
  }

  private details(lang: Language, departure: Departure, successor?: string) {
    const item = (label: string, value: string) => ({
      label: this.shown.words(lang, `label.${label}`),
      value,
    })
    const { reason, givenOn, appealUntil, knownOn, toKind, takesEffectOn } = departure
    return [
      item('givenOn', longDay(lang, givenOn)),
      ...(knownOn ? [item('knownOn', longDay(lang, knownOn))] : []),
      ...(takesEffectOn ? [item('takesEffectOn', longDay(lang, takesEffectOn))] : []),
      ...(appealUntil ? [item('appealUntil', longDay(lang, appealUntil))] : []),
      ...(toKind ? [item('toKind', this.shown.words(lang, `kinds.${toKind}`))] : []),
      ...(successor ? [item('successor', successor)] : []),
      item('reason', reason || this.shown.words(lang, 'noReason')),
    ]
  }

  /** @throws NotFoundException also when the case is of a member that is no concern of this person */
  private async find(visitor: Visitor, id: string): Promise<Departure> {
    const departure = isId(id) ? await this.departures.find(id) : null
    const mayRead =
      departure && (visitor.has('director', 'secretary', 'chair') || (await this.isOwn(visitor, departure)))
    if (!departure || !mayRead) throw new NotFoundException()
    return departure
  }

  /** Of who acts for the member, and of who did so until it left. */
  private async isOwn(visitor: Visitor, { memberId }: Departure): Promise<boolean> {
    if (visitor.hasFor('delegate', memberId)) return true
    return this.mandates.actedLast(visitor.personId, memberId)
  }
}

/** The decision under a step: a link when it stands in our register, else where it can be found. */
function decisionLine(decision: string | null, note: string) {
  if (!decision) return {}
  if (isMeantAsDecisionNumber(decision)) return { href: `/besluiten/${decision}`, linkLabel: decision }
  return { text: [decision, note].filter(Boolean).join('. ') }
}

/** What the director can record now. */
function outcomesNow({ type, state }: Departure): StepType[] {
  if (type === 'kindSwitch') return ['approved', 'refused']
  if (type === 'suspended') return ['lifted']
  if (type !== 'expelled') return isEnding(type) && type !== 'resigned' ? ['withdrawn'] : []
  if (state === 'appealed') return ['upheld', 'overturned']
  return state === 'appealLapsed' ? ['lapsed'] : []
}
