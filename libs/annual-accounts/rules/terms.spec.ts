import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, daysBetween } from '#kernel'
import { checkExtension, monthsAfterEnd, termsOf } from './terms.js'

describe('the terms of annual accounts (BW 2:58: 6 months, at most 4 more, adopted within 1 month after)', () => {
  it.each([
    // A calendar year, with each extension.
    ['2019-12-31', 0, '2020-06-30', '2020-07-31'],
    ['2019-12-31', 1, '2020-07-31', '2020-08-31'],
    ['2019-12-31', 2, '2020-08-31', '2020-09-30'],
    ['2019-12-31', 3, '2020-09-30', '2020-10-31'],
    ['2019-12-31', 4, '2020-10-31', '2020-11-30'],
    // Years that end in a month of 28, 29, 30 and 31 days: the terms end on a month's last day.
    ['2019-02-28', 0, '2019-08-31', '2019-09-30'],
    ['2020-02-29', 0, '2020-08-31', '2020-09-30'],
    ['2019-08-31', 0, '2020-02-29', '2020-03-31'],
    ['2020-08-31', 0, '2021-02-28', '2021-03-31'],
    ['2099-08-31', 0, '2100-02-28', '2100-03-31'],
    ['2019-06-30', 0, '2019-12-31', '2020-01-31'],
    ['2019-06-30', 4, '2020-04-30', '2020-05-31'],
    // Years that end within a month.
    ['2019-01-14', 0, '2019-07-14', '2019-08-14'],
    ['2019-08-29', 0, '2020-02-29', '2020-03-29'],
    ['2020-08-29', 0, '2021-02-28', '2021-03-29'],
    ['2020-02-28', 0, '2020-08-28', '2020-09-28'],
  ])(
    'the year ending %s, extended by %i: drawn up by %s, adopted by %s',
    (yearEnd, months, drawnUpBy, adoptedBy) => {
      expect(termsOf(yearEnd, months)).toEqual({ yearEnd, drawnUpBy, adoptedBy })
    },
  )

  it('never end earlier for a later year end, nor for more months', () => {
    const day = fc.integer({ min: 0, max: 60_000 }).map((n) => addDays('1990-01-01', n))
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 11 }), (end, months) => {
        const until = monthsAfterEnd(end, months)
        expect(until <= monthsAfterEnd(addDays(end, 1), months)).toBe(true)
        expect(until < monthsAfterEnd(end, months + 1)).toBe(true)
        expect(Math.abs(daysBetween(end, until) - months * 30.44)).toBeLessThan(4)
      }),
    )
  })
})

describe('an extension by the assembly (BW 2:58 lid 1)', () => {
  const decision = (decidedOn: string, adopted = true) => ({ decidedOn, adopted })
  it.each([
    ['4 months, decided on the last day', 4, decision('2020-06-30'), []],
    ['1 month, decided on the first day', 1, decision('2020-01-01'), []],
    ['5 months', 5, decision('2020-06-01'), ['accounts.extensionMonths']],
    ['0 months', 0, decision('2020-06-01'), ['accounts.extensionMonths']],
    ['half a month', 0.5, decision('2020-06-01'), ['accounts.extensionMonths']],
    ['decided after the term', 4, decision('2020-07-01'), ['accounts.extensionTooLate']],
    ['decided before the year was over', 4, decision('2019-12-31'), ['accounts.extensionTooEarly']],
    ['rejected', 4, decision('2020-06-01', false), ['accounts.extensionNotAdopted']],
    ['no such decision', 4, null, ['accounts.extensionNotAdopted']],
  ] as const)('%s', (_, months, given, codes) => {
    expect(checkExtension('2019-12-31', months, given).map(({ code }) => code)).toEqual(codes)
  })
})
