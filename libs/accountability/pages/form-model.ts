import type { Violation } from '#kernel'
import type { Language, Messages } from '#platform'
import type { Report } from '../reports.service.js'
import { type Draft, fieldOf } from '../rules/draft.js'
import { draftTotals } from '../rules/figures.js'
import { EXPLANATION_WORDS, isDue, NARRATIVE_WORDS, narrativeParts } from '../rules/report-template.js'
import { fieldLabels, indicatorText, quarterName, wordsIn } from './report-words.js'

interface Field {
  name: string
  label: string
  value: string
  error: string
}

/** The form as it is shown: every field with what was typed and what is wrong with it, and the totals so far. */
export function formModel(
  messages: Messages,
  lang: Language,
  report: Report,
  typed: Draft,
  violations: readonly Violation[],
) {
  const text = wordsIn(messages, lang)
  const { template, quarter } = report
  const labels = fieldLabels(text, template)
  const wrong = new Map(violations.map((violation) => [violation.path, messages.violation(lang, violation)]))
  const field = (name: string): Field => ({
    name,
    label: labels.get(name) ?? name,
    value: typed[name] ?? '',
    error: wrong.get(name) ?? '',
  })
  return {
    errors: violations.map((violation) => {
      const message = messages.violation(lang, violation)
      const label = violation.path && labels.get(violation.path)
      return {
        path: violation.path,
        message: label ? `${label}${label.endsWith('?') ? '' : ':'} ${message}` : message,
      }
    }),
    narrative: narrativeParts.map((part) => ({
      ...field(fieldOf.narrative(part)),
      hint: text(`narrativeHint.${part}`, { words: NARRATIVE_WORDS }),
    })),
    lines: template.lines.map(({ id, label, budgetCents }) => ({
      label,
      budgetCents,
      actual: field(fieldOf.line(id, 'actual')),
      forecast: field(fieldOf.line(id, 'forecast')),
      explanation: field(fieldOf.line(id, 'explanation')),
    })),
    totals: draftTotals(template, typed),
    explainHint: text('explainHint', {
      fraction: percentage(template.explainOver),
      words: EXPLANATION_WORDS,
    }),
    indicators: template.indicators.map((indicator) => ({
      label: indicator.label,
      note: text(isDue(indicator, quarter.number) ? `kind.${indicator.kind}` : 'notDue', {
        unit: indicator.unit || '',
      }),
      target: indicatorText(text, lang, indicator.kind, indicator.target),
      optional: !isDue(indicator, quarter.number),
      yesNo: indicator.kind === 'yesNo',
      value: field(fieldOf.indicator(indicator.id, 'value')),
      explanation: field(fieldOf.indicator(indicator.id, 'explanation')),
    })),
    quarterName: quarterName(text, quarter),
  }
}

/** `10/100` as "10%"; what is no whole percentage stays a fraction. */
function percentage({ num, den }: { num: bigint; den: bigint }): string {
  return (num * 100n) % den === 0n ? `${(num * 100n) / den}%` : `${num}/${den}`
}
