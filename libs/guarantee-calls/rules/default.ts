import type { Violation } from '#kernel'
import type { ClaimState, Treatment } from './claim.js'

/** Who acts about a holder that does not pay. */
export interface Actor {
  personId: string
  /** Speaks for the holder itself. */
  isHoldersOwn: boolean
}

/** Whether somebody may propose what happens with a claim: after the last reminder, nothing waiting, nobody's own debt. */
export function checkDefault(
  state: ClaimState | null,
  treatment: Treatment,
  pending: boolean,
  actor: Actor,
): Violation[] {
  if (actor.isHoldersOwn) return [{ code: 'call.ownHolder' }]
  if (pending) return [{ code: 'call.defaultPending' }]
  const follows = state === 'inDefault' || (state === 'pursued' && treatment === 'writtenOff')
  return follows ? [] : [{ code: 'call.notInDefault' }]
}

/** Whether somebody may answer it: another person, who does not speak for the holder. */
export function checkDefaultAnswer(recordedBy: string, actor: Actor): Violation[] {
  if (actor.isHoldersOwn) return [{ code: 'call.ownHolder' }]
  return actor.personId === recordedBy ? [{ code: 'call.ownDefault' }] : []
}
