import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readSheets, type SheetCell, writeCsv, writeXlsx, type XlsxValue } from '#sheets'
import { relations, workbook } from '../support/workbook.js'

const shown = (rows: SheetCell[][]) =>
  rows.map((row) =>
    row.map(({ kind, text }) => (kind === 'empty' ? '' : kind === 'text' ? text : `${kind} ${text}`)),
  )
const readXlsx = async (content: Buffer) =>
  shown((await readSheets({ name: 'leden.xlsx', content }))[0]!.rows)
const readCsv = async (text: string | Buffer) =>
  shown((await readSheets({ name: 'leden.csv', content: Buffer.from(text) }))[0]!.rows)

describe('reading a workbook', () => {
  const row = (cells: string) => `<row r="1">${cells}</row>`
  const dates =
    '<numFmts><numFmt numFmtId="164" formatCode="dd\\-mm\\-yyyy;@"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="14"/></cellXfs>'

  it.each([
    ['a number', '<c r="A1"><v>0.30000000000000004</v></c>', 'number 0.3'],
    ['a large number', '<c r="A1"><v>1.5E+9</v></c>', 'number 1500000000'],
    ['a text with leading zeros', '<c r="A1" t="inlineStr"><is><t>00123456</t></is></c>', '00123456'],
    ['a shared text', '<c r="A1" t="s"><v>0</v></c>', 'Coöperatie & zo'],
    ['rich text, without its phonetic hint', '<c r="A1" t="s"><v>1</v></c>', 'Het Gilde'],
    [
      'rich text in the cell',
      '<c r="A1" t="inlineStr"><is><r><t>a</t></r><r><rPr><b/></rPr><t> b</t></r></is></c>',
      'a b',
    ],
    ['a text that looks escaped twice', '<c r="A1" t="str"><v>&amp;lt;</v></c>', '&lt;'],
    ['an escaped character', '<c r="A1" t="str"><v>a_x000A_b_x005F_x000A_</v></c>', 'a\nb_x000A_'],
    ['a number of a character', '<c r="A1" t="str"><v>&#8364;&#x41;&#x110000;</v></c>', '€A\ufffd'],
    ['CDATA', '<c r="A1" t="str"><v><![CDATA[<a> & b]]></v></c>', '<a> & b'],
    ['a comment', '<c r="A1"><!-- <v>1</v> --><v>2</v></c>', 'number 2'],
    ['a boolean', '<c r="A1" t="b"><v>1</v></c>', 'boolean true'],
    ['an error', '<c r="A1" t="e"><v>#REF!</v></c>', 'error #REF!'],
    ['a formula', '<c r="A1"><f>1+1</f><v>2</v></c>', 'number 2'],
    ['a formula with text', '<c r="A1" t="str"><f>"a"</f><v>a</v></c>', 'a'],
    ['a formula with an error', '<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>', 'error #DIV/0!'],
    ['a formula that was never calculated', '<c r="A1"><f>SUM(B1:B2)</f></c>', 'error =SUM(B1:B2)'],
    ['a day', '<c r="A1" s="1"><v>43890</v></c>', 'day 2020-02-29'],
    ['a day in the format of the country', '<c r="A1" s="2"><v>43890</v></c>', 'day 2020-02-29'],
    ['a moment', '<c r="A1" s="1"><v>43890.75</v></c>', '2020-02-29 18:00'],
    ['an ISO date', '<c r="A1" t="d"><v>2020-02-29T00:00:00</v></c>', 'day 2020-02-29'],
    ['a style that is not there', '<c r="A1" s="99"><v>5</v></c>', 'number 5'],
    ['a cell without a name', '<c><v>5</v></c>', 'number 5'],
    ['single quotes', "<c r='A1' t='b'><v>0</v></c>", 'boolean false'],
  ])('%s', async (_, cell, text) => {
    const strings =
      '<si><t>Coöperatie &amp; zo</t></si><si><r><t>Het </t></r><r><t>Gilde</t></r><rPh sb="0" eb="1"><t>hint</t></rPh></si>'
    expect(await readXlsx(workbook({ data: row(cell), strings, styles: dates }))).toEqual([[text]])
  })

  it('counts days from 1904 when the workbook does', async () => {
    const made = {
      data: row('<c s="1"><v>42369</v></c>'),
      styles: dates,
      workbookPr: '<workbookPr date1904="1"/>',
    }
    expect(await readXlsx(workbook(made))).toEqual([['day 2020-01-01']])
  })

  it('keeps places, and forgets what is empty at the end', async () => {
    const data =
      '<row r="2"><c r="C2"><v>1</v></c><c r="XFD2" s="1"/></row><row r="1048576"><c r="A1048576" s="1"/></row>'
    expect(await readXlsx(workbook({ data, styles: dates }))).toEqual([[], ['', '', 'number 1']])
  })

  it('gives merged cells their value once', async () => {
    const data =
      '<row r="1"><c><v>1</v></c><c><v>2</v></c><c><v>3</v></c></row><row r="2"><c><v>4</v></c><c><v>5</v></c></row>'
    const after = '<mergeCells count="1"><mergeCell ref="A1:B2"/></mergeCells>'
    expect(await readXlsx(workbook({ data, after }))).toEqual([['number 1', '', 'number 3']])
  })

  it('reads a prefix before every name, and parts with other names', async () => {
    const prefixed = (name: string, inside: string) =>
      `<x:${name} xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">${inside}</x:${name}>`
    const parts = {
      '_rels/.rels': relations('', { rId1: ['officeDocument', '/map.xml'] }),
      'map.xml': prefixed(
        'workbook',
        '<x:sheets><x:sheet name="Leden" sheetId="4" r:id="R9" xmlns:r="r"/></x:sheets>',
      ),
      '_rels/map.xml.rels': relations('', { R9: ['worksheet', './bladen/Een.xml'] }),
      'bladen/een.xml': prefixed(
        'worksheet',
        '<x:sheetData><x:row><x:c t="str"><x:v>ja</x:v></x:c></x:row></x:sheetData>',
      ),
      'xl/workbook.xml': null,
    }
    expect(await readXlsx(workbook({ parts }))).toEqual([['ja']])
  })

  it('leaves hidden sheets out', async () => {
    const written = await writeXlsx([
      { name: 'Leden', columns: [{ header: 'Soort', list: ['stemlid', 'steunlid'] }], rows: [] },
    ])
    expect((await readSheets({ name: 'leden.xlsx', content: written })).map(({ name }) => name)).toEqual([
      'Leden',
    ])
  })
})

