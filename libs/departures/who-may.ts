import { addDays, type Day, RuleViolated } from '#kernel'
import type { Visitor } from '#platform'
import type { DepartureType, StepType } from './rules/departure.js'

/** What a member does itself; all else is the director's. */
function isOwnAct(type: DepartureType): boolean {
  return type === 'resigned' || type === 'kindSwitch'
}

/**
 * Whether this person may begin a case: a delegate for the own member; the director for other members only
 * (a conflict of interest, BW 2:44 lid 6).
 * @throws RuleViolated `departure.notYourMember`, `departure.directorOnly`, `departure.ownMember`
 */
export function mayBegin(
  visitor: Visitor,
  { type, memberId }: { type: DepartureType; memberId: string },
): void {
  if (isOwnAct(type)) represents(visitor, memberId)
  else directs(visitor, memberId)
}

/** As {@link mayBegin}, for a step: a member appeals and takes back what it asked; the director does the rest. */
export function mayTake(
  visitor: Visitor,
  { type, memberId }: { type: DepartureType; memberId: string },
  step: StepType,
): void {
  const own = step === 'appealed' || (step === 'withdrawn' && isOwnAct(type))
  if (own) represents(visitor, memberId)
  else directs(visitor, memberId)
}

function represents(visitor: Visitor, memberId: string): void {
  if (!visitor.hasFor('delegate', memberId)) throw RuleViolated.of('departure.notYourMember')
}

function directs(visitor: Visitor, memberId: string): void {
  if (!visitor.has('director')) throw RuleViolated.of('departure.directorOnly')
  if (visitor.hasFor('delegate', memberId)) throw RuleViolated.of('departure.ownMember')
}

export function nextDay(day: Day): Day {
  return addDays(day, 1)
}
