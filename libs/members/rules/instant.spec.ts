import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareInstants, instantOf, parseInstant } from './instant.js'

const compared = (a: string, b: string) => Math.sign(compareInstants(parseInstant(a)!, parseInstant(b)!))

describe('instants', () => {
  it.each([
    ['the same moment in two offsets', '2019-12-31T23:30:00+01:00', '2019-12-31T22:30:00Z', 0],
    ['the next day by offset only', '2020-01-01T00:15:00+02:00', '2019-12-31T23:00:00Z', -1],
    ['no seconds', '2019-12-31T22:30Z', '2019-12-31T22:30:00.000Z', 0],
    ['zeros at the end', '2019-12-31T22:30:00.5Z', '2019-12-31T22:30:00.5000Z', 0],
    ['a comma', '2019-12-31T22:30:00,5Z', '2019-12-31T22:30:00.5Z', 0],
    ['finer than a millisecond', '2019-12-31T22:30:00.0000001Z', '2019-12-31T22:30:00.0000002Z', -1],
    ['a longer fraction that is less', '2019-12-31T22:30:00.19Z', '2019-12-31T22:30:00.2Z', -1],
    ['before 1970', '1969-12-31T23:59:59.9Z', '1970-01-01T00:00:00Z', -1],
    ['the first year there is', '0001-01-01T00:00:00+01:00', '0001-01-01T00:00:00Z', -1],
    ['minus nothing', '2020-01-01T00:00:00-00:00', '2020-01-01T00:00:00Z', 0],
  ])('%s: %s and %s', (_, a, b, order) => {
    expect(compared(a, b)).toBe(order)
    expect(compared(b, a)).toBe(0 - order)
  })

  it.each([
    '',
    'gisteren',
    '2020-01-01',
    '2020-01-01T12:00:00',
    '2020-01-01 12:00:00Z',
    '2020-01-01t12:00:00z',
    '2020-01-01T12:00:00+0100',
    '2020-01-01T12:00:00+24:00',
    '2020-01-01T12:00:00+01:60',
    '2020-02-30T12:00:00Z',
    '2019-02-29T12:00:00Z',
    '2020-01-01T24:00:00Z',
    '2020-01-01T12:60:00Z',
    '2020-01-01T12:00:60Z',
    '2020-01-01T12:00:00.Z',
    '2020-01-01T12Z',
    '20200101T120000Z',
    ' 2020-01-01T12:00:00Z',
    '2020-01-01T12:00:00Z\n',
    '+02020-01-01T12:00:00Z',
  ])('%j is none', (text) => {
    expect(parseInstant(text)).toBeNull()
  })

  it('of a Date are the same as its text', () => {
    fc.assert(
      fc.property(
        fc.date({
          noInvalidDate: true,
          min: new Date('0001-01-01T00:00:00Z'),
          max: new Date('9999-12-31T23:59:59Z'),
        }),
        (date) => {
          expect(instantOf(date)).toEqual(parseInstant(date.toISOString()))
        },
      ),
    )
  })
})
