import { describe, expect, it } from 'vitest'
import { Fraction } from '#kernel'
import { checkMeans, countedMeans } from './means.js'

const TENTH = Fraction.of(1, 10)

describe('what counts of someone’s means', () => {
  it.each([
    ['the equity', 100_000n, null, 100_000n, 100_000n],
    ['the equity with a tenth of the income, bounded by the equity', 100_000n, 900_000n, 190_000n, 100_000n],
    ['of an equity below zero nothing bounds but zero', -1n, 900_000n, 90_000n, 0n],
    ['a declared equity of zero likewise', 0n, null, 0n, 0n],
    ['without equity the income in its place, rounded down', null, 900_009n, 90_000n, 90_000n],
    ['nothing of nothing', null, null, 0n, 0n],
  ])('%s', (_, equityCents, incomeCents, countedCents, boundedByCents) => {
    expect(countedMeans({ equityCents, incomeCents }, TENTH)).toEqual({ countedCents, boundedByCents })
  })

  it('no income, when the rules set no share of it', () => {
    const none = { countedCents: 0n, boundedByCents: 0n }
    expect(countedMeans({ equityCents: null, incomeCents: 900_000n }, null)).toEqual(none)
  })
})

describe('a declaration', () => {
  const whole = { year: 2020, accountsYear: 2019, equityCents: 1n, incomeCents: 0n, remark: '' }
  const codes = (
    change: Partial<typeof whole> | { equityCents: null } | { equityCents: null; incomeCents: null },
  ) => checkMeans({ ...whole, ...change }).map(({ code, path }) => [code, path])

  it('may have a loss, only one of the two, and accounts of three years ago', () => {
    expect(codes({})).toEqual([])
    expect(codes({ equityCents: -500n })).toEqual([])
    expect(codes({ equityCents: null })).toEqual([])
    expect(codes({ accountsYear: 2017 })).toEqual([])
    expect(codes({ accountsYear: 2020 })).toEqual([])
  })

  it('has an amount, an income of zero or more, and recent accounts', () => {
    expect(codes({ equityCents: null, incomeCents: null })).toEqual([['means.nothingDeclared', 'vermogen']])
    expect(codes({ incomeCents: -1n })).toEqual([['means.negativeIncome', 'inkomsten']])
    for (const accountsYear of [2016, 2021, Number.NaN, 2019.5])
      expect(codes({ accountsYear }), String(accountsYear)).toEqual([['means.accountsYear', 'boekjaar']])
    expect(codes({ remark: 'x'.repeat(501) })).toEqual([['means.remarkTooLong', 'opmerking']])
  })
})
