import { apportion, type Cents } from '#kernel'

/** What one holder carried of the guarantee; the margin is paid out in proportion to it. */
export type RiskShare = { id: string; cents: Cents }

/** `parts` in the order of the shares; `sumCents` is always the amount that was divided. */
export type Distribution = { parts: { id: string; cents: Cents }[]; sumCents: Cents }

/**
 * Divides the unspent risk margin over the members in proportion to the risk each carried (subsidy
 * application 2018, the section on guarantee and risk margin), to the cent, by largest remainders; equal
 * remainders go to the larger share first, then by id. A share of 0 gets 0.
 * @throws RuleViolated `apportion.emptyList` and `apportion.zeroTotal` (path `shares`; also for amount 0),
 * `apportion.repeatedId` (path `shares[3].id`), `apportion.negative`
 */
export function distribute(amountCents: Cents, shares: readonly RiskShare[]): Distribution {
  const weights = shares.map(({ id, cents }) => ({ id, weight: cents }))
  const names = { amount: 'amountCents', list: 'shares', weight: 'cents' }
  const parts = apportion(amountCents, weights, names).map(({ id, amount }) => ({ id, cents: amount }))
  return { parts, sumCents: parts.reduce((sum, { cents }) => sum + cents, 0n) }
}
