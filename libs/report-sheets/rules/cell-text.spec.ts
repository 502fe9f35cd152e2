import { describe, expect, it } from 'vitest'
import { decimalsOf, type FieldKind, hundredfold, type ReadCell, typedText } from './cell-text.js'

const number = (text: string): ReadCell => ({ kind: 'number', text })
const percentage = (text: string): ReadCell => ({ kind: 'number', text, percentage: true })

describe('what stands in a cell, as typed', () => {
  it.each<[string, ReadCell, FieldKind, string | null]>([
    ['an empty cell', { kind: 'empty', text: '' }, 'amount', ''],
    ['a text', { kind: 'text', text: ' n.v.t. ' }, 'amount', ' n.v.t. '],
    ['a whole amount', number('1250'), 'amount', '1250'],
    ['an amount with cents', number('1250.5'), 'amount', '1250,50'],
    ['an amount with more decimals', number('33.333'), 'amount', '33,333'],
    ['a negative amount', number('-0.5'), 'amount', '-0,50'],
    ['a grade', number('7.5'), 'decimal', '7,5'],
    ['a count that is none', number('12.5'), 'whole', '12,5'],
    ['a percentage', percentage('0.75'), 'percentage', '75'],
    ['a percentage with a decimal', percentage('0.075'), 'percentage', '7,5'],
    ['a percentage typed as a plain number', number('75'), 'percentage', '75'],
    ['an amount shown as a percentage', percentage('0.75'), 'amount', '75%'],
    ['a fraction that became a day', { kind: 'day', text: '2020-12-20' }, 'nOfM', '20-12-2020'],
    ['true for yes', { kind: 'boolean', text: 'true' }, 'yesNo', 'ja'],
    ['false for no', { kind: 'boolean', text: 'false' }, 'yesNo', 'nee'],
    ['true elsewhere', { kind: 'boolean', text: 'true' }, 'amount', 'WAAR'],
    ['an error', { kind: 'error', text: '#REF!' }, 'amount', null],
  ])('%s', (_, cell, field, text) => expect(typedText(cell, field)).toBe(text))

  it.each([
    ['0', '0'],
    ['1', '100'],
    ['0.5', '50'],
    ['0.0725', '7.25'],
    ['-0.001', '-0.1'],
    ['12.34567', '1234.567'],
  ])('%s a hundredfold is %s', (decimal, hundred) => expect(hundredfold(decimal)).toBe(hundred))

  it('counts decimals of numbers only', () => {
    expect(decimalsOf(number('33.333'))).toBe(3)
    expect(decimalsOf({ kind: 'text', text: '33.333' })).toBe(0)
  })
})
