import { formatCents, tryParseCents } from '#kernel'
import type { Language } from '#platform'
import { type Draft, entriesOf } from '../rules/draft.js'
import { indicatorKinds } from '../rules/indicator-value.js'
import { employers, services } from '../rules/terms.js'
import { clausesOf, shownAmount, shownChoice, shownCount, shownDay, shownPart, type Text } from './words.js'

/** The steps of an intervention, in both directions, as the form names them. */
export const LADDER = [
  'conversationDays',
  'recoveryPlanDays',
  'improvementDays',
  'answerDays',
  'mediationDays',
] as const

/** A text as the page shows it, whether it was signed or is still being typed. */
export function shownText(text: Text, lang: Language, draft: Draft, names: ReadonlyMap<string, string>) {
  return {
    facts: factsOf(text, lang, draft, names),
    clauses: clausesOf(draft).map((clause, place) => ({
      ...clause,
      anchor: `clauses-${clause.id}`,
      title: `${place + 1}. ${clause.heading}`,
    })),
    lines: linesOf(text, draft),
    indicators: indicatorsOf(text, draft),
    days: daysOf(text, draft),
  }
}

function factsOf(text: Text, lang: Language, draft: Draft, names: ReadonlyMap<string, string>) {
  const neighbourhoods = Object.keys(draft)
    .filter((name) => name.startsWith('buurt.'))
    .flatMap((name) => names.get(name.slice('buurt.'.length)) ?? [])
  const agreed = services.filter((service) => draft[`service.${service}`])
  const item = (key: string, value: string) => ({ label: text(`label.${key}`), value })
  const [from, until] = [shownDay(lang, draft.startsOn), shownDay(lang, draft.endsOn)]
  return [
    item('period', text('period', { from, until })),
    ...(draft.holdsFrom && draft.holdsFrom !== draft.startsOn
      ? [item('holdsFrom', shownDay(lang, draft.holdsFrom))]
      : []),
    ...(neighbourhoods.length > 0 ? [item('neighbourhoods', neighbourhoods.join('; '))] : []),
    item('services', agreed.map((service) => text(`services.${service}`)).join('; ') || '–'),
    item('employer', shownChoice(text, 'employers', employers, draft.employer)),
    item('wijkbudget', shownAmount(draft.wijkbudget)),
    item('ownMeans', shownPart(draft.ownMeans)),
    item('socialReturn', shownPart(draft.socialReturn)),
  ]
}

function linesOf(text: Text, draft: Draft) {
  const entries = entriesOf(draft, 'lines')
  const total = entries.reduce((sum, { fields }) => sum + (tryParseCents(fields.budget ?? '') ?? 0n), 0n)
  return {
    columns: [{ label: text('money.line') }, { label: text('money.budget'), kind: 'figure' }],
    rows: entries.map(({ fields }) => [fields.label ?? '–', shownAmount(fields.budget)]),
    totals: [text('money.total'), formatCents(total)],
  }
}

function indicatorsOf(text: Text, draft: Draft) {
  return {
    columns: [
      { label: text('indicators.label') },
      { label: text('indicators.kind') },
      { label: text('indicators.target'), kind: 'figure' },
      { label: text('indicators.due') },
    ],
    rows: entriesOf(draft, 'indicators').map(({ fields }) => [
      fields.label ?? '–',
      [shownChoice(text, 'kinds', indicatorKinds, fields.kind), fields.unit ?? ''].filter(Boolean).join(', '),
      targetOf(text, fields),
      shownChoice(text, 'dues', ['quarter', 'year'], fields.due),
    ]),
  }
}

/** "ten minste 300", "hoogstens 10". */
export function targetOf(text: Text, { kind, target, better }: Record<string, string>): string {
  if (kind === 'yesNo') return target ?? '–'
  return target ? text(`targets.${better === 'lower' ? 'lower' : 'higher'}`, { target }) : '–'
}

function daysOf(text: Text, draft: Draft) {
  return [
    {
      label: text('days.reportDueDays'),
      value: draft.reportDueDays
        ? shownCount(text, 'dayCount', draft.reportDueDays)
        : text('days.asStatutes'),
    },
    { label: text('label.explainOver'), value: shownPart(draft.explainOver) },
    ...LADDER.map((step) => ({
      label: text(`days.${step}`),
      value: shownCount(text, 'dayCount', draft[`ladder.${step}`]),
    })),
    { label: text('days.noticeMonths'), value: shownCount(text, 'monthCount', draft.noticeMonths) },
  ]
}
