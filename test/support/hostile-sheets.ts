import { constants, deflateRawSync } from 'node:zlib'
import { relations, sheetXml, workbook, workbookParts } from './workbook.js'
import { type ZipPart, zip } from './zip.js'

/** A file that must be refused, with the reason; 'read' for one that is harmless once read. */
export interface Hostile {
  what: string
  content: Buffer
  reason: string
}

const MEGABYTE = 1024 * 1024
const SHEET = 'xl/worksheets/sheet1.xml'
const cell = (inside: string, attributes = '') => `<row r="1"><c r="A1"${attributes}>${inside}</c></row>`
const honest = workbook({ data: cell('<v>1</v>') })

/** About a hundred files that an attacker, or bad luck, may upload. */
export function hostileSheets(): Hostile[] {
  return [...archives(), ...truncated(), ...bombs(), ...documents(), ...xml(), ...sheets(), ...texts()]
}

/** A part of zeros, a thousand times as large as it is packed: 320 MB make a file of 320 kB. */
export function bomb(megabytes = 320): Buffer {
  const one = deflateRawSync(Buffer.alloc(MEGABYTE), { level: 9, finishFlush: constants.Z_FULL_FLUSH })
  const packed = Buffer.concat([...Array.from({ length: megabytes }, () => one), Buffer.from([3, 0])])
  return withPart({ name: 'xl/worksheets/sheet2.xml', data: '', packed, bytes: megabytes * MEGABYTE })
}

function withPart(...more: ZipPart[]): Buffer {
  const names = new Set(more.map(({ name }) => name))
  return zip([...workbookParts({ data: cell('<v>1</v>') }).filter(({ name }) => !names.has(name)), ...more])
}

function of(reason: string, files: Record<string, Buffer | string>): Hostile[] {
  return Object.entries(files).map(([what, content]) => ({ what, content: Buffer.from(content), reason }))
}

function archives(): Hostile[] {
  const data = sheetXml(cell('<v>1</v>'))
  const part = (change: Partial<ZipPart>) => withPart({ name: SHEET, data, ...change })
  const all = workbookParts({ data: cell('<v>1</v>') })
  const ended = (end: (record: Buffer) => void) => zip(all, { end })
  const names = [
    '../evil.xml',
    '/etc/passwd',
    'xl\\evil.xml',
    'C:evil.xml',
    'xl/./a.xml',
    'xl//a.xml',
    'a\0.xml',
    'xl/..',
    '',
  ]
  return [
    ...names.flatMap((name) =>
      of('notReadable', { [`a part called ${JSON.stringify(name)}`]: withPart({ name, data: 'x' }) }),
    ),
    ...of('notReadable', {
      'a part twice': zip([...all, { name: SHEET, data }]),
      'a part twice but for its capitals': zip([...all, { name: SHEET.toUpperCase(), data }]),
      'another name in its own header': part({ localName: 'xl/worksheets/sheet9.xml' }),
      'a wrong checksum': part({ crc: 1 }),
      'a part larger than the directory says': part({ bytes: 10 }),
      'a part smaller than the directory says': part({ bytes: data.length + 10 }),
      'a packing that nobody uses': part({ method: 12 }),
      'a stored part of another size': part({ stored: true, bytes: 10 }),
      'a stored part that says it is packed': part({ stored: true, method: 8 }),
      'parts that overlap': part({ headerAt: 0 }),
      'a header past the end': part({ headerAt: 0x7fffffff }),
      'a header in the middle of nothing': part({ headerAt: 5 }),
      'ZIP64 by its count': ended((record) => record.writeUInt32LE(0xffffffff, 8)),
      'ZIP64 by its place': ended((record) => record.writeUInt32LE(0xffffffff, 16)),
      'more parts than there are': ended((record) => record.writeUInt32LE(0x00640064, 8)),
      'fewer parts than there are': ended((record) => record.writeUInt32LE(0x00010001, 8)),
      'no parts': ended((record) => record.writeUInt32LE(0, 8)),
      'several disks': ended((record) => record.writeUInt16LE(1, 4)),
      'a directory elsewhere': ended((record) => record.writeUInt32LE(3, 16)),
      'a comment that is not there': ended((record) => record.writeUInt16LE(9, 20)),
      'something after the end': Buffer.concat([honest, Buffer.from('x')]),
      'something before the start': Buffer.concat([Buffer.from('PKx'), honest]),
      'an empty ZIP file': zip([]),
      'a ZIP of a ZIP': zip([{ name: 'a.xlsx', data: honest }]),
    }),
    ...of('encrypted', {
      'an encrypted part': part({ flags: 1 }),
      'a strongly encrypted part': part({ flags: 0x41 }),
    }),
    ...of('tooLarge', {
      'a ZIP64 part': part({ bytes: 0xffffffff }),
      'thousands of parts': zip([
        ...all,
        ...Array.from({ length: 2_000 }, (_, i) => ({ name: `xl/${i}`, data: '' })),
      ]),
    }),
    ...of('read', { 'a ZIP within': withPart({ name: 'xl/embeddings/a.xlsx', data: honest }) }),
  ]
}

