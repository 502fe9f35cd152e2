import { describe, expect, it } from 'vitest'
import { tabName, workbookText } from './workbook-text.js'
import { xlsxValue } from './xlsx-value.js'

describe('a value in a column', () => {
  it.each([
    [123456n, 'money', 1234.56],
    [-5n, 'money', -0.05],
    [0n, 'money', 0],
    [99_999_999_999_999_9n, 'money', 9_999_999_999_999.99],
    [1_234_567_890_123_456n, 'money', '12345678901234.56'],
    ['2020-02-29', 'day', 43890],
    ['1899-01-01', 'day', '1899-01-01'],
    [0.1 + 0.2, 'number', 0.3],
    ['12.50', 'number', 12.5],
    ['12345678901234567', 'number', '12345678901234567'],
    [7n, 'number', 7],
    ['00123456', 'text', '00123456'],
    ['=1+1', 'text', '=1+1'],
    [12.5, 'text', '12.5'],
    [true, 'text', true],
    ['', 'text', null],
    [null, 'money', null],
  ] as const)('%s as %s → %s', (value, kind, written) => expect(xlsxValue(value, kind)).toBe(written))

  it.each([
    [12.5, 'money'],
    ['12,50', 'money'],
    ['29-02-2020', 'day'],
    [Number.NaN, 'number'],
  ] as const)('%s is no %s', (value, kind) => expect(() => xlsxValue(value, kind)).toThrow())
})

describe('a text in a workbook', () => {
  it.each([
    ['a\r\nb\rc', 'a\nb\nc'],
    ['a\0b\x1f', 'ab'],
    ['\ud800', '\ufffd'],
    ['😀', '😀'],
    ['_x0041_', '_x005F_x0041_'],
    ['_x_', '_x_'],
  ])('%j → %j', (text, written) => expect(workbookText(text)).toBe(written))

  it('refuses what no cell holds', () => expect(() => workbookText('a'.repeat(32_768))).toThrow(/32767/))

  it.each([
    ['Leden: 2020/Q1', 'Leden- 2020-Q1'],
    ['a'.repeat(40), 'a'.repeat(31)],
    ["'t Gilde'", 't Gilde'],
    ['', 'Blad'],
  ])('a tab %j is called %j', (name, tab) => expect(tabName(name)).toBe(tab))
})
