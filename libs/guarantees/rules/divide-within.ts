import { apportion, type Cents } from '#kernel'

/** Someone who gets a part in proportion to `weight`, and never more than `most`. */
export interface Bounded {
  id: string
  weight: bigint
  most: Cents
}

/**
 * Divides an amount in proportion to weights, nobody above the own bound. What would be above it is divided again
 * over the others: everyone whose part exceeds the bound is fixed at that bound, all at once, until nobody exceeds.
 * Largest remainder, with the ties of `apportion`.
 * @param amountCents at most all bounds of those with a weight together: else the caller has something to refuse
 * @returns the part of everyone; together exactly the amount
 */
export function divideWithin(amountCents: Cents, sharers: readonly Bounded[]): Map<string, Cents> {
  const parts = new Map<string, Cents>(sharers.map(({ id }) => [id, 0n]))
  let open = [...sharers]
  let left = amountCents
  while (left > 0n) {
    const divided = apportion(left, open)
    const exceeding = new Set(open.filter(({ most }, at) => divided[at]!.amount > most))
    if (exceeding.size === 0) {
      for (const { id, amount } of divided) parts.set(id, amount)
      break
    }
    for (const { id, most } of exceeding) {
      parts.set(id, most)
      left -= most
    }
    open = open.filter((sharer) => !exceeding.has(sharer))
  }
  return parts
}
