import type { Cents, Violation } from '#kernel'
import { type Draft, fieldOf } from './draft.js'
import { needsExplanation, readAmount } from './figures.js'
import { readIndicatorValue } from './indicator-value.js'
import type { ReportFigures } from './report-content.js'
import {
  EXPLANATION_WORDS,
  isDue,
  NARRATIVE_WORDS,
  narrativeParts,
  type ReportTemplate,
  type TemplateIndicator,
  type TemplateLine,
} from './report-template.js'
import { countWords, isLongerThan } from './words.js'

/** Everything that is wrong with a draft, or the figures in it. A violation's path is the name of its field. */
export type ReadDraft = { ok: true; figures: ReportFigures } | { ok: false; violations: Violation[] }

/**
 * Reads a draft as a report on a quarter (1 to 4). All problems are found at once, in the order of the form:
 * story, amounts and indicators that are due must be there and be readable, texts must keep to their length, and
 * a forecast that is off the budget needs an explanation.
 * Codes: `report.textMissing`, `report.textTooLong`, those of `readAmount`, `report.explanationMissing`,
 * `report.valueMissing`, `report.valueMalformed.<kind>`.
 */
export function readDraft(template: ReportTemplate, quarterNumber: number, draft: Draft): ReadDraft {
  const violations: Violation[] = []
  const read: Reader = {
    text: (field) => (draft[field] ?? '').trim(),
    note: (path, code, params) => violations.push(params ? { code, path, params } : { code, path }),
  }
  const figures: ReportFigures = {
    narrative: narrativeOf(read),
    lines: template.lines.map((line) => lineOf(read, line, template)),
    indicators: template.indicators.map((indicator) => indicatorOf(read, indicator, quarterNumber)),
  }
  return violations.length > 0 ? { ok: false, violations } : { ok: true, figures }
}

interface Reader {
  text(field: string): string
  note(path: string, code: string, params?: Record<string, string>): void
}

function narrativeOf(read: Reader): ReportFigures['narrative'] {
  const narrative = { wentWell: '', wentLess: '', why: '' }
  for (const part of narrativeParts) {
    const field = fieldOf.narrative(part)
    narrative[part] = read.text(field)
    if (narrative[part] === '') read.note(field, 'report.textMissing')
    noteTooLong(read, field, NARRATIVE_WORDS)
  }
  return narrative
}

function lineOf(
  read: Reader,
  line: TemplateLine,
  { explainOver }: ReportTemplate,
): ReportFigures['lines'][number] {
  const actualCents = amountOf(read, fieldOf.line(line.id, 'actual'))
  const forecastCents = amountOf(read, fieldOf.line(line.id, 'forecast'))
  const field = fieldOf.line(line.id, 'explanation')
  const explanation = read.text(field)
  if (
    forecastCents !== null &&
    explanation === '' &&
    needsExplanation(forecastCents, line.budgetCents, explainOver)
  ) {
    read.note(field, 'report.explanationMissing')
  }
  noteTooLong(read, field, EXPLANATION_WORDS)
  return { ...line, actualCents: actualCents ?? 0n, forecastCents: forecastCents ?? 0n, explanation }
}

function amountOf(read: Reader, field: string): Cents | null {
  const amount = readAmount(read.text(field))
  if ('cents' in amount) return amount.cents
  read.note(field, amount.code)
  return null
}

function indicatorOf(
  read: Reader,
  { better: _, ...indicator }: TemplateIndicator,
  quarterNumber: number,
): ReportFigures['indicators'][number] {
  const field = fieldOf.indicator(indicator.id, 'value')
  const typed = read.text(field)
  const value = readIndicatorValue(indicator.kind, typed)
  if (typed === '' && isDue(indicator, quarterNumber)) read.note(field, 'report.valueMissing')
  if (typed !== '' && value === null) read.note(field, `report.valueMalformed.${indicator.kind}`)
  const explanationField = fieldOf.indicator(indicator.id, 'explanation')
  noteTooLong(read, explanationField, EXPLANATION_WORDS)
  return { ...indicator, value, explanation: read.text(explanationField) }
}

function noteTooLong(read: Reader, field: string, words: number): void {
  const text = read.text(field)
  if (!isLongerThan(text, words)) return
  read.note(field, 'report.textTooLong', { words: String(words), counted: String(countWords(text)) })
}
