import { type Cents, RuleViolated } from '#kernel'
import { divideWithin } from './divide-within.js'

/** A pledge of a holder, and how much of it was called before. */
export interface CallablePledge {
  id: string
  cents: Cents
  calledCents: Cents
}

/** What each holder is asked to pay; the parts add up to `sumCents`. */
export interface Call {
  parts: { id: string; cents: Cents }[]
  sumCents: Cents
}

/**
 * Divides a call over the holders in proportion to their pledges, nobody above the room that is left in the own
 * pledge (`cents - calledCents`): what would be above it is divided again over the others (see `divideWithin`). The
 * parts keep the order of the input.
 * @throws RuleViolated `call.overCalled` (path `pledges[i].calledCents`), `call.overRoom` (path `amountCents`),
 * `apportion.repeatedId`
 */
export function divideCall(amountCents: Cents, pledges: readonly CallablePledge[]): Call {
  RuleViolated.throwIfAny(violationsOf(amountCents, pledges))
  const sharers = pledges.map((pledge) => ({ id: pledge.id, weight: pledge.cents, most: roomOf(pledge) }))
  const parts = divideWithin(amountCents, sharers)
  return { parts: pledges.map(({ id }) => ({ id, cents: parts.get(id)! })), sumCents: amountCents }
}

const roomOf = ({ cents, calledCents }: CallablePledge) => cents - calledCents

function violationsOf(amountCents: Cents, pledges: readonly CallablePledge[]) {
  const seen = new Set<string>()
  let room = 0n
  for (const [index, pledge] of pledges.entries()) {
    if (roomOf(pledge) < 0n) return [{ code: 'call.overCalled', path: `pledges[${index}].calledCents` }]
    if (seen.size === seen.add(pledge.id).size)
      return [{ code: 'apportion.repeatedId', path: `pledges[${index}].id`, params: { id: pledge.id } }]
    room += roomOf(pledge)
  }
  return amountCents > room ? [{ code: 'call.overRoom', path: 'amountCents' }] : []
}
