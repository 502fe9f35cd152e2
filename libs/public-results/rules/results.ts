import { type Cents, centsFromJson, type Quarter } from '#kernel'
import {
  type CountedKind,
  namesSmallNumber,
  possibleValues,
  type ShownValue,
  shownValue,
} from './small-counts.js'

/** What a submitted version states, as far as the public gets to see it. */
export interface StatedReport {
  area: { slug: string; name: string }
  counterparty: { name: string }
  narrative: Record<'wentWell' | 'wentLess' | 'why', string>
  lines: readonly {
    id: string
    label: string
    budgetCents: string
    actualCents: string
    explanation: string
  }[]
  totals: { budgetCents: string; actualCents: string }
  indicators: readonly StatedIndicator[]
  means: { ownMeansCents: string; ownMeansExplanation: string; socialReturnCents: string }
  people: { fte: string; volunteers: string }
}

interface StatedIndicator {
  id: string
  label: string
  kind: CountedKind
  unit: string
  target: string
  due: 'quarter' | 'year'
  better: 'higher' | 'lower'
  value: string | null
  explanation: string
}

/**
 * How a goal stands. Before the fourth quarter a target that was not met is "not yet"; what is due once a year
 * is "later" until then; "withheld" is where reached or not would tell a small count.
 */
export type Outcome = 'reached' | 'notYet' | 'missed' | 'later' | 'withheld'

/** A goal beside what became of it. */
export interface Goal {
  id: string
  label: string
  kind: CountedKind
  unit: string
  target: string
  better: 'higher' | 'lower'
  outcome: Outcome
  /** Null while it is not due and not given. */
  value: ShownValue | null
  explanation: string
  /** The explanation names a small number and is left out. */
  explanationWithheld: boolean
}

/** A line of the year's budget with what was spent of it since 1 January. */
export interface SpentLine {
  label: string
  budgetCents: Cents
  actualCents: Cents
  explanation: string
}

/** What the public sees of one approved quarter: results beside money and people. */
export interface PublicResults {
  area: { slug: string; name: string }
  counterpartyName: string
  quarter: Quarter
  story: StatedReport['narrative']
  goals: Goal[]
  /** Of the goals that are due and whose outcome is told. */
  tally: { reached: number; judged: number }
  lines: SpentLine[]
  budgetCents: Cents
  actualCents: Cents
  ownMeansCents: Cents
  ownMeansExplanation: string
  socialReturnCents: Cents
  /** Paid fte as a decimal text, and volunteers as the public may see them. */
  people: { fte: string; volunteers: ShownValue }
}

/** Whether a value stays short of its target; given by whoever judges reports. */
export type IsShort = (
  kind: CountedKind,
  value: string,
  target: string,
  better: 'higher' | 'lower',
) => boolean

/** Turns an approved report into what the public may see; risks, advances and annexes stay inside. */
export function publicResults(report: StatedReport, quarter: Quarter, isShort: IsShort): PublicResults {
  const goals = report.indicators.map((indicator) => goalOf(indicator, quarter.number, isShort))
  const judged = goals.filter(({ outcome }) => outcome !== 'later' && outcome !== 'withheld')
  return {
    area: report.area,
    counterpartyName: report.counterparty.name,
    quarter,
    story: report.narrative,
    goals,
    tally: { reached: judged.filter(({ outcome }) => outcome === 'reached').length, judged: judged.length },
    lines: report.lines.map(({ label, budgetCents, actualCents, explanation }) => ({
      label,
      budgetCents: centsFromJson(budgetCents),
      actualCents: centsFromJson(actualCents),
      explanation,
    })),
    budgetCents: centsFromJson(report.totals.budgetCents),
    actualCents: centsFromJson(report.totals.actualCents),
    ownMeansCents: centsFromJson(report.means.ownMeansCents),
    ownMeansExplanation: report.means.ownMeansExplanation,
    socialReturnCents: centsFromJson(report.means.socialReturnCents),
    people: {
      fte: report.people.fte,
      volunteers: shownValue({ kind: 'unique', unit: '' }, report.people.volunteers),
    },
  }
}

function goalOf(indicator: StatedIndicator, quarterNumber: number, isShort: IsShort): Goal {
  const { id, label, kind, unit, target, better } = indicator
  const value = indicator.value === null ? null : shownValue(indicator, indicator.value)
  const withheld = value !== null && value.kind !== 'exact' && namesSmallNumber(indicator.explanation)
  return {
    ...{ id, label, kind, unit, target, better, value },
    outcome: outcomeOf(indicator, value, quarterNumber, isShort),
    explanation: withheld ? '' : indicator.explanation.trim(),
    explanationWithheld: withheld,
  }
}

/** Judged only when every figure that the reader must think possible is judged alike: else it would tell which. */
function outcomeOf(
  { kind, target, better, due }: StatedIndicator,
  value: ShownValue | null,
  quarterNumber: number,
  isShort: IsShort,
): Outcome {
  if (value === null || (due === 'year' && quarterNumber < 4)) return 'later'
  const verdicts = new Set(possibleValues(kind, value).map((one) => isShort(kind, one, target, better)))
  if (verdicts.size > 1) return 'withheld'
  if (!verdicts.has(true)) return 'reached'
  return quarterNumber === 4 ? 'missed' : 'notYet'
}
