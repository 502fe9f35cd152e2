import { type Day, Quarter } from '#kernel'
import {
  assessFigures,
  maySubmit,
  type PreviousActuals,
  type StatedFigures,
} from '../../../../libs/accountability/rules/assess-report.js'
import { indicatorKinds, isIndicatorValue } from '../../../../libs/agreements/rules/indicator-value.js'
import { BadInput, quoted } from '../bad-input.js'
import { computeRule } from '../compute-rule.js'
import {
  amount,
  day,
  list,
  nullable,
  object,
  oneOf,
  optional,
  quarter,
  type Read,
  ratio,
  text,
} from '../schema.js'

const agreement = object({
  lines: list(object({ id: text, budgetCents: amount })),
  indicators: list(
    object({
      id: text,
      kind: oneOf(...indicatorKinds),
      target: text,
      due: oneOf('quarter', 'year'),
      better: optional(oneOf('higher', 'lower')),
    }),
  ),
  explainOver: ratio,
})
const figures = object({
  lines: optional(
    list(
      object({
        id: text,
        actualCents: optional(amount),
        forecastCents: optional(amount),
        explanation: optional(text),
      }),
    ),
  ),
  indicators: optional(list(object({ id: text, value: optional(text), explanation: optional(text) }))),
})
type Agreement = Read<typeof agreement>
type Figures = Read<typeof figures>

/** A quarterly report, judged by what the agreement asks: what stands in the way, what must be explained. */
export const report = computeRule(
  'report',
  object({ agreement, quarter, today: day, report: figures, previous: nullable(figures) }),
  ({ agreement, quarter, today, report, previous }) => {
    requireOnce('agreement', agreement)
    for (const [index, { kind, target }] of agreement.indicators.entries()) {
      if (!isIndicatorValue(kind, target))
        throw malformed(`agreement.indicators[${index}].target`, kind, target)
    }
    requireKnown('report', agreement, report)
    if (previous) requireKnown('previous', agreement, previous)
    if (previous && quarter.number === 1)
      throw new BadInput('previous', 'het eerste kwartaal heeft geen vorig kwartaal in hetzelfde jaar')
    return answerOf(agreement, quarter, today, report, previous)
  },
)

function answerOf(
  agreement: Agreement,
  quarter: Quarter,
  today: Day,
  report: Figures,
  previous: Figures | null,
) {
  const asked = {
    ...agreement,
    indicators: agreement.indicators.map((one) => ({ ...one, better: one.better ?? ('higher' as const) })),
  }
  const findings = assessFigures(asked, quarter, today, statedOf(report), previous && actualsOf(previous))
  return {
    findings: findings.map(({ severity, code, path }) => ({ severity, code, path })),
    maySubmit: maySubmit(findings),
  }
}

function statedOf({ lines, indicators }: Figures): StatedFigures {
  return {
    lines: (lines ?? []).map((line) => ({ ...line, explanation: line.explanation ?? '' })),
    indicators: (indicators ?? []).map((one) => ({ ...one, explanation: one.explanation ?? '' })),
  }
}

function actualsOf({ lines }: Figures): PreviousActuals {
  return new Map((lines ?? []).map(({ id, actualCents }) => [id, actualCents]))
}

interface Listed {
  lines: readonly { id: string }[] | null
  indicators: readonly { id: string }[] | null
}

function requireOnce(where: string, { lines, indicators }: Listed): void {
  for (const [name, entries] of [
    ['lines', lines ?? []],
    ['indicators', indicators ?? []],
  ] as const) {
    const seen = new Set<string>()
    for (const [index, { id }] of entries.entries()) {
      if (seen.has(id))
        throw new BadInput(`${where}.${name}[${index}].id`, `${quoted(id)} komt twee keer voor`)
      seen.add(id)
    }
  }
}

/** Every id stands in the agreement, once, and every value has the form of its kind. */
function requireKnown(where: string, agreement: Agreement, stated: Figures): void {
  requireOnce(where, stated)
  const lines = new Set(agreement.lines.map(({ id }) => id))
  for (const [index, { id }] of (stated.lines ?? []).entries()) {
    if (!lines.has(id)) throw unknown(`${where}.lines[${index}].id`, id)
  }
  const kinds = new Map(agreement.indicators.map(({ id, kind }) => [id, kind]))
  for (const [index, { id, value }] of (stated.indicators ?? []).entries()) {
    const kind = kinds.get(id)
    if (!kind) throw unknown(`${where}.indicators[${index}].id`, id)
    if (value !== null && !isIndicatorValue(kind, value))
      throw malformed(`${where}.indicators[${index}].value`, kind, value)
  }
}

const unknown = (where: string, id: string) => new BadInput(where, `${quoted(id)} staat niet in de afspraak`)
const malformed = (where: string, kind: string, value: string) =>
  new BadInput(where, `${quoted(value)} is geen waarde van de soort ${kind}`)
