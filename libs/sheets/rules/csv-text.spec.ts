import { describe, expect, it } from 'vitest'
import { decodeText, readDelimiter } from './csv-text.js'
import { neutralText, readBack } from './neutral-text.js'

const bytes = (...values: number[]) => Uint8Array.from(values)
const utf8 = (text: string) => new TextEncoder().encode(text)

describe('the encoding of a CSV file', () => {
  it.each([
    ['UTF-8', utf8('Coöperatie;€'), 'Coöperatie;€'],
    ['UTF-8 with a mark', utf8('\ufeffCoöperatie'), 'Coöperatie'],
    ['UTF-16 little end first', bytes(0xff, 0xfe, 0x41, 0, 0xac, 0x20), 'A€'],
    ['UTF-16 big end first', bytes(0xfe, 0xff, 0, 0x41, 0x20, 0xac), 'A€'],
    ['Windows-1252', bytes(0x43, 0x6f, 0xf6, 0x70, 0x3b, 0x80, 0x92), 'Coöp;€’'],
  ])('%s', (_, file, text) => expect(decodeText(file)).toBe(text))

  it.each([
    ['a NUL', bytes(0x41, 0, 0x42)],
    ['a control character', bytes(0x41, 7)],
    ['half of UTF-16', bytes(0xff, 0xfe, 0x41)],
    ['a mark of UTF-8 before something else', bytes(0xef, 0xbb, 0xbf, 0xff)],
    ['a byte that Windows-1252 does not have', bytes(0x41, 0x9d)],
  ])('%s is no text', (_, file) => expect(decodeText(file)).toBeNull())
})

describe('the delimiter', () => {
  it.each([
    ['semicolons', 'a;b;c\n1;2;3', ';'],
    ['commas', 'a,b,c\n1,2,3', ','],
    ['tabs', 'a\tb\n1\t2', '\t'],
    ['decimal commas under semicolons', 'naam;bedrag\nA;1,50\nB;2,50\nC;3,50', ';'],
    ['short rows', 'naam;plaats;bedrag\nA;U;1,50\nB\nC', ';'],
    ['a comma in a heading', 'naam, voornaam;plaats\nA;U', ';'],
    ['semicolons in quotes', 'a,"x;y;z;p"\n1,"x;y;z;q"', ','],
    ['a title above the headings', 'Ledenlijst 2020\nnaam;bedrag\nA;1,50\nB;2,50', ';'],
    ['a line break in quotes', '"a\n,,,,";b\n1;2', ';'],
    ['one column', 'naam\nA\nB', ';'],
    ['nothing', '', ';'],
  ])('of %s', (_, text, delimiter) => expect(readDelimiter(text)).toEqual({ text, delimiter }))

  it.each([
    ['sep=,\r\na,b', { text: 'a,b', delimiter: ',' }],
    ['SEP=\t\na;b;c', { text: 'a;b;c', delimiter: '\t' }],
    ['"sep=,"\na;b', { text: '"sep=,"\na;b', delimiter: ';' }],
    ['sep=|\na;b', { text: 'sep=|\na;b', delimiter: ';' }],
  ])('as Excel says it: %j', (text, read) => expect(readDelimiter(text)).toEqual(read))
})

describe('a text that a spreadsheet may take for a formula', () => {
  it.each([
    '=1+1',
    '+A1',
    '-cmd|x',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    '+31-6-1234',
    '-',
    '-1+1',
    "'=1",
    "''+A1",
  ])('%j gets an apostrophe, which reading takes off', (text) => {
    expect(neutralText(text)).toBe(`'${text}`)
    expect(readBack(`'${text}`)).toBe(text)
  })
  it.each([
    '-12,50',
    '-1.234,56',
    '+31 6 1234 5678',
    '+31612345678',
    '+31 (0)30 286 00 00',
    "'t Gilde",
    'a=b',
    '',
  ])('%j stays as it is', (text) => {
    expect(neutralText(text)).toBe(text)
    expect(readBack(text)).toBe(text)
  })
})
