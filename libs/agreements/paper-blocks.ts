import type { Block } from '#documents'
import { formatCents } from '#kernel'
import { longDay } from '#platform'
import type { AgreementContent } from './content.js'
import type { AgreementTerms } from './rules/terms.js'
import { shownShare, shownTarget } from './rules/typed-values.js'

type Text = (key: string, values?: Record<string, unknown>) => string

/** What was agreed, as the blocks of a paper: parties, period, clauses, money, results and days. */
export function paperBlocks(content: AgreementContent, terms: AgreementTerms, text: Text): Block[] {
  return [
    { kind: 'facts', facts: facts(content, terms, text) },
    ...terms.clauses.flatMap(({ heading, text: clause }, place): Block[] => [
      { kind: 'heading', text: `${place + 1}. ${heading}`, level: 2 },
      ...clause.split(/\n{2,}/).map((paragraph): Block => ({ kind: 'paragraph', text: paragraph })),
    ]),
    { kind: 'heading', text: text('money.title'), level: 2 },
    {
      kind: 'table',
      caption: text('money.caption'),
      columns: [{ label: text('money.line') }, { label: text('money.budget'), align: 'end' }],
      rows: terms.lines.map(({ label, budgetCents }) => [label, formatCents(budgetCents)]),
      totals: [text('money.total'), formatCents(terms.wijkbudgetCents)],
    },
    ...indicatorBlocks(terms, text),
    { kind: 'heading', text: text('days.title'), level: 2 },
    { kind: 'facts', facts: dayFacts(terms, text) },
  ]
}

function facts(content: AgreementContent, terms: AgreementTerms, text: Text) {
  const { counterparty, cooperative, startsOn, endsOn, holdsFrom, neighbourhoods } = content
  const names = neighbourhoods.map(({ name }) => name).join('; ')
  return [
    { label: text('label.cooperative'), value: cooperative },
    { label: text('label.counterparty'), value: counterparty.name },
    ...(counterparty.participants.length > 0
      ? [{ label: text('label.participants'), value: counterparty.participants.join('; ') }]
      : []),
    ...(names ? [{ label: text('label.neighbourhoods'), value: names }] : []),
    {
      label: text('label.period'),
      value: text('period', { from: longDay('nl', startsOn), until: longDay('nl', endsOn) }),
    },
    { label: text('label.holdsFrom'), value: longDay('nl', holdsFrom) },
    ...(terms.services.length > 0
      ? [
          {
            label: text('label.services'),
            value: terms.services.map((service) => text(`services.${service}`)).join('; '),
          },
        ]
      : []),
    { label: text('label.employer'), value: text(`employers.${terms.employer}`) },
    { label: text('label.ownMeans'), value: `${shownShare(terms.ownMeansShare)}%` },
    { label: text('label.socialReturn'), value: `${shownShare(terms.socialReturnShare)}%` },
    { label: text('label.explainOver'), value: `${shownShare(terms.explainOver)}%` },
  ]
}

function indicatorBlocks({ indicators }: AgreementTerms, text: Text): Block[] {
  if (indicators.length === 0) return []
  return [
    { kind: 'heading', text: text('indicators.title'), level: 2 },
    {
      kind: 'table',
      columns: [
        { label: text('indicators.label') },
        { label: text('indicators.kind') },
        { label: text('indicators.target'), align: 'end' },
        { label: text('indicators.due') },
      ],
      rows: indicators.map(({ label, kind, unit, target, better, due }) => [
        label,
        [text(`kinds.${kind}`), unit].filter(Boolean).join(', '),
        text(`targets.${better}`, { target: shownTarget(kind, target) }),
        text(`dues.${due}`),
      ]),
    },
  ]
}

/** The days that each side has, and the notice. */
export function dayFacts({ ladder, reportDueDays, noticeMonths }: AgreementTerms, text: Text) {
  const days = (count: number) => text('dayCount', { count })
  return [
    {
      label: text('days.reportDueDays'),
      value: reportDueDays === null ? text('days.asStatutes') : days(reportDueDays),
    },
    ...Object.entries(ladder).map(([step, count]) => ({ label: text(`days.${step}`), value: days(count) })),
    { label: text('days.noticeMonths'), value: text('monthCount', { count: noticeMonths }) },
  ]
}
