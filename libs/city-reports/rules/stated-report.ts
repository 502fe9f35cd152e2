import { type Cents, centsFromJson } from '#kernel'

/** What an indicator counts, as the agreements say. */
export type MeasureKind = 'count' | 'unique' | 'percentage' | 'grade' | 'nOfM' | 'yesNo'

/** The part of a submitted version that the roll-up reads; amounts and values are year to date. */
export interface StatedReport {
  narrative: { wentWell: string; wentLess: string; why: string }
  lines: readonly StatedLine[]
  indicators: readonly StatedIndicator[]
  /** Strings of cents. */
  means: { advancesCents: string; ownMeansCents: string; socialReturnCents: string }
  /** Paid fte with at most two decimals (`"1.6"`), volunteers as a whole number. */
  people: { fte: string; volunteers: string }
  risks: string
}

/** Strings of cents: the budget is of the year, the actual amount to date, the forecast of the year. */
export interface StatedLine {
  id: string
  label: string
  budgetCents: string
  actualCents: string
  forecastCents: string
}

export interface StatedIndicator {
  id: string
  label: string
  kind: MeasureKind
  unit: string
  target: string
  better: 'higher' | 'lower'
  /** Null where it was not due and not given. */
  value: string | null
}

/** Where the report that an agreement owes for a quarter stands; `missing` is not zero. */
export type Standing = 'approved' | 'submitted' | 'returned' | 'missing'

/** A report that an agreement owes for a quarter. */
export interface ExpectedReport {
  agreementId: string
  area: { slug: string; name: string }
  counterparty: string
  /** The administrative wijk; null when the agreement has none. */
  district: { slug: string; name: string } | null
  wijkbudgetCents: Cents
  /** The part of the wijkbudget that the wijk raises itself. */
  ownMeansShare: { num: bigint; den: bigint }
}

/** The latest submitted version of a report. */
export interface GivenReport {
  agreementId: string
  standing: Exclude<Standing, 'missing'>
  version: number
  sha256: string
  stated: StatedReport
}

/** The amounts of a line, or of several added up. */
export interface Amounts {
  budgetCents: Cents
  actualCents: Cents
  forecastCents: Cents
}

export const NOTHING: Amounts = { budgetCents: 0n, actualCents: 0n, forecastCents: 0n }

export function plus(one: Amounts, other: Amounts): Amounts {
  return {
    budgetCents: one.budgetCents + other.budgetCents,
    actualCents: one.actualCents + other.actualCents,
    forecastCents: one.forecastCents + other.forecastCents,
  }
}

export function amountsOf(line: StatedLine): Amounts {
  return {
    budgetCents: centsFromJson(line.budgetCents),
    actualCents: centsFromJson(line.actualCents),
    forecastCents: centsFromJson(line.forecastCents),
  }
}

export function totalOf(lines: readonly StatedLine[]): Amounts {
  return lines.map(amountsOf).reduce(plus, NOTHING)
}
