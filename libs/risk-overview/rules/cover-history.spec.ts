import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { announcedAfter } from './announced.js'
import { coverPerMonth } from './cover-history.js'

const changes = [
  { id: 'a', on: '2019-03-15', cents: 600n },
  { id: 'b', on: '2019-01-01', cents: 1_000n },
  { id: 'a', on: '2019-06-30', cents: -200n },
  { id: 'a', on: '2019-07-01', cents: 50n },
]

describe('the cover per month', () => {
  it('is what was pledged at the end of each month, and on the last day', () => {
    expect(coverPerMonth(changes, '2019-02-10', '2019-07-15')).toEqual([
      { day: '2019-02-28', cents: 1_000n },
      { day: '2019-03-31', cents: 1_600n },
      { day: '2019-04-30', cents: 1_600n },
      { day: '2019-05-31', cents: 1_600n },
      { day: '2019-06-30', cents: 1_400n },
      { day: '2019-07-15', cents: 1_450n },
    ])
  })

  it.each([
    ['one day', '2019-01-01', '2019-01-01', ['2019-01-01']],
    ['through a month end', '2019-01-01', '2019-01-31', ['2019-01-31']],
    ['a leap year', '2020-02-01', '2020-03-01', ['2020-02-29', '2020-03-01']],
    ['over the year', '2019-12-02', '2020-01-31', ['2019-12-31', '2020-01-31']],
    ['to the last day there is', '9999-11-01', '9999-12-31', ['9999-11-30', '9999-12-31']],
    ['backwards', '2019-12-02', '2019-12-01', []],
  ])('%s', (_, from, through, days) => {
    expect(coverPerMonth(changes, from, through).map(({ day }) => day)).toEqual(days)
  })

  it('does not depend on the order of the changes', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(changes, { minLength: changes.length }), (shuffled) => {
        expect(coverPerMonth(shuffled, '2019-01-01', '2019-12-31')).toEqual(
          coverPerMonth(changes, '2019-01-01', '2019-12-31'),
        )
      }),
    )
  })
})

describe('what is announced', () => {
  it.each([
    ['2019-01-01', ['2019-03-15', '2019-06-30', '2019-07-01']],
    ['2019-06-29', ['2019-06-30', '2019-07-01']],
    ['2019-06-30', ['2019-07-01']],
    ['2019-07-01', []],
  ])('works after %s', (day, days) => {
    expect(announcedAfter(day, changes).map(({ on }) => on)).toEqual(days)
  })
})