describe('reading a CSV file', () => {
  it.each([
    [
      'naam;KvK\r\nHet Gilde;00123456\r\n',
      [
        ['naam', 'KvK'],
        ['Het Gilde', '00123456'],
      ],
    ],
    [
      'naam,plaats\n"A, B",Utrecht',
      [
        ['naam', 'plaats'],
        ['A, B', 'Utrecht'],
      ],
    ],
    [
      'naam;adres\r"A";"Straat 1\r\nUtrecht"',
      [
        ['naam', 'adres'],
        ['A', 'Straat 1\nUtrecht'],
      ],
    ],
    [
      'a;b\r\n1;2\n3;4',
      [
        ['a', 'b'],
        ['1', '2'],
        ['3', '4'],
      ],
    ],
    ['a;b\n\n1\n;\n\n', [['a', 'b'], [], ['1']]],
    ['sep=,\na;b,c', [['a;b', 'c']]],
    ['"zegt ""ja""";2020-02-15;1,5', [['zegt "ja"', '2020-02-15', '1,5']]],
    ["'=1+1;'t Gilde;-12,50", [['=1+1', "'t Gilde", '-12,50']]],
  ])('%j', async (text, rows) => expect(await readCsv(text)).toEqual(rows))

  it('of Windows and of UTF-16', async () => {
    expect(await readCsv(Buffer.from('Coöp;café', 'latin1'))).toEqual([['Coöp', 'café']])
    expect(await readCsv(Buffer.from('\ufeffCoöp;€', 'utf16le'))).toEqual([['Coöp', '€']])
  })

  it.each([
    ['a;b\n"1;2\n3;4', '2'],
    ['a;b\n1;2\n3 "x";4', '3'],
    ['a;b\n"1"x;2', '2'],
  ])('%j has a stray quote in row %s', async (text, row) =>
    expect(readCsv(text)).rejects.toMatchObject({
      violations: [{ code: 'sheet.badQuote', params: { row } }],
    }),
  )
})

