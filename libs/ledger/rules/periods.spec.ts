import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '#kernel'
import {
  checkClosing,
  firstOpenDay,
  fixedLength,
  lengthOf,
  nextPeriod,
  type Period,
  periodsOf,
} from './periods.js'

const months = (year: number, count: number) => periodsOf(year, 'month').slice(0, count)

describe('the periods of a year', () => {
  it('are twelve months or four quarters, without a day between or twice', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1900, max: 2200 }),
        fc.constantFrom('month', 'quarter'),
        (year, length) => {
          const all = periodsOf(year, length)
          expect(all).toHaveLength(length === 'month' ? 12 : 4)
          expect([all[0]!.firstDay, all.at(-1)!.lastDay]).toEqual([`${year}-01-01`, `${year}-12-31`])
          for (const [at, { lastDay }] of all.slice(0, -1).entries())
            expect(addDays(lastDay, 1)).toBe(all[at + 1]!.firstDay)
          expect(all.every((one) => lengthOf(one) === length)).toBe(true)
        },
      ),
    )
  })

  it.each([
    ['2019-01-01', '2019-01-31', 'month'],
    ['2020-02-01', '2020-02-29', 'month'],
    ['2019-01-01', '2019-03-31', 'quarter'],
    ['2019-02-01', '2019-04-30', null],
    ['2019-01-01', '2019-12-31', null],
  ])('%s through %s is %s', (firstDay, lastDay, length) => {
    expect(lengthOf({ firstDay, lastDay })).toBe(length)
  })
})

describe('the next period to close', () => {
  it.each([
    ['the year of the first entry', [], '2018-06-01', 'month', '2018-01-01', '2018-01-31'],
    ['that year in quarters', [], '2018-06-01', 'quarter', '2018-01-01', '2018-03-31'],
    ['after January', months(2019, 1), '2019-01-05', 'month', '2019-02-01', '2019-02-28'],
    ['after a year', months(2019, 12), '2019-01-05', 'quarter', '2020-01-01', '2020-03-31'],
  ] as const)('%s', (_, closed, begins, length, firstDay, lastDay) => {
    expect(nextPeriod(closed as readonly Period[], begins, length)).toEqual({ firstDay, lastDay })
  })

  it.each([
    ['over since yesterday', [], '2019-01-31', 'month', '2019-02-01', []],
    ['its last day', [], '2019-01-31', 'month', '2019-01-31', ['ledger.periodNotOver']],
    [
      'months were begun',
      months(2019, 3),
      '2019-06-30',
      'quarter',
      '2020-01-01',
      ['ledger.lengthFixed.month'],
    ],
    ['another year, another length', months(2019, 12), '2020-03-31', 'quarter', '2020-05-01', []],
  ] as const)('%s', (_, closed, lastDay, length, today, codes) => {
    const period = { firstDay: '2019-01-01', lastDay }
    expect(checkClosing(closed as readonly Period[], period, length, today).map(({ code }) => code)).toEqual(
      codes,
    )
  })

  it('fixes the length within a year', () => {
    expect(fixedLength([])).toBeNull()
    expect(fixedLength(months(2019, 2))).toBe('month')
    expect(fixedLength(periodsOf(2019, 'quarter').slice(0, 1))).toBe('quarter')
    expect(fixedLength(months(2019, 12))).toBeNull()
  })

  it('names the first day that is open', () => {
    expect(firstOpenDay(null)).toBeNull()
    expect(firstOpenDay('2019-12-31')).toBe('2020-01-01')
  })
})
