import { type Cents, parseCents, RuleViolated } from '#kernel'
import { type Draft, fieldOf } from './draft.js'
import type { ReportTemplate } from './report-template.js'

/** An amount as typed: read, left empty, or not readable (with the code that says why). */
export type ReadAmount = { cents: Cents } | { code: string }

/**
 * Reads an amount of a report: `1.250,00`, `1250`, `€ 1.250,-`. Spending and forecasts are never negative.
 * Codes: `report.amountMissing`, `report.amountMalformed`, `report.amountNegative`, `report.amountTooLarge`.
 */
export function readAmount(typed: string): ReadAmount {
  if (typed.trim() === '') return { code: 'report.amountMissing' }
  try {
    const cents = parseCents(typed)
    return cents < 0n ? { code: 'report.amountNegative' } : { cents }
  } catch (error) {
    if (!(error instanceof RuleViolated)) throw error
    const tooLarge = error.violations.some(({ code }) => code === 'money.tooLarge')
    return { code: tooLarge ? 'report.amountTooLarge' : 'report.amountMalformed' }
  }
}

/** The sums under the table of a draft; amounts that are empty or not readable are left out and counted. */
export interface DraftTotals {
  budgetCents: Cents
  actualCents: Cents
  forecastCents: Cents
  /** How many amounts are not in the sums. */
  leftOut: number
}

export function draftTotals({ lines }: Pick<ReportTemplate, 'lines'>, draft: Draft): DraftTotals {
  const totals: DraftTotals = { budgetCents: 0n, actualCents: 0n, forecastCents: 0n, leftOut: 0 }
  for (const { id, budgetCents } of lines) {
    totals.budgetCents += budgetCents
    const actual = readAmount(draft[fieldOf.line(id, 'actual')] ?? '')
    const forecast = readAmount(draft[fieldOf.line(id, 'forecast')] ?? '')
    if ('cents' in actual) totals.actualCents += actual.cents
    else totals.leftOut++
    if ('cents' in forecast) totals.forecastCents += forecast.cents
    else totals.leftOut++
  }
  return totals
}
