import { type Cents, Fraction, RuleViolated, type Violation } from '#kernel'
import { type IndicatorKind, isIndicatorValue } from './indicator-value.js'

/** A line of the budget that the quarterly report accounts for. */
export interface AgreedLine {
  id: string
  label: string
  budgetCents: Cents
}

/** A promise that can be measured. */
export interface AgreedIndicator {
  id: string
  label: string
  kind: IndicatorKind
  /** What is counted, in words: "mensen", "bijeenkomsten"; may be empty. */
  unit: string
  /** As {@link isIndicatorValue} describes. */
  target: string
  better: 'higher' | 'lower'
  /** How often it is accounted for: every quarter, or in the fourth quarter only. */
  due: 'quarter' | 'year'
}

/** What a wijkcoöperatie does: for adults, for children and young people, and social management of buildings. */
export const services = ['adults', 'youth', 'socialManagement'] as const
export type Service = (typeof services)[number]

/** Who employs the people who work in the wijk. */
export const employers = ['counterparty', 'contractor', 'cooperative'] as const
export type Employer = (typeof employers)[number]

/** How many days each step of an intervention takes, in both directions. */
export interface EscalationLadder {
  /** From a signal to the conversation about it. */
  conversationDays: number
  /** From the conversation to the recovery plan. */
  recoveryPlanDays: number
  /** How long the plan may work. */
  improvementDays: number
  /** From a notice of default to the city cooperative to its answer. */
  answerDays: number
  /** How long the chair may mediate before it goes to the ALV. */
  mediationDays: number
}

/** A part of the text, with the heading that people refer to it by. */
export interface Clause {
  id: string
  heading: string
  text: string
}

/**
 * What the two parties agreed; amounts are per calendar year and are agreed anew each year, as the subsidy is.
 * From these the report template, its checks, its reminders and its totals follow.
 */
export interface AgreementTerms {
  wijkbudgetCents: Cents
  lines: AgreedLine[]
  indicators: AgreedIndicator[]
  /** A forecast that is off the year's budget by more than this fraction needs an explanation. */
  explainOver: Fraction
  /** Own means (fees, sponsoring, contributions) as a part of the wijkbudget. */
  ownMeansShare: Fraction
  /** Social return as a part of the wijkbudget. */
  socialReturnShare: Fraction
  services: Service[]
  employer: Employer
  /** Days after the quarter's end within which a report is due; null: as the statutes say. */
  reportDueDays: number | null
  /** Whole months between notice by one of the parties and the end. */
  noticeMonths: number
  ladder: EscalationLadder
  clauses: Clause[]
}

/** What is agreed where the parties write nothing else (subsidy application 2018: 5% own means, 5% social return). */
export const usualTerms: Omit<AgreementTerms, 'wijkbudgetCents' | 'lines' | 'indicators'> = {
  explainOver: Fraction.of(10, 100),
  ownMeansShare: Fraction.of(5, 100),
  socialReturnShare: Fraction.of(5, 100),
  services: [...services],
  employer: 'contractor',
  reportDueDays: null,
  noticeMonths: 3,
  ladder: {
    conversationDays: 14,
    recoveryPlanDays: 21,
    improvementDays: 60,
    answerDays: 14,
    mediationDays: 30,
  },
  clauses: [],
}

/**
 * What is wrong with the terms of an agreement, all at once: the lines must add up to the wijkbudget, no id
 * may occur twice within its list, every target must have the form of its kind.
 * Codes: `agreement.noLines`, `agreement.linesDoNotAddUp`, `agreement.negativeBudget`, `agreement.repeatedId`,
 * `agreement.targetMalformed`.
 */
export function termsViolations(terms: AgreementTerms): Violation[] {
  return [
    ...lineViolations(terms),
    ...repeatedIds('lines', terms.lines),
    ...repeatedIds('indicators', terms.indicators),
    ...targetViolations(terms),
  ]
}

/** @throws RuleViolated with all of {@link termsViolations} */
export function assertTerms(terms: AgreementTerms): void {
  RuleViolated.throwIfAny(termsViolations(terms))
}

function lineViolations({ lines, wijkbudgetCents }: AgreementTerms): Violation[] {
  if (lines.length === 0) return [{ code: 'agreement.noLines', path: 'lines' }]
  const negative = lines.filter(({ budgetCents }) => budgetCents < 0n)
  const violations: Violation[] = negative.map(({ id }) => ({
    code: 'agreement.negativeBudget',
    path: `lines/${id}/budgetCents`,
    params: { id },
  }))
  const sumCents = lines.reduce((sum, { budgetCents }) => sum + budgetCents, 0n)
  if (sumCents !== wijkbudgetCents) {
    const params = { sumCents: String(sumCents), wijkbudgetCents: String(wijkbudgetCents) }
    violations.push({ code: 'agreement.linesDoNotAddUp', path: 'wijkbudgetCents', params })
  }
  return violations
}

function repeatedIds(list: string, entries: readonly { id: string }[]): Violation[] {
  const seen = new Set<string>()
  return entries
    .filter(({ id }) => seen.size === seen.add(id).size)
    .map(({ id }) => ({ code: 'agreement.repeatedId', path: `${list}/${id}`, params: { id } }))
}

function targetViolations({ indicators }: AgreementTerms): Violation[] {
  return indicators
    .filter(({ kind, target }) => !isIndicatorValue(kind, target))
    .map(({ id, target }) => ({
      code: 'agreement.targetMalformed',
      path: `indicators/${id}/target`,
      params: { id, target },
    }))
}
