import { RuleViolated } from '#kernel'
import { type RawWorkbook, sheetsOf, textCell } from '../rules/cells.js'
import { decodeText, readDelimiter } from '../rules/csv-text.js'
import { readBack } from '../rules/neutral-text.js'
import { defaultLimits, type Sheet, type SheetLimits } from '../rules/sheet.js'
import { readInThread } from './thread.js'
import { workbookParts } from './workbook-parts.js'

const COMPOUND = Buffer.from('d0cf11e0a1b11ae1', 'hex')
const ZIP = Buffer.from('PK')
const utf16 = (text: string) => Buffer.from(text, 'utf16le')

/**
 * Reads a CSV or XLSX file; its content decides which, its name is only used to call the sheet of a CSV. In a
 * thread of its own, within limits. Line breaks in cells come as '\n'; hidden sheets are left out.
 * @throws RuleViolated `sheet.*`: what is wrong with the file and how to mend it
 */
export async function readSheets(
  file: { name: string; content: Buffer },
  limits: Partial<SheetLimits> = {},
): Promise<Sheet[]> {
  const all = { ...defaultLimits, ...limits }
  const { content } = file
  if (content.length === 0) throw RuleViolated.of('sheet.empty')
  if (content.length > all.bytes)
    throw RuleViolated.of('sheet.tooManyBytes', { limit: String(Math.floor(all.bytes / 1024 / 1024)) })
  if (content.subarray(0, 8).equals(COMPOUND)) throw compoundFile(content)
  const sheets = content.subarray(0, 2).equals(ZIP)
    ? await readWorkbook(content, all)
    : [await readCsv(file, all)]
  if (sheets.every(({ rows }) => rows.length === 0)) throw RuleViolated.of('sheet.empty')
  return sheets
}

async function readWorkbook(content: Buffer, limits: SheetLimits): Promise<Sheet[]> {
  const parts = await workbookParts(content, limits.unpackedBytes)
  return sheetsOf(await readInThread<RawWorkbook>({ kind: 'workbook', parts }, limits))
}

async function readCsv(
  { name, content }: { name: string; content: Buffer },
  limits: SheetLimits,
): Promise<Sheet> {
  const decoded = decodeText(content)
  if (decoded === null || /^\s*(<[!?a-z]|%PDF-|\{\\rtf)/i.test(decoded))
    throw RuleViolated.of('sheet.notReadable')
  const { text, delimiter } = readDelimiter(decoded)
  const rows = await readInThread<string[][]>({ kind: 'csv', text, delimiter }, limits)
  return {
    name: name.replace(/\.\w{1,4}$/, ''),
    rows: rows.map((row) => row.map((field) => textCell(readBack(field).replace(/\r\n?/g, '\n')))),
  }
}

/** An Office file of before 2007, or a new one with a password: both are "compound files". */
function compoundFile(content: Buffer): RuleViolated {
  return RuleViolated.of(content.includes(utf16('EncryptedPackage')) ? 'sheet.encrypted' : 'sheet.oldFormat')
}
