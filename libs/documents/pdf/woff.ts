import { readFileSync } from 'node:fs'
import { inflateSync } from 'node:zlib'

const HEADER = 44
const ENTRY = 20

/**
 * A font file as it was before it was packed for the web (WOFF 1.0, https://www.w3.org/TR/WOFF/). The PDF library
 * reads packed files too, but unpacks a table anew for each glyph, which takes seconds.
 */
export function unpackedFont(path: string): Buffer {
  const packed = readFileSync(path)
  const tables = Array.from({ length: packed.readUInt16BE(12) }, (_, index) => {
    const entry = HEADER + index * ENTRY
    const [from, size, full] = [4, 8, 12].map((at) => packed.readUInt32BE(entry + at)) as [
      number,
      number,
      number,
    ]
    const data = packed.subarray(from, from + size)
    return {
      tag: packed.subarray(entry, entry + 4),
      checksum: packed.subarray(entry + 16, entry + 20),
      data: size < full ? inflateSync(data) : data,
    }
  })
  const directory = Buffer.alloc(12 + 16 * tables.length)
  packed.copy(directory, 0, 4, 8)
  directory.writeUInt16BE(tables.length, 4)
  const parts = [directory]
  let offset = directory.length
  for (const [index, { tag, checksum, data }] of tables.entries()) {
    const at = 12 + index * 16
    tag.copy(directory, at)
    checksum.copy(directory, at + 4)
    directory.writeUInt32BE(offset, at + 8)
    directory.writeUInt32BE(data.length, at + 12)
    const filled = Buffer.concat([data, Buffer.alloc(-data.length & 3)])
    parts.push(filled)
    offset += filled.length
  }
  return Buffer.concat(parts)
}
