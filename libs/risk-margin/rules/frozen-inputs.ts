import { type Cents, canonicalJson, type Day } from '#kernel'
import type { ChangeOfShare } from './carried.js'
import type { Reference, Sharers } from './shares.js'

/** The versions of the rule that divides; a frozen distribution names the one it was made with. */
export const EARLIER_RULE = 'largest-remainder/1'
/** From here on: the snapshot, shares weighted by days, pre-investments first, and the conditions that were open. */
export const DIVISION_RULE = 'largest-remainder/2'

/** Everything from which a distribution was computed, with the articles behind it. */
export interface DistributionInputs {
  kind: 'samen.distribution'
  rule: string
  year: number
  awardedCents: Cents
  rate: string
  rateArticle: string
  marginCents: Cents
  spentCents: Cents
  amountCents: Cents
  sharers: Sharers
  reference: Reference
  referenceDay: Day
  shares: FrozenShare[]
  /** The following are there from {@link DIVISION_RULE} on. */
  sharersArticle?: string
  referenceArticle?: string
  /** The guarantees that the shares were read from; `sha256` is of its content. */
  snapshot?: { id: string; version: number; sha256: string }
  /** What is earned back first, on which decision; null when the ALV decided no such thing. */
  preInvestments?: { decision: string; outstanding: NamedCents[] } | null
  /** What of the year's close was still open when this was proposed. */
  openConditions?: string[]
}

export interface NamedCents {
  id: string
  number: number
  name: string
  cents: Cents
}

/** `cents`: what was guaranteed at the end of the reference day; `changes` only where days count. */
export interface FrozenShare extends NamedCents {
  kind?: 'voting' | 'supporting' | null
  changes?: ChangeOfShare[]
}

/** What was paid to whom, in the order of the shares. */
export interface DistributionPart {
  memberId: string
  /** The guarantee at the end of the reference day. */
  shareCents: Cents
  /** What the part is in proportion to: the guarantee, or the guarantee × the days it was carried. */
  weight: bigint
  partCents: Cents
}

/** What a pre-investment earns back, in the order of the list. */
export interface EarnedBackPart {
  memberId: string
  outstandingCents: Cents
  partCents: Cents
}

/** The inputs as they are kept and hashed: canonical JSON, amounts as digits. */
export function freeze(inputs: DistributionInputs): string {
  return canonicalJson(inputs)
}

/** Reads what {@link freeze} wrote. */
export function thaw(text: string): DistributionInputs {
  const read = JSON.parse(text)
  const { preInvestments } = read
  return {
    ...read,
    ...inCents(read, ['awardedCents', 'marginCents', 'spentCents', 'amountCents']),
    shares: read.shares.map(thawShare),
    ...(preInvestments
      ? { preInvestments: { ...preInvestments, outstanding: preInvestments.outstanding.map(thawShare) } }
      : {}),
  }
}

function thawShare(share: { cents: string; changes?: { cents: string }[] }) {
  const { changes } = share
  return {
    ...share,
    cents: BigInt(share.cents),
    ...(changes ? { changes: changes.map((one) => ({ ...one, cents: BigInt(one.cents) })) } : {}),
  }
}

function inCents(read: Record<string, string>, names: readonly string[]): Record<string, bigint> {
  return Object.fromEntries(names.map((name) => [name, BigInt(read[name]!)]))
}
