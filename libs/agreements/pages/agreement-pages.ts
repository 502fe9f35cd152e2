import { Inject, Injectable } from '@nestjs/common'
import { Areas } from '#areas'
import { Members } from '#members'
import {
  Clock,
  type Language,
  longDay,
  moment,
  type Page,
  page,
  type ShownError,
  type Visit,
  type Visitor,
} from '#platform'
import { verificationCode } from '../content.js'
import { Negotiations } from '../negotiations.service.js'
import { type Agreement, versionOn } from '../rules/agreement.js'
import { checkTermination, endAfterNotice } from '../rules/ending.js'
import { capacityOf, sideOf } from '../rules/negotiation.js'
import { groupedHash } from '../rules/typed-hash.js'
import type { SignedAgreement } from '../signed-agreements.service.js'
import type { SignedVersion } from '../store/signing-records.js'
import { shownChanges } from './shown-changes.js'
import { shownText } from './shown-text.js'
import { signedDraft } from './signed-draft.js'
import { AgreementWords, type Text } from './words.js'

const VIEWS = 'libs/agreements/pages/views'

/** A form on the page that was refused. */
export interface Refused {
  errors: ShownError[]
  typed: Record<string, string>
}

/** How an agreement stands on a day. */
export function standingOf({ startsOn, endsOn }: Agreement, today: string) {
  if (today < startsOn) return { key: 'toBegin', tone: 'neutral' } as const
  return today > endsOn
    ? ({ key: 'over', tone: 'neutral' } as const)
    : ({ key: 'running', tone: 'good' } as const)
}

