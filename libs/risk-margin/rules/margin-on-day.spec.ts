import { describe, expect, it } from 'vitest'
import { proposalsOn, usedIn, usesOn } from './margin-on-day.js'

const noon = (day: string) => new Date(`${day}T12:00:00Z`)
const use = (onDay: string, recorded: string, reversed: string | null = null) => ({
  ...{ onDay, recordedAt: noon(recorded), cents: 100n },
  reversal: reversed === null ? null : { reversedAt: noon(reversed) },
})

describe('what was used of the margin by the end of a day', () => {
  it.each([
    ['nothing before its day', use('2019-06-01', '2019-06-01'), '2019-05-31', 0n],
    ['it from its day on', use('2019-06-01', '2019-06-01'), '2019-06-01', 100n],
    [
      'it from its own day, although it was recorded later',
      use('2019-06-01', '2020-01-10'),
      '2019-06-01',
      100n,
    ],
    ['it until it was undone', use('2019-06-01', '2019-06-01', '2019-09-01'), '2019-08-31', 100n],
    ['nothing once it was undone', use('2019-06-01', '2019-06-01', '2019-09-01'), '2019-09-01', 0n],
    ['no mistake of which nobody knew', use('2019-06-01', '2020-01-10', '2020-01-12'), '2019-06-01', 0n],
    ['the mistake while it stood there', use('2019-06-01', '2020-01-10', '2020-01-12'), '2020-01-11', 100n],
    ['no mistake of one day', use('2019-06-01', '2020-01-10', '2020-01-10'), '2020-01-10', 0n],
  ])('%s', (_, one, day, cents) => {
    expect(usedIn(usesOn([one], day))).toBe(cents)
  })

  it('adds several up, and goes by the calendar of Amsterdam', () => {
    const late = {
      ...use('2019-06-01', '2019-06-01'),
      reversal: { reversedAt: new Date('2019-06-30T22:30:00Z') },
    }
    expect(usedIn(usesOn([late, use('2019-06-02', '2019-06-02')], '2019-06-30'))).toBe(200n)
    expect(usedIn(usesOn([late, use('2019-06-02', '2019-06-02')], '2019-07-01'))).toBe(100n)
    expect(usedIn([])).toBe(0n)
  })
})

describe('the proposals at the end of a day', () => {
  const proposal = {
    proposedAt: noon('2020-02-01'),
    withdrawal: null,
    decision: { decidedOn: '2020-02-10' },
    posting: { postedAt: noon('2020-02-15') },
  }
  it.each([
    ['none before it was made', '2020-01-31', []],
    ['made', '2020-02-01', [[false, false]]],
    ['decided', '2020-02-10', [[true, false]]],
    ['paid out', '2020-02-15', [[true, true]]],
  ])('%s', (_, day, expected) => {
    const found = proposalsOn([proposal], day)
    expect(found.map(({ decision, posting }) => [decision !== null, posting !== null])).toEqual(expected)
  })

  it('stand until the day of their withdrawal', () => {
    const withdrawn = {
      ...proposal,
      decision: null,
      posting: null,
      withdrawal: { withdrawnAt: noon('2020-02-03') },
    }
    expect(proposalsOn([withdrawn], '2020-02-02')[0]?.withdrawal).toBeNull()
    expect(proposalsOn([withdrawn], '2020-02-03')[0]?.withdrawal).not.toBeNull()
  })
})
