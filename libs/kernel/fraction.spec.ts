import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Fraction } from './fraction.js'

const anyFraction = fc
  .tuple(fc.bigInt({ min: 0n, max: 1n << 70n }), fc.bigInt({ min: 1n, max: 1n << 70n }))
  .map(([num, den]) => Fraction.of(num, den))

describe('Fraction', () => {
  it('is kept as written', () => {
    expect(Fraction.parse('10/100').toString()).toBe('10/100')
    expect(JSON.stringify({ rate: Fraction.parse('2/3') })).toBe('{"rate":"2/3"}')
  })

  it.each([
    '',
    '1',
    '1/',
    '/2',
    '1/0',
    '01/2',
    '1/02',
    '-1/2',
    '1/-2',
    '1 / 2',
    '1.5/2',
    '1/2/3',
    '2/3\n',
    '½',
  ])('refuses %j', (text) => {
    expect(() => Fraction.parse(text)).toThrow('fraction.malformed')
  })

  it.each([
    [-1, 2],
    [1, 0],
    [0.5, 1],
    [1, Number.NaN],
    [2 ** 53, 1],
  ])('refuses %d over %d', (num, den) => {
    expect(() => Fraction.of(num, den)).toThrow('fraction.malformed')
  })

  it.each([
    ['2/3', 9n, 6n, 6n],
    ['2/3', 10n, 6n, 7n],
    ['1/3', 1n, 0n, 1n],
    ['10/100', 603_455_000n, 60_345_500n, 60_345_500n],
    ['1/2', -3n, -2n, -1n],
    ['0/1', 5n, 0n, 0n],
  ])('%s of %s is between %s and %s', (text, whole, floor, ceil) => {
    expect(Fraction.parse(text).timesFloor(whole)).toBe(floor)
    expect(Fraction.parse(text).timesCeil(whole)).toBe(ceil)
  })

  it('compares by value', () => {
    expect(Fraction.parse('1/2').compare(Fraction.parse('50/100'))).toBe(0)
    expect(Fraction.parse('1/2').compare(Fraction.parse('2/3'))).toBe(-1)
    expect(Fraction.parse('3/4').compare(Fraction.parse('2/3'))).toBe(1)
  })

  it.each([
    ['0/1', false],
    ['1/100', true],
    ['100/100', true],
    ['101/100', false],
  ])('%s is a share of a whole: %s', (text, isShare) => {
    expect(Fraction.parse(text).isShareOfWhole()).toBe(isShare)
  })

  it('reduces to lowest terms of the same value', () => {
    expect(Fraction.parse('10/100').reduced().toString()).toBe('1/10')
    expect(Fraction.parse('0/7').reduced().toString()).toBe('0/1')
    fc.assert(
      fc.property(anyFraction, (fraction) => {
        expect(fraction.reduced().compare(fraction)).toBe(0)
      }),
    )
  })

  it('rounds down and up to the whole numbers around the exact product', () => {
    fc.assert(
      fc.property(anyFraction, fc.bigInt({ min: -(1n << 70n), max: 1n << 70n }), (fraction, whole) => {
        const exact = fraction.num * whole
        const [floor, ceil] = [fraction.timesFloor(whole), fraction.timesCeil(whole)]
        expect(floor * fraction.den <= exact && exact < (floor + 1n) * fraction.den).toBe(true)
        expect((ceil - 1n) * fraction.den < exact && exact <= ceil * fraction.den).toBe(true)
      }),
    )
  })
})