function truncated(): Hostile[] {
  const cuts = [3, 4, 30, 100, 500, honest.length - 30, honest.length - 22, honest.length - 1]
  return of('notReadable', {
    ...Object.fromEntries(cuts.map((cut) => [`the first ${cut} bytes`, honest.subarray(0, cut)])),
    'without its first half': Buffer.concat([Buffer.from('PK'), honest.subarray(honest.length / 2)]),
    'with zeros in the middle': Buffer.concat([
      honest.subarray(0, 200),
      Buffer.alloc(200),
      honest.subarray(400),
    ]),
    'bytes turned around': Buffer.from(honest).reverse(),
  })
}

function bombs(): Hostile[] {
  const strings = `<si><t>${'a'.repeat(5_000)}</t></si>`
  const many = Array.from({ length: 60_000 }, (_, i) => {
    const inRow = i % 150
    return `${inRow === 0 ? `${i ? '</row>' : ''}<row>` : ''}<c t="s"><v>0</v></c>`
  }).join('')
  return [
    ...of('tooLarge', {
      'a bomb': bomb(70),
      'a small bomb': bomb(3),
      'bombs side by side': withPart(
        ...Array.from({ length: 9 }, (_, i) => ({ name: `xl/media/${i}`, data: Buffer.alloc(8 * MEGABYTE) })),
      ),
      'one text in every cell': workbook({ strings, data: `${many}</row>` }),
    }),
    ...of('notReadable', {
      'a bomb that says it is small': withPart({
        name: SHEET,
        data: Buffer.alloc(50 * MEGABYTE),
        bytes: 1_000,
      }),
      'a bomb in the list of parts': withPart({
        name: '[Content_Types].xml',
        data: Buffer.alloc(50 * MEGABYTE),
        bytes: 1,
      }),
    }),
    ...of('read', {
      'a bomb in a picture, that says it is small': withPart({
        name: 'xl/media/a.png',
        data: Buffer.alloc(MEGABYTE),
        bytes: 5,
      }),
    }),
  ]
}

function documents(): Hostile[] {
  const compound = (text: string) =>
    Buffer.concat([
      Buffer.from('d0cf11e0a1b11ae1', 'hex'),
      Buffer.alloc(504),
      Buffer.from(text, 'utf16le'),
      Buffer.alloc(512),
    ])
  const macroType =
    '<Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>'
  return [
    ...of('oldFormat', {
      'an old workbook': compound('Workbook'),
      'an old document': compound('WordDocument'),
    }),
    ...of('encrypted', { 'a workbook with a password': compound('EncryptedPackage') }),
    ...of('otherFormat', {
      'a workbook of OpenDocument': zip([
        { name: 'mimetype', data: 'x', stored: true },
        { name: 'content.xml', data: '<a/>' },
      ]),
      'a binary workbook': withPart({ name: 'xl/workbook.bin', data: 'x' }),
      'a workbook of Numbers': zip([{ name: 'Index/Document.iwa', data: 'x' }]),
    }),
    ...of('macros', {
      macros: withPart({ name: 'xl/vbaProject.bin', data: 'x' }),
      'macros elsewhere': withPart({ name: 'XL/deep/VBAPROJECT.BIN', data: 'x' }),
      'macros of before': withPart({ name: 'xl/macrosheets/sheet1.xml', data: '<a/>' }),
      'a type with macros': withPart({ name: '[Content_Types].xml', data: macroType }),
    }),
    ...of('externalLinks', {
      'links to other files': withPart({ name: 'xl/externalLinks/externalLink1.xml', data: '<a/>' }),
      'a link to another file elsewhere': workbook({
        parts: {
          'xl/_rels/workbook.xml.rels': relations('', {
            rId1: ['worksheet', 'worksheets/sheet1.xml'],
            rId2: ['externalLink', 'http://evil.example/a.xlsx'],
          }),
        },
      }),
    }),
    ...of('notReadable', {
      'a document of Word': zip([
        { name: '[Content_Types].xml', data: '<Types/>' },
        { name: '_rels/.rels', data: relations('', { a: ['officeDocument', 'word/document.xml'] }) },
        { name: 'word/document.xml', data: '<w:document/>' },
      ]),
      'a PDF': '%PDF-1.7\n1 0 obj\n',
      'a picture': Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
      'a page': '<!doctype html><table><tr><td>1</td></tr></table>',
      'XML of Excel 2003': '<?xml version="1.0"?><Workbook/>',
      'rich text': '{\\rtf1\\ansi a;b}',
      'a program': Buffer.from('7f454c4602010100', 'hex'),
      'binary rubbish': rubbish(),
    }),
    ...of('empty', {
      'nothing at all': '',
      'only a mark': '\ufeff',
      'only line ends': '\r\n\r\n',
      'only delimiters': ';;;\n;;\n',
      'no cells': workbook({}),
      'no values': workbook({ data: cell('') }),
    }),
  ]
}

