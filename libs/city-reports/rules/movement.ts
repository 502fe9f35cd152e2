import type { Cents } from '#kernel'
import type { RollUp } from './roll-up.js'

/** What was spent in a quarter itself; reports state the year to date. */
export interface Movement {
  /** By agreement; null when this report or the one before is missing: then it can't be said. */
  byAgreement: Map<string, Cents | null>
  /** Of the wijken of which it can be said. */
  cents: Cents
  /** How many wijken could not be counted. */
  unknown: number
}

/**
 * The actual amounts of the quarter itself: to date, less what was to date a quarter earlier. In a first quarter that is
 * what is to date.
 * @param before by agreement, the actual amount at the end of the quarter before, of the same year; null in Q1
 */
export function movementOf({ parts }: RollUp, before: ReadonlyMap<string, Cents> | null): Movement {
  const byAgreement = new Map<string, Cents | null>()
  for (const { agreementId, given } of parts) {
    const earlier = before === null ? 0n : before.get(agreementId)
    const known = given !== null && earlier !== undefined
    byAgreement.set(agreementId, known ? given.total.actualCents - earlier : null)
  }
  const amounts = [...byAgreement.values()]
  return {
    byAgreement,
    cents: amounts.reduce<Cents>((sum, cents) => sum + (cents ?? 0n), 0n),
    unknown: amounts.filter((cents) => cents === null).length,
  }
}
