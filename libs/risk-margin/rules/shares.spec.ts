import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { periodsCarried, weightCarried } from './carried.js'
import { type GuaranteesAtReference, readings, sharesOf } from './shares.js'
import { divideByTimeCarried } from './time-weighted.js'

const holder = (
  memberId: string,
  number: number,
  kind: 'voting' | 'supporting' | null,
  pledgedCents: bigint,
) => ({
  ...{ memberId, number, name: memberId.toUpperCase(), kind, pledgedCents },
})
/** `a` stayed; `b` left half-way with nothing on the last day; `s` supports; `n` came in December. */
const guarantees: GuaranteesAtReference = {
  holders: [
    holder('s', 52, 'supporting', 4_000n),
    holder('a', 1, 'voting', 1_000n),
    holder('b', 2, null, 0n),
    holder('n', 3, 'voting', 500n),
  ],
  changes: [
    { memberId: 'a', on: '2018-06-01', cents: 1_000n },
    { memberId: 'b', on: '2018-06-01', cents: 1_000n },
    { memberId: 's', on: '2019-01-01', cents: 4_000n },
    { memberId: 'b', on: '2019-07-01', cents: -1_000n },
    { memberId: 'n', on: '2019-12-31', cents: 500n },
  ],
}
const ids = (
  ...reading: Parameters<typeof sharesOf> extends [unknown, unknown, infer R, ...unknown[]] ? [R] : never
) =>
  sharesOf(
    guarantees,
    2019,
    reading[0],
    new Map([['b', { number: 2, name: 'B', kind: 'voting' as const }]]),
  ).map(({ id }) => id)

describe('who shares', () => {
  it.each([
    ['by the last day, everybody who stood surety on it', 'lastDayOfYear', 'allGuarantors', ['a', 'n', 's']],
    ['by the last day, voting members only', 'lastDayOfYear', 'votingMembers', ['a', 'n']],
    ['by days, who left keeps the days', 'timeWeighted', 'allGuarantors', ['a', 'b', 'n', 's']],
    ['by days, voting members, also one that left', 'timeWeighted', 'votingMembers', ['a', 'b', 'n']],
  ] as const)('%s', (_, reference, sharers, expected) => {
    expect(ids({ reference, sharers })).toEqual(expected)
  })

  it('can be read in four ways', () => {
    expect(readings).toHaveLength(4)
  })
})

describe('what was carried', () => {
  it('is spelled out in stretches, from 1 January through 31 December', () => {
    const left = guarantees.changes.filter(({ memberId }) => memberId === 'b')
    expect(periodsCarried(2019, left)).toEqual([
      { cents: 1_000n, from: '2019-01-01', through: '2019-06-30', days: 181 },
    ])
    expect(weightCarried(2019, left)).toBe(181_000n)
    expect(weightCarried(2019, [{ on: '2019-12-31', cents: 500n }])).toBe(500n)
    expect(periodsCarried(2019, [{ on: '2020-01-01', cents: 500n }])).toEqual([])
  })

  it('gives the parts that `compute timeweighted` gives', () => {
    const day = fc
      .integer({ min: 0, max: 420 })
      .map((n) => new Date(Date.UTC(2018, 11, 1 + n)).toISOString().slice(0, 10))
    const change = fc.record({ id: fc.constantFrom('a', 'b', 'c'), on: day, cents: fc.bigInt(1n, 500n) })
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 12 }), (changes) => {
        const weights = [...new Set(changes.map(({ id }) => id))].map((id) =>
          weightCarried(
            2019,
            changes.filter((one) => one.id === id),
          ),
        )
        fc.pre(weights.some((weight) => weight > 0n))
        const total = weights.reduce((sum, weight) => sum + weight, 0n)
        // Dividing the total weight gives each its weight, exactly.
        const { parts } = divideByTimeCarried(total, 2019, changes)
        expect(parts.map(({ cents }) => cents)).toEqual(weights)
      }),
    )
  })
})
