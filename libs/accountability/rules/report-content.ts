import { type Cents, centsFromJson, centsToJson } from '#kernel'
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
    better: 'higher' | 'lower'
    /** As stored (`"12/20"`); null where it is not due and not given. */
    value: string | null
    explanation: string
  }[]
  means: {
    /** What the city cooperative paid ahead. */
    advancesCents: Cents
    /** Raised by the counterparty itself. */
    ownMeansCents: Cents
    ownMeansExplanation: string
    socialReturnCents: Cents
    socialReturnExplanation: string
  }
  /** People on main lines: paid fte as a decimal text, the number of volunteers as a whole one. */
  people: { fte: string; volunteers: string }
  risks: string
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
  format: 'samen.quarterly-report/2'
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
  means: Record<'advancesCents' | 'ownMeansCents' | 'socialReturnCents', string> &
    Record<'ownMeansExplanation' | 'socialReturnExplanation', string>
  people: ReportFigures['people']
  risks: string
  annexes: ReportAnnex[]
}

/** A file that belongs to the version, by its fingerprint. */
export interface ReportAnnex {
  id: string
  name: string
  sha256: string
}

/** Puts subject and figures together; amounts become strings of cents, and the totals are added up. */
export function reportContent(
  subject: ReportSubject,
  { narrative, lines, indicators, means, people, risks }: ReportFigures,
  annexes: readonly ReportAnnex[] = [],
): ReportContent {
  return {
    format: 'samen.quarterly-report/2',
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
    means: {
      ...means,
      advancesCents: centsToJson(means.advancesCents),
      ownMeansCents: centsToJson(means.ownMeansCents),
      socialReturnCents: centsToJson(means.socialReturnCents),
    },
    people,
    risks,
    annexes: [...annexes],
  }
}

/** The actual amounts that a version states, by line: what the next quarter's are compared with. */
export function actualsOf({ lines }: ReportContent): Map<string, Cents> {
  return new Map(lines.map(({ id, actualCents }) => [id, centsFromJson(actualCents)]))
}

function sum(amounts: readonly Cents[]): string {
  return centsToJson(amounts.reduce((total, cents) => total + cents, 0n))
}
