import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { earnBackFirst, outstandingOf } from './pre-investments.js'

const of = (...cents: bigint[]) => cents.map((one, at) => ({ id: `m${at}`, cents: one }))
const parts = (amount: bigint, ...cents: bigint[]) =>
  earnBackFirst(amount, of(...cents)).parts.map((one) => one.cents)

describe('what is earned back first', () => {
  it.each<[string, bigint, bigint[], bigint[]]>([
    ['all of it, when there is enough', 1_000n, [300n, 200n], [300n, 200n]],
    ['in proportion, when there is not', 100n, [300n, 200n], [60n, 40n]],
    ['the odd cent to the largest remainder', 100n, [200n, 100n], [67n, 33n]],
    ['nothing, when nothing is left to divide', 0n, [300n], [0n]],
    ['nothing, when nothing is outstanding', 100n, [], []],
    ['nothing to who has nothing outstanding', 100n, [0n, 50n], [0n, 50n]],
  ])('%s', (_, amount, outstanding, expected) => {
    expect(parts(amount, ...outstanding)).toEqual(expected)
  })

  it('adds up to the smaller of the two, and never gives more than is outstanding', () => {
    fc.assert(
      fc.property(
        fc.bigInt(0n, 2_000n),
        fc.array(fc.bigInt(0n, 500n), { maxLength: 8 }),
        (amount, outstanding) => {
          const found = earnBackFirst(amount, of(...outstanding))
          const total = outstanding.reduce((sum, one) => sum + one, 0n)
          expect(found.sumCents).toBe(amount < total ? amount : total)
          expect(found.parts.reduce((sum, { cents }) => sum + cents, 0n)).toBe(found.sumCents)
          for (const [at, { cents }] of found.parts.entries()) expect(cents <= outstanding[at]!).toBe(true)
        },
      ),
    )
  })

  it('lowers what is outstanding, and forgets who has everything back', () => {
    const put = [
      { memberId: 'a', cents: 300n },
      { memberId: 'a', cents: 100n },
      { memberId: 'b', cents: 50n },
    ]
    expect([...outstandingOf(put, [])]).toEqual([
      ['a', 400n],
      ['b', 50n],
    ])
    const back = [
      { memberId: 'a', cents: 150n },
      { memberId: 'b', cents: 50n },
    ]
    expect([...outstandingOf(put, back)]).toEqual([['a', 250n]])
  })
})
