import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, RuleViolated } from '#kernel'
import { divideByTimeCarried, type GuaranteeChange } from './time-weighted.js'

const change = (id: string, on: string, cents: bigint): GuaranteeChange => ({ id, on, cents })
const partsOf = (amount: bigint, ...movements: GuaranteeChange[]) =>
  Object.fromEntries(
    divideByTimeCarried(amount, 2019, movements).parts.map(({ id, cents }) => [id, Number(cents)]),
  )

describe('dividing by what was carried and how long', () => {
  it.each<[string, bigint, GuaranteeChange[], Record<string, number>]>([
    [
      'a whole year each',
      300n,
      [change('a', '2018-05-01', 200n), change('b', '2019-01-01', 100n)],
      { a: 200, b: 100 },
    ],
    // 365 days against 31: 3,650 and 310 cents × days.
    [
      'from 1 December',
      3960n,
      [change('a', '2019-01-01', 10n), change('b', '2019-12-01', 10n)],
      { a: 3650, b: 310 },
    ],
    [
      'the last day counts for one',
      366n,
      [change('a', '2019-01-01', 1n), change('b', '2019-12-31', 1n)],
      { a: 365, b: 1 },
    ],
    // 181 days until 1 July, and 184 from it.
    [
      'taken back half-way',
      546n,
      [change('a', '2019-01-01', 5n), change('a', '2019-07-01', -5n), change('b', '2019-01-01', 5n)],
      { a: 181, b: 365 },
    ],
    [
      'later ones do not count',
      10n,
      [change('a', '2019-01-01', 5n), change('b', '2020-01-01', 5n)],
      { a: 10, b: 0 },
    ],
    [
      'down and up on one day',
      10n,
      [change('a', '2019-03-01', -5n), change('a', '2019-03-01', 5n), change('b', '2018-01-01', 5n)],
      { a: 0, b: 10 },
    ],
  ])('%s', (_, amount, movements, expected) => {
    expect(partsOf(amount, ...movements)).toEqual(expected)
  })

  it('counts the 366 days of a leap year', () => {
    const { parts } = divideByTimeCarried(367n, 2020, [
      change('a', '2020-01-01', 1n),
      change('b', '2020-12-31', 1n),
    ])
    expect(parts.map(({ cents }) => cents)).toEqual([366n, 1n])
  })

  it.each<[string, GuaranteeChange[]]>([
    ['timeWeighted.negative movements[1]', [change('a', '2019-02-01', 5n), change('a', '2019-01-31', -1n)]],
    [
      'timeWeighted.negative movements[1]',
      [change('a', '2017-02-01', 5n), change('a', '2018-01-31', -6n), change('a', '2018-02-01', 6n)],
    ],
    ['apportion.zeroTotal movements', [change('a', '2020-01-01', 5n)]],
    ['apportion.emptyList movements', []],
  ])('refused: %s', (expected, movements) => {
    const work = () => divideByTimeCarried(0n, 2019, movements)
    expect(work).toThrow(RuleViolated)
    try {
      work()
    } catch (error) {
      const { code, path } = (error as RuleViolated).violations[0]!
      expect(`${code} ${path ?? 'movements'}`).toBe(expected)
    }
  })

  it('is what adding up day by day gives, in any order', () => {
    const one = fc.record({
      id: fc.constantFrom('a', 'b', 'c'),
      day: fc.integer({ min: -30, max: 400 }),
      cents: fc.bigInt(1n, 900n),
    })
    fc.assert(
      fc.property(fc.array(one, { minLength: 1, maxLength: 8 }), fc.bigInt(0n, 9_999n), (drawn, amount) => {
        const movements = drawn.map(({ id, day, cents }) => change(id, addDays('2019-01-01', day), cents))
        if (movements.every(({ on }) => on > '2019-12-31')) return
        const { parts } = divideByTimeCarried(amount, 2019, movements)
        const carried = (id: string) => {
          let sum = 0n
          for (let day = 0; day < 365; day++)
            for (const move of movements)
              if (move.id === id && move.on <= addDays('2019-01-01', day)) sum += move.cents
          return sum
        }
        const total = [...new Set(movements.map(({ id }) => id))].reduce((sum, id) => sum + carried(id), 0n)
        for (const { id, cents } of parts) {
          const off = cents * total - amount * carried(id)
          expect(off < total && off > -total).toBe(true)
        }
        const turned = divideByTimeCarried(amount, 2019, movements.toReversed()).parts
        expect(new Map(turned.map(({ id, cents }) => [id, cents]))).toEqual(
          new Map(parts.map(({ id, cents }) => [id, cents])),
        )
      }),
    )
  })
})
