import { type Fraction, RuleViolated, type Violation } from '#kernel'

/** Votes by weight, as whole numbers. */
export type Tally = { for: number; against: number; blank: number; invalid: number }

/** A share of something: at least this fraction, or more than it when `strict`. */
export type Threshold = { fraction: Fraction; strict: boolean }

/** What the majority is a fraction of. */
export type MajorityBase = 'cast' | 'present' | 'electorate'

export type VerdictInput = {
  tally: Tally
  majority: Threshold & { base: MajorityBase }
  /** Whether a blank vote counts as cast. Usually not; the statutes decide. */
  blank: 'excluded' | 'included'
  /** What the statutes say of as many votes for as against; null or nothing: the majority alone decides. */
  tie?: 'rejected' | null
  /** Votes present, with represented members and ballots cast in advance. */
  present: number
  electorate: number
  /** Fraction of the electorate that must be present; `null` when none is required. */
  quorum: Threshold | null
}

export type Verdict = {
  adopted: boolean
  /** The number of votes that the majority is a fraction of. */
  base: number
  /** The smallest number of votes for that suffices; at least 1. Can exceed `base` (more than 1/1). */
  needed: number
  quorumReached: boolean
  /** The smallest number of votes present that makes the quorum; `null` when none is required. */
  quorumNeeded: number | null
}

/**
 * Decides whether a motion is adopted. Exact: 2/3 of 9 is 6, not 6.000000000000001 rounded up to 7. Invalid
 * votes never count as cast (they still were present). Without a vote for, nothing is adopted; without quorum
 * neither. When the statutes say that a tie rejects, it does so even where half would suffice. Which majority, base and quorum hold is for the statutes (BW 2:42-43 asks 2/3 of the votes cast for
 * a change of statutes unless they differ).
 * @throws RuleViolated `verdict.notACount`, `verdict.fractionOutsideRange` (not more than 0 and at most 1),
 * `verdict.presentExceedsElectorate`, `verdict.tallyExceedsPresent`
 */
export function verdict(input: VerdictInput): Verdict {
  RuleViolated.throwIfAny(violationsOf(input))
  const { tally, majority, present, electorate, quorum } = input
  const base = baseOf(input)
  const needed = Math.max(1, smallestThatMeets(majority, base))
  const quorumNeeded = quorum && smallestThatMeets(quorum, electorate)
  const quorumReached = quorumNeeded === null || present >= quorumNeeded
  const adopted = quorumReached && tally.for >= needed && !tieRejects(input)
  return { adopted, base, needed, quorumReached, quorumNeeded }
}

/**
 * As many for as against, and the statutes say what that means. Where less than half suffices, as many against
 * stand in nobody's way.
 */
export function tieRejects({ tally, tie, majority }: VerdictInput): boolean {
  const { num, den } = majority.fraction
  return tie === 'rejected' && 2n * num >= den && tally.for > 0 && tally.for === tally.against
}

function baseOf({ tally, majority, blank, present, electorate }: VerdictInput): number {
  switch (majority.base) {
    case 'cast':
      return tally.for + tally.against + (blank === 'included' ? tally.blank : 0)
    case 'present':
      return present
    case 'electorate':
      return electorate
  }
}

/** The smallest whole number that is at least (or, when strict, more than) the fraction of the base. */
function smallestThatMeets({ fraction, strict }: Threshold, base: number): number {
  const whole = BigInt(base)
  return Number(strict ? fraction.timesFloor(whole) + 1n : fraction.timesCeil(whole))
}

function violationsOf({ tally, majority, present, electorate, quorum }: VerdictInput): Violation[] {
  const counts: [path: string, count: number][] = [
    ['tally.for', tally.for],
    ['tally.against', tally.against],
    ['tally.blank', tally.blank],
    ['tally.invalid', tally.invalid],
    ['present', present],
    ['electorate', electorate],
  ]
  const notCounts = counts.filter(([, count]) => !Number.isSafeInteger(count) || count < 0)
  if (notCounts.length > 0) return notCounts.map(([path]) => ({ code: 'verdict.notACount', path }))

  const violations: Violation[] = []
  const outside = { code: 'verdict.fractionOutsideRange' }
  if (!majority.fraction.isShareOfWhole()) violations.push({ ...outside, path: 'majority.fraction' })
  if (quorum && !quorum.fraction.isShareOfWhole()) violations.push({ ...outside, path: 'quorum.fraction' })
  if (present > electorate) violations.push({ code: 'verdict.presentExceedsElectorate', path: 'present' })
  // Each is at most 2^53 - 1, so their sum could be rounded as a number.
  const votes = [tally.for, tally.against, tally.blank, tally.invalid].reduce((sum, n) => sum + BigInt(n), 0n)
  if (votes > BigInt(present)) violations.push({ code: 'verdict.tallyExceedsPresent', path: 'tally' })
  return violations
}
