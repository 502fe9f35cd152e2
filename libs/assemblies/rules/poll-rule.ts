import { type Day, Fraction } from '#kernel'
import type { Count } from './tally.js'
import { type MajorityBase, type Verdict, type VerdictInput, verdict } from './verdict.js'
import { verdictReason } from './verdict-reason.js'

/** What is decided, which settles the majority and the quorum that the statutes ask. */
export const decisionTypes = ['ordinary', 'statuteChange', 'distribution'] as const
export type DecisionType = (typeof decisionTypes)[number]

/** A share as the statutes write it. */
export interface FrozenThreshold {
  fraction: string
  strict: boolean
}

/** The rule of one poll, frozen when it opens; kept as JSON. Each part names the article it comes from. */
export interface PollRule {
  /** The day as of which the statutes were read. */
  asOf: Day
  majority: FrozenThreshold & { base: MajorityBase; article: string }
  quorum: { required: FrozenThreshold | null; article: string }
  blank: { counts: 'excluded' | 'included'; article: string }
  /** What it means when as many are for as against; not there in polls of before. */
  tie?: { means: 'rejected'; article: string }
  votesPerMember: { votes: number; article: string }
}

/**
 * Joins the frozen rule and the count for `verdict()`.
 * @throws RuleViolated `fraction.malformed` when the statutes hold no proper fraction
 */
export function verdictInput(rule: PollRule, count: Count): VerdictInput {
  const { majority, quorum, blank } = rule
  return {
    ...count,
    majority: {
      fraction: Fraction.parse(majority.fraction),
      strict: majority.strict,
      base: majority.base,
    },
    blank: blank.counts,
    tie: rule.tie?.means ?? null,
    quorum: quorum.required && {
      fraction: Fraction.parse(quorum.required.fraction),
      strict: quorum.required.strict,
    },
  }
}

/**
 * The verdict by the frozen rule, with the reason in Dutch as it goes into the record.
 * @throws RuleViolated as `verdict()` does
 */
export function judge(rule: PollRule, count: Count): Verdict & { reason: string } {
  const input = verdictInput(rule, count)
  const outcome = verdict(input)
  return { ...outcome, reason: verdictReason(input, outcome) }
}

/** The quorum of a rule at a moment: what it asks in votes (null: none is asked), and whether it is reached. */
export function judgeQuorum(
  rule: PollRule,
  present: number,
  electorate: number,
): { needed: number | null; reached: boolean } {
  const tally = { for: 0, against: 0, blank: 0, invalid: 0 }
  const { quorumNeeded, quorumReached } = verdict(verdictInput(rule, { tally, present, electorate }))
  return { needed: quorumNeeded, reached: quorumReached }
}
