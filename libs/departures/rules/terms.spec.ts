import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, daysBetween } from '#kernel'
import {
  appealUntil,
  checkImmediateResignation,
  lastDayAfterNotice,
  lastDayOfNotice,
  monthAfter,
} from './terms.js'
import { workingDayFrom } from './working-day.js'

const days = fc.integer({ min: 0, max: 36_500 }).map((n) => addDays('2000-01-01', n))

describe('the last day of membership after notice (BW 2:36 lid 1 and 2)', () => {
  it.each([
    ['2020-02-15', 4, '2020-12-31', 'in time'],
    ['2020-12-03', 4, '2020-12-31', 'exactly four weeks before the end of the year'],
    ['2020-12-04', 4, '2021-12-31', 'a day too late: the end of the next year'],
    ['2020-12-31', 4, '2021-12-31', 'on the last day'],
    ['2020-01-01', 4, '2020-12-31', 'on the first day'],
    ['2020-12-31', 0, '2020-12-31', 'statutes that ask no notice'],
    ['2020-02-15', 60, '2021-12-31', 'statutes that ask more than a year: the law ends it'],
  ])('given on %s with %i weeks: %s (%s)', (givenOn, weeks, last) => {
    expect(lastDayAfterNotice(givenOn, weeks)).toBe(last)
  })

  it('is always the first end of a year with the whole notice before it', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 0, max: 52 }), (givenOn, weeks) => {
        const last = lastDayAfterNotice(givenOn, weeks)
        expect(last.slice(5)).toBe('12-31')
        expect(daysBetween(givenOn, last)).toBeGreaterThanOrEqual(weeks * 7)
        const sameYear = `${givenOn.slice(0, 4)}-12-31`
        if (last !== sameYear) expect(daysBetween(givenOn, sameYear)).toBeLessThan(weeks * 7)
        expect(givenOn <= lastDayOfNotice(Number(givenOn.slice(0, 4)), weeks)).toBe(last === sameYear)
      }),
    )
  })
})

describe('resigning at once after rights were restricted (BW 2:36 lid 3)', () => {
  it.each([
    ['2020-02-17', '2020-02-17', []],
    ['2020-03-17', '2020-02-17', []],
    ['2020-03-18', '2020-02-17', ['departure.monthPassed']],
    ['2020-02-16', '2020-02-17', ['departure.notKnownYet']],
    ['2020-03-16', '2020-02-15', []],
  ])('on %s after a decision known on %s: %j', (givenOn, knownOn, codes) => {
    expect(checkImmediateResignation(givenOn, knownOn).map(({ code }) => code)).toEqual(codes)
  })
})

describe('a term of a month (BW 2:35 lid 4; Algemene termijnenwet 1 and 3)', () => {
  it.each([
    ['2020-02-17', '2020-03-17', 'the same number'],
    ['2020-02-15', '2020-03-16', 'Sunday 15 March runs on to Monday'],
    ['2019-01-31', '2019-02-28', 'February has no 31st'],
    ['2020-01-31', '2020-03-02', 'Saturday 29 February runs on to Monday'],
    ['2019-03-31', '2019-04-30', 'April has no 31st'],
    ['2019-11-25', '2019-12-27', 'both Christmas days'],
    ['2019-12-01', '2020-01-02', 'the first of January'],
    ['2020-03-10', '2020-04-14', 'Good Friday until Easter Monday'],
    ['2020-03-27', '2020-04-28', 'the day of the King'],
    ['2020-04-21', '2020-05-22', 'Ascension Day'],
    ['2020-05-01', '2020-06-02', 'Whit Monday'],
  ])('after %s ends on %s (%s)', (notifiedOn, last) => {
    expect(appealUntil(notifiedOn)).toBe(last)
  })

  it('is never shorter than 28 days, nor longer than 31 and the days it runs on', () => {
    fc.assert(
      fc.property(days, (day) => {
        const length = daysBetween(day, monthAfter(day))
        expect(length).toBeGreaterThanOrEqual(28)
        expect(length).toBeLessThanOrEqual(36)
        expect(workingDayFrom(monthAfter(day))).toBe(monthAfter(day))
      }),
    )
  })
})
