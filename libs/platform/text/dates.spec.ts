import { describe, expect, it } from 'vitest'
import { clockTime, fullDay, longDay, moment, shortDay, timeOfDay } from './dates.js'

const winter = new Date('2020-02-15T19:14:00Z')
const summerNight = new Date('2020-07-15T22:05:00Z')

describe('dates in words', () => {
  it.each([
    [longDay('nl', '2020-02-15'), '15 februari 2020'],
    [longDay('en', '2020-02-15'), '15 February 2020'],
    [longDay('nl', '1900-01-01'), '1 januari 1900'],
    [fullDay('nl', '2020-02-15'), 'zaterdag 15 februari 2020'],
    [fullDay('en', '2020-02-15'), 'Saturday, 15 February 2020'],
    [shortDay('nl', '2020-02-15'), '15 feb 2020'],
    [shortDay('en', '2020-02-15'), '15 Feb 2020'],
    [clockTime('nl', winter), '20.14'],
    [clockTime('en', winter), '20:14'],
    [timeOfDay('nl', winter), '20.14 uur'],
    [timeOfDay('en', winter), '20:14'],
    [timeOfDay('nl', summerNight), '00.05 uur'],
    [moment('nl', winter), '15 februari 2020, 20.14 uur'],
    [moment('en', winter), '15 February 2020, 20:14'],
    [moment('nl', summerNight), '16 juli 2020, 00.05 uur'],
    [moment('nl', new Date('2020-12-31T23:30:00Z')), '1 januari 2021, 00.30 uur'],
  ])('%s', (text, expected) => expect(text).toBe(expected))

  it.each(['gisteren', '2020-13-01', ''])('%j is no day', (day) =>
    expect(() => longDay('nl', day)).toThrow(RangeError),
  )
})
