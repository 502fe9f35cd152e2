import { RuleViolated } from '#kernel'

/** A part of a ZIP file, as its directory and its own header agree on. */
export interface ZipEntry {
  name: string
  /** Where the packed data lies in the file. */
  from: number
  to: number
  packed: 'stored' | 'deflated'
  bytes: number
  crc: number
}

const END = 0x06054b50
const DIRECTORY = 0x02014b50
const LOCAL = 0x04034b50
const ZIP64_LOCATOR = 0x07064b50
const MOST_ENTRIES = 2_000
/** Deflate reaches 1 : 1032 at most; real workbooks stay under 1 : 60. */
const MOST_RATIO = 200
const RATIO_COUNTS_FROM = 1024 * 1024

/**
 * Reads the directory of a ZIP file without unpacking anything, and refuses what no spreadsheet program writes:
 * ZIP64, several disks, parts that overlap or stand twice, paths that leave the archive, headers that contradict
 * the directory. @throws RuleViolated sheet.notReadable, sheet.encrypted or sheet.tooLarge
 */
export function readZipDirectory(bytes: Uint8Array, unpackedLimit: number): ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const { at: end, count, start, size } = findEnd(view)
  if (count < 1 || count > MOST_ENTRIES) refuse(count > MOST_ENTRIES ? 'tooLarge' : 'notReadable')
  if (start + size > end) refuse('notReadable')
  const entries: (ZipEntry & { header: number })[] = []
  let at = start
  for (let index = 0; index < count; index++) {
    if (at + 46 > start + size || view.getUint32(at, true) !== DIRECTORY) refuse('notReadable')
    entries.push(readEntry(bytes, view, at, start))
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  if (at !== start + size) refuse('notReadable')
  refuseTwins(entries)
  refuseOverlap(entries)
  refuseBomb(entries, unpackedLimit)
  return entries
}

function findEnd(view: DataView): { at: number; count: number; start: number; size: number } {
  const last = view.byteLength - 22
  for (let at = last; at >= Math.max(0, last - 0xffff); at--) {
    if (view.getUint32(at, true) !== END || at + 22 + view.getUint16(at + 20, true) !== view.byteLength)
      continue
    const disks = view.getUint32(at + 4, true)
    const count = view.getUint16(at + 10, true)
    const [size, start] = [view.getUint32(at + 12, true), view.getUint32(at + 16, true)]
    const isZip64 =
      count === 0xffff ||
      size === 0xffffffff ||
      start === 0xffffffff ||
      (at >= 20 && view.getUint32(at - 20, true) === ZIP64_LOCATOR)
    if (disks !== 0 || isZip64 || view.getUint16(at + 8, true) !== count) refuse('notReadable')
    return { at, count, start, size }
  }
  return refuse('notReadable')
}

function readEntry(
  bytes: Uint8Array,
  view: DataView,
  at: number,
  dataEnd: number,
): ZipEntry & { header: number } {
  const flags = view.getUint16(at + 8, true)
  const method = view.getUint16(at + 10, true)
  const [crc, packedBytes, unpackedBytes] = [16, 20, 24].map((field) => view.getUint32(at + field, true)) as [
    number,
    number,
    number,
  ]
  const nameLength = view.getUint16(at + 28, true)
  const header = view.getUint32(at + 42, true)
  const name = nameAt(bytes, at + 46, nameLength)
  // Bit 0: encrypted; bit 6: strongly; bit 13: the directory itself.
  if ((flags & 0x2041) !== 0) refuse('encrypted')
  if ((method !== 0 && method !== 8) || (method === 0 && packedBytes !== unpackedBytes)) refuse('notReadable')
  if (!isPlainPath(name) || header + 30 > dataEnd || view.getUint32(header, true) !== LOCAL)
    refuse('notReadable')
  const ownNameLength = view.getUint16(header + 26, true)
  const from = header + 30 + ownNameLength + view.getUint16(header + 28, true)
  if (from + packedBytes > dataEnd) refuse('notReadable')
  if (nameAt(bytes, header + 30, ownNameLength) !== name || view.getUint16(header + 8, true) !== method)
    refuse('notReadable')
  const packed = method === 0 ? 'stored' : 'deflated'
  return { name, header, from, to: from + packedBytes, packed, bytes: unpackedBytes, crc }
}

function nameAt(bytes: Uint8Array, at: number, length: number): string {
  if (at + length > bytes.length) refuse('notReadable')
  return new TextDecoder().decode(bytes.subarray(at, at + length))
}

function isPlainPath(name: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: no path of a workbook has one
  return name !== '' && !/^\/|\\|:|[\0-\x1f]|(^|\/)\.\.?(\/|$)|\/\//.test(name)
}

function refuseTwins(entries: readonly ZipEntry[]): void {
  if (new Set(entries.map(({ name }) => name.toLowerCase())).size !== entries.length) refuse('notReadable')
}

function refuseOverlap(entries: readonly { header: number; to: number }[]): void {
  const inOrder = [...entries].sort((a, b) => a.header - b.header)
  if (inOrder.some((entry, index) => index > 0 && entry.header < inOrder[index - 1]!.to))
    refuse('notReadable')
}

function refuseBomb(entries: readonly ZipEntry[], unpackedLimit: number): void {
  const total = entries.reduce((sum, { bytes }) => sum + bytes, 0)
  const isBomb = entries.some(
    ({ bytes, from, to }) => bytes > RATIO_COUNTS_FROM && bytes > MOST_RATIO * (to - from),
  )
  if (total > unpackedLimit || isBomb) refuse('tooLarge')
}

function refuse(reason: 'notReadable' | 'encrypted' | 'tooLarge'): never {
  throw RuleViolated.of(`sheet.${reason}`)
}
