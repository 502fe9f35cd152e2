import { Inject, Injectable } from '@nestjs/common'
import type { MemberDetails, MemberOnDay } from '#members'
import { Members } from '#members'
import { Clock, type Language, longDay, moment, type Page, page, type Visitor } from '#platform'
import { actorFor, seesIban } from '../actor.js'
import { lastDetails } from '../held-details.js'
import { MemberChanges } from '../member-changes.service.js'
import { differences } from '../rules/change.js'
import { type ChangeField, isForServiceTeam, valueAsText } from '../rules/fields.js'
import { inputNames } from '../rules/read-form.js'
import { actingAs } from '../rules/who-may.js'
import type { MemberChange } from '../store/change-records.js'
import { type Reader, Shown } from './shown.js'

const GROUPS: Readonly<Record<string, readonly ChangeField[]>> = {
  organisation: ['name', 'legalForm', 'chamberNumber', 'rsin', 'iban', 'neighbourhoods'],
  address: ['street', 'postalCode', 'city'],
  contact: ['contactName', 'contactEmail', 'contactPhone'],
}
const SHOWN_CHANGES = 20

/** Everything that the register holds of one organisation, what waits, and what changed. */
@Injectable()
export class OrganisationPage {
  constructor(
    @Inject(MemberChanges) private readonly changes: MemberChanges,
    @Inject(Members) private readonly members: Members,
    @Inject(Shown) private readonly shown: Shown,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async build(lang: Language, visitor: Visitor, member: MemberOnDay): Promise<Page> {
    const last = (await lastDetails(this.members, member.id))!
    const today = this.clock.today()
    const details = (await this.members.details(member.id, today)) ?? last
    const reader = await this.shown.reader(lang, seesIban(visitor, member.id))
    const as = actingAs(actorFor(visitor, member))
    const all = await this.changes.select({ memberIds: [member.id], limit: SHOWN_CHANGES })
    const open = all.filter(
      ({ state }) => state === 'waiting' || state === 'blocked' || state === 'contested',
    )
    const announced = last.on > today ? differences(details, last) : []
    return page('libs/member-changes/pages/views/organisation.hbs', {
      title: member.name,
      member,
      standing: this.shown.words(lang, `standing.${member.status}`, {
        kind: member.kind ? this.shown.words(lang, `kinds.${member.kind}`) : '',
        day: member.since ? longDay(lang, member.since) : '',
      }),
      suspended: member.status === 'suspended',
      former: member.status === 'former',
      changeHref: as ? `/organisatie/${member.number}/wijziging` : null,
      groups: this.groups(reader, details, as ? member.number : null, as === 'serviceTeam'),
      announced:
        announced.length > 0 ? { day: last.on, ...this.shown.table(reader, announced, 'now') } : null,
      waitingChanges: open.map((change) => this.line(lang, change)),
      pastChanges: all.filter((change) => !open.includes(change)).map((change) => this.line(lang, change)),
      elsewhere: this.elsewhere(lang, visitor, member),
      isStaff: !visitor.hasFor('delegate', member.id) && !visitor.hasFor('contact', member.id),
      queue: visitor.has('serviceTeam', 'director', 'admin'),
    })
  }

  private groups(reader: Reader, details: MemberDetails, number: number | null, serviceTeam: boolean) {
    const text = (key: string) => this.shown.words(reader.lang, key)
    const item = (field: ChangeField) => ({
      label: text(`inGroup.${field}`),
      value: this.shown.value(reader, field, valueAsText(details, field)),
      ...(number !== null && (serviceTeam || !isForServiceTeam(field))
        ? {
            actionHref: `/organisatie/${number}/wijziging#veld-${inputNames[field]}`,
            actionLabel: text('organisation.change'),
          }
        : {}),
    })
    return Object.entries(GROUPS).map(([name, fields]) => ({
      heading: text(`groups.${name}`),
      items: fields.map(item),
    }))
  }

  private line(lang: Language, change: MemberChange) {
    const last = change.events.at(-1)
    const fields = change.changes.map(({ field }) => this.shown.words(lang, `fields.${field}`)).join(', ')
    return {
      when: moment(lang, last?.at ?? change.proposedAt),
      at: (last?.at ?? change.proposedAt).toISOString(),
      heading: fields,
      text: `${this.shown.state(lang, change)}.`,
      href: `/wijzigingen/${change.id}`,
      linkLabel: this.shown.words(lang, 'organisation.view', { reference: change.reference }),
      tone: change.state === 'blocked' || change.state === 'contested' ? 'bad' : undefined,
    }
  }

  private elsewhere(lang: Language, visitor: Visitor, member: MemberOnDay) {
    const text = (key: string) => this.shown.words(lang, `organisation.links.${key}`)
    const { number } = member
    const delegate = visitor.hasFor('delegate', member.id)
    return [
      { href: `/leden/${number}`, label: text('register') },
      { href: `/leden/${number}/mandaten`, label: text('mandates') },
      ...(delegate ? [{ href: '/lidmaatschap', label: text('membership') }] : []),
      ...(!delegate && visitor.has('director', 'secretary', 'chair')
        ? [{ href: `/lidmaatschappen/${number}`, label: text('membership') }]
        : []),
      { href: `/leden/${number}/dossier`, label: text('file') },
    ]
  }
}
