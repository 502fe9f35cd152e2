import { describe, expect, it } from 'vitest'
import { type Progress, turnsOf } from './turns.js'

const at = (minute: number) => new Date(Date.UTC(2020, 1, 15, 19, minute))
const log: Progress[] = [
  { itemId: 'a', kind: 'begun', at: at(0) },
  { itemId: 'b', kind: 'begun', at: at(5) },
  { itemId: 'b', kind: 'ended', at: at(8) },
  { itemId: 'a', kind: 'begun', at: at(9) },
  { itemId: 'c', kind: 'begun', at: at(12) },
]

describe('when the assembly was at an item', () => {
  it.each([
    [
      'a',
      [
        { from: at(0), until: at(5) },
        { from: at(9), until: at(12) },
      ],
    ],
    ['b', [{ from: at(5), until: at(8) }]],
    ['c', [{ from: at(12), until: at(30) }]],
    ['d', []],
  ])('%s', (item, expected) => {
    expect(turnsOf(log, item, at(30))).toEqual(expected)
  })

  it('has no end while it goes on', () => {
    expect(turnsOf(log, 'c', null)).toEqual([{ from: at(12), until: null }])
  })
})
