import type { Day, Violation } from '#kernel'

/** Where an assembly stands: it begins at its hour and ends when the chair says so, also after midnight. */
export type AssemblyPhase = 'upcoming' | 'running' | 'adjourned' | 'ended'

/** The moments of an assembly that the phase depends on. */
export interface AssemblyTimes {
  heldOn: Day
  startsAt: Date
  endedAt: Date | null
  /** Cancelled, it never begins. */
  cancelledAt?: Date | null
  /** Adjourned, it goes on then. */
  resumesAt?: Date | null
  /** Null while it is planned and nobody is convened. */
  convenedOn?: Day | null
}

export function assemblyPhase(
  { startsAt, endedAt, cancelledAt, resumesAt }: AssemblyTimes,
  now: Date,
): AssemblyPhase {
  if (endedAt !== null || cancelledAt) return 'ended'
  if (now < startsAt) return 'upcoming'
  return resumesAt && now < resumesAt ? 'adjourned' : 'running'
}

/**
 * Whether a poll may open now.
 * @returns at most one of `assembly.notBegun`, `assembly.ended`, `assembly.notConvened`, `assembly.adjourned`
 */
export function checkOpening(assembly: AssemblyTimes, now: Date): Violation[] {
  const phase = assemblyPhase(assembly, now)
  if (assembly.convenedOn === null) return [{ code: 'assembly.notConvened' }]
  if (phase === 'upcoming') return [{ code: 'assembly.notBegun' }]
  if (phase === 'adjourned') return [{ code: 'assembly.adjourned' }]
  return phase === 'ended' ? [{ code: 'assembly.ended' }] : []
}

/**
 * Whether a delegate may check in: from the first hour of the day on (also of the day on which it goes on), while the assembly has not ended.
 * @returns at most one of `assembly.notToday`, `assembly.ended`
 */
export function checkAttendance(assembly: AssemblyTimes, now: Date, today: Day): Violation[] {
  const phase = assemblyPhase(assembly, now)
  if (phase === 'ended') return [{ code: 'assembly.ended' }]
  return phase !== 'running' && assembly.heldOn !== today ? [{ code: 'assembly.notToday' }] : []
}
