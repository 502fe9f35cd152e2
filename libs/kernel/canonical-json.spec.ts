import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from './canonical-json.js'
import { Fraction } from './fraction.js'
import { Quarter } from './quarter.js'

describe('canonicalJson', () => {
  it.each([
    [null, 'null'],
    [{ b: 1, a: [true, null, 'x'] }, '{"a":[true,null,"x"],"b":1}'],
    [{ cents: 12_069_100n }, '{"cents":"12069100"}'],
    [{ a: undefined, b: 0 }, '{"b":0}'],
    [-0, '0'],
    [1e21, '1e+21'],
    ['€\u2028\n"', '"€\u2028\\n\\""'],
    [{ on: new Date(0) }, '{"on":"1970-01-01T00:00:00.000Z"}'],
    [[Fraction.parse('2/3'), Quarter.parse('2019-Q1')], '["2/3","2019-Q1"]'],
    // RFC 8785 section 3.2.3: keys sort by UTF-16 unit.
    [
      { '\ufb33': 1, '\u{1f600}': 2, '\r': 3, '1': 4, '€': 5 },
      '{"\\r":3,"1":4,"€":5,"\u{1f600}":2,"\ufb33":1}',
    ],
  ])('writes %#', (value, json) => {
    expect(canonicalJson(value)).toBe(json)
  })

  it('does not depend on the order in which keys were set', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.integer()), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).toReversed())
        expect(canonicalJson(reversed)).toBe(canonicalJson(value))
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })

  it('lets the same object occur twice, but not within itself', () => {
    const shared = { a: 1 }
    expect(canonicalJson([shared, shared])).toBe('[{"a":1},{"a":1}]')
    const cycle: unknown[] = []
    cycle.push(cycle)
    expect(() => canonicalJson(cycle)).toThrow(TypeError)
  })

  it.each([
    Number.NaN,
    Number.POSITIVE_INFINITY,
    undefined,
    () => 1,
    Symbol('x'),
    [undefined],
    new Map(),
    '\ud800',
    { '\udc00': 1 },
  ])('refuses %#', (value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError)
  })
})
