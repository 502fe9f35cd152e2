import { apportion, type Cents } from '#kernel'

/** What one holder carries of the guarantee, and what it gets back for that. */
export interface Payback {
  id: string
  pledgedCents: Cents
  cents: Cents
}

/**
 * What is left of the margin, divided over those who share in it by what they pledged (subsidy application 2018,
 * 10.2); as the distribution itself divides, to the cent. Nobody shares or nothing is left: everyone gets 0.
 */
export function paybackOf(
  leftCents: Cents,
  sharers: readonly { id: string; pledgedCents: Cents }[],
): Payback[] {
  const all = sharers.map(({ id, pledgedCents }) => ({ id, pledgedCents, cents: 0n }))
  if (leftCents <= 0n || all.every(({ pledgedCents }) => pledgedCents <= 0n)) return all
  const parts = apportion(
    leftCents,
    all.map(({ id, pledgedCents }) => ({ id, weight: pledgedCents })),
  )
  return all.map((one, at) => ({ ...one, cents: parts[at]!.amount }))
}
