import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RuleViolated } from '#kernel'
import { checkAgreeing, divide, type Shift } from './division.js'

/** The key of the subsidy application 2018 over the six administrative wijken. */
const key = [
  { id: 'zuid-oost', weight: 850_867n },
  { id: 'zuidwest-binnenstad', weight: 1_176_199n },
  { id: 'noordoost-overvecht', weight: 1_385_748n },
  { id: 'noordwest-west', weight: 1_397_005n },
  { id: 'leidsche-rijn', weight: 903_964n },
  { id: 'vleuten-de-meern', weight: 581_038n },
]
const two = [
  { id: 'a', weight: 1n },
  { id: 'b', weight: 2n },
]

function shift(areaId: string, changeCents: bigint, reason = 'Meer vraag in deze wijk'): Shift {
  return { areaId, changeCents, reason }
}

function refused(work: () => unknown) {
  try {
    work()
  } catch (error) {
    if (error instanceof RuleViolated)
      return error.violations.map(({ code, path }) => (path ? `${code} ${path}` : code))
    throw error
  }
  return []
}

describe('dividing the execution budget of a year', () => {
  it('gives each wijk of 2019 its part, to the cent', () => {
    const shares = divide(476_387_700n, key, [])
    expect(shares.map(({ cents }) => cents)).toEqual([
      64_393_026n,
      89_013_927n,
      104_872_450n,
      105_724_372n,
      68_411_371n,
      43_972_554n,
    ])
    expect(shares.reduce((sum, { cents }) => sum + cents, 0n)).toBe(476_387_700n)
  })

  it('moves what is shifted, with its reason, and nothing else', () => {
    const shares = divide(100n, two, [shift('a', 7n), shift('b', -7n, ' Minder inwoners ')])
    expect(shares).toEqual([
      {
        ...{ areaId: 'a', weight: 1n, keyCents: 33n, changeCents: 7n, cents: 40n },
        reason: 'Meer vraag in deze wijk',
      },
      { areaId: 'b', weight: 2n, keyCents: 67n, changeCents: -7n, cents: 60n, reason: 'Minder inwoners' },
    ])
  })

  it.each<[string, bigint, Shift[], string[]]>([
    ['nothing to shift', 100n, [], []],
    ['a shift of nothing', 100n, [shift('a', 0n, '')], []],
    ['no budget', 0n, [], ['division.budgetNeeded budgetCents']],
    ['a shift without a counterpart', 100n, [shift('a', 1n)], ['division.notBalanced shifts']],
    ['without a reason', 100n, [shift('a', 1n, ' '), shift('b', -1n)], ['division.reasonNeeded shifts.a']],
    [
      'too long a reason',
      100n,
      [shift('a', 1n, 'x'.repeat(501)), shift('b', -1n)],
      ['division.reasonTooLong shifts.a'],
    ],
    ['below nothing', 100n, [shift('a', -34n), shift('b', 34n)], ['division.belowZero shifts.a']],
    ['to nothing', 100n, [shift('a', -33n), shift('b', 33n)], []],
    [
      'of an area that is not there',
      100n,
      [shift('c', 1n), shift('b', -1n)],
      ['division.unknownArea shifts.c'],
    ],
    ['twice', 100n, [shift('a', 1n), shift('a', -1n)], ['division.shiftedTwice shifts.a']],
  ])('%s', (_, budget, shifts, codes) => {
    expect(refused(() => divide(budget, two, shifts))).toEqual(codes)
  })

  it('always adds up to the budget, whatever is shifted', () => {
    const cents = fc.bigInt({ min: 1n, max: 10n ** 12n })
    fc.assert(
      fc.property(cents, fc.bigInt({ min: -1000n, max: 1000n }), (budget, moved) => {
        try {
          const shares = divide(budget, key, [shift('zuid-oost', moved), shift('leidsche-rijn', -moved)])
          expect(shares.reduce((sum, share) => sum + share.cents, 0n)).toBe(budget)
          expect(shares.every((share) => share.cents >= 0n)).toBe(true)
        } catch (error) {
          expect((error as RuleViolated).violations[0]!.code).toBe('division.belowZero')
        }
      }),
    )
  })
})

it.each([
  ['the last version', 2, '2018-12-20', []],
  ['an earlier version', 1, '2018-12-20', ['division.otherVersion']],
  ['on a day before it was entered', 2, '2018-10-31', []],
  ['in the future', 2, '2019-01-02', ['division.agreedInFuture']],
] as const)('agreeing with %s', (_, version, on, codes) => {
  expect(checkAgreeing(2, version, on, '2019-01-01').map(({ code }) => code)).toEqual(codes)
})

it('agrees with nothing when nothing was proposed', () => {
  expect(checkAgreeing(null, 1, '2018-12-20', '2019-01-01')).toEqual([{ code: 'division.none' }])
})
