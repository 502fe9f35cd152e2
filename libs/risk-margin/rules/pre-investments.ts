import { apportion, type Cents } from '#kernel'

/** What a member put into the start-up phase and has not earned back yet. */
export interface OutstandingPreInvestment {
  id: string
  cents: Cents
}

export interface EarnedBack {
  parts: { id: string; cents: Cents }[]
  sumCents: Cents
}

/**
 * What goes to pre-investments first: all of the amount, or as much as is outstanding, in proportion to what each has
 * outstanding; largest remainder, so nobody gets more than that. The parts keep the order of the list.
 */
export function earnBackFirst(
  amountCents: Cents,
  outstanding: readonly OutstandingPreInvestment[],
): EarnedBack {
  const total = outstanding.reduce((sum, { cents }) => sum + cents, 0n)
  const sumCents = amountCents < total ? amountCents : total
  if (sumCents === 0n) return { parts: outstanding.map(({ id }) => ({ id, cents: 0n })), sumCents }
  const weights = outstanding.map(({ id, cents }) => ({ id, weight: cents }))
  const parts = apportion(sumCents, weights).map(({ id, amount }) => ({ id, cents: amount }))
  return { parts, sumCents }
}

/** Per member what was put in and confirmed, less what payouts gave back. */
export function outstandingOf(
  confirmed: readonly { memberId: string; cents: Cents }[],
  earnedBack: readonly { memberId: string; cents: Cents }[],
): Map<string, Cents> {
  const left = new Map<string, Cents>()
  for (const { memberId, cents } of confirmed) left.set(memberId, (left.get(memberId) ?? 0n) + cents)
  for (const { memberId, cents } of earnedBack) left.set(memberId, (left.get(memberId) ?? 0n) - cents)
  return new Map([...left].filter(([, cents]) => cents > 0n))
}
