import { codePointKey } from './code-points.js'
import { RuleViolated, type Violation } from './violations.js'

/** Something that gets a part in proportion to its weight. */
export type Weighed = { id: string; weight: bigint }

/** How the caller's input calls things, so that violations name the caller's path (`shares[3].cents`). */
export type ApportionNames = { amount: string; list: string; weight: string }

const OWN_NAMES: ApportionNames = { amount: 'amount', list: 'weights', weight: 'weight' }

/**
 * Divides a whole amount in proportion to weights, exactly and without remainder, by the method of largest
 * remainders (Hamilton): everybody gets the quota rounded down, and the units left go one each to the largest
 * remainders. Equal remainders: the larger weight first, then the id by Unicode code point. A weight of 0 gets
 * 0. The answer keeps the order of the input; its amounts add up to `amount`.
 * @throws RuleViolated `apportion.emptyList`, `apportion.zeroTotal` (both also when the amount is 0),
 * `apportion.negative`, `apportion.repeatedId`
 */
export function apportion(
  amount: bigint,
  weights: readonly Weighed[],
  names: ApportionNames = OWN_NAMES,
): { id: string; amount: bigint }[] {
  RuleViolated.throwIfAny(violationsOf(amount, weights, names))
  let total = 0n
  for (const { weight } of weights) total += weight
  if (total === 0n) throw RuleViolated.of('apportion.zeroTotal', undefined, names.list)

  const remainders: bigint[] = new Array(weights.length)
  let left = amount
  const parts = weights.map(({ id, weight }, index) => {
    const product = amount * weight
    const quota = product / total
    remainders[index] = product - quota * total
    left -= quota
    return { id, amount: quota }
  })
  for (const index of largestRemainders(Number(left), remainders, weights)) parts[index]!.amount += 1n
  return parts
}

function violationsOf(amount: bigint, weights: readonly Weighed[], names: ApportionNames): Violation[] {
  if (amount < 0n) return [{ code: 'apportion.negative', path: names.amount }]
  if (weights.length === 0) return [{ code: 'apportion.emptyList', path: names.list }]
  const seen = new Set<string>()
  for (let index = 0; index < weights.length; index++) {
    const { id, weight } = weights[index]!
    if (weight < 0n) return [{ code: 'apportion.negative', path: `${names.list}[${index}].${names.weight}` }]
    if (seen.size === seen.add(id).size) {
      return [{ code: 'apportion.repeatedId', path: `${names.list}[${index}].id`, params: { id } }]
    }
  }
  return []
}

/**
 * The indexes of the `count` entries that come first. Each criterion settles all entries except those level
 * with the last place; only these go on to the next criterion.
 */
function largestRemainders(count: number, remainders: bigint[], weights: readonly Weighed[]): number[] {
  if (count === 0) return []
  const everyone = Array.from(weights.keys())
  const byRemainder = highest(count, everyone, (index) => remainders[index]!)
  const byWeight = highest(byRemainder.open, byRemainder.level, (index) => weights[index]!.weight)
  const byId = firstById(byWeight.open, byWeight.level, weights)
  return byRemainder.chosen.concat(byWeight.chosen, byId)
}

/** Those above the value of the last place, those level with it, and how many places these still share. */
function highest(places: number, indexes: number[], measure: (index: number) => bigint) {
  const values = indexes.map(measure)
  const lastPlace = nthLargest(places, values)
  const chosen = indexes.filter((_, at) => values[at]! > lastPlace)
  const level = indexes.filter((_, at) => values[at] === lastPlace)
  return { chosen, level, open: places - chosen.length }
}

function firstById(places: number, indexes: number[], weights: readonly Weighed[]): number[] {
  if (places === indexes.length) return indexes
  const keys = indexes.map((index) => codePointKey(weights[index]!.id))
  const lastPlace = [...keys].sort()[places - 1]!
  return indexes.filter((_, at) => keys[at]! <= lastPlace)
}

function nthLargest(n: number, values: readonly bigint[]): bigint {
  // Typed arrays sort natively, without a call per comparison; remainders of a real budget fit easily.
  const limit = 1n << 64n
  const fits = values.every((value) => value < limit)
  const sorted = fits ? BigUint64Array.from(values).sort() : [...values].sort(ascending)
  return sorted[sorted.length - n]!
}

function ascending(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0
}
