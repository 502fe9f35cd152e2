import type { Cents } from '#kernel'

/** What one holder stands surety for, as the computations of this library need it. */
export interface Holding {
  id: string
  pledgedCents: Cents
  /** What was called of the pledge so far. */
  calledCents: Cents
  /** What lies with the cooperative as a deposit. */
  paidInCents: Cents
}

type Pledged = Pick<Holding, 'pledgedCents' | 'calledCents'>

/** What a holder can still be asked for; never below 0. */
export function roomOf({ pledgedCents, calledCents }: Pledged): Cents {
  return pledgedCents > calledCents ? pledgedCents - calledCents : 0n
}

/** What all of these can still be asked for together. */
export function roomOfAll(holdings: readonly Pledged[]): Cents {
  return holdings.reduce((sum, holding) => sum + roomOf(holding), 0n)
}
