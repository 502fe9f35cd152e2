import { addDays, type Day } from '#kernel'
import type { ApplicationState } from './application-state.js'

/** An application that was never sent is kept this long after it was last changed. */
export const DRAFT_DAYS = 30
/** Evidence with an application that did not lead to membership is kept this long (a year) after its end. */
export const EVIDENCE_DAYS = 365

/** The last day on which a draft that was changed on `savedOn` is kept. */
export function draftKeptUntil(savedOn: Day): Day {
  return addDays(savedOn, DRAFT_DAYS)
}

/** The last day on which the evidence of an application that ended on `endedOn` is kept. */
export function evidenceKeptUntil(endedOn: Day): Day {
  return addDays(endedOn, EVIDENCE_DAYS)
}

/** What is known of an application that may be past its time. */
export interface AgeingApplication {
  state: ApplicationState
  /** It was sent at some time, so that it has a reference and versions that stand. */
  wasSubmitted: boolean
  savedOn: Day
  /** The day of the refusal or the withdrawal; null while neither was recorded. */
  endedOn: Day | null
}

/**
 * What goes from an application on a day: all of a draft; the evidence of what was refused or withdrawn (the
 * decision and its reasons stay). Nothing of what is running, and of an admission it is the member's file now.
 */
export function duePart(application: AgeingApplication, today: Day): 'all' | 'evidence' | null {
  const { state, wasSubmitted, savedOn, endedOn } = application
  if (!wasSubmitted) return today > draftKeptUntil(savedOn) ? 'all' : null
  const ended = state === 'refused' || state === 'withdrawn' ? endedOn : null
  return ended !== null && today > evidenceKeptUntil(ended) ? 'evidence' : null
}
