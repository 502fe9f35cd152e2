import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { apportion } from './apportion.js'
import { compareCodePoints } from './code-points.js'
import { RuleViolated } from './violations.js'

type Vector = [name: string, amount: bigint, weights: Record<string, bigint>, parts: bigint[]]

const vectors: Vector[] = [
  [
    'a hundred over three equals: the first id gets the odd one',
    100n,
    { a: 1n, b: 1n, c: 1n },
    [34n, 33n, 33n],
  ],
  ['an odd cent over two halves (Fowler, Money)', 5n, { a: 50n, b: 50n }, [3n, 2n]],
  ['five cents over 3:7, equal remainders: the larger weight (Foemmel)', 5n, { a: 3n, b: 7n }, [1n, 4n]],
  ['no remainder at all', 100n, { a: 50n, b: 30n, c: 20n }, [50n, 30n, 20n]],
  ['one cent over many goes to the largest', 1n, { a: 1n, b: 5n, c: 4n }, [0n, 1n, 0n]],
  ['nothing to divide', 0n, { a: 1n, b: 2n }, [0n, 0n]],
  ['one entry gets all', 12_069_100n, { a: 3n }, [12_069_100n]],
  ['a weight of zero gets nothing, whatever its id', 7n, { a: 0n, b: 1n, c: 1n }, [0n, 4n, 3n]],
  ['fewer units than entries, all equal', 3n, { e: 1n, d: 1n, c: 1n, b: 1n, a: 1n }, [0n, 0n, 1n, 1n, 1n]],
  ['ten seats (Balinski and Young: 6373, 2505, 1122)', 10n, { a: 6373n, b: 2505n, c: 1122n }, [6n, 3n, 1n]],
  [
    'ten seats of 100,000 votes (the usual textbook case)',
    10n,
    { yellow: 47_000n, white: 16_000n, red: 15_900n, green: 12_000n, blue: 6_000n, pink: 3_100n },
    [5n, 2n, 1n, 1n, 1n, 0n],
  ],
  ['four ties and one exact quota', 21n, { d: 3n, c: 3n, b: 3n, a: 3n, e: 2n }, [4n, 4n, 5n, 5n, 3n]],
  [
    'far beyond 64 bits',
    10n ** 30n + 1n,
    { a: 10n ** 25n, b: 3n * 10n ** 25n + 1n, c: 7n },
    [249_999_999_999_999_999_999_999_950_000n, 749_999_999_999_999_999_999_999_875_001n, 175_000n],
  ],
  [
    'the 2019 subsidy over the six accounting districts (application 2018, distribution key)',
    603_455_000n,
    {
      'Zuid/Oost': 850_867n,
      'Zuidwest/Binnenstad': 1_176_199n,
      'Noordoost/Overvecht': 1_385_748n,
      'Noordwest/West': 1_397_005n,
      'Leidsche Rijn': 903_964n,
      'Vleuten-De Meern': 581_038n,
    },
    [81_568_633n, 112_756_688n, 132_845_169n, 133_924_325n, 86_658_794n, 55_701_391n],
  ],
]

/**
 * The fourteen cases that money libraries publish with their `allocate` (PHP Money and its descendants) and Fowler gives,
 * as whole weights. Where remainders are equal they give the odd cent to whoever stands first; we to the larger weight.
 */
const published: [amount: bigint, weights: bigint[], parts: bigint[]][] = [
  [100n, [1n, 1n, 1n], [34n, 33n, 33n]],
  [101n, [1n, 1n, 1n], [34n, 34n, 33n]],
  [5n, [3n, 7n], [1n, 4n]],
  [5n, [7n, 3n], [4n, 1n]],
  [5n, [7n, 3n, 0n], [4n, 1n, 0n]],
  [5n, [0n, 7n, 3n], [0n, 4n, 1n]],
  [5n, [7n, 0n, 3n], [4n, 0n, 1n]],
  [5n, [0n, 0n, 1n], [0n, 0n, 5n]],
  [0n, [0n, 0n, 1n], [0n, 0n, 0n]],
  [2n, [1n, 1n, 1n], [1n, 1n, 0n]],
  [1n, [1n, 1n], [1n, 0n]],
  [1n, [33n, 66n], [0n, 1n]],
  [101n, [3n, 7n], [30n, 71n]],
  [101n, [7n, 3n], [71n, 30n]],
]

function weighed(weights: Record<string, bigint>) {
  return Object.entries(weights).map(([id, weight]) => ({ id, weight }))
}

function codeOf(work: () => unknown): { code: string; path?: string } | undefined {
  try {
    work()
  } catch (error) {
    if (error instanceof RuleViolated)
      return { code: error.violations[0]!.code, path: error.violations[0]!.path }
    throw error
  }
  return undefined
}

