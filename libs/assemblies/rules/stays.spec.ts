import { describe, expect, it } from 'vitest'
import { staysOf } from './stays.js'

const at = (minute: number) => new Date(Date.UTC(2020, 1, 15, 19, minute))
const event = (memberId: string, kind: 'in' | 'out', minute: number) => ({ memberId, kind, at: at(minute) })

describe('when a member was there', () => {
  it.each([
    ['never', [], []],
    ['until the end', [event('a', 'in', 1)], [{ from: at(1), until: null }]],
    [
      'twice',
      [event('a', 'in', 1), event('a', 'out', 5), event('a', 'in', 9)],
      [
        { from: at(1), until: at(5) },
        { from: at(9), until: null },
      ],
    ],
    ['once, with a repeat', [event('a', 'in', 1), event('a', 'in', 2)], [{ from: at(1), until: null }]],
    ['not by going alone', [event('a', 'out', 1)], []],
    ['not by the coming of another', [event('b', 'in', 1)], []],
  ])('%s', (_, log, expected) => {
    expect(staysOf(log, 'a')).toEqual(expected)
  })
})
