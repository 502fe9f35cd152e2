import { describe, expect, it } from 'vitest'
import { instantOn, timeOn } from './amsterdam-time.js'

describe('a time in Amsterdam', () => {
  it.each([
    ['2020-02-15', '10:00', '2020-02-15T09:00:00.000Z'],
    ['2020-07-15', '10:00', '2020-07-15T08:00:00.000Z'],
    ['2020-03-29', '01:59', '2020-03-29T00:59:00.000Z'],
    ['2020-03-29', '02:30', undefined],
    ['2020-03-29', '03:00', '2020-03-29T01:00:00.000Z'],
    ['2020-10-25', '02:30', '2020-10-25T00:30:00.000Z'],
    ['2020-02-15', '00:00', '2020-02-14T23:00:00.000Z'],
    ['2020-02-15', '24:00', undefined],
    ['2020-02-30', '10:00', undefined],
  ])('%s %s is %s', (day, time, expected) => {
    const at = instantOn(day, time)
    expect(at?.toISOString()).toBe(expected)
    if (at) expect(timeOn(at)).toBe(time)
  })
})
