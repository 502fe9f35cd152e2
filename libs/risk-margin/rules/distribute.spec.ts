import { describe, expect, it } from 'vitest'
import { distribute } from './distribute.js'

/*
 * 2019, by hand: € 120,691.00 over € 500,000 of guarantees, so 24.1382 cents per euro of guarantee.
 *   Zorgbelang          480,000 → 11,586,336.0 cents
 *   Wijkinformatiepunt    2,000 →     48,276.4
 *   three founders, each  6,000 →    144,829.2
 * Rounded down: 11,586,336 + 48,276 + 3 × 144,829 = 12,069,099: one cent is left, for the remainder of 0.4.
 */
const shares2019 = [
  { id: 'zorgbelang', cents: 48_000_000n },
  { id: 'wijkinformatiepunt', cents: 200_000n },
  { id: 'krachtstation', cents: 600_000n },
  { id: 'peers', cents: 600_000n },
  { id: 'buurtwerkkamer', cents: 600_000n },
]

describe('distribute', () => {
  it('divides the margin of 2019 over Zorgbelang and the founders, to the cent', () => {
    expect(distribute(12_069_100n, shares2019)).toEqual({
      parts: [
        { id: 'zorgbelang', cents: 11_586_336n },
        { id: 'wijkinformatiepunt', cents: 48_277n },
        { id: 'krachtstation', cents: 144_829n },
        { id: 'peers', cents: 144_829n },
        { id: 'buurtwerkkamer', cents: 144_829n },
      ],
      sumCents: 12_069_100n,
    })
  })

  it('divides the € 20,000 of the founders alone', () => {
    const { parts, sumCents } = distribute(12_069_100n, shares2019.slice(1))
    // 12,069,100 × 2,000 / 20,000 = 1,206,910; × 6,000 / 20,000 = 3,620,730: exact, nothing is left.
    expect(parts.map(({ cents }) => cents)).toEqual([1_206_910n, 3_620_730n, 3_620_730n, 3_620_730n])
    expect(sumCents).toBe(12_069_100n)
  })

  it.each([
    ['equal shares: the first id', 1n, { b: 1n, a: 1n }, { b: 0n, a: 1n }],
    ['equal remainders: the larger share', 2n, { a: 1n, b: 3n }, { a: 0n, b: 2n }],
    ['a share of nothing', 100n, { a: 0n, b: 1n }, { a: 0n, b: 100n }],
    ['an amount of nothing', 0n, { a: 1n, b: 2n }, { a: 0n, b: 0n }],
    [
      'ids by code point, not by UTF-16 unit',
      1n,
      { '\u{1f600}': 1n, '\uff5e': 1n },
      { '\u{1f600}': 0n, '\uff5e': 1n },
    ],
  ])('%s', (_, amount, shares, expected) => {
    const list = Object.entries(shares).map(([id, cents]) => ({ id, cents }))
    expect(Object.fromEntries(distribute(amount, list).parts.map(({ id, cents }) => [id, cents]))).toEqual(
      expected,
    )
  })

  it.each([
    ['no shares', [], 'apportion.emptyList (shares)'],
    ['shares of nothing', [{ id: 'a', cents: 0n }], 'apportion.zeroTotal (shares)'],
    ['a member twice', ['a', 'a'].map((id) => ({ id, cents: 1n })), 'apportion.repeatedId (shares[1].id)'],
    ['a negative share', [{ id: 'a', cents: -1n }], 'apportion.negative (shares[0].cents)'],
  ])('refuses %s', (_, shares, message) => {
    expect(() => distribute(0n, shares)).toThrow(message)
  })
})
