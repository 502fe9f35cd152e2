import type { Cents, Violation } from '#kernel'
import type { EntryPosting } from './entry.js'

/**
 * The account over which the result of a year goes to the reserves. Income and costs stay as they are, so the statements
 * of the year stay readable; with this account they come to nothing.
 */
export const APPROPRIATION = 'WResBes'
export const EQUALISATION = 'BEivOreEga'
export const OTHER_RESERVES = 'BEivOvr'

/** What a year came to. */
export interface YearResult {
  /** Income less costs. */
  resultCents: Cents
  /** What of it went to the reserves already. */
  appropriatedCents: Cents
  /** What stands in the egalisatiereserve on the last day. */
  equalisationCents: Cents
}

/** @param balances debits less credits of the year on the accounts of the result; and of the reserve, ever since */
export function yearResult(
  ofYear: readonly { account: string; cents: Cents }[],
  equalisation: Cents,
): YearResult {
  const sum = (of: (account: string) => boolean) =>
    ofYear.reduce((total, { account, cents }) => (of(account) ? total + cents : total), 0n)
  return {
    resultCents: -sum((account) => account !== APPROPRIATION),
    appropriatedCents: sum((account) => account === APPROPRIATION),
    equalisationCents: -equalisation,
  }
}

/**
 * How much of a result usually goes to (or, of a loss, comes from) the egalisatiereserve: that is the part of the
 * reserves that is formed with the subsidy. A loss takes no more from it than it holds.
 */
export function usualEqualisation({ resultCents, equalisationCents }: YearResult): Cents {
  if (resultCents >= 0n) return resultCents
  const held = equalisationCents > 0n ? equalisationCents : 0n
  return -resultCents < held ? resultCents : -held
}

/** What is wrong with a division over the reserves; an empty list when it can be booked. */
export function checkAppropriation(result: YearResult, toEqualisationCents: Cents): Violation[] {
  const { resultCents, equalisationCents } = result
  const [low, high] = resultCents >= 0n ? [0n, resultCents] : [resultCents, 0n]
  const path = 'egalisatiereserve'
  if (toEqualisationCents < low || toEqualisationCents > high)
    return [{ code: 'ledger.equalisationOutside', path }]
  return toEqualisationCents < 0n && equalisationCents + toEqualisationCents < 0n
    ? [{ code: 'ledger.equalisationShort', path }]
    : []
}

/** The lines that bring a result to the reserves; none for a result of zero. */
export function appropriationPostings(resultCents: Cents, toEqualisationCents: Cents): EntryPosting[] {
  return [
    { account: APPROPRIATION, cents: resultCents },
    { account: EQUALISATION, cents: -toEqualisationCents },
    { account: OTHER_RESERVES, cents: toEqualisationCents - resultCents },
  ].filter(({ cents }) => cents !== 0n)
}
