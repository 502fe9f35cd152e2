import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { choices } from './ballot.js'
import { countElectors, tallyBallots, votesOf } from './tally.js'

const weight = fc.integer({ min: 1, max: 9 })
const ballot = fc.record({ choice: fc.constantFrom(...choices), weight })

describe('tallyBallots', () => {
  it('counts votes by weight', () => {
    const tally = tallyBallots([
      { choice: 'for', weight: 1 },
      { choice: 'for', weight: 2 },
      { choice: 'against', weight: 1 },
      { choice: 'blank', weight: 3 },
    ])
    expect(tally).toEqual({ for: 3, against: 1, blank: 3, invalid: 0 })
  })

  it('of nothing is nothing', () => {
    expect(tallyBallots([])).toEqual({ for: 0, against: 0, blank: 0, invalid: 0 })
  })

  it('loses no vote and heeds no order', () => {
    fc.assert(
      fc.property(fc.array(ballot), (ballots) => {
        const tally = tallyBallots(ballots)
        expect(tally.for + tally.against + tally.blank).toBe(votesOf(ballots))
        expect(tallyBallots(ballots.toReversed())).toEqual(tally)
      }),
    )
  })
})

describe('countElectors', () => {
  const elector = fc.record({
    memberId: fc.constantFrom(...'abcdefgh'),
    weight,
    checkedIn: fc.boolean(),
    choice: fc.constantFrom(null, ...choices),
    holderId: fc.constantFrom(null, ...'abcd'),
  })

  it.each([
    [true, null, 2],
    [false, 'for' as const, 2],
    [true, 'blank' as const, 2],
    [false, null, 0],
  ])('checked in %s, voted %s: %i votes present', (checkedIn, choice, present) => {
    const alone = { memberId: 'a', weight: 2, checkedIn, choice, holderId: null }
    expect(countElectors([alone])).toMatchObject({ present, electorate: 2 })
  })

  it.each([
    ['there, away: represented', true, false, 5],
    ['away, away: not represented', false, false, 0],
    ['away, there itself after the opening: present', false, true, 3],
    ['there, there: counted once', true, true, 5],
  ])('holder %s (BW 2:38 lid 4)', (_, holderThere, principalThere, present) => {
    const silent = { choice: null }
    const holder = { ...silent, memberId: 'h', weight: 2, checkedIn: holderThere, holderId: null }
    const principal = { ...silent, memberId: 'p', weight: 3, checkedIn: principalThere, holderId: 'h' }
    expect(countElectors([holder, principal]).present).toBe(present)
  })

  it('counts a vote by proxy as present, also of a holder who votes from elsewhere', () => {
    const voted = { weight: 1, checkedIn: false, choice: 'for' as const }
    const both = [
      { ...voted, memberId: 'h', holderId: null },
      { ...voted, memberId: 'p', holderId: 'h' },
    ]
    expect(countElectors(both)).toMatchObject({ present: 2, tally: { for: 2 } })
  })

  it('of nobody is nothing', () => {
    expect(countElectors([])).toMatchObject({ present: 0, electorate: 0 })
  })

  it('has the votes present between the votes cast and the electorate', () => {
    fc.assert(
      fc.property(fc.uniqueArray(elector, { selector: ({ memberId }) => memberId }), (electors) => {
        const { tally, present, electorate } = countElectors(electors)
        expect(present).toBeLessThanOrEqual(electorate)
        expect(present).toBeGreaterThanOrEqual(tally.for + tally.against + tally.blank)
      }),
    )
  })
})
