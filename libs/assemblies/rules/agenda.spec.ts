import { describe, expect, it } from 'vitest'
import { checkOrder, moved, startTimes } from './agenda.js'

describe('the order of an agenda', () => {
  it.each([
    ['b', -1, 'bac'],
    ['b', 1, 'acb'],
    ['a', -1, 'abc'],
    ['c', 1, 'abc'],
    ['x', 1, 'abc'],
  ] as const)('%s by %i gives %s', (id, by, expected) => {
    expect(moved(['a', 'b', 'c'], id, by).join('')).toBe(expected)
  })

  it.each([['ab'], ['abb'], ['abx'], ['abcc'], ['']])('%j is not the same agenda as abc', (wanted) => {
    expect(() => checkOrder(['a', 'b', 'c'], [...wanted])).toThrow('agenda.changedMeanwhile')
  })

  it('takes any order of the same items', () => {
    expect(() => checkOrder(['a', 'b', 'c'], ['c', 'a', 'b'])).not.toThrow()
  })
})

describe('start times', () => {
  it('follow from the minutes before', () => {
    const { starts, endsAt } = startTimes(new Date('2020-03-20T18:30:00Z'), [
      { minutes: 5 },
      { minutes: 0 },
      { minutes: 90 },
    ])
    expect([...starts, endsAt].map((at) => at.toISOString().slice(11, 16))).toEqual([
      '18:30',
      '18:35',
      '18:35',
      '20:05',
    ])
  })
})
