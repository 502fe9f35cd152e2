import { describe, expect, it } from 'vitest'
import { booksKeptUntil, type LeaverStanding, obstaclesTo, yearsAfter } from './erasure.js'

const left: LeaverStanding = {
  formerSince: '2020-01-01',
  pledgedCents: 0n,
  paidInCents: 0n,
  payableCents: 0n,
  openCases: [],
  isSoleTrader: false,
  lastBookedOn: '2019-06-30',
}

describe('obstaclesTo', () => {
  const cases: [string, Partial<LeaverStanding>, string, [string, string | null][]][] = [
    ['a member is no leaver', { formerSince: null }, '2021-06-01', [['stillMember', null]]],
    ['an end to come', { formerSince: '2022-01-01' }, '2021-06-01', [['stillMember', '2023-01-01']]],
    ['within the year', {}, '2020-12-31', [['tooSoon', '2021-01-01']]],
    ['a year after the last day', {}, '2021-01-01', []],
    ['a pledge', { pledgedCents: 1n }, '2021-01-01', [['guarantee', null]]],
    ['paid in and not refunded', { paidInCents: 100n }, '2021-01-01', [['guarantee', null]]],
    ['a payout that was not paid', { payableCents: 5n }, '2021-01-01', [['payout', null]]],
    [
      'a case or appeal',
      { openCases: ['LM-2019-1', 'LM-2019-2'] },
      '2021-01-01',
      [
        ['openCase', null],
        ['openCase', null],
      ],
    ],
    [
      'all at once',
      { pledgedCents: 1n, payableCents: 1n },
      '2020-06-01',
      [
        ['tooSoon', '2021-01-01'],
        ['guarantee', null],
        ['payout', null],
      ],
    ],
    ['a sole trader in the books', { isSoleTrader: true }, '2021-01-01', [['books', '2027-01-01']]],
    ['the last day of the books', { isSoleTrader: true }, '2026-12-31', [['books', '2027-01-01']]],
    ['after the books', { isSoleTrader: true }, '2027-01-01', []],
    [
      'a sole trader about whom nothing was booked',
      { isSoleTrader: true, lastBookedOn: null },
      '2021-01-01',
      [],
    ],
    ['the name of an organisation stays in the books', { isSoleTrader: false }, '2021-01-01', []],
  ]
  it.each(cases)('%s', (_, standing, today, obstacles) => {
    const found = obstaclesTo({ ...left, ...standing }, today)
    expect(found.map(({ code, possibleOn }) => [code, possibleOn])).toEqual(obstacles)
  })
})

describe('days', () => {
  it.each([
    ['2020-02-29', 1, '2021-03-01'],
    ['2020-02-29', 4, '2024-02-29'],
    ['2020-01-01', 7, '2027-01-01'],
  ])('%s and %d years is %s', (day, years, later) => {
    expect(yearsAfter(day, years)).toBe(later)
  })

  it('books are kept seven years after their year', () => {
    expect(booksKeptUntil('2019-06-30')).toBe('2026-12-31')
  })
})
