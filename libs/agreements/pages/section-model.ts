import type { District, Neighbourhood } from '#areas'
import { formatCents } from '#kernel'
import type { Language, ShownError } from '#platform'
import { longDay } from '#platform'
import type { Negotiation } from '../negotiations.service.js'
import type { TakenNeighbourhood } from '../rules/budget.js'
import { type Draft, type DraftList, type DraftSection, entriesOf, MANDATORY_CLAUSE } from '../rules/draft.js'
import { indicatorKinds } from '../rules/indicator-value.js'
import { PROJECT_ADMINISTRATION } from '../rules/model-text.js'
import { employers, services } from '../rules/terms.js'
import type { BudgetRoom } from '../text-judging.service.js'
import { LADDER } from './shown-text.js'
import type { Text } from './words.js'

/** What the form of one part needs beside what was typed. */
export interface FormContext {
  text: Text
  lang: Language
  negotiation: Negotiation
  draft: Draft
  errors: readonly ShownError[]
  neighbourhoods: readonly Neighbourhood[]
  districts: readonly District[]
  taken: readonly TakenNeighbourhood[]
  rooms: readonly BudgetRoom[]
}

/** How many empty entries a list ends with. */
const EMPTY = { lines: 3, indicators: 2, clauses: 1 } as const

/** The fields of one part, as its view takes them. */
export function sectionModel(section: DraftSection, context: FormContext): object {
  switch (section) {
    case 'period':
      return periodModel(context)
    case 'money':
      return {
        lines: entryModels('lines', context),
        rooms: roomTexts(context),
        single: singles(context, ['wijkbudget']),
        shares: singles(context, ['ownMeans', 'socialReturn', 'explainOver']),
      }
    case 'indicators':
      return indicatorsModel(context)
    case 'clauses':
      return {
        clauses: entryModels('clauses', context),
        core: PROJECT_ADMINISTRATION,
      }
    case 'days':
      return {
        report: singles(context, ['reportDueDays']),
        ladder: LADDER.map((step) => field(context, `ladder.${step}`, context.text(`days.${step}`))),
        notice: singles(context, ['noticeMonths']),
      }
  }
}

function periodModel(context: FormContext) {
  const { text, negotiation, draft } = context
  const days = negotiation.agreement ? ['holdsFrom', 'endsOn'] : ['startsOn', 'endsOn']
  return {
    days: singles(context, days),
    services: services.map((service) => ({
      name: `service.${service}`,
      label: text(`services.${service}`),
      checked: Boolean(draft[`service.${service}`]),
    })),
    employer: field(context, 'employer', text('field.employer')),
    employers: employers.map((value) => ({ value, label: text(`employers.${value}`) })),
    buurten: buurtenOf(context),
    buurtError: context.errors.find(({ path }) => path === 'buurt')?.message ?? '',
  }
}

/** The buurten of the administrative wijk, and those that were chosen; with who has them in this period. */
function buurtenOf({
  text,
  lang,
  negotiation,
  draft,
  neighbourhoods,
  districts,
  taken,
  errors,
}: FormContext) {
  const own = new Set(
    districts
      .filter(({ accountingDistrictId }) => accountingDistrictId === negotiation.accountingDistrictId)
      .map(({ id }) => id),
  )
  return neighbourhoods
    .filter(({ id, districtId }) => own.has(districtId) || draft[`buurt.${id}`])
    .map(({ id, name }) => {
      const holder = taken.find((one) => one.id === id)
      const hint = holder
        ? text('buurt.taken', { area: holder.areaName, day: longDay(lang, holder.endsOn) })
        : ''
      const error = errors.find(({ path }) => path === `buurt.${id}`)?.message ?? ''
      return { name: `buurt.${id}`, label: name, checked: Boolean(draft[`buurt.${id}`]), hint, error }
    })
}

function indicatorsModel(context: FormContext) {
  const { text } = context
  return {
    indicators: entryModels('indicators', context),
    kinds: indicatorKinds.map((value) => ({ value, label: text(`kinds.${value}`) })),
    betters: ['higher', 'lower'].map((value) => ({ value, label: text(`betters.${value}`) })),
    dues: ['quarter', 'year'].map((value) => ({ value, label: text(`dues.${value}`) })),
  }
}

/** How the year stands: what is free of the execution budget, and what the distribution key proposes. */
function roomTexts({ text, rooms }: FormContext): string[] {
  return rooms.flatMap(({ year, limitCents, othersCents, proposedCents }) => {
    if (limitCents === null) return [text('room.unknown', { year: String(year) })]
    const free = limitCents > othersCents ? limitCents - othersCents : 0n
    const said = text('room.free', {
      ...{ year: String(year), free: formatCents(free), limit: formatCents(limitCents) },
    })
    return proposedCents === null
      ? [said]
      : [said, text('room.proposed', { year: String(year), cents: formatCents(proposedCents) })]
  })
}

function singles(context: FormContext, names: readonly string[]) {
  return names.map((name) => field(context, name, context.text(`field.${name}`)))
}

function field({ draft, errors }: FormContext, name: string, label: string) {
  const error = errors.find(({ path }) => path === name)?.message ?? ''
  return { name, label, value: draft[name] ?? '', error }
}

/** The entries of a list as fields, and some empty ones to fill in. */
function entryModels(list: DraftList, context: FormContext) {
  const { draft, text } = context
  const entries = entriesOf(draft, list)
  const next = Math.max(-1, ...entries.map(({ index }) => index)) + 1
  const empty = Array.from({ length: EMPTY[list] }, (_, place) => ({
    index: next + place,
    fields: {} as Record<string, string>,
  }))
  return [...entries, ...empty].map(({ index, fields }, place) => ({
    ...{ number: place + 1, id: fields.id ?? '', idName: `${list}.${index}.id` },
    title: fields.label ?? fields.heading ?? text('form.newEntry'),
    fixed: fields.id === MANDATORY_CLAUSE,
    isNew: fields.id === undefined,
    ...Object.fromEntries(
      ['label', 'budget', 'kind', 'unit', 'target', 'better', 'due', 'heading', 'text'].map((part) => [
        part,
        {
          ...field(context, `${list}.${index}.${part}`, text(`part.${part}`)),
          // For where the label is not seen, and where a field stands alone in its cell.
          ...{ aria: text(`form.${part === 'budget' ? 'budgetOf' : 'lineOf'}`, { number: place + 1 }) },
          ...{ id: fields.id ?? '', idName: `${list}.${index}.id` },
        },
      ]),
    ),
  }))
}
