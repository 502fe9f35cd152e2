import type { Violation } from '#kernel'
import { type AssemblyTimes, assemblyPhase } from './assembly-phase.js'

/**
 * Whether an assembly can be adjourned until this moment: once it has begun and while it has not ended, with every poll
 * declared, to a moment that is still to come. The law is silent: it stays one assembly, convened as it was, and the
 * chair leads the order (BW 2:13 and the customs of assemblies; source: an assumption).
 * @returns at most one of `assembly.notBegun`, `assembly.ended`, `assembly.adjourned`, `assembly.pollsUnfinished`,
 * `adjournment.past`, `adjournment.reasonNeeded`
 */
export function checkAdjournment(
  assembly: AssemblyTimes,
  unfinishedPolls: number,
  wish: { resumesAt: Date; reason: string },
  now: Date,
): Violation[] {
  const phase = assemblyPhase(assembly, now)
  if (phase === 'upcoming') return [{ code: 'assembly.notBegun' }]
  if (phase === 'ended') return [{ code: 'assembly.ended' }]
  if (phase === 'adjourned') return [{ code: 'assembly.adjourned' }]
  if (unfinishedPolls > 0) return [{ code: 'assembly.pollsUnfinished' }]
  if (wish.resumesAt <= now) return [{ code: 'adjournment.past', path: 'begin' }]
  return wish.reason.trim() === '' ? [{ code: 'adjournment.reasonNeeded', path: 'reden' }] : []
}
