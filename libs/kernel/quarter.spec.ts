import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from './day.js'
import { Quarter } from './quarter.js'

describe('Quarter', () => {
  it.each([
    ['2019-Q1', '2019-01-01', '2019-03-31'],
    ['2019-Q2', '2019-04-01', '2019-06-30'],
    ['2019-Q3', '2019-07-01', '2019-09-30'],
    ['2019-Q4', '2019-10-01', '2019-12-31'],
    ['2020-Q1', '2020-01-01', '2020-03-31'],
  ])('%s runs from %s to %s', (text, first, last) => {
    const quarter = Quarter.parse(text)
    expect(quarter.firstDay()).toBe(first)
    expect(quarter.lastDay()).toBe(last)
    expect(Quarter.of(first).toString()).toBe(text)
    expect(Quarter.of(last).toString()).toBe(text)
  })

  it.each(['', '2019', '2019-Q0', '2019-Q5', '2019-q1', '19-Q1', '2019Q1', '2019-Q1 ', '2019-Q10'])(
    'refuses %j',
    (text) => {
      expect(() => Quarter.parse(text)).toThrow('quarter.malformed')
    },
  )

  it('refuses a day that does not exist', () => {
    expect(() => Quarter.of('2019-02-29')).toThrow('day.malformed')
  })

  it('goes over the turn of the year', () => {
    expect(Quarter.parse('2019-Q4').next().toString()).toBe('2020-Q1')
    expect(Quarter.parse('2019-Q1').previous().toString()).toBe('2018-Q4')
    expect(Quarter.parse('2018-Q4').compare(Quarter.parse('2019-Q1'))).toBeLessThan(0)
    expect(Quarter.parse('2019-Q1').compare(Quarter.parse('2019-Q1'))).toBe(0)
    expect(JSON.stringify([Quarter.parse('2019-Q1')])).toBe('["2019-Q1"]')
  })

  it('follows on the quarter before without a gap', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9998 }), fc.integer({ min: 1, max: 4 }), (year, number) => {
        const quarter = Quarter.parse(`${String(year).padStart(4, '0')}-Q${number}`)
        expect(addDays(quarter.lastDay(), 1)).toBe(quarter.next().firstDay())
        expect(quarter.next().previous().toString()).toBe(quarter.toString())
      }),
    )
  })
})
