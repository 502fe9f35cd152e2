import { apportion, type Cents } from '#kernel'

/** The weight of an accounting district in the distribution key. */
export type AreaWeight = { id: string; weight: bigint }

/** `parts` in the order of the weights; `sumCents` is always the amount that was divided. */
export type Allocation = { parts: { id: string; cents: Cents }[]; sumCents: Cents }

/**
 * Divides a subsidy over areas by the distribution key (subsidy application 2018, the 2019 model budget:
 * the amounts per administrative wijk of 2018 serve as weights), to the cent, by largest remainders; equal
 * remainders go to the larger weight first, then by id. A weight of 0 gets 0.
 * @throws RuleViolated `apportion.emptyList` and `apportion.zeroTotal` (path `weights`; also for amount 0),
 * `apportion.repeatedId` (path `weights[3].id`), `apportion.negative`
 */
export function allocate(amountCents: Cents, weights: readonly AreaWeight[]): Allocation {
  const names = { amount: 'amountCents', list: 'weights', weight: 'weight' }
  const parts = apportion(amountCents, weights, names).map(({ id, amount }) => ({ id, cents: amount }))
  return { parts, sumCents: parts.reduce((sum, { cents }) => sum + cents, 0n) }
}
