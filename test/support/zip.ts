import { crc32, deflateRawSync } from 'node:zlib'

/** A part of a ZIP file; what differs from an honest one is for tests of what is refused. */
export interface ZipPart {
  name: string
  data: string | Buffer
  stored?: boolean
  /** The data as packed already; `bytes` says how much it is unpacked. */
  packed?: Buffer
  /** Lies of the directory and the part's own header. */
  bytes?: number
  crc?: number
  flags?: number
  method?: number
  /** Lies of one of the two. */
  localName?: string
  headerAt?: number
}

/** Packs a ZIP file. `end` changes the record at its end (22 bytes). */
export function zip(parts: readonly ZipPart[], { end }: { end?: (record: Buffer) => void } = {}): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const part of parts) {
    const data = Buffer.from(part.data)
    const packed = part.packed ?? (part.stored ? data : deflateRawSync(data, { level: 9 }))
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(part.flags ?? 0x800, 2)
    common.writeUInt16LE(part.method ?? (part.stored ? 0 : 8), 4)
    common.writeUInt32LE(part.crc ?? crc32(data), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(part.bytes ?? data.length, 18)
    const localName = Buffer.from(part.localName ?? part.name)
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, localName, packed])
    local.writeUInt16LE(localName.length, 26)
    locals.push(local)
    const name = Buffer.from(part.name)
    const header = Buffer.concat([Buffer.from('PK\x01\x02\x14\0'), common, Buffer.alloc(14), name])
    header.writeUInt16LE(name.length, 28)
    header.writeUInt32LE(part.headerAt ?? at, 42)
    directory.push(header)
    at += local.length
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0)
  const record = Buffer.alloc(22)
  record.write('PK\x05\x06', 'latin1')
  record.writeUInt16LE(parts.length, 8)
  record.writeUInt16LE(parts.length, 10)
  record.writeUInt32LE(size, 12)
  record.writeUInt32LE(at, 16)
  end?.(record)
  return Buffer.concat([...locals, ...directory, record])
}
