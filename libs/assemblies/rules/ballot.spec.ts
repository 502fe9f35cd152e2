import { describe, expect, it } from 'vitest'
import { type CastingContext, checkBallot, checkEntry } from './ballot.js'

const open: CastingContext = { closedAt: null, casterIds: ['anna', 'bas'], castAt: null }

describe('checkBallot', () => {
  const cases: [name: string, context: CastingContext, person: string, choice: string, broken: string[]][] = [
    ['a caster votes for', open, 'anna', 'for', []],
    ['a second caster of the same member votes blank', open, 'bas', 'blank', []],
    ['somebody else', open, 'carla', 'for', ['ballot.notYourMember']],
    [
      'a member outside the electorate',
      { ...open, casterIds: null },
      'anna',
      'for',
      ['ballot.notYourMember'],
    ],
    ['a member without a delegate', { ...open, casterIds: [] }, 'anna', 'for', ['ballot.notYourMember']],
    ['a voided poll', { ...open, voided: true, closedAt: '20.21' }, 'anna', 'for', ['poll.voided']],
    ['a voided poll, to somebody else', { ...open, voided: true }, 'carla', 'for', ['ballot.notYourMember']],
    ['a second ballot', { ...open, castAt: '20.15' }, 'anna', 'against', ['ballot.alreadyVoted']],
    ['a closed poll', { ...open, closedAt: '20.21' }, 'anna', 'for', ['poll.closed']],
    [
      'a second press after closing hears of the ballot, not of the closing',
      { ...open, closedAt: '20.21', castAt: '20.15' },
      'anna',
      'for',
      ['ballot.alreadyVoted'],
    ],
    [
      'somebody else learns nothing of the ballot',
      { ...open, castAt: '20.15' },
      'carla',
      'for',
      ['ballot.notYourMember'],
    ],
    ['an unknown choice', open, 'anna', 'abstain', ['ballot.unknownChoice']],
    ['no choice', open, 'anna', '', ['ballot.unknownChoice']],
    ['a choice that every object has', open, 'anna', 'toString', ['ballot.unknownChoice']],
  ]

  it.each(cases)('%s', (_, context, person, choice, broken) => {
    expect(checkBallot(context, person, choice).map(({ code }) => code)).toEqual(broken)
  })

  it('says when the earlier ballot was cast', () => {
    expect(checkBallot({ ...open, castAt: '20.15' }, 'anna', 'for')[0]?.params).toEqual({ time: '20.15' })
  })
})

describe('checkEntry', () => {
  it.each<[string, CastingContext, boolean, string, string[]]>([
    ['a member in the hall', open, true, 'blank', []],
    ['a member without delegate, in the hall', { ...open, casterIds: [] }, true, 'for', []],
    ['a member that is away', open, false, 'for', ['ballot.notPresent']],
    ['a member outside the electorate', { ...open, casterIds: null }, true, 'for', ['ballot.noElector']],
    ['a member that voted on its phone', { ...open, castAt: '20.15' }, true, 'for', ['ballot.alreadyVoted']],
    ['in a voided poll', { ...open, voided: true }, true, 'for', ['poll.voided']],
    ['after the closing', { ...open, closedAt: '20.21' }, true, 'for', ['poll.closed']],
    ['no choice', open, true, '', ['ballot.unknownChoice']],
  ])('%s', (_, context, present, choice, broken) => {
    expect(checkEntry(context, present, choice).map(({ code }) => code)).toEqual(broken)
  })
})
