import type { Day, Violation } from '#kernel'
import type { AccountsTerms } from './terms.js'

/** How the motion on something stands; null when it was never put to an assembly. */
export type Poll = 'waiting' | 'voting' | 'adopted' | 'rejected' | 'withdrawn'

/** The least number of people in a kascommissie that report (BW 2:48 lid 2). */
export const REVIEWERS = 2

/** What happened to the accounts of a year; how they stand follows from it. */
export interface AccountsCourse {
  drawnUp: { on: Day; by: string } | null
  /** The directors who have to sign, and who of them signed the accounts as they are now. */
  directors: readonly string[]
  signed: readonly string[]
  /** Of the review of the accounts as they are now; an auditor's statement needs no second hand. */
  review: { kind: 'auditCommittee' | 'auditor'; signed: readonly string[] } | null
  adoption: Poll | null
  discharge: Poll | null
}

/** What has to happen next, in this order (BW 2:48, 2:58). */
export type AccountsStep =
  | 'drawUp'
  | 'sign'
  | 'review'
  | 'offer'
  | 'adopt'
  | 'offerDischarge'
  | 'discharge'
  | 'done'

export function isSigned({ drawnUp, directors, signed }: AccountsCourse): boolean {
  return drawnUp !== null && directors.length > 0 && directors.every((one) => signed.includes(one))
}

/** By the auditor's statement, or by at least two of the kascommissie. */
export function isReviewed({ review }: AccountsCourse): boolean {
  return review !== null && (review.kind === 'auditor' || review.signed.length >= REVIEWERS)
}

/** Adoption is not discharge: two decisions, and the one is of no use without the other (BW 2:58). */
export function nextStep(course: AccountsCourse): AccountsStep {
  const { adoption, discharge, drawnUp } = course
  if (adoption === 'adopted') {
    if (discharge === 'adopted') return 'done'
    return isPending(discharge) ? 'discharge' : 'offerDischarge'
  }
  if (!drawnUp) return 'drawUp'
  if (isPending(adoption)) return 'adopt'
  if (!isSigned(course)) return 'sign'
  return isReviewed(course) ? 'offer' : 'review'
}

/** By when the step has to be done; null when the law sets no term for it. */
export function dueOn(step: AccountsStep, { drawnUpBy, adoptedBy }: AccountsTerms): Day | null {
  if (step === 'drawUp' || step === 'sign') return drawnUpBy
  return step === 'review' || step === 'offer' || step === 'adopt' ? adoptedBy : null
}

/** Whether a term was missed: what is still to do after its last day, or what was done after it. */
export function lateness(course: AccountsCourse, terms: AccountsTerms, today: Day, adoptedOn: Day | null) {
  return {
    drawnUp: (course.drawnUp?.on ?? today) > terms.drawnUpBy,
    adopted: (adoptedOn ?? today) > terms.adoptedBy,
  }
}

/** On an agenda, in a vote or adopted: the assembly decides on this very text. */
function isFixed({ adoption }: AccountsCourse): Violation[] {
  if (adoption === 'adopted') return [{ code: 'accounts.adopted' }]
  return isPending(adoption) ? [{ code: 'accounts.onAgenda' }] : []
}

/**
 * Whether accounts, or another version, can be handed in. Codes: `accounts.adopted`, `accounts.onAgenda`,
 * `accounts.yearNotOver`.
 */
export function checkDrawingUp(course: AccountsCourse, yearEnd: Day, today: Day): Violation[] {
  return today > yearEnd ? isFixed(course) : [{ code: 'accounts.yearNotOver' }]
}

/** Whether a person can sign them. Codes: `accounts.notDrawnUp`, `accounts.notDirector`. */
export function checkSigning({ drawnUp, directors }: AccountsCourse, personId: string): Violation[] {
  if (!drawnUp) return [{ code: 'accounts.notDrawnUp' }]
  return directors.includes(personId) ? [] : [{ code: 'accounts.notDirector' }]
}

/**
 * Whether a person can report on them, or sign a report. Who made or signed the accounts doesn't review them, nor does
 * the board (BW 2:48 lid 2). Codes: `accounts.notDrawnUp`, `accounts.notSigned`, `accounts.adopted`,
 * `accounts.onAgenda`, `accounts.ownWork`, `accounts.ofTheBoard`, `accounts.notReviewer`.
 */
export function checkReviewing(
  course: AccountsCourse,
  reviewer: { personId: string; inCommittee: boolean; inBoard: boolean },
  kind: 'auditCommittee' | 'auditor',
): Violation[] {
  if (!course.drawnUp) return [{ code: 'accounts.notDrawnUp' }]
  const fixed = isFixed(course)
  if (fixed.length > 0) return fixed
  if (!isSigned(course)) return [{ code: 'accounts.notSigned' }]
  if (course.drawnUp.by === reviewer.personId || course.signed.includes(reviewer.personId))
    return [{ code: 'accounts.ownWork' }]
  if (reviewer.inBoard) return [{ code: 'accounts.ofTheBoard' }]
  return kind === 'auditor' || reviewer.inCommittee ? [] : [{ code: 'accounts.notReviewer' }]
}

/**
 * Whether the motions can be put to an assembly. Codes: `accounts.notDrawnUp`, `accounts.notSigned`,
 * `accounts.notReviewed`, `accounts.adopted`, `accounts.onAgenda`.
 */
export function checkOffer(course: AccountsCourse): Violation[] {
  if (!course.drawnUp) return [{ code: 'accounts.notDrawnUp' }]
  const fixed = isFixed(course)
  if (fixed.length > 0) return fixed
  if (!isSigned(course)) return [{ code: 'accounts.notSigned' }]
  return isReviewed(course) ? [] : [{ code: 'accounts.notReviewed' }]
}

/**
 * Whether the discharge can be put to an assembly again, by itself. Codes: `accounts.notAdopted`,
 * `accounts.dischargeOnAgenda`, `accounts.discharged`.
 */
export function checkDischargeOffer({ adoption, discharge }: AccountsCourse): Violation[] {
  if (adoption !== 'adopted') return [{ code: 'accounts.notAdopted' }]
  if (discharge === 'adopted') return [{ code: 'accounts.discharged' }]
  return isPending(discharge) ? [{ code: 'accounts.dischargeOnAgenda' }] : []
}

export function isPending(poll: Poll | null): boolean {
  return poll === 'waiting' || poll === 'voting'
}
