import type { Day } from '#kernel'
import { type AssemblyTimes, assemblyPhase } from './assembly-phase.js'

/** Where an assembly stands, by what was recorded of it. */
export type AssemblyState = 'planned' | 'convened' | 'running' | 'adjourned' | 'ended' | 'cancelled'

export function assemblyState(
  assembly: AssemblyTimes & { convenedOn: Day | null; cancelledAt: Date | null },
  now: Date,
): AssemblyState {
  if (assembly.cancelledAt) return 'cancelled'
  if (!assembly.convenedOn && !assembly.endedAt) return 'planned'
  const phase = assemblyPhase(assembly, now)
  return phase === 'upcoming' ? 'convened' : phase
}
