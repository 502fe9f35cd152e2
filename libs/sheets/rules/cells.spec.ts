import { describe, expect, it } from 'vitest'
import { sheetsOf } from './cells.js'
import { columnName } from './column-name.js'
import { isExactInSheet, plainDecimal } from './decimal.js'
import { showsDay, showsPercentage } from './number-format.js'
import { dayCell, daySerial, isoCell } from './serial-day.js'

describe('a stored number as a plain decimal of 15 digits, as Excel shows it', () => {
  it.each([
    ['0.30000000000000004', '0.3'],
    ['1.1000000000000001', '1.1'],
    ['12', '12'],
    ['-0', '0'],
    ['-12.50', '-12.5'],
    ['1E+3', '1000'],
    ['1.5e-7', '0.00000015'],
    ['1.2345678901234567E+20', '123456789012346000000'],
    ['123456789012345', '123456789012345'],
    ['1234567890123456', '1234567890123460'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['9999999999999.995', '9999999999999.99'],
    ['1e308', `1${'0'.repeat(308)}`],
    ['1e309', null],
    ['NaN', null],
    ['0x10', null],
    ['1,5', null],
    ['', null],
  ])('%s → %s', (stored, plain) => expect(plainDecimal(stored)).toBe(plain))

  it.each([
    ['123456789012345', true],
    ['1234567890123456', false],
    ['1234567890123450', true],
    ['-0.000123', true],
    ['1e3', false],
    ['1.234567890123456', false],
  ])('%s is kept exactly: %s', (decimal, exact) => expect(isExactInSheet(decimal)).toBe(exact))
})

describe('a serial number as a day', () => {
  it.each([
    [1, false, 'day', '1900-01-01'],
    [59, false, 'day', '1900-02-28'],
    [60, false, 'text', '1900-02-29'],
    [61, false, 'day', '1900-03-01'],
    [43831, false, 'day', '2020-01-01'],
    [43890, false, 'day', '2020-02-29'],
    [2958465, false, 'day', '9999-12-31'],
    [0, true, 'day', '1904-01-01'],
    [42369, true, 'day', '2020-01-01'],
    [43831.5, false, 'text', '2020-01-01 12:00'],
    [43831.573_611_111, false, 'text', '2020-01-01 13:46'],
    [43831.000_000_001, false, 'day', '2020-01-01'],
    [43831.999_999_999, false, 'day', '2020-01-02'],
    [43831.000_023_148, false, 'text', '2020-01-01 00:00:02'],
    [0.5, false, 'text', '12:00'],
  ] as const)('%d (1904: %s) → %s %s', (serial, from1904, kind, text) =>
    expect(dayCell(serial, from1904)).toEqual({ kind, text }),
  )

  it.each([0, -1, 2958466])('%d is no day', (serial) => expect(dayCell(serial, false)).toBeNull())

  it.each([
    ['1900-03-01', 61],
    ['2020-02-29', 43890],
    ['9999-12-31', 2958465],
    ['1900-02-28', null],
    ['10000-01-01', null],
    ['gisteren', null],
  ])('%s is written as %s', (day, serial) => expect(daySerial(day)).toBe(serial))

  it.each([
    ['2020-02-15', { kind: 'day', text: '2020-02-15' }],
    ['2020-02-15T00:00:00', { kind: 'day', text: '2020-02-15' }],
    ['2020-02-15T13:45:00.000Z', { kind: 'text', text: '2020-02-15 13:45:00' }],
    ['morgen', null],
  ])('the ISO date %s', (text, cell) => expect(isoCell(text)).toEqual(cell))
})

describe('a number format', () => {
  it.each([
    '14',
    '22',
    '31',
    'dd-mm-yyyy',
    'd mmmm jjjj',
    '[$-413]d mmmm yyyy;@',
    'h:mm',
    'yyyy-mm-dd hh:mm:ss.000',
  ])('%s shows a day', (format) => expect(showsDay(format)).toBe(true))
  it.each([
    '0',
    '1',
    '9',
    '45',
    '46',
    '49',
    '164',
    'General',
    'Standaard',
    '0.00',
    '#,##0 "dagen"',
    '[$€-413] #,##0.00',
  ])('%s shows a number', (format) => expect(showsDay(format)).toBe(false))
  it.each(['[h]:mm', '[Red]0.00', '@', '0%', '0.00E+00', '# ?/?', '\\d0', '_-* #,##0_-'])(
    'nor does %s',
    (format) => expect(showsDay(format)).toBe(false),
  )

  it.each(['9', '10', '0%', '0.00%', '#,##0.0 %'])('%s shows a percentage', (format) =>
    expect(showsPercentage(format)).toBe(true),
  )

  it.each(['0', '49', '0.00', '0"%"', '0\\%', 'dd-mm-yyyy'])('%s shows none', (format) =>
    expect(showsPercentage(format)).toBe(false),
  )
})

it('reads raw cells by their mark', () => {
  const [sheet] = sheetsOf({
    from1904: false,
    formats: ['0', 'dd-mm-yyyy'],
    sheets: [
      {
        name: 'A',
        rows: [['t007', '', 'b1', 'b0', 'e#REF!', 'd2020-02-15', 'n0:0.30000000000000004', 'n1:43831']],
      },
    ],
  })
  expect(sheet!.rows[0]).toEqual([
    { kind: 'text', text: '007' },
    { kind: 'empty', text: '' },
    { kind: 'boolean', text: 'true' },
    { kind: 'boolean', text: 'false' },
    { kind: 'error', text: '#REF!' },
    { kind: 'day', text: '2020-02-15' },
    { kind: 'number', text: '0.3' },
    { kind: 'day', text: '2020-01-01' },
  ])
})

it('takes a number that is none for an error, and a day that is none for a number', () => {
  const [sheet] = sheetsOf({
    from1904: false,
    formats: ['0', 'dd-mm-yyyy'],
    sheets: [{ name: 'B', rows: [['n1:-3', 'n:5', 'n0:veel', 'n1:1e400', 't']] }],
  })
  expect(sheet!.rows[0]!.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
    'number -3',
    'number 5',
    'error veel',
    'error 1e400',
    'empty ',
  ])
})

it.each([
  [0, 'A'],
  [25, 'Z'],
  [26, 'AA'],
  [51, 'AZ'],
  [701, 'ZZ'],
  [702, 'AAA'],
  [16383, 'XFD'],
])('column %d is called %s', (index, name) => expect(columnName(index)).toBe(name))
