import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatDecisionNumber, parseDecisionNumber } from './decision-number.js'

describe('a decision number', () => {
  it('is written with two digits', () => {
    expect(formatDecisionNumber({ year: 2020, sequence: 3 })).toBe('2020-03')
    expect(formatDecisionNumber({ year: 2020, sequence: 103 })).toBe('2020-103')
  })

  it('is read back', () => {
    const number = fc.record({
      year: fc.integer({ min: 1000, max: 9999 }),
      sequence: fc.integer({ min: 1, max: 9999 }),
    })
    fc.assert(
      fc.property(number, (one) => {
        expect(parseDecisionNumber(formatDecisionNumber(one))).toEqual(one)
      }),
    )
  })

  it.each(['', '2020', '2020-3', '2020-00', '2020-003', '20-01', '2020-01 ', '2020-99999', 'x'])(
    'is not %j',
    (text) => expect(parseDecisionNumber(text)).toBeNull(),
  )
})
