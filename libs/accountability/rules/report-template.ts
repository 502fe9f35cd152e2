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
  wijkbudgetCents: Cents
  lines: readonly TemplateLine[]
  indicators: readonly TemplateIndicator[]
  /** A forecast off the budget by more than this fraction needs an explanation. */
  explainOver: Fraction
  /** Own means and social return as a part of the wijkbudget; judged over the year, so in the fourth quarter. */
  ownMeansShare: Fraction
  socialReturnShare: Fraction
}

/** The story, on main lines: what went well, what did not, and why. */
export const narrativeParts = ['wentWell', 'wentLess', 'why'] as const
export type NarrativePart = (typeof narrativeParts)[number]

/** The parts of a report that are reviewed, and opened again, by themselves; in the order of the form. */
export const sections = ['story', 'money', 'indicators', 'means', 'people', 'risks'] as const
export type Section = (typeof sections)[number]

/** Enough for main lines ("op hoofdlijnen"); nobody has to write a book, or to read one. */
export const NARRATIVE_WORDS = 500
export const RISK_WORDS = 300
export const EXPLANATION_WORDS = 150

/** Whether an indicator must be accounted for in a quarter with this number: yearly ones in the fourth only. */
export function isDue({ due }: Pick<TemplateIndicator, 'due'>, quarterNumber: number): boolean {
  return due === 'quarter' || quarterNumber === 4
}
