import type { Violation } from '#kernel'

/** Who confirms the judgement of a year, and what ties this person to the payout. */
export interface Confirmer {
  /** Directs or carries out what is judged. */
  carriesOut: boolean
  /** The organisations of this person that stood surety or put in a pre-investment, and so share in the payout. */
  gainsThrough: readonly string[]
}

/**
 * Whether a person can confirm that the agreements with the gemeente were met: nobody who shares in the payout does, and
 * neither does who carried it out, since the director's own organisation carries most of the guarantee. Codes:
 * `yearClose.carriesOut`, `yearClose.gains` (params `organisations`), `yearClose.notJudged`.
 */
export function checkConfirming({ carriesOut, gainsThrough }: Confirmer, allJudged: boolean): Violation[] {
  if (carriesOut) return [{ code: 'yearClose.carriesOut' }]
  if (gainsThrough.length > 0)
    return [{ code: 'yearClose.gains', params: { organisations: gainsThrough.join(', ') } }]
  return allJudged ? [] : [{ code: 'yearClose.notJudged' }]
}
