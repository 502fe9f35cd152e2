import { type Cents, formatCents, type Quarter } from '#kernel'
import type { Language, Messages, Text } from '#platform'
import type { Report } from '../reports.service.js'
import { answerField } from '../rules/answers.js'
import { fieldOf } from '../rules/draft.js'
import {
  type IndicatorKind,
  narrativeParts,
  type ReportTemplate,
  type Section,
  sections,
} from '../rules/report-template.js'

export type { Text } from '#platform'

/** The texts of this library in one language: `text('status.draft')` is `accountability.status.draft`. */
export function wordsIn(messages: Messages, lang: Language): Text {
  return messages.under(lang, 'accountability')
}

/** "4e kwartaal 2019". */
export function quarterName(text: Text, { number, year }: Quarter): string {
  return text('quarterName', { number: String(number), year: String(year) })
}

/** Where a report lives. */
export function pathOf({ agreement, quarter }: Pick<Report, 'agreement' | 'quarter'>): string {
  return `/verantwoording/${agreement.areaSlug}/${quarter}`
}

/** "het verhaal en het geld". */
export function sectionNames(text: Text, lang: Language, named: readonly Section[]): string {
  const names = named.map((section) => text(`section.${section}`))
  return new Intl.ListFormat(lang, { type: 'conjunction' }).format(names)
}

/** What each field of the form is called: "Huisvesting, besteed tot nu". */
export function fieldLabels(text: Text, { lines, indicators }: ReportTemplate): Map<string, string> {
  const labels = new Map<string, string>()
  for (const part of narrativeParts) labels.set(fieldOf.narrative(part), text(`narrative.${part}`))
  for (const { id, label } of lines) {
    for (const what of ['actual', 'forecast', 'explanation'] as const) {
      labels.set(fieldOf.line(id, what), text(`field.${what}`, { label }))
    }
  }
  for (const { id, label } of indicators) {
    labels.set(fieldOf.indicator(id, 'value'), label)
    labels.set(fieldOf.indicator(id, 'explanation'), text('field.explanation', { label }))
  }
  labels.set(fieldOf.advances, text('means.advances'))
  for (const name of ['ownMeans', 'socialReturn'] as const) {
    const label = text(`means.${name}`)
    labels.set(fieldOf[name]('actual'), label)
    labels.set(fieldOf[name]('explanation'), text('field.explanation', { label }))
  }
  labels.set(fieldOf.people('fte'), text('people.fte'))
  labels.set(fieldOf.people('volunteers'), text('people.volunteers'))
  labels.set(fieldOf.risks, text('risks.question'))
  for (const section of sections)
    labels.set(answerField(section), text('answer.label', { section: text(`section.${section}`) }))
  return labels
}

/** A stored value as people read it: `"7.5"` → "7,5", `"12/20"` → "12 van 20", `"yes"` → "ja". */
export function indicatorText(text: Text, lang: Language, kind: IndicatorKind, value: string): string {
  switch (kind) {
    case 'count':
    case 'unique':
      return new Intl.NumberFormat(lang === 'nl' ? 'nl-NL' : 'en-GB').format(Number(value))
    case 'percentage':
      return `${decimalText(lang, value)}%`
    case 'grade':
      return decimalText(lang, value)
    case 'nOfM': {
      const [n = '', m = ''] = value.split('/')
      return text('nOfM', { n, m })
    }
    case 'yesNo':
      return text(value === 'yes' ? 'yes' : 'no')
  }
}

/** A stored decimal as people read it: `"1.6"` → "1,6". */
export function decimalText(lang: Language, value: string): string {
  return lang === 'nl' ? value.replace('.', ',') : value
}

/** An amount beside a field, without the sign: "1.250,00". */
export function bareAmount(cents: Cents): string {
  return formatCents(cents).replace(/^€\s*/, '')
}
