import { describe, expect, it } from 'vitest'
import { draftTotals, readAmount } from './figures.js'

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

describe('draftTotals', () => {
  const template = {
    lines: [
      { id: 'a', label: 'A', budgetCents: 60_00n },
      { id: 'b', label: 'B', budgetCents: 40_00n },
    ],
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
