import type { Violation } from '#kernel'
import type { ReviewOutcome } from './application-state.js'

export const findings = ['met', 'notMet', 'ask'] as const
/** What the serviceteam found of one criterion: met, not met, or to be asked. */
export type Finding = (typeof findings)[number]

/** A criterion with what was found; null when it was not judged yet. */
export interface JudgedCriterion {
  key: string
  finding: Finding | null
  note: string
}

/**
 * What stands in the way of ending the assessment so. Who is asked back hears what is asked; an advice rests on
 * all criteria, and advises admission only when all are met.
 * @param message the question, or the reasons of the advice.
 */
export function checkReview(
  outcome: ReviewOutcome,
  criteria: readonly JudgedCriterion[],
  message: string,
): Violation[] {
  const violations = checkNotes(criteria)
  if (outcome === 'askedBack') {
    if (message.trim() === '') violations.push({ code: 'admission.questionMissing', path: 'bericht' })
    return violations
  }
  for (const { key, finding } of criteria) {
    if (!finding) violations.push({ code: 'admission.notJudged', path: `oordeel.${key}` })
    else if (outcome === 'adviseAdmission' && finding !== 'met')
      violations.push({ code: 'admission.notAllMet', path: `oordeel.${key}` })
  }
  if (outcome === 'adviseRefusal' && message.trim() === '')
    violations.push({ code: 'admission.adviceReason', path: 'bericht' })
  return violations
}

/** What is not met, or must be asked, has a note that says why. */
export function checkNotes(criteria: readonly JudgedCriterion[]): Violation[] {
  return criteria
    .filter(({ finding, note }) => (finding === 'notMet' || finding === 'ask') && note.trim() === '')
    .map(({ key }) => ({ code: 'admission.noteMissing', path: `toelichting.${key}` }))
}