/** Always the same bytes that mean nothing. */
function rubbish(): Buffer {
  return deflateRawSync(Buffer.from(Array.from({ length: 5_000 }, (_, i) => (i * i * 31) % 251)))
}

function xml(): Hostile[] {
  const entity = '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
  const laughs = `<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "${'&a;'.repeat(50)}">]>`
  const sheet = sheetXml(cell('<v>&e;</v>', ' t="str"'))
  const part = (data: string | Buffer, name = SHEET) => withPart({ name, data })
  const utf16 = Buffer.from(`\ufeff${sheet.replace('UTF-8', 'UTF-16')}`, 'utf16le')
  const deep = (depth: number) => '<is>'.repeat(depth) + '</is>'.repeat(depth)
  return [
    ...of('notReadable', {
      'an entity of a file': part(entity + sheet),
      'a million laughs': part(laughs + sheet),
      'an entity in the list of sheets': part(entity, 'xl/workbook.xml'),
      'an entity in the list of parts': part(entity, '[Content_Types].xml'),
      'an entity in a part that is not used': part(entity, 'xl/unused.xml'),
      'a DTD in small letters': part(`<!doctype a>${sheet}`),
      'a sheet in UTF-16': part(utf16),
      'a sheet that is no UTF-8': part(Buffer.from(sheetXml(cell('<v>é</v>', ' t="str"')), 'latin1')),
      'a sheet that stops': part(sheet.slice(0, -20)),
      'tags that do not match': part(sheet.replace('</row>', '</rij>')),
      'an open quote': part(sheetXml('<row r="1><c/></row>')),
      'a tag in a tag': part(sheetXml('<row <c/>></row>')),
      'an open comment': part(sheetXml('<!-- ')),
      'open CDATA': part(sheetXml(cell('<v><![CDATA[x</v>', ' t="str"'))),
      'tags a hundred thousand deep': part(sheetXml(cell(deep(100_000)))),
      'a sheet that is not there': workbook({ parts: { [SHEET]: null } }),
      'a workbook that is not there': workbook({ parts: { 'xl/workbook.xml': null } }),
      'no relations': workbook({ parts: { '_rels/.rels': '<a/>' } }),
      'a sheet on the web': workbook({
        parts: {
          'xl/_rels/workbook.xml.rels': relations('', {
            rId1: ['worksheet', 'http://evil.example/sheet.xml'],
          }),
        },
      }),
      'a path that is none': workbook({
        parts: { '_rels/.rels': relations('', { rId1: ['officeDocument', 'http://[::'] }) },
      }),
    }),
    ...of('tooManySheets', {
      'hundreds of sheets': workbook({
        parts: {
          'xl/workbook.xml': `<workbook xmlns:r="r"><sheets>${'<sheet name="a" r:id="rId1"/>'.repeat(500)}</sheets></workbook>`,
        },
      }),
    }),
    ...of('read', {
      'an entity that nobody declared': part(sheet),
      'an attribute of almost a megabyte': part(sheetXml(cell('<v>1</v>', ` x="${'>'.repeat(1_000_000)}"`))),
    }),
  ]
}