describe('apportion', () => {
  it.each(vectors)('%s', (_, amount, weights, parts) => {
    const ids = Object.keys(weights)
    expect(apportion(amount, weighed(weights))).toEqual(ids.map((id, at) => ({ id, amount: parts[at] })))
  })

  it.each(published)(
    'divides %s over [%s] as the method of largest remainders asks',
    (amount, weights, parts) => {
      const named = weights.map((weight, at) => ({ id: `p${at}`, weight }))
      expect(apportion(amount, named).map((part) => part.amount)).toEqual(parts)
    },
  )

  it('breaks the last tie by code point, not by UTF-16 unit', () => {
    // U+FF5E comes before U+1F600, whose first UTF-16 unit is the smaller one.
    const weights = [
      { id: '\u{1f600}', weight: 1n },
      { id: '\uff5e', weight: 1n },
    ]
    expect(apportion(1n, weights).map(({ amount }) => amount)).toEqual([0n, 1n])
  })

  it('takes __proto__ and the empty text for ids like any other', () => {
    const weights = ['__proto__', 'constructor', ''].map((id) => ({ id, weight: 1n }))
    expect(apportion(1n, weights)).toEqual([
      { id: '__proto__', amount: 0n },
      { id: 'constructor', amount: 0n },
      { id: '', amount: 1n },
    ])
  })

  it.each([
    ['an empty list', 0n, [], { code: 'apportion.emptyList', path: 'weights' }],
    ['a total of zero', 0n, [{ id: 'a', weight: 0n }], { code: 'apportion.zeroTotal', path: 'weights' }],
    ['a negative amount', -1n, [{ id: 'a', weight: 1n }], { code: 'apportion.negative', path: 'amount' }],
    [
      'a negative weight',
      1n,
      [{ id: 'a', weight: -1n }],
      { code: 'apportion.negative', path: 'weights[0].weight' },
    ],
    [
      'a repeated id',
      1n,
      ['a', 'b', 'a'].map((id) => ({ id, weight: 1n })),
      { code: 'apportion.repeatedId', path: 'weights[2].id' },
    ],
  ])('refuses %s', (_, amount, weights, violation) => {
    expect(codeOf(() => apportion(amount, weights))).toEqual(violation)
  })

  it('names paths as the caller does', () => {
    const names = { amount: 'amountCents', list: 'shares', weight: 'cents' }
    const weights = [{ id: 'a', weight: -1n }]
    expect(codeOf(() => apportion(1n, weights, names))?.path).toBe('shares[0].cents')
  })
})

// Few ids and small weights, so that ties are common.
const anyWeights = fc
  .uniqueArray(
    fc.record({
      id: fc.string({ unit: fc.constantFrom('a', 'b', '\uff5e', '\u{1f600}'), maxLength: 4 }),
      weight: fc.oneof(fc.bigInt({ min: 0n, max: 6n }), fc.bigInt({ min: 0n, max: 1n << 80n })),
    }),
    { selector: ({ id }) => id, minLength: 1, maxLength: 12 },
  )
  .filter((weights) => weights.some(({ weight }) => weight > 0n))
const anyAmount = fc.oneof(fc.bigInt({ min: 0n, max: 50n }), fc.bigInt({ min: 0n, max: 1n << 70n }))

describe('apportion, whatever the input', () => {
  it('adds up, keeps the order, and stays within one unit of the exact quota', () => {
    fc.assert(
      fc.property(anyAmount, anyWeights, (amount, weights) => {
        const parts = apportion(amount, weights)
        const total = weights.reduce((sum, { weight }) => sum + weight, 0n)
        expect(parts.map(({ id }) => id)).toEqual(weights.map(({ id }) => id))
        expect(parts.reduce((sum, part) => sum + part.amount, 0n)).toBe(amount)
        for (const [at, part] of parts.entries()) {
          const quota = (amount * weights[at]!.weight) / total
          expect(part.amount === quota || part.amount === quota + 1n).toBe(true)
          if (weights[at]!.weight === 0n) expect(part.amount).toBe(0n)
        }
      }),
    )
  })

  it('gives the same to each id in whatever order they come', () => {
    fc.assert(
      fc.property(anyAmount, anyWeights, (amount, weights) => {
        const byId = (parts: { id: string; amount: bigint }[]) => new Map(parts.map((p) => [p.id, p.amount]))
        expect(byId(apportion(amount, weights.toReversed()))).toEqual(byId(apportion(amount, weights)))
      }),
    )
  })

  it('never gives less to who has more: beside others, and when only the own weight grows', () => {
    fc.assert(
      fc.property(anyAmount, anyWeights, fc.nat(), fc.bigInt(0n, 9n), (amount, weights, pick, more) => {
        const parts = apportion(amount, weights)
        for (const [one, part] of parts.entries())
          for (const [other, { weight }] of weights.entries())
            if (weights[one]!.weight > weight) expect(part.amount >= parts[other]!.amount).toBe(true)
        const grown = pick % weights.length
        const after = apportion(
          amount,
          weights.map(({ id, weight }, at) => ({ id, weight: at === grown ? weight + more : weight })),
        )
        expect(after[grown]!.amount >= parts[grown]!.amount).toBe(true)
      }),
    )
  })

  it('agrees with the method written out: sort everybody, one unit each from the top', () => {
    fc.assert(
      fc.property(anyAmount, anyWeights, (amount, weights) => {
        const total = weights.reduce((sum, { weight }) => sum + weight, 0n)
        const ranked = weights
          .map(({ id, weight }) => ({ id, weight, remainder: (amount * weight) % total }))
          .sort(
            (a, b) =>
              Number(b.remainder > a.remainder) - Number(b.remainder < a.remainder) ||
              Number(b.weight > a.weight) - Number(b.weight < a.weight) ||
              compareCodePoints(a.id, b.id),
          )
        const floors = weights.reduce((sum, { weight }) => sum + (amount * weight) / total, 0n)
        const lucky = new Set(ranked.slice(0, Number(amount - floors)).map(({ id }) => id))
        for (const [at, part] of apportion(amount, weights).entries()) {
          const quota = (amount * weights[at]!.weight) / total
          expect(part.amount).toBe(lucky.has(part.id) ? quota + 1n : quota)
        }
      }),
    )
  })

  it('changes nothing when every weight is multiplied', () => {
    fc.assert(
      fc.property(anyAmount, anyWeights, fc.bigInt({ min: 1n, max: 1000n }), (amount, weights, factor) => {
        const scaled = weights.map(({ id, weight }) => ({ id, weight: weight * factor }))
        expect(apportion(amount, scaled)).toEqual(apportion(amount, weights))
      }),
    )
  })
})
