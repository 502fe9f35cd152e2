import type { Day, Violation } from '#kernel'

/** What a case is about. The first four end a membership; an expulsion does so after the time for appeal. */
export const departureTypes = [
  'resigned',
  'cancelled',
  'dissolved',
  'merged',
  'expelled',
  'suspended',
  'kindSwitch',
] as const
export type DepartureType = (typeof departureTypes)[number]

/** What can happen to a case; all but an appeal close it. */
export const stepTypes = [
  'appealed',
  'withdrawn',
  'superseded',
  'lifted',
  'lapsed',
  'upheld',
  'overturned',
  'approved',
  'refused',
] as const
export type StepType = (typeof stepTypes)[number]

/** A case with the steps that were taken in it. */
export interface DepartureCase {
  type: DepartureType
  /** The first day on which it holds: for an end the first day that the member is none; null while undecided. */
  takesEffectOn: Day | null
  /** The last day to appeal; null when there is none. */
  appealUntil: Day | null
  steps: readonly StepType[]
}

/** How a case stands: its outcome when it is closed, else what it waits for. */
export type DepartureState = StepType | 'running' | 'appealLapsed' | 'done'

const OUTCOMES: Record<DepartureType, readonly StepType[]> = {
  resigned: ['withdrawn', 'superseded'],
  cancelled: ['withdrawn', 'superseded'],
  dissolved: ['withdrawn', 'superseded'],
  merged: ['withdrawn', 'superseded'],
  expelled: ['appealed', 'lapsed', 'upheld', 'overturned'],
  suspended: ['lifted'],
  kindSwitch: ['approved', 'refused', 'withdrawn'],
}

/** Whether a case of this type ends the membership on a day known from the start. */
export function isEnding(type: DepartureType): boolean {
  return type === 'resigned' || type === 'cancelled' || type === 'dissolved' || type === 'merged'
}

/** How a case stands on a day. */
export function stateOf(
  { type, takesEffectOn, appealUntil, steps }: DepartureCase,
  today: Day,
): DepartureState {
  const outcome = steps.find((step) => step !== 'appealed')
  if (outcome) return outcome
  if (isEnding(type)) return takesEffectOn !== null && takesEffectOn <= today ? 'done' : 'running'
  if (type !== 'expelled') return 'running'
  if (steps.includes('appealed')) return 'appealed'
  return appealUntil !== null && today > appealUntil ? 'appealLapsed' : 'running'
}

/** Whether something can still happen to a case. */
export function isOpen(departure: DepartureCase, today: Day): boolean {
  return ['running', 'appealed', 'appealLapsed'].includes(stateOf(departure, today))
}

/**
 * What stands in the way of a step (an appeal within a month, BW 2:35 lid 4; a resignation can be taken back
 * until the last day). Codes: `departure.wrongStep`, `departure.closed`, `departure.tooLateToWithdraw`,
 * `departure.alreadyAppealed`, `departure.appealTooLate`, `departure.appealStillOpen`, `departure.noAppeal`.
 */
export function checkStep(departure: DepartureCase, step: StepType, today: Day): Violation[] {
  if (!OUTCOMES[departure.type].includes(step)) return [{ code: 'departure.wrongStep' }]
  const state = stateOf(departure, today)
  if (state === 'done') return [{ code: 'departure.tooLateToWithdraw' }]
  if (!isOpen(departure, today)) return [{ code: 'departure.closed' }]
  if (departure.type !== 'expelled') return []
  if (step === 'appealed') {
    if (state === 'appealed') return [{ code: 'departure.alreadyAppealed' }]
    return state === 'appealLapsed' ? [{ code: 'departure.appealTooLate' }] : []
  }
  if (step === 'lapsed') return state === 'appealLapsed' ? [] : [{ code: 'departure.appealStillOpen' }]
  return state === 'appealed' ? [] : [{ code: 'departure.noAppeal' }]
}

/** What the register and the other cases say of a member when a new case begins. */
export interface MemberStanding {
  status: 'member' | 'suspended' | 'former' | 'none'
  open: readonly Pick<DepartureCase, 'type' | 'takesEffectOn'>[]
}

/**
 * What stands in the way of a new case. A sooner end may follow a later one, and takes its place.
 * Codes: `departure.notAMember`, `departure.alreadySuspended`, `departure.expulsionRuns`,
 * `departure.switchRuns`, `departure.alreadyLeaving` (params day).
 */
export function checkNewCase(
  type: DepartureType,
  takesEffectOn: Day | null,
  { status, open }: MemberStanding,
): Violation[] {
  if (status !== 'member' && status !== 'suspended') return [{ code: 'departure.notAMember' }]
  const running = (wanted: DepartureType) => open.some((one) => one.type === wanted)
  if (type === 'suspended' && status === 'suspended') return [{ code: 'departure.alreadySuspended' }]
  if (type === 'expelled' && running('expelled')) return [{ code: 'departure.expulsionRuns' }]
  if (type === 'kindSwitch' && running('kindSwitch')) return [{ code: 'departure.switchRuns' }]
  if (!isEnding(type) || takesEffectOn === null) return []
  const sooner = open.find(
    (one) => isEnding(one.type) && one.takesEffectOn !== null && one.takesEffectOn <= takesEffectOn,
  )
  return sooner ? [{ code: 'departure.alreadyLeaving', params: { day: sooner.takesEffectOn! } }] : []
}
