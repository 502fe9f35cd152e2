import { apportion, type Cents, RuleViolated } from '#kernel'

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
 * pledge (`cents - calledCents`). What would be above it is divided again over the others: everyone whose part
 * exceeds the room is fixed at that room, all at once, until nobody exceeds. Largest remainder, with the ties of
 * `apportion`; the parts keep the order of the input.
 * @throws RuleViolated `call.overCalled` (path `pledges[i].calledCents`), `call.overRoom` (path `amountCents`),
 * `apportion.repeatedId`
 */
export function divideCall(amountCents: Cents, pledges: readonly CallablePledge[]): Call {
  RuleViolated.throwIfAny(violationsOf(amountCents, pledges))
  const parts = new Map<string, Cents>(pledges.map(({ id }) => [id, 0n]))
  let open = [...pledges]
  let left = amountCents
  while (left > 0n) {
    const divided = apportion(
      left,
      open.map(({ id, cents }) => ({ id, weight: cents })),
    )
    const exceeding = new Set(open.filter((pledge, at) => divided[at]!.amount > roomOf(pledge)))
    if (exceeding.size === 0) {
      for (const { id, amount } of divided) parts.set(id, amount)
      break
    }
    for (const pledge of exceeding) {
      parts.set(pledge.id, roomOf(pledge))
      left -= roomOf(pledge)
    }
    open = open.filter((pledge) => !exceeding.has(pledge))
  }
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
