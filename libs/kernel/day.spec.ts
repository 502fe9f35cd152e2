import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, dayInDigits, dayOf, daysBetween, isDay, tryParseDay, wasBy } from './day.js'

const anyDay = fc
  .integer({ min: 0, max: 80_000 })
  .map((days) => new Date(Date.UTC(1900, 0, 1) + days * 86_400_000).toISOString().slice(0, 10))

describe('dayOf', () => {
  it.each([
    ['2020-02-15T12:00:00Z', '2020-02-15'],
    ['2019-12-31T22:59:59Z', '2019-12-31'],
    ['2019-12-31T23:00:00Z', '2020-01-01'],
    ['2020-06-30T21:59:59Z', '2020-06-30'],
    ['2020-06-30T22:00:00Z', '2020-07-01'],
    ['2020-03-29T00:59:59Z', '2020-03-29'],
    ['2020-10-24T22:00:00Z', '2020-10-25'],
  ])('%s is %s in Amsterdam', (instant, day) => {
    expect(dayOf(new Date(instant))).toBe(day)
  })
})

describe('isDay', () => {
  it.each(['2019-01-01', '2020-02-29', '2000-02-29', '9999-12-31', '0001-01-01'])('%s exists', (text) => {
    expect(isDay(text)).toBe(true)
  })

  it.each([
    '2019-02-29',
    '1900-02-29',
    '2019-13-01',
    '2019-00-01',
    '2019-04-31',
    '2019-2-9',
    '20190101',
    '',
    '2019-01-01 ',
    '0000-01-01',
  ])('%j does not', (text) => {
    expect(isDay(text)).toBe(false)
  })

  it('takes only text', () => {
    expect(isDay(20190101)).toBe(false)
    expect(isDay(undefined)).toBe(false)
  })
})

describe('a day in digits', () => {
  it.each([
    ['2020-01-31', '2020-01-31'],
    ['31-1-2020', '2020-01-31'],
    [' 1/2/2020 ', '2020-02-01'],
    ['29.02.2020', '2020-02-29'],
    ['29 2 2020', '2020-02-29'],
    ['29-2-2019', null],
    ['31-2-2020', null],
    ['28-2-19', null],
    ['2020/01/31', null],
    ['morgen', null],
    ['', null],
  ])('%j is read as %j', (typed, day) => expect(tryParseDay(typed)).toBe(day))

  it('is written as it is read', () => {
    expect(dayInDigits('2020-02-05')).toBe('05-02-2020')
    fc.assert(fc.property(anyDay, (day) => tryParseDay(dayInDigits(day)) === day))
  })
})

describe('addDays and daysBetween', () => {
  it('cross months, leap days and summer time', () => {
    expect(addDays('2020-02-28', 1)).toBe('2020-02-29')
    expect(addDays('2020-03-01', -1)).toBe('2020-02-29')
    expect(addDays('2020-03-28', 2)).toBe('2020-03-30')
    expect(daysBetween('2020-03-28', '2020-03-30')).toBe(2)
    expect(daysBetween('2020-01-01', '2021-01-01')).toBe(366)
    expect(daysBetween('2020-02-15', '2020-02-14')).toBe(-1)
  })

  it('undo each other', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -5000, max: 5000 }), (day, n) => {
        expect(daysBetween(day, addDays(day, n))).toBe(n)
        expect(addDays(addDays(day, n), -n)).toBe(day)
      }),
    )
  })

  it('refuse what is no day', () => {
    expect(() => addDays('2019-02-29', 1)).toThrow('day.malformed')
    expect(() => daysBetween('2019-01-01', 'morgen')).toThrow('day.malformed')
  })
})

describe('wasBy', () => {
  it.each([
    ['on the day itself', '2020-02-02T22:59:59Z', '2020-02-02', true],
    ['after midnight in Amsterdam', '2020-02-02T23:00:00Z', '2020-02-02', false],
    ['on an earlier day', '2020-02-01T12:00:00Z', '2020-02-02', true],
  ])('%s', (_, instant, day, expected) => {
    expect(wasBy(new Date(instant), day)).toBe(expected)
  })
})
