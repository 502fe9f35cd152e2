import { type Cents, canonicalJson, type Day, RuleViolated, type Violation } from '#kernel'

/** The version of the rule that divides a call, kept with what was divided by it. */
export const CALL_RULE = 'largest-remainder-within-room/1'

/** What a holder stood surety for on the day, and how much of it was called before. */
export interface CalledPledge {
  id: string
  number: number
  name: string
  cents: Cents
  calledCents: Cents
}

/** Everything from which a call is computed. */
export interface CallInputs {
  kind: 'samen.guaranteeCall'
  rule: string
  year: number
  number: number
  amountCents: Cents
  reason: string
  /** The pledges are those of the end of this day. */
  referenceDay: Day
  /** By member number. */
  pledges: CalledPledge[]
}

/** What one holder is asked to pay. */
export interface CallPart {
  memberId: string
  number: number
  name: string
  pledgedCents: Cents
  calledBeforeCents: Cents
  partCents: Cents
}

/** How a call is divided: `divideCall` of the guarantees. */
export type Divide = (
  amountCents: Cents,
  pledges: readonly CalledPledge[],
) => { parts: readonly { id: string; cents: Cents }[] }

/** The inputs as they are kept and hashed: canonical JSON, amounts as digits. */
export function freezeCall(inputs: CallInputs): string {
  return canonicalJson(inputs)
}

/** Reads what {@link freezeCall} wrote. */
export function thawCall(text: string): CallInputs {
  const read = JSON.parse(text)
  const pledges = read.pledges.map((one: { cents: string; calledCents: string }) => ({
    ...one,
    cents: BigInt(one.cents),
    calledCents: BigInt(one.calledCents),
  }))
  return { ...read, amountCents: BigInt(read.amountCents), pledges }
}

/**
 * The part of each holder that has to pay something, by member number.
 * @throws RuleViolated `call.amountNeeded`, `call.reasonNeeded`, `call.overRoom` (with the room there is)
 */
export function partsOf(inputs: CallInputs, divide: Divide): CallPart[] {
  const { amountCents, pledges, reason } = inputs
  const room = pledges.reduce((sum, { cents, calledCents }) => sum + cents - calledCents, 0n)
  const wrong: Violation[] = []
  if (amountCents <= 0n) wrong.push({ code: 'call.amountNeeded', path: 'bedrag' })
  else if (amountCents > room)
    wrong.push({ code: 'call.overAllRoom', path: 'bedrag', params: { cents: room.toString() } })
  if (reason.trim() === '') wrong.push({ code: 'call.reasonNeeded', path: 'reden' })
  RuleViolated.throwIfAny(wrong)
  const parts = new Map(divide(amountCents, pledges).parts.map(({ id, cents }) => [id, cents]))
  return pledges.flatMap(({ id, number, name, cents, calledCents }) => {
    const partCents = parts.get(id) ?? 0n
    const part = {
      memberId: id,
      number,
      name,
      pledgedCents: cents,
      calledBeforeCents: calledCents,
      partCents,
    }
    return partCents > 0n ? [part] : []
  })
}

/** Whether what was kept is what follows from the frozen text, whose hash the caller took again. */
export function checkFrozen(
  kept: { inputs: string; sha256: string; parts: readonly CallPart[] },
  sha256: string,
  divide: Divide,
): Violation[] {
  if (kept.sha256 !== sha256) return [{ code: 'call.changed' }]
  const again = partsOf(thawCall(kept.inputs), divide)
  return canonicalJson(again) === canonicalJson(kept.parts) ? [] : [{ code: 'call.changed' }]
}
