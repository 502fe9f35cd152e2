import { textDifference } from '#assemblies'
import type { Language } from '#platform'
import { changesBetween, type EntryChange } from '../rules/differences.js'
import type { Draft } from '../rules/draft.js'
import { indicatorKinds } from '../rules/indicator-value.js'
import { employers } from '../rules/terms.js'
import { targetOf } from './shown-text.js'
import { fieldLabel, shownAmount, shownChoice, shownCount, shownDay, shownPart, type Text } from './words.js'

/** Everything that changes from one text to another, as the page shows it. */
export function shownChanges(
  text: Text,
  lang: Language,
  before: Draft,
  after: Draft,
  names: ReadonlyMap<string, string>,
) {
  const { fields, lines, indicators, clauses } = changesBetween(before, after)
  return {
    none: [fields, lines, indicators, clauses].every(({ length }) => length === 0),
    columns: ['what', 'before', 'after'].map((column) => ({ label: text(`changes.${column}`) })),
    fields: fields.map(({ field, before: old, after: now }) => [
      fieldLabel(text, field, after, names),
      fieldValue(text, lang, field, old),
      fieldValue(text, lang, field, now),
    ]),
    lines: lines.map((change) => entryRow(text, change, ({ budget }) => shownAmount(budget))),
    indicators: indicators.map((change) => entryRow(text, change, (one) => indicatorIn(text, one))),
    clauses: clauses.map(({ heading, before: old, after: now }) => ({
      heading,
      state: old === '' ? text('changes.added') : now === '' ? text('changes.removed') : '',
      parts: textDifference(old, now),
    })),
  }
}

/** What was typed in a single field, as people read it. */
export function fieldValue(text: Text, lang: Language, field: string, typed: string): string {
  if (typed === '') return '–'
  const prefix = field.split('.')[0]
  if (prefix === 'buurt' || prefix === 'service') return text('yes')
  if (prefix === 'ladder' || field === 'reportDueDays') return shownCount(text, 'dayCount', typed)
  if (field === 'noticeMonths') return shownCount(text, 'monthCount', typed)
  if (field === 'employer') return shownChoice(text, 'employers', employers, typed)
  if (field === 'wijkbudget') return shownAmount(typed)
  if (['ownMeans', 'socialReturn', 'explainOver'].includes(field)) return shownPart(typed)
  return shownDay(lang, typed)
}

function entryRow(
  text: Text,
  { label, before, after }: EntryChange,
  say: (fields: Record<string, string>) => string,
) {
  const renamed = before && after && before.label !== after.label
  const said = (fields: Record<string, string> | null, gone: string) =>
    fields ? [renamed ? fields.label : '', say(fields)].filter(Boolean).join(': ') : text(gone)
  return [label, said(before, 'changes.notThere'), said(after, 'changes.gone')]
}

function indicatorIn(text: Text, fields: Record<string, string>): string {
  return [
    targetOf(text, fields),
    shownChoice(text, 'kinds', indicatorKinds, fields.kind),
    fields.unit ?? '',
    shownChoice(text, 'dues', ['quarter', 'year'], fields.due),
  ]
    .filter(Boolean)
    .join(', ')
}
