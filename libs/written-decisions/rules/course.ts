import { addDays, type Day, daysBetween, type Violation } from '#kernel'
import type { OutcomeReason, WrittenChoice } from './unanimity.js'

export type WrittenType = 'ordinary' | 'statuteChange' | 'distribution'
export const writtenTypes: readonly WrittenType[] = ['ordinary', 'statuteChange', 'distribution']

/** How far a decision without a meeting has come. `ended`: the closing day is over, the outcome not recorded yet. */
export type WrittenState = 'proposed' | 'known' | 'open' | 'ended' | 'adopted' | 'notTaken' | 'withdrawn'

/** What was recorded of it. */
export interface WrittenCourse {
  withdrawn: boolean
  boardKnows: boolean
  opened: { on: Day; closesOn: Day } | null
  outcome: OutcomeReason | null
}

export function writtenState(
  { withdrawn, boardKnows, opened, outcome }: WrittenCourse,
  today: Day,
): WrittenState {
  if (withdrawn) return 'withdrawn'
  if (outcome) return outcome === 'unanimous' ? 'adopted' : 'notTaken'
  if (opened) return today > opened.closesOn ? 'ended' : 'open'
  return boardKnows ? 'known' : 'proposed'
}

/** The longest that members are asked: half a year. After it, one proposes anew. */
const LONGEST_DAYS = 183

/**
 * Whether the members can be asked. Codes: `written.withdrawn`, `written.boardFirst` (BW 2:40 lid 2: with the board's
 * prior knowledge), `written.closesTooSoon`, `written.closesTooLate`, `written.nobody`.
 */
export function checkOpening(
  { withdrawn, boardKnows }: WrittenCourse,
  { closesOn, today, electors }: { closesOn: Day; today: Day; electors: number },
): Violation[] {
  if (withdrawn) return [{ code: 'written.withdrawn' }]
  if (!boardKnows) return [{ code: 'written.boardFirst' }]
  if (electors === 0) return [{ code: 'written.nobody' }]
  if (closesOn <= today) return [{ code: 'written.closesTooSoon', path: 'sluitingsdag' }]
  if (closesOn > addDays(today, LONGEST_DAYS))
    return [{ code: 'written.closesTooLate', path: 'sluitingsdag' }]
  return []
}

/** Whether the statutes let the members decide this without a meeting. Code: `written.excluded` (params article). */
export function checkType(
  type: WrittenType,
  setting: { value: readonly WrittenType[]; article: string } | null,
): Violation[] {
  if (!setting || setting.value.includes(type)) return []
  return [{ code: 'written.excluded', params: { article: setting.article }, path: 'soort' }]
}

/**
 * Whether a member can answer. The same answer again is no new one; another one is refused, since answers are final.
 * Codes: `written.answeredAlready`, `written.notOpen`, `written.closed`, `written.notEntitled`.
 */
export function checkAnswer(
  state: WrittenState,
  { entitled, given, choice }: { entitled: boolean; given: WrittenChoice | null; choice: WrittenChoice },
): Violation[] {
  if (given) return given === choice ? [] : [{ code: 'written.answeredAlready' }]
  if (state === 'proposed' || state === 'known') return [{ code: 'written.notOpen' }]
  if (state !== 'open') return [{ code: 'written.closed' }]
  return entitled ? [] : [{ code: 'written.notEntitled' }]
}

const REMINDERS = [7, 2] as const

/**
 * Which reminder is due: seven and two days before the closing day. None for a day that was over when it opened, so
 * nobody is reminded of what was asked that morning.
 */
export function reminderDue(openedOn: Day, closesOn: Day, today: Day): 7 | 2 | null {
  const left = daysBetween(today, closesOn)
  if (left < 0) return null
  const due = REMINDERS.filter((days) => left <= days && daysBetween(openedOn, closesOn) > days)
  return due.at(-1) ?? null
}
