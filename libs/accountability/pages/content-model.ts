import { centsFromJson, formatCents } from '#kernel'
import type { Language, Messages } from '#platform'
import type { ReportContent } from '../rules/report-content.js'
import { narrativeParts, type Section, sections } from '../rules/report-template.js'
import { decimalText, indicatorText, type Text, wordsIn } from './report-words.js'

/** What a version says about one section, as the partial `report-section` shows it. */
export interface ShownSection {
  id: Section
  heading: string
  texts?: { heading?: string; paragraphs: string[] }[]
  table?: { caption: string; columns: object[]; rows: unknown[]; totals?: unknown[]; empty?: string }
  items?: { label: string; value: string; note?: string }[]
}

/** A version, or a draft that can be signed, section by section; and its annexes. */
export function contentModel(messages: Messages, lang: Language, content: ReportContent, reportPath: string) {
  const text = wordsIn(messages, lang)
  return {
    sections: sections.map((section) => sectionModel(text, lang, content, section)),
    annexes: content.annexes.map(({ id, name }) => ({
      href: `${reportPath}/bijlagen/${id}`,
      label: name,
      download: true,
    })),
  }
}

function sectionModel(text: Text, lang: Language, content: ReportContent, id: Section): ShownSection {
  const heading = text(`sectionHeading.${id}`)
  switch (id) {
    case 'story':
      return {
        id,
        heading,
        texts: narrativeParts.map((part) => ({
          heading: text(`narrative.${part}`),
          paragraphs: paragraphsOf(content.narrative[part]),
        })),
      }
    case 'money':
      return { id, heading, table: moneyTable(text, content, heading) }
    case 'indicators':
      return { id, heading, table: indicatorTable(text, lang, content, heading) }
    case 'means':
      return { id, heading, items: meansItems(text, content) }
    case 'people':
      return {
        id,
        heading,
        items: [
          { label: text('people.fte'), value: decimalText(lang, content.people.fte) },
          { label: text('people.volunteers'), value: content.people.volunteers },
        ],
      }
    case 'risks':
      return { id, heading, texts: [{ paragraphs: paragraphsOf(content.risks) }] }
  }
}

function moneyTable(text: Text, { lines, totals }: ReportContent, caption: string) {
  const money = (label: string) => ({ label: text(`column.${label}`), kind: 'money' })
  return {
    caption,
    columns: [
      { label: text('column.line') },
      money('budget'),
      money('actual'),
      money('forecast'),
      { label: text('column.explanation') },
    ],
    rows: lines.map((line) => [
      line.label,
      line.budgetCents,
      line.actualCents,
      line.forecastCents,
      line.explanation,
    ]),
    totals: [text('total'), totals.budgetCents, totals.actualCents, totals.forecastCents, ''],
  }
}

function indicatorTable(text: Text, lang: Language, { indicators }: ReportContent, caption: string) {
  return {
    caption,
    empty: text('report.noIndicators'),
    columns: [
      { label: text('column.indicator') },
      { label: text('column.target'), kind: 'figure' },
      { label: text('column.value'), kind: 'figure' },
      { label: text('column.explanation') },
    ],
    rows: indicators.map(({ label, kind, unit, target, due, value, explanation }) => [
      { value: label, note: due === 'year' ? text('dueYearly') : unit },
      indicatorText(text, lang, kind, target),
      value === null ? '' : indicatorText(text, lang, kind, value),
      explanation,
    ]),
  }
}

function meansItems(text: Text, { means }: ReportContent) {
  const amount = (cents: string) => formatCents(centsFromJson(cents))
  return [
    { label: text('means.advances'), value: amount(means.advancesCents) },
    { label: text('means.ownMeans'), value: amount(means.ownMeansCents), note: means.ownMeansExplanation },
    {
      label: text('means.socialReturn'),
      value: amount(means.socialReturnCents),
      note: means.socialReturnExplanation,
    },
  ]
}

function paragraphsOf(text: string): string[] {
  return text.split(/\n+/).filter((line) => line.trim() !== '')
}

/** The first digits of a hash, enough to compare by eye. */
export function shortHash(sha256: string): string {
  return `${sha256.slice(0, 4)} ${sha256.slice(4, 8)} ${sha256.slice(8, 12)}`
}
