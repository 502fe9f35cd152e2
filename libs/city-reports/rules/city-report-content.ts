import type { AmountsJson, CityFigures, FigureJson, IndicatorJson } from './city-figures.js'
import type { Texts } from './report-texts.js'

/** A version of the quarterly report of the city cooperative, as it stands for ever. */
export interface QuarterContent {
  format: 'samen.city-report/1'
  period: string
  /** Names the wijken with the versions and hashes that it was made of. */
  figures: CityFigures
  texts: Texts
}

/** A quarter in the annual report: the final version that it tells, or that there is none. */
export type Chapter =
  | { quarter: string; version: number; sha256: string; texts: Texts; total: AmountsJson }
  | { quarter: string; version: null }

/** An indicator through the year: one figure for each quarter that has a report, and the target of the year. */
export interface IndicatorOverYear extends Pick<IndicatorJson, 'id' | 'label' | 'kind' | 'unit' | 'better'> {
  target: FigureJson | null
  values: (FigureJson | null)[]
}

/** An account on its own side (a debt is positive): of this year, and of the year before. */
export interface LedgerLine {
  account: string
  name: string
  cents: string
  previousCents: string
}

/** The accounts of the year as the ledger has them; empty when nothing was booked. */
export interface LedgerYear {
  /** Accounts of the balance sheet (`B…`), as they stand on the last day. */
  balance: LedgerLine[]
  /** Accounts of income and expense (`W…`), of the year alone. */
  result: LedgerLine[]
}

/** How far the procedure of the annual accounts is; it has pages and papers of its own. */
export interface AccountsStanding {
  drawnUpOn: string | null
  reviewedOn: string | null
  adopted: { number: string; on: string } | null
}

export interface EffectJson {
  id: string
  label: string
  /** Percentages in tenths: 280 is 28%. */
  baseline: { year: number; tenths: number }
  target: { year: number; tenths: number }
  measurements: { year: number; tenths: number; source: string }[]
}

/** A version of the annual report (jaardocument, guideline RJ 640). */
export interface YearContent {
  format: 'samen.annual-report/1'
  period: string
  texts: Texts
  chapters: Chapter[]
  /** Of the fourth quarter, so of the whole year. */
  figures: CityFigures
  /** By line, what was spent a year earlier; null when nobody reported then. */
  previous: { lines: Record<string, string>; totalCents: string } | null
  indicators: IndicatorOverYear[]
  ledger: LedgerYear
  accounts: AccountsStanding
  effects: EffectJson[]
}

export type CityReportContent = QuarterContent | YearContent

/** The same indicator through the quarters of a year; a quarter without it has no value. */
export function indicatorsOverYear(quarters: readonly (CityFigures | null)[]): IndicatorOverYear[] {
  const known = new Map<string, IndicatorOverYear>()
  for (const [place, figures] of quarters.entries()) {
    for (const { id, label, kind, unit, better, target, value } of figures?.indicators ?? []) {
      const key = JSON.stringify([id, kind, unit, better])
      const one = known.get(key) ?? {
        ...{ id, label, kind, unit, better },
        target: null,
        values: quarters.map(() => null),
      }
      one.values[place] = value
      known.set(key, { ...one, target: target ?? one.target })
    }
  }
  return [...known.values()]
}
