import type { Day, Violation } from '#kernel'
import { type AssemblyTimes, assemblyPhase } from './assembly-phase.js'
import type { DecisionType } from './poll-rule.js'

/** What decides whether a motion may be submitted at a moment. */
export interface Submission {
  assembly: AssemblyTimes & { motionsAllowedAt: Date | null }
  now: Date
  today: Day
  /** The last day on which members submit, with its article; null when the statutes set none. */
  term: { lastDay: Day; article: string } | null
  /** Chair, secretary or director; false for the delegate of a member. */
  byOrgan: boolean
  decisionType: DecisionType
}

/**
 * Whether a motion may be submitted. Members do so until the day that the statutes set, and during the assembly
 * when the chair allows it. A change of the statutes stands in the convocation, with its text (BW 2:42).
 * @returns at most one of `assembly.ended`, `motion.statuteChangeTooLate`, `motion.notAllowedNow`, `motion.tooLate`
 */
export function checkSubmission(submission: Submission): Violation[] {
  const { assembly, now, today, term, byOrgan, decisionType } = submission
  const phase = assemblyPhase(assembly, now)
  if (phase === 'ended') return [{ code: 'assembly.ended' }]
  if (decisionType === 'statuteChange' && assembly.convenedOn !== null)
    return [{ code: 'motion.statuteChangeTooLate', path: 'besluit' }]
  if (byOrgan || assembly.motionsAllowedAt) return []
  if (phase === 'running') return [{ code: 'motion.notAllowedNow' }]
  if (term && today > term.lastDay)
    return [{ code: 'motion.tooLate', params: { day: term.lastDay, article: term.article } }]
  return []
}
