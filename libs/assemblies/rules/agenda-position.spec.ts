import { describe, expect, it } from 'vitest'
import { nextItem, type ProgressEvent, positionBy } from './agenda-position.js'

const items = ['a', 'b', 'c'].map((id) => ({ id }))
/** `'a( a)'`: a begun, a ended. */
const log = (text: string): ProgressEvent[] =>
  text
    .split(' ')
    .filter(Boolean)
    .map((mark, index) => ({
      itemId: mark[0]!,
      kind: mark[1] === '(' ? 'begun' : 'ended',
      at: new Date(index),
    }))

describe('where the assembly is on its agenda', () => {
  it.each([
    ['before the first', '', null, 'a'],
    ['at the first', 'a(', 'a', 'b'],
    ['between items', 'a( a)', null, 'b'],
    ['the chair skipped one: it comes at the end', 'a( a) c(', 'c', 'b'],
    ['back at an earlier item', 'a( a) b( b) a(', 'a', 'c'],
    ['all dealt with', 'a( a) b( b) c( c)', null, null],
    ['at an item that was taken off since', 'x(', 'x', 'a'],
  ])('%s', (_, marks, at, next) => {
    expect(positionBy(log(marks))?.itemId ?? null).toBe(at)
    expect(nextItem(items, log(marks))?.id ?? null).toBe(next)
  })
})
