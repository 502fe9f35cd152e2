import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common'
import { Areas } from '#areas'
import { groupedIban, legalForms, type MemberDetails, type MemberOnDay, Members } from '#members'
import {
  Clock,
  CurrentVisitor,
  Lang,
  type Language,
  type Page,
  page,
  type SeeOther,
  seeOther,
  typedFields,
  type Visitor,
} from '#platform'
import { type ChangeBasis, type PreparedChange, Proposing } from '../proposing.service.js'
import { changeFields, valueAsText } from '../rules/fields.js'
import { inputNames } from '../rules/read-form.js'
import { memberFor } from './find-member.js'
import { type Refused, Shown, violationsOf } from './shown.js'

const VIEWS = 'libs/member-changes/pages/views'

/** The form with which an organisation changes its own details, and what that would do. */
@Controller('organisatie/:nummer')
export class ProposalController {
  constructor(
    @Inject(Proposing) private readonly proposing: Proposing,
    @Inject(Members) private readonly members: Members,
    @Inject(Areas) private readonly areas: Areas,
    @Inject(Shown) private readonly shown: Shown,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  @Get('wijziging')
  async form(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('nummer') number: string,
  ): Promise<Page> {
    return this.formPage(lang, visitor, await this.member(visitor, number))
  }

  /** Shows old beside new and what happens next; "verbeter" leads back to the form. Records nothing. */
  @Post('wijziging')
  async preview(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('nummer') number: string,
    @Body() body: unknown,
  ): Promise<Page> {
    const member = await this.member(visitor, number)
    const { terug, ...typed } = typedFields(body)
    if (terug === 'ja') return this.formPage(lang, visitor, member, { typed, violations: [] })
    try {
      return await this.previewPage(lang, await this.proposing.prepare(visitor, member.id, typed), typed)
    } catch (error) {
      return this.formPage(lang, visitor, member, { typed, violations: violationsOf(error) })
    }
  }

  /** Records the change. Safe to repeat: the form carries a key, and the second leads to the first. */
  @Post('wijzigingen')
  async record(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('nummer') number: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const member = await this.member(visitor, number)
    const typed = typedFields(body)
    try {
      return seeOther(`/wijzigingen/${await this.proposing.propose(visitor, member.id, typed)}`)
    } catch (error) {
      return this.formPage(lang, visitor, member, { typed, violations: violationsOf(error) })
    }
  }

  private async formPage(lang: Language, visitor: Visitor, member: MemberOnDay, refused?: Refused) {
    const basis = await this.proposing.basis(visitor, member.id)
    const typed = refused?.typed ?? typedFrom(basis)
    const isWrong = refused !== undefined && refused.violations.length > 0
    const model = {
      title: this.shown.words(lang, 'form.title'),
      member,
      serviceTeam: basis.as === 'serviceTeam',
      legalForms: legalForms.map((value) => ({
        value,
        label: this.shown.words(lang, `legalForms.${value}`),
      })),
      districts: await this.districts(typed),
      later: basis.firstDay > this.clock.today() ? basis.firstDay : null,
      waiting: basis.pending.map((change) => ({
        href: `/wijzigingen/${change.id}`,
        label: this.shown.words(lang, 'form.pending', { reference: change.reference }),
      })),
      basedOn: basis.basedOn,
      requestKey: this.shown.requestKey(typed.verzoek),
      typed,
      errors: isWrong ? this.shown.errors(lang, refused) : null,
    }
    return page(`${VIEWS}/form.hbs`, model, isWrong ? 422 : 200)
  }

  private async previewPage(lang: Language, prepared: PreparedChange, typed: Record<string, string>) {
    const { member, atOnce, toConfirm, day, reason, current } = prepared
    const reader = await this.shown.reader(lang, true)
    const text = (key: string, values?: object) => this.shown.words(lang, `preview.${key}`, values)
    return page(`${VIEWS}/preview.hbs`, {
      title: text('title'),
      member,
      day,
      reason,
      isToday: day === this.clock.today(),
      atOnce: atOnce.length > 0 ? this.shown.table(reader, atOnce, 'now') : null,
      toConfirm: toConfirm.length > 0 ? this.shown.table(reader, toConfirm, 'now') : null,
      next: text(prepared.as === 'serviceTeam' ? 'nextByServiceTeam' : 'next'),
      notice: text(current.contactEmail ? 'notice' : 'noticeWithoutContact', {
        email: current.contactEmail ?? '',
      }),
      verb: text(toConfirm.length > 0 ? 'ask' : 'record'),
      carried: Object.entries({ ...typed, verzoek: this.shown.requestKey(typed.verzoek) }).map(
        ([name, value]) => ({ name, value }),
      ),
    })
  }

  private async districts(typed: Readonly<Record<string, string>>) {
    const [districts, all] = [await this.areas.districts(), await this.areas.neighbourhoods()]
    return districts.map(({ id, name }) => {
      const own = all.filter(({ districtId }) => districtId === id)
      return {
        name,
        neighbourhoods: own.map(({ number, name: label }) => ({ name: `buurt.${number}`, label })),
        chosen: own.some(({ number }) => typed[`buurt.${number}`] === 'ja'),
      }
    })
  }

  private member(visitor: Visitor, number: string): Promise<MemberOnDay> {
    return memberFor(this.members, visitor, number, this.clock.today())
  }
}

/** What stands in the form before anything is typed. */
function typedFrom({ current, firstDay }: ChangeBasis): Record<string, string> {
  const shown = (field: (typeof changeFields)[number], details: MemberDetails) => {
    const value = valueAsText(details, field) ?? ''
    return field === 'iban' ? groupedIban(value) : value
  }
  return {
    ...Object.fromEntries(changeFields.map((field) => [inputNames[field], shown(field, current)])),
    ...Object.fromEntries(current.neighbourhoods.map((number) => [`buurt.${number}`, 'ja'])),
    vanaf: firstDay,
  }
}
