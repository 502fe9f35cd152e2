import { type Cents, type Fraction, RuleViolated, type Violation } from '#kernel'

/** What one holder stands surety for. */
export type PledgedAmount = { holder: string; cents: Cents }

/** Together these holders may cover at most this fraction of the required guarantee. */
export type GuaranteeCap = { holders: readonly string[]; fraction: Fraction }

export type CoverageInput = {
  /** The agreed base of the subsidy year: € 6,000,000 in 2019, not the subsidy itself. */
  baseCents: Cents
  /** 10/100 in the application of 2018. */
  rate: Fraction
  cap: GuaranteeCap
  /** May be empty; a holder may occur more than once, and its pledges add up. */
  pledges: readonly PledgedAmount[]
}

export type CapExceeded = { code: 'capExceeded'; holders: readonly string[]; overCents: Cents }

export type Coverage = {
  requiredCents: Cents
  pledgedCents: Cents
  /** What is still to be pledged; never below 0. */
  openCents: Cents
  capCents: Cents
  violations: CapExceeded[]
}

/**
 * Compares the guarantee that is needed with what the holders pledged (subsidy application 2018, the section
 * on guarantee and risk margin: 10% of the yearly subsidy, of which the director covers at most 80%, where
 * possible shared with GSMO, so that the cap binds both together).
 *
 * Required is the rate of the base, rounded up to a whole cent; the cap is its fraction of that rounded
 * amount, rounded down. A pledge above the cap is reported, and still counts in full as pledged.
 * @throws RuleViolated `coverage.negative`, `coverage.fractionOutsideRange` (the rate or the cap is not more
 * than 0 and at most 1), `coverage.repeatedCapHolder`
 */
export function coverage({ baseCents, rate, cap, pledges }: CoverageInput): Coverage {
  RuleViolated.throwIfAny(violationsOf({ baseCents, rate, cap, pledges }))
  const capHolders = new Set(cap.holders)
  let pledgedCents = 0n
  let pledgedUnderCapCents = 0n
  for (const { holder, cents } of pledges) {
    pledgedCents += cents
    if (capHolders.has(holder)) pledgedUnderCapCents += cents
  }
  const requiredCents = rate.timesCeil(baseCents)
  const capCents = cap.fraction.timesFloor(requiredCents)
  const overCents = pledgedUnderCapCents - capCents
  return {
    requiredCents,
    pledgedCents,
    openCents: pledgedCents < requiredCents ? requiredCents - pledgedCents : 0n,
    capCents,
    violations: overCents > 0n ? [{ code: 'capExceeded', holders: cap.holders, overCents }] : [],
  }
}

function violationsOf({ baseCents, rate, cap, pledges }: CoverageInput): Violation[] {
  const violations: Violation[] = []
  if (baseCents < 0n) violations.push({ code: 'coverage.negative', path: 'baseCents' })
  if (!rate.isShareOfWhole()) violations.push({ code: 'coverage.fractionOutsideRange', path: 'rate' })
  if (!cap.fraction.isShareOfWhole()) {
    violations.push({ code: 'coverage.fractionOutsideRange', path: 'cap.fraction' })
  }
  const seen = new Set<string>()
  const repeated = cap.holders.findIndex((holder) => seen.size === seen.add(holder).size)
  if (repeated >= 0) {
    const params = { id: cap.holders[repeated]! }
    violations.push({ code: 'coverage.repeatedCapHolder', path: `cap.holders[${repeated}]`, params })
  }
  const negative = pledges.findIndex(({ cents }) => cents < 0n)
  if (negative >= 0) violations.push({ code: 'coverage.negative', path: `pledges[${negative}].cents` })
  return violations
}
