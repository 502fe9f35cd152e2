import { type Cents, centsToJson } from '#kernel'
import type { IndicatorKind, NarrativePart } from './report-template.js'

/** The facts and figures that a submitted version states; amounts and values are year to date. */
export interface ReportFigures {
  narrative: Record<NarrativePart, string>
  lines: {
    id: string
    label: string
    budgetCents: Cents
    actualCents: Cents
    forecastCents: Cents
    explanation: string
  }[]
  indicators: {
    id: string
    label: string
    kind: IndicatorKind
    unit: string
    target: string
    due: 'quarter' | 'year'
    /** As stored (`"12/20"`); null where it is not due and not given. */
    value: string | null
    explanation: string
  }[]
}

/** What a report is about. */
export interface ReportSubject {
  area: { slug: string; name: string }
  counterparty: { id: string; name: string }
  quarter: string
  agreement: { id: string; version: number }
}

/**
 * A version as it stands for ever: complete in itself, so that it reads the same when the agreement or a name
 * changes. Its canonical JSON is what the SHA-256 is of.
 */
export interface ReportContent extends ReportSubject {
  format: 'samen.quarterly-report/1'
  narrative: Record<NarrativePart, string>
  lines: {
    id: string
    label: string
    budgetCents: string
    actualCents: string
    forecastCents: string
    explanation: string
  }[]
  totals: { budgetCents: string; actualCents: string; forecastCents: string }
  indicators: ReportFigures['indicators']
}

/** Puts subject and figures together; amounts become strings of cents, and the totals are added up. */
export function reportContent(
  subject: ReportSubject,
  { narrative, lines, indicators }: ReportFigures,
): ReportContent {
  return {
    format: 'samen.quarterly-report/1',
    ...subject,
    narrative,
    lines: lines.map((line) => ({
      ...line,
      budgetCents: centsToJson(line.budgetCents),
      actualCents: centsToJson(line.actualCents),
      forecastCents: centsToJson(line.forecastCents),
    })),
    totals: {
      budgetCents: sum(lines.map(({ budgetCents }) => budgetCents)),
      actualCents: sum(lines.map(({ actualCents }) => actualCents)),
      forecastCents: sum(lines.map(({ forecastCents }) => forecastCents)),
    },
    indicators,
  }
}

function sum(amounts: readonly Cents[]): string {
  return centsToJson(amounts.reduce((total, cents) => total + cents, 0n))
}
