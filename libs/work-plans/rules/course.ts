import type { Day, Violation } from '#kernel'

/** What the gemeente said of a version: that this is what was agreed, or that it is not. */
export type PlanAnswer = 'agreed' | 'refused'

/** A version that the cooperative recorded as agreed. */
export interface RecordedVersion {
  version: number
  /** SHA-256 of its canonical text. */
  sha256: string
  recordedBy: string
  /** Null as long as the gemeente has not answered. */
  answer: PlanAnswer | null
}

/** Where the plan of a year stands. */
export type PlanState = 'empty' | 'draft' | 'waiting' | 'refused' | 'agreed'

/** It follows from the versions, the first one first, and from whether goals are being written. */
export function planState(versions: readonly RecordedVersion[], goals: number): PlanState {
  const latest = versions.at(-1)
  if (!latest) return goals > 0 ? 'draft' : 'empty'
  return latest.answer ?? 'waiting'
}

/** The version that holds: the last one that the gemeente confirmed. */
export function agreedVersion<V extends RecordedVersion>(versions: readonly V[]): V | null {
  return versions.findLast(({ answer }) => answer === 'agreed') ?? null
}

/** What is to be recorded as agreed. */
export interface Recording {
  goals: number
  sha256: string
  agreedOn: Day
  /** Why there is another version. */
  reason: string
}

const REASON_LIMIT = 1000

/**
 * Whether the goals as they are written can be recorded as agreed with the gemeente. Codes: `workPlan.noGoals`,
 * `workPlan.unchanged`, `workPlan.reasonNeeded`, `workPlan.reasonTooLong`, `workPlan.agreedInFuture`.
 */
export function checkRecording(
  versions: readonly RecordedVersion[],
  { goals, sha256, agreedOn, reason }: Recording,
  today: Day,
): Violation[] {
  if (goals === 0) return [{ code: 'workPlan.noGoals' }]
  const latest = versions.at(-1)
  if (latest && latest.answer !== 'refused' && latest.sha256 === sha256)
    return [{ code: 'workPlan.unchanged' }]
  const wrong: Violation[] = []
  if (latest && reason === '') wrong.push({ code: 'workPlan.reasonNeeded', path: 'reden' })
  if (reason.length > REASON_LIMIT) wrong.push({ code: 'workPlan.reasonTooLong', path: 'reden' })
  if (agreedOn > today) wrong.push({ code: 'workPlan.agreedInFuture', path: 'dag' })
  return wrong
}

/**
 * Whether a person of the gemeente can answer on the version that was on the screen: only the last one, once, and not
 * on the own recording. Codes: `workPlan.none`, `workPlan.otherText`, `workPlan.answered`, `workPlan.ownRecording`,
 * `workPlan.noteNeeded`, `workPlan.noteTooLong`.
 */
export function checkAnswering(
  versions: readonly RecordedVersion[],
  { sha256, answer, note, personId }: { sha256: string; answer: PlanAnswer; note: string; personId: string },
): Violation[] {
  const latest = versions.at(-1)
  if (!latest) return [{ code: 'workPlan.none' }]
  if (latest.sha256 !== sha256) return [{ code: 'workPlan.otherText' }]
  if (latest.answer) return [{ code: 'workPlan.answered' }]
  if (latest.recordedBy === personId) return [{ code: 'workPlan.ownRecording' }]
  if (answer === 'refused' && note === '') return [{ code: 'workPlan.noteNeeded', path: 'toelichting' }]
  return note.length > REASON_LIMIT ? [{ code: 'workPlan.noteTooLong', path: 'toelichting' }] : []
}
