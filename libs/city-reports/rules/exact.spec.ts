import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareExact, exactDecimal, roundedText, weightedMean } from './exact.js'

const hundredths = (value: number) => ({ num: BigInt(value), den: 100n })

describe('exact numbers', () => {
  it.each([
    ['7.5', 75n, 10n],
    ['12', 12n, 1n],
    ['0.05', 5n, 100n],
  ])('read %s', (text, num, den) => {
    expect(exactDecimal(text)).toEqual({ num, den })
  })

  it.each([
    [{ num: 2n, den: 3n }, 1, '0.7'],
    [{ num: 1n, den: 20n }, 1, '0.1'],
    [{ num: 70n, den: 10n }, 1, '7'],
    [{ num: 199n, den: 200n }, 2, '1'],
    [{ num: 5n, den: 2n }, 0, '3'],
  ])('are rounded half up when shown: %o with %i', (value, decimals, shown) => {
    expect(roundedText(value, decimals)).toBe(shown)
  })

  it('weigh by the weight, and each the same when nothing weighs', () => {
    const [six, nine] = [exactDecimal('6'), exactDecimal('9')]
    const mean = (a: bigint, b: bigint) =>
      weightedMean([
        { ...six, weight: a },
        { ...nine, weight: b },
      ])
    expect(mean(2n, 1n)).toEqual({ num: 7n, den: 1n })
    expect(mean(0n, 0n)).toEqual({ num: 15n, den: 2n })
    expect(mean(0n, 5n)).toEqual({ num: 9n, den: 1n })
    expect(weightedMean([])).toBeNull()
  })

  it('give a mean between the least and the most, that weights ten times as heavy do not move', () => {
    const values = fc.array(fc.record({ value: fc.nat(10_000), weight: fc.nat(1_000_000) }), { minLength: 1 })
    fc.assert(
      fc.property(values, (drawn) => {
        const weighed = (times: bigint) =>
          weightedMean(
            drawn.map(({ value, weight }) => ({ ...hundredths(value), weight: BigInt(weight) * times })),
          )!
        const counted = drawn.some(({ weight }) => weight > 0)
          ? drawn.filter(({ weight }) => weight > 0)
          : drawn
        const all = counted.map(({ value }) => value)
        expect(compareExact(weighed(1n), hundredths(Math.min(...all)))).toBeGreaterThanOrEqual(0)
        expect(compareExact(weighed(1n), hundredths(Math.max(...all)))).toBeLessThanOrEqual(0)
        expect(weighed(10n)).toEqual(weighed(1n))
      }),
    )
  })
})
