import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Fraction } from '#kernel'
import { draftTotals, needsExplanation, readAmount } from './figures.js'

describe('readAmount', () => {
  it.each<[string, bigint | string]>([
    ['1.250,00', 125_000n],
    [' € 1.250,- ', 125_000n],
    ['1250', 125_000n],
    ['0', 0n],
    ['', 'report.amountMissing'],
    ['  ', 'report.amountMissing'],
    ['12,x', 'report.amountMalformed'],
    ['12.50', 'report.amountMalformed'],
    ['-5', 'report.amountNegative'],
    ['10.000.000.000.000', 'report.amountTooLarge'],
  ])('%j', (typed, expected) => {
    expect(readAmount(typed)).toEqual(typeof expected === 'bigint' ? { cents: expected } : { code: expected })
  })
})

describe('needsExplanation (a forecast off the budget by more than 10%)', () => {
  it.each([
    [110_00n, 100_00n, false],
    [110_01n, 100_00n, true],
    [90_00n, 100_00n, false],
    [89_99n, 100_00n, true],
    [0n, 0n, false],
    [1n, 0n, true],
  ])('forecast %s on budget %s: %s', (forecast, budget, needed) => {
    expect(needsExplanation(forecast, budget, Fraction.of(10, 100))).toBe(needed)
  })

  it('agrees with the ratio for every amount', () => {
    const amount = fc.bigInt(0n, 10n ** 14n)
    fc.assert(
      fc.property(amount, amount, fc.integer({ min: 0, max: 100 }), (forecast, budget, percentage) => {
        const off = forecast > budget ? forecast - budget : budget - forecast
        const needed = off * 100n > BigInt(percentage) * budget
        expect(needsExplanation(forecast, budget, Fraction.of(percentage, 100))).toBe(needed)
      }),
    )
  })
})

describe('draftTotals', () => {
  const template = {
    lines: [
      { id: 'a', label: 'A', budgetCents: 60_00n },
      { id: 'b', label: 'B', budgetCents: 40_00n },
    ],
    indicators: [],
    explainOver: Fraction.of(10, 100),
  }

  it('adds up what can be read and counts the rest', () => {
    const draft = {
      'lines.a.actual': '30',
      'lines.a.forecast': '12,x',
      'lines.b.actual': '',
      'lines.b.forecast': '40,50',
    }
    expect(draftTotals(template, draft)).toEqual({
      budgetCents: 100_00n,
      actualCents: 30_00n,
      forecastCents: 40_50n,
      leftOut: 2,
    })
  })
})
