import type { Cents } from '#kernel'

/** What one wijk expects of the year, by its latest report on it. */
export interface AreaForecast {
  slug: string
  name: string
  counterparty: string
  /** What was agreed for the year. */
  wijkbudgetCents: Cents
  /** Null when there is no report on any quarter of the year. */
  latest: { quarter: string; budgetCents: Cents; actualCents: Cents; forecastCents: Cents } | null
}

/** A wijk with a report; a result below 0 is a deficit. */
export type ReportedArea = AreaForecast & { latest: NonNullable<AreaForecast['latest']>; resultCents: Cents }

/** The year as the wijken together expect it. What is missing is named and counts for nothing. */
export interface YearForecast {
  reported: ReportedArea[]
  missing: AreaForecast[]
  /** Reported on, but not on the last quarter that is over. */
  older: ReportedArea[]
  budgetCents: Cents
  forecastCents: Cents
  /** Budget less forecast of the wijken that reported; below 0 is a deficit. */
  resultCents: Cents
  /** What the reported wijken together lose; 0 when they keep within their budgets. */
  lossCents: Cents
  /** The deficits alone: what is lost when what one wijk keeps may not cover what another lacks. */
  deficitsCents: Cents
  /** Budgets of the wijken that are missing: in none of the sums. */
  missingBudgetCents: Cents
}

/** @param lastQuarter the last quarter of the year that is over, such as `2019-Q3`; null when none is */
export function forecastOf(areas: readonly AreaForecast[], lastQuarter: string | null): YearForecast {
  const reported = areas.flatMap((area): ReportedArea[] => {
    const { latest } = area
    return latest ? [{ ...area, latest, resultCents: latest.budgetCents - latest.forecastCents }] : []
  })
  const missing = areas.filter(({ latest }) => latest === null)
  const sum = (of: (area: ReportedArea) => Cents) => reported.reduce((total, area) => total + of(area), 0n)
  const resultCents = sum((area) => area.resultCents)
  return {
    reported,
    missing,
    older: reported.filter(({ latest }) => lastQuarter !== null && latest.quarter < lastQuarter),
    budgetCents: sum(({ latest }) => latest.budgetCents),
    forecastCents: sum(({ latest }) => latest.forecastCents),
    resultCents,
    lossCents: resultCents < 0n ? -resultCents : 0n,
    deficitsCents: sum((area) => (area.resultCents < 0n ? -area.resultCents : 0n)),
    missingBudgetCents: missing.reduce((total, { wijkbudgetCents }) => total + wijkbudgetCents, 0n),
  }
}
