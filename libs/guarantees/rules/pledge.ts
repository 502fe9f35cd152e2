import { type Cents, formatCents, type Violation } from '#kernel'
import { type CoverageInput, coverage, type PledgedAmount } from './coverage.js'

/** What holds for a new pledge: the year's base and rate, the director's cap, and what was pledged before. */
export type PledgeTerms = CoverageInput

/** How much the holders that share the director's cap may still pledge together; never below 0. */
export function roomUnderCap(terms: PledgeTerms): { pledgedCents: Cents; roomCents: Cents } {
  const bound = new Set(terms.cap.holders)
  const pledgedCents = terms.pledges.reduce(
    (sum, { holder, cents }) => (bound.has(holder) ? sum + cents : sum),
    0n,
  )
  const { capCents } = coverage(terms)
  return { pledgedCents, roomCents: capCents > pledgedCents ? capCents - pledgedCents : 0n }
}

/**
 * What stands in the way of a new pledge (subsidy application 2018, 10.2: the director covers at most 80% of
 * the guarantee, shared with the contractor; and nobody needs to cover more than what is required).
 * Codes: `guarantee.notPositive`; `guarantee.capExceeded` (params cap, pledged, room);
 * `guarantee.overRequired` (params required, open). Amounts in the params are ready to read.
 */
export function checkPledge(terms: PledgeTerms, pledge: PledgedAmount): Violation[] {
  if (pledge.cents <= 0n) return [{ code: 'guarantee.notPositive' }]
  const before = coverage(terms)
  const violations: Violation[] = []
  const { pledgedCents, roomCents } = roomUnderCap(terms)
  if (terms.cap.holders.includes(pledge.holder) && pledge.cents > roomCents) {
    const params = {
      cap: formatCents(before.capCents),
      pledged: formatCents(pledgedCents),
      room: formatCents(roomCents),
      full: roomCents === 0n ? 'yes' : 'no',
    }
    violations.push({ code: 'guarantee.capExceeded', params })
  }
  if (pledge.cents > before.openCents) {
    const params = {
      required: formatCents(before.requiredCents),
      open: formatCents(before.openCents),
      full: before.openCents === 0n ? 'yes' : 'no',
    }
    violations.push({ code: 'guarantee.overRequired', params })
  }
  return violations
}
