import type { Cents, Day, Fraction, Quarter } from '#kernel'
import { compareValues } from './indicator-value.js'
import { type IndicatorKind, isDue } from './report-template.js'
import { hasEnded } from './timing.js'

/**
 * How much a finding weighs: a report with something blocking can't be submitted; what asks to be explained can,
 * once there is a sentence; a hint is for who fills in.
 */
export type Severity = 'blocking' | 'explain' | 'hint'

/** One thing that is the matter with a report. `path` says where: `lines/staf/forecastCents`. */
export interface Finding {
  severity: Severity
  code: string
  path: string
  params?: Record<string, string>
}

/** The figures of a report as read; null is "not filled in". Amounts and values are from 1 January to the quarter's end. */
export interface StatedFigures {
  lines: readonly {
    id: string
    actualCents: Cents | null
    forecastCents: Cents | null
    explanation: string
  }[]
  /** Values in the one form in which they are stored: `"12"`, `"7.5"`, `"12/20"`, `"yes"`. */
  indicators: readonly { id: string; value: string | null; explanation: string }[]
}

/** What the agreement asks, as far as the figures are judged by it. */
export interface AskedFigures {
  lines: readonly { id: string; budgetCents: Cents }[]
  indicators: readonly {
    id: string
    kind: IndicatorKind
    target: string
    due: 'quarter' | 'year'
    better: 'higher' | 'lower'
  }[]
  explainOver: Fraction
}

/** The actual amounts of the preceding quarter of the same year, by line; what is null was not stated. */
export type PreviousActuals = ReadonlyMap<string, Cents | null>

/**
 * Everything that is the matter with the figures of a report, in the order of the agreement: lines, then
 * indicators. This is the one rule set for the form, the workbook, CSV and `samen compute report`.
 *
 * Blocking: `report.amountMissing`, `report.actualInFuture` (the quarter has not ended; it has not on its last
 * day), `report.valueMissing` (an indicator that is due). To be explained on the same line: `report.forecastOffBudget`
 * (by more than the agreed fraction, exactly), `report.actualLower` (than in the quarter before), `report.targetMissed`.
 * Hint: `report.forecastBelowActual`.
 */
export function assessFigures(
  asked: AskedFigures,
  quarter: Quarter,
  today: Day,
  stated: StatedFigures,
  previous: PreviousActuals | null,
): Finding[] {
  const ended = hasEnded(quarter, today)
  return [
    ...asked.lines.flatMap((line) => lineFindings(line, asked.explainOver, ended, stated, previous)),
    ...asked.indicators.flatMap((indicator) => indicatorFindings(indicator, quarter.number, stated)),
  ]
}

/** Whether a report may be submitted: nothing blocking stands, and nothing that still has to be explained. */
export function maySubmit(findings: readonly Pick<Finding, 'severity'>[]): boolean {
  return findings.every(({ severity }) => severity === 'hint')
}

function lineFindings(
  { id, budgetCents }: AskedFigures['lines'][number],
  explainOver: Fraction,
  ended: boolean,
  stated: StatedFigures,
  previous: PreviousActuals | null,
): Finding[] {
  const line = stated.lines.find((one) => one.id === id)
  const actual = line?.actualCents ?? null
  const forecast = line?.forecastCents ?? null
  const before = previous?.get(id) ?? null
  const explained = Boolean(line?.explanation.trim())
  const at = (severity: Severity, code: string, field: string) => ({
    severity,
    code: `report.${code}`,
    path: `lines/${id}/${field}`,
  })
  const findings: Finding[] = []
  if (actual === null) findings.push(at('blocking', 'amountMissing', 'actualCents'))
  else if (!ended) findings.push(at('blocking', 'actualInFuture', 'actualCents'))
  if (!explained && actual !== null && before !== null && actual < before)
    findings.push(at('explain', 'actualLower', 'actualCents'))
  if (forecast === null) findings.push(at('blocking', 'amountMissing', 'forecastCents'))
  else if (!explained && isOffBudget(forecast, budgetCents, explainOver))
    findings.push(at('explain', 'forecastOffBudget', 'forecastCents'))
  if (forecast !== null && actual !== null && forecast < actual)
    findings.push(at('hint', 'forecastBelowActual', 'forecastCents'))
  return findings
}

/**
 * Whether a forecast is off the year's budget by more than the agreed fraction. Exact: a difference of precisely
 * the fraction needs no explanation; with a budget of 0 any other forecast does.
 */
export function isOffBudget(forecastCents: Cents, budgetCents: Cents, explainOver: Fraction): boolean {
  const off = forecastCents > budgetCents ? forecastCents - budgetCents : budgetCents - forecastCents
  return off * explainOver.den > explainOver.num * budgetCents
}

function indicatorFindings(
  { id, kind, target, due, better }: AskedFigures['indicators'][number],
  quarterNumber: number,
  stated: StatedFigures,
): Finding[] {
  if (!isDue({ due }, quarterNumber)) return []
  const given = stated.indicators.find((one) => one.id === id)
  const path = `indicators/${id}/value`
  const value = given?.value ?? null
  if (value === null) return [{ severity: 'blocking', code: 'report.valueMissing', path }]
  if (given?.explanation.trim() || !isShort(kind, value, target, better)) return []
  return [{ severity: 'explain', code: 'report.targetMissed', path }]
}

/** Whether a value stays short of its target; where lower is better, whether it is above it. Exact. */
export function isShort(
  kind: IndicatorKind,
  value: string,
  target: string,
  better: 'higher' | 'lower',
): boolean {
  const order = compareValues(kind, value, target)
  return better === 'higher' ? order < 0 : order > 0
}
