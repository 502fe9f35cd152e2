/** An exact number; the denominator is positive. */
export interface Exact {
  num: bigint
  den: bigint
}

/** Reads a decimal as it is stored: `"7.5"` is 75/10. */
export function exactDecimal(text: string): Exact {
  const [whole = '0', decimals = ''] = text.split('.')
  return { num: BigInt(whole + decimals), den: 10n ** BigInt(decimals.length) }
}

/** Negative when the first is less, positive when it is more. */
export function compareExact(one: Exact, other: Exact): number {
  const difference = one.num * other.den - other.num * one.den
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

/**
 * The mean of the values by weight: exact, so that nothing is rounded before it is shown. When no value has a weight,
 * each counts the same. Null without values.
 */
export function weightedMean(values: readonly (Exact & { weight: bigint })[]): Exact | null {
  if (values.length === 0) return null
  const weightless = values.every(({ weight }) => weight === 0n)
  const [num, den] = values.reduce(
    ([sumNum, sumDen], { num, den, weight }) => {
      const counts = weightless ? 1n : weight
      return [sumNum * den + num * counts * sumDen, sumDen * den]
    },
    [0n, 1n],
  )
  const total = weightless ? BigInt(values.length) : values.reduce((sum, { weight }) => sum + weight, 0n)
  return lowest({ num, den: den * total })
}

/** Rounded half up to so many decimals, trailing zeros left out: 2/3 with 1 decimal is `"0.7"`. Not for negatives. */
export function roundedText({ num, den }: Exact, decimals: number): string {
  const scale = 10n ** BigInt(decimals)
  const rounded = (2n * num * scale + den) / (2n * den)
  const digits = rounded.toString().padStart(decimals + 1, '0')
  if (decimals === 0) return digits
  const tail = digits.slice(-decimals).replace(/0+$/, '')
  const whole = digits.slice(0, -decimals)
  return tail ? `${whole}.${tail}` : whole
}

function lowest({ num, den }: Exact): Exact {
  let [divisor, rest] = [den, num]
  while (rest > 0n) [divisor, rest] = [rest, divisor % rest]
  return { num: num / divisor, den: den / divisor }
}
