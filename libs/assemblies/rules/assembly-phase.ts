import type { Day, Violation } from '#kernel'

/** Where an assembly stands: it begins at its hour and ends when the chair says so, also after midnight. */
export type AssemblyPhase = 'upcoming' | 'running' | 'ended'

/** The moments of an assembly that the phase depends on. */
export interface AssemblyTimes {
  heldOn: Day
  startsAt: Date
  endedAt: Date | null
}

export function assemblyPhase({ startsAt, endedAt }: AssemblyTimes, now: Date): AssemblyPhase {
  if (endedAt !== null) return 'ended'
  return now < startsAt ? 'upcoming' : 'running'
}

/**
 * Whether a poll may open now.
 * @returns at most one of `assembly.notBegun`, `assembly.ended`
 */
export function checkOpening(assembly: AssemblyTimes, now: Date): Violation[] {
  const phase = assemblyPhase(assembly, now)
  if (phase === 'upcoming') return [{ code: 'assembly.notBegun' }]
  return phase === 'ended' ? [{ code: 'assembly.ended' }] : []
}

/**
 * Whether a delegate may check in: from the first hour of the day on, while the assembly has not ended.
 * @returns at most one of `assembly.notToday`, `assembly.ended`
 */
export function checkAttendance(assembly: AssemblyTimes, now: Date, today: Day): Violation[] {
  const phase = assemblyPhase(assembly, now)
  if (phase === 'ended') return [{ code: 'assembly.ended' }]
  return phase === 'upcoming' && assembly.heldOn !== today ? [{ code: 'assembly.notToday' }] : []
}
