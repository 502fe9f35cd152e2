import { Body, Controller, Get, Inject, NotFoundException, Param, Post } from '@nestjs/common'
import { isMeantAsDecisionNumber } from '#assemblies'
import { People } from '#identity'
import { addDays, dayOf } from '#kernel'
import {
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
import { OfficeAppointing } from '../appointing.service.js'
import { type Office, officeRules } from '../rules/offices.js'
import { appointers } from '../store/entities.js'
import { type OfficeTerm, readTerms } from '../store/office-records.js'
import { appointmentForm, endForm, officeOf, readableErrors, slugOf, violationsOf } from './forms.js'
import { type Refused, ShownOffices, stateOf } from './shown.js'

/** Recording an appointment, and one term: what was recorded, and how it ends sooner. */
@Controller('functies')
export class AppointmentController {
  constructor(
    @Inject(OfficeAppointing) private readonly appointing: OfficeAppointing,
    @Inject(ShownOffices) private readonly shown: ShownOffices,
    @Inject(People) private readonly people: People,
    @Inject(Database) private readonly database: Database,
  ) {}

  @Get(':functie/benoeming')
  prepare(@Lang() lang: Language, @Param('functie') slug: string): Page {
    return this.formPage(lang, knownOffice(slug))
  }

  /** Records an appointment. Safe to repeat: the form carries a key, and the second leads to the first. */
  @Post(':functie/termijnen')
  async appoint(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('functie') slug: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const office = knownOffice(slug)
    const typed = typedFields(body)
    const form = parseForm(appointmentForm, body)
    if (!form.ok) return this.formPage(lang, office, { typed, errors: readableErrors(form.errors) })
    const { naam, email, vanaf, tot, orgaan, besluit, toelichting, verzoek } = form.value
    try {
      const { id } = await this.appointing.appoint(visitor, {
        ...{ office, name: naam, email, from: vanaf, until: tot ? addDays(tot, 1) : null },
        ...{ appointedBy: orgaan, decision: besluit, note: toelichting, requestKey: verzoek },
      })
      return seeOther(`/functies/termijnen/${id}`)
    } catch (error) {
      return this.formPage(lang, office, { typed, errors: violationsOf(error) })
    }
  }

  @Get('termijnen/:id')
  async term(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
  ): Promise<Page> {
    return this.termPage(lang, visitor, await this.find(id))
  }

  /** Records that a term ends sooner. The same end again changes nothing. */
  @Post('termijnen/:id/einde')
  async end(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const term = await this.find(id)
    const typed = typedFields(body)
    const form = parseForm(endForm, body)
    if (!form.ok) return this.termPage(lang, visitor, term, { typed, errors: readableErrors(form.errors) })
    try {
      const { dag, reden } = form.value
      await this.appointing.end(visitor, id, { on: addDays(dag, 1), reason: reden })
      return seeOther(`/functies/termijnen/${id}`)
    } catch (error) {
      return this.termPage(lang, visitor, term, { typed, errors: violationsOf(error) })
    }
  }

  private formPage(lang: Language, office: Office, refused?: Refused): Page {
    const text = (key: string, values?: object) => this.shown.words(lang, key, values)
    const { yearly, fromMembers } = officeRules[office]
    const model = {
      title: text('appoint.title', { office }),
      officeName: text(`names.${office}`),
      slug: slugOf(office),
      lead: [text('appoint.lead'), ...(fromMembers ? [text('rules.fromMembers')] : [])].join(' '),
      endNeeded: yearly,
      firstDay: this.shown.today,
      appointers: appointers.map((value) => ({ value, label: text(`appointers.${value}`) })),
      ...this.shown.form(lang, refused),
    }
    return page('libs/offices/pages/views/appointment.hbs', model, refused ? 422 : 200)
  }

  private async termPage(lang: Language, visitor: Visitor, term: OfficeTerm, refused?: Refused) {
    const text = (key: string, values?: object) => this.shown.words(lang, key, values)
    const { office, from, until, appointedBy, decision, note, endedAt } = term
    const state = stateOf(term, this.shown.today)
    const isNumber = isMeantAsDecisionNumber(decision)
    const item = (label: string, value: string) => ({ label: text(`label.${label}`), value })
    const model = {
      title: text('term.title', { name: term.name, office }),
      officeName: text(`names.${office}`),
      slug: slugOf(office),
      stateText: text(`states.${state}`),
      stateTone: { holds: 'good', ending: 'warn', coming: 'neutral', over: 'neutral' }[state],
      details: [
        item('from', this.shown.day(lang, from)),
        item('until', until ? this.shown.day(lang, addDays(until, -1)) : text('term.noEnd')),
        item('appointedBy', text(`appointers.${appointedBy ?? 'unknown'}`)),
        ...(decision
          ? [{ ...item('decision', decision), ...(isNumber ? { href: `/besluiten/${decision}` } : {}) }]
          : []),
        ...(note ? [item('note', note)] : []),
      ],
      happened: await this.happened(lang, term),
      termId: term.id,
      mayEnd: visitor.has('secretary', 'admin') && !endedAt && state !== 'over',
      lastDayNow: this.shown.today,
      ...this.shown.form(lang, refused),
    }
    return page('libs/offices/pages/views/term.hbs', model, refused ? 422 : 200)
  }

  private async happened(
    lang: Language,
    { recordedAt, recordedBy, endedAt, endedBy, endReason }: OfficeTerm,
  ) {
    const names = await this.people.named([recordedBy, endedBy].filter((id) => id !== null))
    const line = (what: string, at: Date, by: string | null, note: string) => ({
      when: this.shown.day(lang, dayOf(at)),
      at: at.toISOString(),
      heading: this.shown.words(lang, `term.${what}`, {
        name: (by && names.get(by)?.name) || this.shown.words(lang, 'term.samen'),
      }),
      text: note,
    })
    return [
      ...(endedAt ? [line('ended', endedAt, endedBy, endReason ?? '')] : []),
      line(recordedBy ? 'recorded' : 'takenOver', recordedAt, recordedBy, ''),
    ]
  }

  private async find(id: string): Promise<OfficeTerm> {
    const [term] = isId(id) ? await readTerms(this.database.read, { id }) : []
    if (!term) throw new NotFoundException()
    return term
  }
}

function knownOffice(slug: string): Office {
  const office = officeOf(slug)
  if (!office) throw new NotFoundException()
  return office
}
