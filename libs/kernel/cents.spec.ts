import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { centsFromJson, centsToJson, formatCents, parseCents, tryParseCents } from './cents.js'

describe('parseCents', () => {
  it.each([
    ['1.234,56', 123_456n],
    ['1234,56', 123_456n],
    ['1234,5', 123_450n],
    ['1234,', 123_400n],
    ['€ 12', 1_200n],
    ['€\u00a012,00', 1_200n],
    ['EUR 12', 1_200n],
    [' 12,- ', 1_200n],
    ['12,--', 1_200n],
    ['0', 0n],
    ['007', 700n],
    ['-3,00', -300n],
    ['€ -1,00', -100n],
    ['-€ 1,00', -100n],
    ['−1', -100n],
    ['-0', 0n],
    ['6.034.550', 603_455_000n],
    ['9.999.999.999.999,99', 999_999_999_999_999n],
  ])('reads %j', (text, cents) => {
    expect(parseCents(text)).toBe(cents)
  })

  it.each([
    '',
    ' ',
    '€',
    '-',
    ',50',
    '12.50',
    '1.23,00',
    '1,234.56',
    '12,345',
    '1e3',
    '0x10',
    '1 234',
    '--1',
    '-€ -1',
    '+1',
    'twaalf',
    '١٢',
    'NaN',
    '1.234.56',
  ])('refuses %j', (text) => {
    expect(() => parseCents(text)).toThrow('money.malformed')
    expect(tryParseCents(text)).toBeNull()
  })

  it.each(['10.000.000.000.000', '9'.repeat(100)])('refuses %s as too large', (text) => {
    expect(() => parseCents(text)).toThrow('money.tooLarge')
  })
})

describe('formatCents', () => {
  it.each([
    [0n, '€ 0,00'],
    [5n, '€ 0,05'],
    [-100n, '€ -1,00'],
    [-7n, '€ -0,07'],
    [123_456n, '€ 1.234,56'],
    [100_000n, '€ 1.000,00'],
    [603_455_000n, '€ 6.034.550,00'],
    [10n ** 20n, '€ 1.000.000.000.000.000.000,00'],
  ])('writes %s', (cents, text) => {
    expect(formatCents(cents)).toBe(text.replace(' ', '\u00a0'))
  })

  it('writes as Intl does for nl-NL', () => {
    const intl = new Intl.NumberFormat('nl-NL', { style: 'currency', currency: 'EUR' })
    fc.assert(
      fc.property(fc.integer({ min: -(2 ** 40), max: 2 ** 40 }), (cents) => {
        expect(formatCents(BigInt(cents))).toBe(intl.format(cents / 100))
      }),
    )
  })

  it('is read back by parseCents', () => {
    const limit = 999_999_999_999_999n
    fc.assert(
      fc.property(fc.bigInt({ min: -limit, max: limit }), (cents) => {
        expect(parseCents(formatCents(cents))).toBe(cents)
      }),
    )
  })
})

describe('cents in JSON', () => {
  it('go there and back', () => {
    fc.assert(
      fc.property(fc.bigInt(), (cents) => {
        expect(centsFromJson(centsToJson(cents))).toBe(cents)
      }),
    )
  })

  it.each(['', '-', '-0', '00', '01', '+1', ' 1', '1 ', '1\n', '1.0', '1e3', '0x1'])('refuse %j', (text) => {
    expect(() => centsFromJson(text)).toThrow('money.malformed')
  })

  it('refuse a number', () => {
    expect(() => centsFromJson(5 as unknown as string)).toThrow('money.malformed')
  })
})
