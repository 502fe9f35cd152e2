import { describe, expect, it } from 'vitest'
import { Quarter } from '#kernel'
import { draftIsOpen, statusOf } from './status.js'
import { dueOn, hasBegun, timingViolations } from './timing.js'

describe('statusOf', () => {
  it.each([
    [false, undefined, 'empty', true],
    [true, undefined, 'draft', true],
    [true, null, 'submitted', false],
    [true, 'returned', 'returned', true],
    [true, 'approved', 'approved', false],
  ] as const)(
    'draft saved %s, verdict %s: %s; the draft is open: %s',
    (draftSaved, latestVerdict, status, open) => {
      expect(statusOf({ draftSaved, latestVerdict })).toBe(status)
      expect(draftIsOpen(status)).toBe(open)
    },
  )
})

describe('timing', () => {
  const year = { startsOn: '2019-01-01', endsOn: '2019-12-31' }

  it.each([
    ['2019-Q4', '2019-12-31', ['report.quarterNotEnded']],
    ['2019-Q4', '2020-01-01', []],
    ['2018-Q4', '2020-01-01', ['report.outsideAgreement']],
    ['2020-Q1', '2020-05-01', ['report.outsideAgreement']],
  ])('%s submitted on %s: %s', (quarter, today, expected) => {
    expect(timingViolations(Quarter.parse(quarter), year, today).map(({ code }) => code)).toEqual(expected)
  })

  it('counts a quarter that the agreement covers in part', () => {
    expect(
      timingViolations(
        Quarter.parse('2019-Q1'),
        { startsOn: '2019-03-31', endsOn: '2019-12-31' },
        '2019-04-01',
      ),
    ).toEqual([])
  })

  it('is due so many days after the quarter', () => {
    expect(dueOn(Quarter.parse('2019-Q4'), 30)).toBe('2020-01-30')
    expect(dueOn(Quarter.parse('2019-Q4'), 60)).toBe('2020-02-29')
  })

  it('opens the draft on the first day of the quarter', () => {
    expect(hasBegun(Quarter.parse('2020-Q1'), '2019-12-31')).toBe(false)
    expect(hasBegun(Quarter.parse('2020-Q1'), '2020-01-01')).toBe(true)
  })
})
