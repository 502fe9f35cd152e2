import { promisify } from 'node:util'
import { crc32, inflateRaw } from 'node:zlib'
import { RuleViolated } from '#kernel'
import { readZipDirectory, type ZipEntry } from '../rules/zip-directory.js'

const inflate = promisify(inflateRaw)
/** Parts that say nothing about cells are not even unpacked. */
const UNREAD =
  /^(docprops|customxml|xl\/(media|theme|drawings|charts|pivot\w*|comments\w*|embeddings|activex|ctrlprops))\//
const MACROS = /vbaproject|macrosheets\//
const XML = /\.(xml|rels)$/

/**
 * Unpacks the parts of a workbook that matter (lower-case name → bytes), after the ZIP file's directory was found
 * sound: never more than the directory said, and nothing with macros, links to other files or a DTD.
 */
export async function workbookParts(
  content: Buffer,
  unpackedLimit: number,
): Promise<Map<string, Uint8Array>> {
  const entries = readZipDirectory(content, unpackedLimit)
  const names = entries.map(({ name }) => name.toLowerCase())
  refuseOtherFormats(names)
  if (names.some((name) => MACROS.test(name))) throw RuleViolated.of('sheet.macros')
  if (names.some((name) => name.startsWith('xl/externallinks/'))) throw RuleViolated.of('sheet.externalLinks')
  const parts = new Map<string, Uint8Array>()
  for (const entry of entries) {
    const name = entry.name.toLowerCase()
    if (!XML.test(name) || UNREAD.test(name)) continue
    const part = await unpack(content, entry)
    if (part.includes('<!DOCTYPE') || part.includes('<!ENTITY')) throw RuleViolated.of('sheet.notReadable')
    parts.set(name, part)
  }
  if (/macroEnabled/i.test(String(parts.get('[content_types].xml')))) throw RuleViolated.of('sheet.macros')
  return parts
}

/** Other formats that are ZIP files too; each with its own advice. */
function refuseOtherFormats(names: readonly string[]): void {
  if (names.includes('content.xml') && names.includes('mimetype')) throw RuleViolated.of('sheet.otherFormat')
  if (names.includes('xl/workbook.bin') || names.some((name) => name.endsWith('.iwa')))
    throw RuleViolated.of('sheet.otherFormat')
  if (!names.includes('[content_types].xml') || !names.includes('_rels/.rels'))
    throw RuleViolated.of('sheet.notReadable')
}

async function unpack(content: Buffer, entry: ZipEntry): Promise<Buffer> {
  const packed = content.subarray(entry.from, entry.to)
  const part =
    entry.packed === 'stored'
      ? Buffer.from(packed)
      : await inflate(packed, { maxOutputLength: Math.max(1, entry.bytes) }).catch(() => null)
  if (part === null || part.length !== entry.bytes || crc32(part) !== entry.crc)
    throw RuleViolated.of('sheet.notReadable')
  return part
}
