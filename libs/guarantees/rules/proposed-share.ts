import type { Cents, Fraction } from '#kernel'
import { divideWithin } from './divide-within.js'
import { countedMeans, type Means } from './means.js'

/** What a year needs and what the rules say of who covers it. */
export interface ShareTerms {
  requiredCents: Cents
  /** Nobody is asked for more than this share of its equity. */
  equityShare: Fraction
  /** How much of a yearly income counts; null: none of it. */
  incomeShare: Fraction | null
  /** What the director's organisation and whoever shares its cap may cover together. */
  cap: { holders: readonly string[]; cents: Cents }
}

/** A member with what it pledged already, and its means when it declared them. */
export interface Candidate {
  id: string
  pledgedCents: Cents
  means: Means | null
}

export interface ProposedShare {
  id: string
  /** What counts of its means. */
  countedCents: Cents
  /** The most that it would be asked for: the share of its equity that the rules set, rounded down. */
  boundCents: Cents
  pledgedCents: Cents
  /** What it would carry: never less than what it pledged, since a pledge stands. */
  shareCents: Cents
  /** What it is asked to add to its pledge. */
  moreCents: Cents
}

export interface ProposedShares {
  /** Of everyone who declared means, in the order of the input. */
  shares: ProposedShare[]
  /** What is pledged by members that declared nothing. */
  undeclaredPledgedCents: Cents
  /** All that is asked for; with every pledge never more than what is required. */
  moreCents: Cents
  /** What nobody can be asked for within the bounds: this stays to be found. */
  openCents: Cents
}

/**
 * Proposes who carries how much of the guarantee ("naar draagkracht", subsidy application 2018, § 10.2): what is
 * required, less what members pledged that declared nothing, divided in proportion to the counted means (see
 * `countedMeans`), nobody above the own bound, the holders under the director's cap together not above it. What is
 * above a bound is divided again over the others (see `divideWithin`). Who pledged more than the own part keeps the
 * pledge, and the others are asked for less. Exact to the cent, and independent of the order of the input.
 */
export function proposeShares(terms: ShareTerms, candidates: readonly Candidate[]): ProposedShares {
  const undeclared = candidates.filter(({ means }) => means === null)
  const sharers = candidates.flatMap((candidate) => sharerOf(candidate, terms))
  const undeclaredPledgedCents = sumOf(undeclared, ({ pledgedCents }) => pledgedCents)
  const bound = new Set(terms.cap.holders)
  const underCap = undeclared.filter(({ id }) => bound.has(id))
  const capRoom = terms.cap.cents - sumOf(underCap, ({ pledgedCents }) => pledgedCents)
  const carried = underCapOf(terms.requiredCents - undeclaredPledgedCents, sharers, bound, capRoom)
  const shares = sharers.map(({ id, weight, most, pledgedCents }): ProposedShare => {
    const shareCents = carried.get(id)!
    const moreCents = shareCents - pledgedCents
    return { id, countedCents: weight, boundCents: most, pledgedCents, shareCents, moreCents }
  })
  const coveredCents = undeclaredPledgedCents + sumOf(shares, ({ shareCents }) => shareCents)
  return {
    shares,
    undeclaredPledgedCents,
    moreCents: sumOf(shares, ({ moreCents }) => moreCents),
    openCents: atLeastZero(terms.requiredCents - coveredCents),
  }
}

interface Sharer {
  id: string
  weight: bigint
  most: Cents
  pledgedCents: Cents
}

function sharerOf(
  { id, means, pledgedCents }: Candidate,
  { equityShare, incomeShare }: ShareTerms,
): Sharer[] {
  if (!means) return []
  const { countedCents, boundedByCents } = countedMeans(means, incomeShare)
  return [{ id, weight: countedCents, most: equityShare.timesFloor(boundedByCents), pledgedCents }]
}

/** When the holders under the cap would pass it together, they divide the cap, and the others the rest. */
function underCapOf(
  cents: Cents,
  sharers: readonly Sharer[],
  bound: ReadonlySet<string>,
  capRoom: Cents,
): Map<string, Cents> {
  const free = carry(cents, sharers)
  const group = sharers.filter(({ id }) => bound.has(id))
  if (sumOf(group, ({ id }) => free.get(id)!) <= atLeastZero(capRoom)) return free
  const capped = carry(capRoom, group)
  const others = sharers.filter(({ id }) => !bound.has(id))
  return new Map([...capped, ...carry(cents - sumOf([...capped.values()], (one) => one), others)])
}

/**
 * Divides an amount within the bounds, nobody below the own pledge: everyone whose part is smaller is fixed at the
 * pledge, all at once, and the rest divided again. That makes the other parts smaller only, so it comes to an end.
 */
function carry(cents: Cents, sharers: readonly Sharer[]): Map<string, Cents> {
  const carried = new Map<string, Cents>()
  let open = [...sharers]
  let left = cents
  while (open.length > 0) {
    const able = open.filter(({ weight }) => weight > 0n)
    const room = sumOf(able, ({ most }) => most)
    const parts = divideWithin(left < room ? left : room, able)
    const standing = open.filter(({ id, pledgedCents }) => (parts.get(id) ?? 0n) < pledgedCents)
    for (const { id, pledgedCents } of standing) {
      carried.set(id, pledgedCents)
      left -= pledgedCents
    }
    if (standing.length === 0) for (const { id } of open) carried.set(id, parts.get(id) ?? 0n)
    open = standing.length === 0 ? [] : open.filter(({ id }) => !carried.has(id))
  }
  return carried
}

function sumOf<T>(items: readonly T[], cents: (item: T) => Cents): Cents {
  return items.reduce((sum, item) => sum + cents(item), 0n)
}

const atLeastZero = (cents: Cents): Cents => (cents > 0n ? cents : 0n)
