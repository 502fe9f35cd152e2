import { describe, expect, it } from 'vitest'
import { mayConveneThemselves, requestStanding, votesNeeded } from './assembly-request.js'

describe('a tenth of the votes (BW 2:41)', () => {
  it.each([
    [51, 6],
    [50, 5],
    [10, 1],
    [11, 2],
    [1, 1],
    [0, 1],
    [5000, 500],
  ])('of %i is %i', (electorate, needed) => {
    expect(votesNeeded(electorate)).toBe(needed)
  })
})

describe('the clock of a request', () => {
  it.each([
    ['2020-03-01', null, 'collecting', false],
    ['2020-03-01', '2020-03-01', 'filed', false],
    ['2020-03-15', '2020-03-01', 'filed', false],
    ['2020-03-16', '2020-03-01', 'silent', true],
    ['2020-03-29', '2020-03-01', 'silent', true],
    ['2020-03-30', '2020-03-01', 'overdue', true],
  ] as const)('on %s, filed %s: %s', (today, filedOn, state, self) => {
    const standing = requestStanding({ kind: 'assembly', filedOn, answeredOn: null }, today)
    expect(standing.state).toBe(state)
    expect(mayConveneThemselves(standing, today)).toBe(self)
  })

  it('stops when the board convened', () => {
    const standing = requestStanding(
      { kind: 'assembly', filedOn: '2020-03-01', answeredOn: '2020-03-10' },
      '2020-04-20',
    )
    expect(standing).toEqual({ state: 'answered', boardUntil: '2020-03-29', selfFrom: '2020-03-16' })
    expect(mayConveneThemselves(standing, '2020-04-20')).toBe(false)
  })

  it('gives no right to convene for an item', () => {
    const standing = requestStanding({ kind: 'item', filedOn: '2020-03-01', answeredOn: null }, '2020-03-20')
    expect(standing).toEqual({ state: 'filed', boardUntil: '2020-03-29', selfFrom: null })
    expect(mayConveneThemselves(standing, '2020-03-20')).toBe(false)
  })
})