function sheets(): Hostile[] {
  const text = (length: number) => `<is><t>${'a'.repeat(length)}</t></is>`
  const columns = Array.from({ length: 300 }, () => '<c><v>1</v></c>').join('')
  const merges = (count: number) =>
    `<mergeCells>${'<mergeCell ref="A1:XFD1048576"/>'.repeat(count)}</mergeCells>`
  return [
    ...of('textTooLong', {
      'a cell of almost a megabyte': workbook({ data: cell(text(1_000_000), ' t="inlineStr"') }),
      'a cell of 5,001 characters': workbook({ data: cell(text(5_001), ' t="inlineStr"') }),
    }),
    ...of('tooManyColumns', {
      '300 columns': workbook({ data: `<row>${columns}</row>` }),
      'a value in the last column': workbook({ data: '<row r="1"><c r="XFD1"><v>1</v></c></row>' }),
    }),
    ...of('tooManyRows', {
      'a value in the last row': workbook({ data: '<row r="1048576"><c r="A1048576"><v>1</v></c></row>' }),
      '20,001 rows': workbook({ data: '<row><c><v>1</v></c></row>'.repeat(20_001) }),
    }),
    ...of('tooManyCells', {
      'half a million texts': workbook({
        data: cell('<v>1</v>'),
        strings: Array.from({ length: 500_001 }, (_, i) => `<si><t>${i}</t></si>`).join(''),
      }),
    }),
    ...of('tooLarge', {
      'more merges than cells': workbook({ data: cell('<v>1</v>'), after: merges(5_001) }),
    }),
    ...of('notReadable', {
      'a text that is not there': workbook({ data: cell('<v>7</v>', ' t="s"') }),
      'a text with a negative number': workbook({ data: cell('<v>-1</v>', ' t="s"') }),
      'a cell in another row': workbook({ data: '<row r="1"><c r="A2"><v>1</v></c></row>' }),
      'a cell twice': workbook({ data: '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>' }),
      'cells from right to left': workbook({
        data: '<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
      }),
      'rows from bottom to top': workbook({ data: '<row r="2"/><row r="1"/>' }),
      'a row zero': workbook({ data: '<row r="0"><c r="A0"><v>1</v></c></row>' }),
      'a cell without a place': workbook({ data: '<row r="1"><c r="__proto__"><v>1</v></c></row>' }),
      'a column beyond all': workbook({ data: '<row r="1"><c r="AAAA1"><v>1</v></c></row>' }),
    }),
    ...of('read', {
      'a sheet that says it is full': workbook({
        parts: {
          [SHEET]: sheetXml(cell('<v>1</v>')).replace(
            '<sheetData>',
            '<dimension ref="A1:XFD1048576"/><cols><col min="1" max="16384"/></cols><sheetData>',
          ),
        },
      }),
      'everything merged': workbook({ data: cell('<v>1</v>'), after: merges(1) }),
      'a formula that calls a program': workbook({ data: cell("<f>cmd|'/c calc'!A1</f><v>0</v>") }),
      'a number that is none': workbook({ data: cell('<v>1e999</v>') }),
      'a style that is none': workbook({ data: cell('<v>1</v>', ' s="__proto__"') }),
      'a text of half characters': workbook({ data: cell('<v>a_xD800_&#xDFFF;</v>', ' t="str"') }),
    }),
  ]
}

function texts(): Hostile[] {
  return [
    ...of('badQuote', {
      'an open quote in CSV': `a;b\n"${'x\n'.repeat(10_000)}`,
      'a stray quote': 'a;b\n1 "x";2',
    }),
    ...of('tooManyRows', { 'a million rows': 'a;b\n'.repeat(1_000_000) }),
    ...of('tooManyColumns', { 'a row of delimiters and one value': `${';'.repeat(100_000)}x` }),
    ...of('textTooLong', { 'a field of a megabyte': `a;${'x'.repeat(MEGABYTE)}` }),
    ...of('notReadable', {
      'a NUL in CSV': 'a;b\0;c',
      'UTF-16 without a mark': Buffer.from('a;b', 'utf16le'),
    }),
    ...of('tooManyBytes', { 'eleven megabytes': Buffer.alloc(11 * MEGABYTE, 'a;b\n') }),
    ...of('read', {
      'formulas in CSV': "=cmd|'/c calc'!A1;@SUM(A1)\n+1;-1",
      'names of prototypes': '__proto__;constructor\ntoString;x',
    }),
  ]
}