describe('what was written is read back', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.constantFrom(
      '=1+1',
      "'=1",
      '-12,50',
      '+31 6 1',
      '007',
      '"',
      ';',
      ',',
      '\t',
      '\n',
      'sep=;',
      '_x0041_',
      ' a ',
      '\ufeff',
    ),
  )
  const readable = (text: string) =>
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what a file cannot hold is left out
    text.replace(/[\0-\x08\x0b-\x1f\ufffe\uffff]/g, '').replace(/\p{Surrogate}/gu, '')
  const tables = fc.array(fc.array(anyText.map(readable), { maxLength: 5 }), { minLength: 1, maxLength: 5 })
  const filled = (rows: string[][]) => {
    const kept = rows.map((row) => row.slice(0, row.findLastIndex((text) => text !== '') + 1))
    return kept.slice(0, kept.findLastIndex((row) => row.length > 0) + 1)
  }
  const runs = { numRuns: 40 }

  it('as CSV', async () => {
    const delimiters = fc.constantFrom<';' | ','>(';', ',')
    await fc.assert(
      fc.asyncProperty(tables, delimiters, async (rows, delimiter) => {
        const table = [['kop', 'kop', 'kop'], ...rows]
        expect(await readCsv(writeCsv(table, { delimiter }))).toEqual(filled(table))
      }),
      runs,
    )
  })

  it('as XLSX, each kind exactly', async () => {
    const day = fc
      .date({ min: new Date('1900-03-01'), max: new Date('9999-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10))
    const cents = fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n })
    const row = fc.tuple(anyText.map(readable), day, cents, fc.integer())
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 6 }), async (rows) => {
        const columns = (['text', 'day', 'money', 'number'] as const).map((kind) => ({ header: kind, kind }))
        const [, ...read] = await readXlsx(
          await writeXlsx([{ name: 'A', columns, rows: rows as XlsxValue[][] }]),
        )
        expect(read).toEqual(
          rows.map(([text, on, money, number]) => [
            text,
            `day ${on}`,
            `number ${euros(money)}`,
            `number ${number}`,
          ]),
        )
      }),
      runs,
    )
  })

  it('the same bytes for the same rows, and a formula as text', async () => {
    const make = () =>
      writeXlsx([{ name: 'A', columns: [{ header: '=A1' }], rows: [['=1+1'], ['@x']], note: 'Uitleg' }])
    const written = await make()
    expect(written.equals(await make())).toBe(true)
    const [sheet, notes] = await readSheets({ name: 'a.xlsx', content: written })
    expect(shown(sheet!.rows)).toEqual([['=A1'], ['=1+1'], ['@x']])
    expect(notes).toMatchObject({ name: 'Toelichting', rows: [[{ text: 'Uitleg' }]] })
  })

  function euros(cents: bigint): string {
    const digits = (cents < 0n ? -cents : cents).toString().padStart(3, '0')
    const plain = `${digits.slice(0, -2)}.${digits.slice(-2)}`.replace(/\.?0+$/, '')
    return cents < 0n ? `-${plain}` : plain
  }
})
