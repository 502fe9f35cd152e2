import { describe, expect, it } from 'vitest'
import type { ReadCell } from './cell-text.js'
import { differsFromSum } from './total.js'

const number = (text: string): ReadCell => ({ kind: 'number', text })
const text = (text: string): ReadCell => ({ kind: 'text', text })

describe('a total in a workbook', () => {
  it.each<[string, ReadCell, ReadCell[], boolean]>([
    ['of nothing', number('0'), [], false],
    ['of amounts', number('0.3'), [number('0.1'), number('0.2')], false],
    ['with a debt', number('-1.5'), [number('1'), number('-2.5')], false],
    ['of amounts and texts', number('1'), [number('1'), text('n.v.t.'), text('5')], false],
    ['of thirds, added up in binary', number('100'), Array(3).fill(number('33.3333333333333')), false],
    ['a cent off', number('0.31'), [number('0.1'), number('0.2')], true],
    ['that is empty', { kind: 'empty', text: '' }, [], true],
    ['that is a text', text('1'), [number('1')], true],
  ])('%s', (_, total, cells, differs) => expect(differsFromSum(total, cells)).toBe(differs))
})
