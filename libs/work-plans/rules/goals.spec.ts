import { describe, expect, it } from 'vitest'
import { checkGoal, type Goal, inOrder, nextGoalId, readIndicators, saysTheSame } from './goals.js'

const goal: Goal = { id: 'doel-1', area: null, text: 'Meer mensen doen mee', sign: '', indicators: [] }

describe('a goal', () => {
  it.each<[string, Partial<Goal>, string[]]>([
    ['of the city', {}, []],
    ['of a wijk', { area: 'leidsche-rijn' }, []],
    ['of a wijk that is not there', { area: 'amsterdam' }, ['goal.unknownArea']],
    ['without a text', { text: '' }, ['goal.textNeeded']],
    ['of the longest text', { text: 'x'.repeat(600) }, []],
    ['too long', { text: 'x'.repeat(601), sign: 'x'.repeat(301) }, ['goal.textTooLong', 'goal.signTooLong']],
    ['with indicators', { indicators: ['uniek', 'klant-2'] }, []],
    ['with a strange indicator', { indicators: ['=cmd'] }, ['goal.indicatorMalformed']],
    ['with too many', { indicators: Array.from('abcdefghijk') }, ['goal.tooManyIndicators']],
  ])('%s', (_, change, codes) => {
    const found = checkGoal({ ...goal, ...change }, ['leidsche-rijn'])
    expect(found.map(({ code }) => code)).toEqual(codes)
  })

  it.each([
    ['', []],
    ['uniek', ['uniek']],
    [' Uniek, bereik;\n uniek ', ['uniek', 'bereik']],
  ])('reads indicators: %j', (typed, ids) => {
    expect(readIndicators(typed)).toEqual(ids)
  })

  it.each([
    [[], 'doel-1'],
    [['doel-2', 'doel-10'], 'doel-11'],
    [['anders'], 'doel-1'],
  ])('after %j comes %s', (used, next) => {
    expect(nextGoalId(used)).toBe(next)
  })

  it.each<[Partial<Goal>, boolean]>([
    [{}, true],
    [{ id: 'doel-2' }, false],
    [{ area: 'oost' }, false],
    [{ text: 'Anders' }, false],
    [{ sign: 'Anders' }, false],
    [{ indicators: ['a'] }, false],
  ])('with %j says the same: %s', (change, same) => {
    expect(saysTheSame(goal, { ...goal, ...change })).toBe(same)
  })
})

it('puts the city first and keeps the order within a wijk', () => {
  const goals = ['b', null, 'a', 'b', null].map((area, at) => ({ ...goal, area, id: `doel-${at}` }))
  const ids = inOrder(goals, ['a', 'b']).map(({ id }) => id)
  expect(ids).toEqual(['doel-1', 'doel-4', 'doel-2', 'doel-0', 'doel-3'])
})
