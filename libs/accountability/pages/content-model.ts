import type { Language, Messages } from '#platform'
import type { ReportContent } from '../rules/report-content.js'
import { narrativeParts } from '../rules/report-template.js'
import type { ReportVersion } from '../store/report-records.js'
import { indicatorText, wordsIn } from './report-words.js'

/** A submitted version as the page shows it: story, money with its totals, indicators. */
export function contentModel(messages: Messages, lang: Language, { content: json }: ReportVersion) {
  const text = wordsIn(messages, lang)
  const content = JSON.parse(json) as ReportContent
  const money = (label: string) => ({ label: text(`column.${label}`), kind: 'money' })
  return {
    story: narrativeParts.map((part) => ({
      heading: text(`narrative.${part}`),
      paragraphs: content.narrative[part].split(/\n+/),
    })),
    money: {
      columns: [
        { label: text('column.line') },
        money('budget'),
        money('actual'),
        money('forecast'),
        { label: text('column.explanation') },
      ],
      rows: content.lines.map((line) => [
        line.label,
        line.budgetCents,
        line.actualCents,
        line.forecastCents,
        line.explanation,
      ]),
      totals: [
        text('total'),
        content.totals.budgetCents,
        content.totals.actualCents,
        content.totals.forecastCents,
        '',
      ],
    },
    indicators: {
      columns: [
        { label: text('column.indicator') },
        { label: text('column.target'), kind: 'figure' },
        { label: text('column.value'), kind: 'figure' },
        { label: text('column.explanation') },
      ],
      rows: content.indicators.map(({ label, kind, unit, target, due, value, explanation }) => [
        { value: label, note: due === 'year' ? text('dueYearly') : unit },
        indicatorText(text, lang, kind, target),
        value === null ? '' : indicatorText(text, lang, kind, value),
        explanation,
      ]),
    },
  }
}

/** The first digits of a hash, enough to compare by eye. */
export function shortHash(sha256: string): string {
  return `${sha256.slice(0, 4)} ${sha256.slice(4, 8)} ${sha256.slice(8, 12)}`
}
