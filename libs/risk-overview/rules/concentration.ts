import type { Cents } from '#kernel'
import { type Holding, roomOf, roomOfAll } from './holding.js'

/** How much of the cover hangs on a few holders. */
export interface Concentration {
  /** What all holders can still be asked for. */
  totalCents: Cents
  /** The holder with the largest part; of equal ones the first. Null when nobody stands surety. */
  largest: { id: string; cents: Cents } | null
  topCents: Cents
  /** How many holders `topCents` adds up: five, or fewer when there are fewer. */
  topCount: number
  /**
   * How many holders must fall away, the largest first, before less than required is left. 0: there is less
   * already. Null: nothing is required, so that cannot happen.
   */
  fallingAwayUntilShort: number | null
}

const TOP = 5

/** Measures what is still open of each pledge (pledged less called): what was called covers nothing any more. */
export function concentrationOf(holdings: readonly Holding[], requiredCents: Cents): Concentration {
  const rooms = holdings.map((holding) => ({ id: holding.id, cents: roomOf(holding) }))
  const standing = rooms.filter(({ cents }) => cents > 0n).sort(largestFirst)
  const top = standing.slice(0, TOP)
  const totalCents = roomOfAll(holdings)
  return {
    totalCents,
    largest: standing[0] ?? null,
    topCents: top.reduce((sum, { cents }) => sum + cents, 0n),
    topCount: top.length,
    fallingAwayUntilShort: requiredCents > 0n ? untilBelow(totalCents, standing, requiredCents) : null,
  }
}

function untilBelow(totalCents: Cents, standing: readonly { cents: Cents }[], requiredCents: Cents): number {
  let left = totalCents
  let gone = 0
  while (left >= requiredCents) left -= standing[gone++]!.cents
  return gone
}

function largestFirst(a: { cents: Cents }, b: { cents: Cents }): number {
  return a.cents > b.cents ? -1 : a.cents < b.cents ? 1 : 0
}
