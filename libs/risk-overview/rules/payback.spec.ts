import { describe, expect, it } from 'vitest'
import { paybackOf } from './payback.js'

const sharer = (id: string, pledgedCents: bigint) => ({ id, pledgedCents })
/** As in 2019, by member number. */
const of2019 = [
  ...['buurtwerkkamer', 'krachtstation', 'power'].map((id) => sharer(id, 600_000n)),
  sharer('wijkinformatiepunt', 200_000n),
  sharer('zorgbelang', 48_000_000n),
]

describe('what everyone gets back', () => {
  it.each<[string, bigint, { id: string; pledgedCents: bigint }[], bigint[]]>([
    ['the margin of 2019', 12_069_100n, of2019, [144_829n, 144_829n, 144_829n, 48_277n, 11_586_336n]],
    ['nothing left', 0n, of2019, [0n, 0n, 0n, 0n, 0n]],
    ['less than nothing left', -1n, of2019, [0n, 0n, 0n, 0n, 0n]],
    ['nobody shares', 100n, [], []],
    ['nobody pledged', 100n, [sharer('a', 0n)], [0n]],
    ['who pledged nothing gets nothing', 100n, [sharer('a', 0n), sharer('b', 7n)], [0n, 100n]],
  ])('%s', (_, left, sharers, expected) => {
    const parts = paybackOf(left, sharers).map(({ cents }) => cents)
    expect(parts).toEqual(expected)
  })
})
