import type { Cents, Fraction } from '#kernel'

/** What an indicator counts; as the agreement says. */
export type IndicatorKind = 'count' | 'unique' | 'percentage' | 'grade' | 'nOfM' | 'yesNo'

export interface TemplateLine {
  id: string
  label: string
  /** For the whole year. */
  budgetCents: Cents
}

export interface TemplateIndicator {
  id: string
  label: string
  kind: IndicatorKind
  unit: string
  target: string
  better: 'higher' | 'lower'
  due: 'quarter' | 'year'
}

/** What a quarterly report must account for: it follows from the agreement that holds in that quarter. */
export interface ReportTemplate {
  lines: readonly TemplateLine[]
  indicators: readonly TemplateIndicator[]
  /** A forecast off the budget by more than this fraction needs an explanation. */
  explainOver: Fraction
}

/** The story, on main lines: what went well, what did not, and why. */
export const narrativeParts = ['wentWell', 'wentLess', 'why'] as const
export type NarrativePart = (typeof narrativeParts)[number]

/** Enough for main lines ("op hoofdlijnen"); nobody has to write a book, or to read one. */
export const NARRATIVE_WORDS = 500
export const EXPLANATION_WORDS = 150

/** Whether an indicator must be accounted for in a quarter with this number: yearly ones in the fourth only. */
export function isDue({ due }: Pick<TemplateIndicator, 'due'>, quarterNumber: number): boolean {
  return due === 'quarter' || quarterNumber === 4
}
