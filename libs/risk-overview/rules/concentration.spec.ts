import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { concentrationOf } from './concentration.js'
import type { Holding } from './holding.js'

const holding = (id: string, pledgedCents: bigint, calledCents = 0n): Holding => ({
  ...{ id, pledgedCents, calledCents },
  paidInCents: 0n,
})
/** As in 2019, in euros: the director 480,000, three founders 6,000, one 2,000. */
const founders = [
  holding('zorgbelang', 480_000n),
  ...['buurtwerkkamer', 'krachtstation', 'power'].map((id) => holding(id, 6_000n)),
  holding('wijkinformatiepunt', 2_000n),
]

describe('how much hangs on a few holders', () => {
  it('of 2019: one of five carries nearly all', () => {
    expect(concentrationOf(founders, 600_000n)).toEqual({
      totalCents: 500_000n,
      largest: { id: 'zorgbelang', cents: 480_000n },
      topCents: 500_000n,
      topCount: 5,
      fallingAwayUntilShort: 0,
    })
  })

  it.each<[string, Holding[], bigint, Partial<ReturnType<typeof concentrationOf>>]>([
    ['nobody', [], 100n, { totalCents: 0n, largest: null, topCents: 0n, topCount: 0 }],
    ['nobody and something required is short already', [], 100n, { fallingAwayUntilShort: 0 }],
    ['nothing required is never short', founders, 0n, { fallingAwayUntilShort: null }],
    ['exactly what is required: one is enough', founders, 500_000n, { fallingAwayUntilShort: 1 }],
    [
      'one cent more than required',
      [holding('a', 50n), holding('b', 51n)],
      100n,
      { fallingAwayUntilShort: 1 },
    ],
    [
      'the largest first, however they stand',
      [holding('a', 10n), holding('b', 60n), holding('c', 30n)],
      15n,
      { fallingAwayUntilShort: 2, largest: { id: 'b', cents: 60n } },
    ],
    [
      'what was called counts no more',
      [holding('a', 60n, 59n), holding('b', 30n)],
      10n,
      { totalCents: 31n, largest: { id: 'b', cents: 30n }, fallingAwayUntilShort: 1 },
    ],
    [
      'a holder without room is none of the top',
      [holding('a', 10n, 10n), holding('b', 5n)],
      1n,
      { topCount: 1, topCents: 5n },
    ],
    [
      'five of six',
      [6n, 5n, 4n, 3n, 2n, 1n].map((n) => holding(`h${n}`, n)),
      1n,
      { topCount: 5, topCents: 20n },
    ],
  ])('%s', (_, holdings, required, expected) => {
    expect(concentrationOf(holdings, required)).toMatchObject(expected)
  })

  const holdings = fc.uniqueArray(
    fc
      .record({ id: fc.uuid(), pledged: fc.bigInt(0n, 1_000n), called: fc.bigInt(0n, 1_000n) })
      .map(({ id, pledged, called }) => holding(id, pledged, called > pledged ? pledged : called)),
    { selector: ({ id }) => id, maxLength: 12 },
  )

  it('is short exactly when so many of the largest have gone, and not one earlier', () => {
    fc.assert(
      fc.property(holdings, fc.bigInt(1n, 5_000n), (all, required) => {
        const gone = concentrationOf(all, required).fallingAwayUntilShort!
        const rooms = all
          .map(({ pledgedCents, calledCents }) => pledgedCents - calledCents)
          .sort((a, b) => (a > b ? -1 : a < b ? 1 : 0))
        const left = (count: number) => rooms.slice(count).reduce((sum, room) => sum + room, 0n)
        expect(left(gone)).toBeLessThan(required)
        if (gone > 0) expect(left(gone - 1)).toBeGreaterThanOrEqual(required)
      }),
    )
  })

  it('does not depend on the order, and the top is never more than all', () => {
    fc.assert(
      fc.property(holdings, fc.bigInt(0n, 5_000n), (all, required) => {
        const one = concentrationOf(all, required)
        const other = concentrationOf(all.toReversed(), required)
        expect(other).toMatchObject({ ...one, largest: one.largest && { cents: one.largest.cents } })
        expect(one.topCents).toBeLessThanOrEqual(one.totalCents)
      }),
    )
  })
})