/** The pages of a signed agreement and of each of its versions. */
@Injectable()
export class AgreementPages {
  constructor(
    @Inject(AgreementWords) private readonly words: AgreementWords,
    @Inject(Areas) private readonly areas: Areas,
    @Inject(Members) private readonly members: Members,
    @Inject(Negotiations) private readonly negotiations: Negotiations,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async show({ lang, visitor, fresh }: Visit, known: SignedAgreement, refused?: Refused): Promise<Page> {
    const text = this.words.in(lang)
    const { agreement, versions } = known
    const today = this.clock.today()
    const holding = versionOn(agreement, today) ?? versionOn(agreement, agreement.endsOn)
    const { number } = holding ?? agreement.versions.at(-1)!
    const standing = standingOf(agreement, today)
    const model = {
      title: text('page.title', { area: agreement.areaName }),
      pre: agreement.counterparty.name,
      state: { label: text(`standing.${standing.key}`), tone: standing.tone },
      base: `/afspraken/${agreement.areaSlug}`,
      ...{ fresh, errors: refused?.errors ?? null, typed: refused?.typed ?? null },
      parties: await this.parties(lang, text, known),
      shown: shownText(text, lang, signedDraft(known, number)!, await this.names()),
      links: this.links(text, agreement, versions.find((one) => one.number === number)!),
      versionsTable: versionsTable(text, known, number),
      terminations: terminations(lang, text, known),
      ...(await this.acts(lang, text, visitor, known)),
    }
    return page(`${VIEWS}/agreement.hbs`, model, refused ? 422 : 200)
  }

  async version(lang: Language, known: SignedAgreement, version: SignedVersion): Promise<Page> {
    const text = this.words.in(lang)
    const { areaName: area, areaSlug } = known.agreement
    const before = signedDraft(known, version.number - 1)
    const draft = signedDraft(known, version.number)!
    const names = await this.names()
    return page(`${VIEWS}/version.hbs`, {
      title: text('version.title', { number: version.number, area }),
      base: `/afspraken/${areaSlug}`,
      areaTitle: text('page.title', { area }),
      shown: shownText(text, lang, draft, names),
      signatures: signatures(lang, text, version),
      links: this.links(text, known.agreement, version),
      changes: before && shownChanges(text, lang, before, draft, names),
    })
  }

  private async parties(lang: Language, text: Text, { agreement, party }: SignedAgreement) {
    const members = await this.members.asOf(this.clock.today())
    const names = members.filter(({ id }) => party.participants.includes(id)).map(({ name }) => name)
    const districts = await this.areas.accountingDistricts()
    const district = districts.find(({ id }) => id === agreement.accountingDistrictId)
    const item = (key: string, value: string) => ({ label: text(`label.${key}`), value })
    const [from, until] = [longDay(lang, agreement.startsOn), longDay(lang, agreement.endsOn)]
    return [
      item('kind', text(`agreementKinds.${agreement.kind}`)),
      item('counterparty', `${party.name} (${text(`partyKinds.${party.kind}`)})`),
      ...(names.length > 0 ? [item('participants', names.join('; '))] : []),
      ...(district ? [item('accountingDistrict', district.name)] : []),
      item('wholePeriod', text('period', { from, until })),
    ]
  }

  private links(text: Text, { kind, areaSlug }: Agreement, { number, sha256 }: SignedVersion) {
    const pdf = `/afspraken/${areaSlug}/versies/${number}/afspraak.pdf`
    return [
      ...(kind === 'district' ? [{ href: '/verantwoording', label: text('link.accountability') }] : []),
      { href: `/afspraken/${areaSlug}/ingrepen`, label: text('link.interventions') },
      ...(sha256
        ? [
            { href: pdf, label: text('link.pdf'), download: true },
            { href: `/afspraken/controle/${verificationCode(sha256)}`, label: text('link.check') },
          ]
        : []),
    ]
  }

  /** What this person can begin from a signed agreement. */
  private async acts(
    lang: Language,
    text: Text,
    visitor: Visitor,
    { agreement, party, terminations: given }: SignedAgreement,
  ) {
    const side = sideOf(visitor, party)
    const running = side ? await this.negotiations.runningOf(agreement.id) : null
    const [today, latest] = [this.clock.today(), agreement.versions.at(-1)!]
    const { noticeMonths } = latest.terms
    const terminated = given.some(({ version }) => version === latest.number)
    const mayEnd =
      side !== null &&
      capacityOf(visitor, party) !== null &&
      checkTermination({ ...agreement, terminated }, today, noticeMonths).length === 0
    const changes = today > agreement.endsOn ? ['renewal'] : ['renewal', 'amendment', 'ending']
    const options = changes.map((value) => ({
      ...{ value, label: text(`begin.${value}`), hint: text(`begin.${value}Hint`) },
    }))
    return {
      running: running && `/afspraken/concepten/${running.id}`,
      begin: side && !running ? options : null,
      mayEnd,
      endsAfterNotice: mayEnd ? longDay(lang, endAfterNotice(today, noticeMonths)) : '',
    }
  }

  private async names(): Promise<Map<string, string>> {
    return new Map((await this.areas.neighbourhoods()).map(({ id, name }) => [id, name]))
  }
}

function versionsTable(text: Text, { agreement, versions }: SignedAgreement, now: number) {
  return {
    columns: [
      { label: text('version.number') },
      { label: text('label.holdsFrom'), kind: 'day' },
      { label: text('version.signedOn'), kind: 'day' },
      { label: text('label.wijkbudget'), kind: 'money' },
    ],
    rows: versions.map(({ number, holdsFrom, signedOn, wijkbudgetCents }) => [
      {
        value: text('version.name', { number }),
        href: `/afspraken/${agreement.areaSlug}/versies/${number}`,
        note: number === now ? text('version.now') : '',
      },
      ...[holdsFrom, signedOn, wijkbudgetCents],
    ]),
  }
}

function signatures(lang: Language, text: Text, { signatures: signed, signedOn, sha256 }: SignedVersion) {
  const elsewhere = {
    label: text('version.signedOn'),
    value: longDay(lang, signedOn),
    note: text('version.elsewhere'),
  }
  const here = signed.map(({ side, capacity, name, signedAt }) => ({
    label: text(`signedFor.${side}`),
    value: `${name}, ${text(`capacities.${capacity}`)}`,
    note: moment(lang, signedAt),
  }))
  const hash = sha256
    ? [{ label: text('label.hash'), value: groupedHash(sha256), note: text('label.hashNote') }]
    : []
  return [...(here.length > 0 ? here : [elsewhere]), ...hash]
}

function terminations(lang: Language, text: Text, known: SignedAgreement) {
  return known.terminations.map(({ side, reason, endsOn, name, givenAt }) => ({
    when: moment(lang, givenAt),
    heading: text('ending.given', { side: text(`sides.${side}`), name }),
    text: text('ending.givenText', { day: longDay(lang, endsOn), reason }),
  }))
}
