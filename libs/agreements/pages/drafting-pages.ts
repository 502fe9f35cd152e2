import { Inject, Injectable } from '@nestjs/common'
import { Areas } from '#areas'
import { People } from '#identity'
import { Members } from '#members'
import {
  Clock,
  Database,
  Ids,
  type Language,
  moment,
  type Page,
  page,
  type ShownError,
  type Visit,
} from '#platform'
import { Counterparties } from '../counterparties.service.js'
import type { SaveOutcome } from '../drafting.service.js'
import { type Negotiation, Negotiations } from '../negotiations.service.js'
import { agreementKinds, counterpartyKinds } from '../rules/agreement.js'
import { yearsOf } from '../rules/budget.js'
import { type Draft, type DraftSection, differingFields, draftSections, sectionOf } from '../rules/draft.js'
import type { Side } from '../rules/negotiation.js'
import { listTakenNeighbourhoods } from '../store/signing-records.js'
import { TextJudging } from '../text-judging.service.js'
import { pathOf } from './negotiation-head.js'
import { sectionModel } from './section-model.js'
import { fieldValue } from './shown-changes.js'
import { AgreementWords, fieldLabel, type Text } from './words.js'

const VIEWS = 'libs/agreements/pages/views'

/** The pages on which a text is written: to begin one, and each part of it. */
@Injectable()
export class DraftingPages {
  constructor(
    @Inject(AgreementWords) private readonly words: AgreementWords,
    @Inject(Negotiations) private readonly negotiations: Negotiations,
    @Inject(Counterparties) private readonly counterparties: Counterparties,
    @Inject(TextJudging) private readonly judging: TextJudging,
    @Inject(Areas) private readonly areas: Areas,
    @Inject(Members) private readonly members: Members,
    @Inject(People) private readonly people: People,
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  /** The form to begin a new agreement. */
  async begin(
    { lang, visitor }: Visit,
    refused?: { errors: ShownError[]; typed: Record<string, string>; participants: readonly string[] },
  ): Promise<Page> {
    const text = this.words.in(lang)
    const parties = await this.counterparties.choicesFor(visitor)
    const enters = visitor.has('serviceTeam', 'teamLead', 'director')
    const members = (await this.members.asOf(this.clock.today())).filter(({ status }) => status === 'member')
    const model = {
      title: text('new.title'),
      ...{ errors: refused?.errors ?? null, typed: refused?.typed ?? null, enters },
      id: refused?.typed.nummer || this.ids.next(),
      parties: [
        ...parties.map(({ id, name }) => ({ value: id, label: name })),
        ...(enters ? [{ value: 'nieuw', label: text('new.otherParty') }] : []),
      ],
      onlyParty: parties.length === 1 && !enters ? parties[0]!.id : '',
      kinds: agreementKinds.map((value) => ({
        ...{ value, label: text(`agreementKinds.${value}`), hint: text(`agreementKinds.${value}Hint`) },
      })),
      partyKinds: counterpartyKinds.map((value) => ({ value, label: text(`partyKinds.${value}`) })),
      districts: (await this.areas.accountingDistricts()).map(({ id, name }) => ({ value: id, label: name })),
      members: members.map(({ id, name }) => ({
        ...{ value: id, label: name, checked: refused?.participants.includes(id) ?? false },
      })),
      open: refused?.typed.wederpartij === 'nieuw',
    }
    return page(`${VIEWS}/new.hbs`, model, refused ? 422 : 200)
  }

  /** The form of one part, as it was typed; null when this side has no draft. */
  async section(
    lang: Language,
    negotiation: Negotiation,
    side: Side,
    section: DraftSection,
    after?: { saved?: boolean; stale?: Extract<SaveOutcome, { outcome: 'stale' }> },
  ): Promise<Page | null> {
    const text = this.words.in(lang)
    const stored = await this.negotiations.draftOf(negotiation.id, side)
    if (!stored) return null
    const stale = after?.stale
    const draft = stale ? { ...withoutPart(stored.typed, section), ...stale.typed } : stored.typed
    const { revision } = stored.sections[section]
    const { text: read, violations } = await this.judging.draft(negotiation, draft)
    const own = violations.filter(({ path }) => path && partWith(path) === section)
    const errors = revision > 1 || stale ? this.words.errors(lang, own) : []
    const years = read.endsOn > read.holdsFrom ? yearsOf(read).slice(0, 6) : []
    const names = new Map((await this.areas.neighbourhoods()).map(({ id, name }) => [id, name]))
    const model = {
      title: text('form.title', { section: text(`section.${section}`) }),
      ...{
        base: pathOf(negotiation.id),
        section,
        pre: negotiation.areaName,
        revision: stale?.revision ?? revision,
      },
      negotiationTitle: text('negotiation.title', { area: negotiation.areaName }),
      steps: this.steps(text, negotiation.id, section),
      todo: errors.map(({ path, message }) => ({
        path,
        message: `${path === 'buurt' ? text('label.neighbourhoods') : fieldLabel(text, path, draft, names)}: ${message}`,
      })),
      flash: after?.saved ? { tone: 'good', text: text('form.saved') } : null,
      stale: stale && (await this.stale(lang, text, stale, names)),
      fields: sectionModel(section, {
        ...{ text, lang, negotiation, draft, errors },
        neighbourhoods: await this.areas.neighbourhoods(),
        districts: await this.areas.districts(),
        taken: await listTakenNeighbourhoods(this.database.read, negotiation.agreementId),
        rooms: negotiation.kind === 'district' ? await this.judging.room(negotiation, years) : [],
      }),
      district: negotiation.kind === 'district',
    }
    return page(`${VIEWS}/section-${section}.hbs`, model, stale ? 409 : 200)
  }

  private steps(text: Text, id: string, current: DraftSection) {
    return draftSections.map((section) => ({
      label: text(`section.${section}`),
      state: section === current ? 'current' : 'todo',
      href: `${pathOf(id)}/tekst/${section}`,
    }))
  }

  /** Both texts of every field that somebody else saved otherwise meanwhile. */
  private async stale(
    lang: Language,
    text: Text,
    { typed, stored, by, at }: Extract<SaveOutcome, { outcome: 'stale' }>,
    names: ReadonlyMap<string, string>,
  ) {
    const person = (await this.people.named([by])).get(by)?.name ?? ''
    const fields = differingFields(typed, stored).filter((name) => !name.endsWith('.id'))
    return {
      text: text('form.stale', { name: person, at: moment(lang, at) }),
      columns: ['field', 'yours', 'theirs'].map((column) => ({ label: text(`form.${column}`) })),
      rows: fields.map((name) => [
        fieldLabel(text, name, typed, names),
        fieldValue(text, lang, name, typed[name] ?? ''),
        fieldValue(text, lang, name, stored[name] ?? ''),
      ]),
    }
  }
}

const partWith = (path: string) => (path === 'buurt' ? 'period' : sectionOf(path))

function withoutPart(draft: Draft, section: DraftSection): Draft {
  return Object.fromEntries(Object.entries(draft).filter(([name]) => sectionOf(name) !== section))
}
