import { type Cents, centsFromJson } from '#kernel'
import { type CityIndicator, cityIndicators } from './city-indicators.js'
import { exactDecimal } from './exact.js'
import {
  type Amounts,
  amountsOf,
  type ExpectedReport,
  type GivenReport,
  NOTHING,
  plus,
  type Standing,
  type StatedReport,
  totalOf,
} from './stated-report.js'

/** What one wijk contributes: its report, or the fact that it is missing. */
export interface AreaPart extends ExpectedReport {
  standing: Standing
  /** Null when the report is missing. */
  given: { version: number; sha256: string; total: Amounts; stated: StatedReport } | null
}

/** One line over all wijken that have it. */
export interface CityLine extends Amounts {
  id: string
  /** As the agreements call it; usually one name. */
  labels: string[]
}

export interface CityMeans {
  advancesCents: Cents
  ownMeansCents: Cents
  /** What was agreed for the year, of the wijken that reported. */
  ownMeansAgreedCents: Cents
  socialReturnCents: Cents
}

export interface CityPeople {
  /** Paid fte in hundredths. */
  fteHundredths: bigint
  volunteers: bigint
}

/** Several reports on one quarter put together. */
export interface RollUp {
  parts: AreaPart[]
  lines: CityLine[]
  total: Amounts
  indicators: CityIndicator[]
  means: CityMeans
  people: CityPeople
  /** The year's budgets of the wijken whose report is missing: in none of the sums. */
  missingBudgetCents: Cents
  counts: Record<Standing, number> & { expected: number }
}

/**
 * Puts the reports on one quarter together, in the order in which they are expected. Every given report counts, also one
 * that is not approved (yet), which its part says; a missing one counts for nothing and is named. Lines are the
 * same when their id is. A report that nobody expects is left out.
 */
export function rollUp(expected: readonly ExpectedReport[], given: readonly GivenReport[]): RollUp {
  const parts = expected.map((one) => partOf(one, given))
  const reports = parts.flatMap((part) => (part.given ? [{ ...part, given: part.given }] : []))
  const missing = parts.filter((part) => part.given === null)
  return {
    parts,
    lines: cityLines(reports.map(({ given }) => given.stated)),
    total: reports.map(({ given }) => given.total).reduce(plus, NOTHING),
    indicators: cityIndicators(
      reports.map(({ area, given }) => ({
        area,
        weight: given.total.budgetCents,
        indicators: given.stated.indicators,
      })),
    ),
    means: meansOf(reports),
    people: peopleOf(reports.map(({ given }) => given.stated)),
    missingBudgetCents: missing.reduce((sum, { wijkbudgetCents }) => sum + wijkbudgetCents, 0n),
    counts: countsOf(parts),
  }
}

function partOf(expected: ExpectedReport, given: readonly GivenReport[]): AreaPart {
  const report = given.find(({ agreementId }) => agreementId === expected.agreementId)
  if (!report) return { ...expected, standing: 'missing', given: null }
  const { standing, version, sha256, stated } = report
  return { ...expected, standing, given: { version, sha256, stated, total: totalOf(stated.lines) } }
}

function cityLines(reports: readonly StatedReport[]): CityLine[] {
  const lines = new Map<string, CityLine>()
  for (const stated of reports.flatMap((report) => report.lines)) {
    const { id, label } = stated
    const line = lines.get(id) ?? { id, labels: [], ...NOTHING }
    const labels = line.labels.includes(label) ? line.labels : [...line.labels, label]
    lines.set(id, { id, labels, ...plus(line, amountsOf(stated)) })
  }
  return [...lines.values()]
}

type Reported = ExpectedReport & { given: NonNullable<AreaPart['given']> }

function meansOf(reports: readonly Reported[]): CityMeans {
  const sum = (what: keyof StatedReport['means']) =>
    reports.reduce((total, { given }) => total + centsFromJson(given.stated.means[what]), 0n)
  return {
    advancesCents: sum('advancesCents'),
    ownMeansCents: sum('ownMeansCents'),
    ownMeansAgreedCents: reports.reduce((total, report) => total + ownMeansAgreed(report), 0n),
    socialReturnCents: sum('socialReturnCents'),
  }
}

/** The own means that a wijk agreed to raise in the year, in whole cents, rounded up. */
export function ownMeansAgreed({
  wijkbudgetCents,
  ownMeansShare: { num, den },
}: Pick<ExpectedReport, 'wijkbudgetCents' | 'ownMeansShare'>): Cents {
  return (wijkbudgetCents * num + den - 1n) / den
}

function peopleOf(reports: readonly StatedReport[]): CityPeople {
  return {
    fteHundredths: reports.reduce((sum, { people }) => sum + hundredths(people.fte), 0n),
    volunteers: reports.reduce((sum, { people }) => sum + BigInt(people.volunteers), 0n),
  }
}

function hundredths(fte: string): bigint {
  const { num, den } = exactDecimal(fte)
  return (num * 100n) / den
}

function countsOf(parts: readonly AreaPart[]): RollUp['counts'] {
  const count = (standing: Standing) => parts.filter((part) => part.standing === standing).length
  return {
    expected: parts.length,
    approved: count('approved'),
    submitted: count('submitted'),
    returned: count('returned'),
    missing: count('missing'),
  }
}
