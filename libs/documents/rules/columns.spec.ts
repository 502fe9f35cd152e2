import { describe, expect, it } from 'vitest'
import { columnWidths } from './columns.js'

const wish = (least: number, most: number) => ({ least, most })

describe('columnWidths', () => {
  it.each([
    ['all fit: the rest is shared', [wish(10, 20), wish(10, 30)], 100, [45, 55]],
    ['a long text gives way', [wish(40, 40), wish(10, 200)], 100, [40, 60]],
    ['words that do not fit are narrowed alike', [wish(100, 100), wish(300, 300)], 200, [50, 150]],
    ['exactly the widest words', [wish(40, 80), wish(60, 90)], 100, [40, 60]],
  ])('%s', (_, wishes, width, widths) => {
    expect(columnWidths(wishes, width)).toEqual(widths)
  })
})
