import type { Violation } from '#kernel'

/** The kinds of files that are kept, told by their content. */
export const fileKinds = ['pdf', 'jpeg', 'png'] as const
export type FileKind = (typeof fileKinds)[number]

/** What a place takes. */
export interface FileRules {
  kinds: readonly FileKind[]
  maxBytes: number
}

/** What came, before it is kept. */
export interface GivenFile {
  name: string
  bytes: number
  /** What its content says that it is; null when that is none of ours. */
  kind: FileKind | null
  /** The form did not take all of it. */
  tooLarge: boolean
  content: Uint8Array
}

const MB = 1_000_000

/** What is wrong with a file, by its name and the first thing only: `file.empty`, `tooLarge`, `wrongKind`, `damaged`. */
export function checkFile(
  { name, bytes, kind, tooLarge, content }: GivenFile,
  rules: FileRules,
): Violation[] {
  if (tooLarge || bytes > rules.maxBytes)
    return [{ code: 'file.tooLarge', params: { name, max: `${Math.floor(rules.maxBytes / MB)} MB` } }]
  if (bytes === 0) return [{ code: 'file.empty', params: { name } }]
  if (!kind || !rules.kinds.includes(kind)) {
    const allowed = rules.kinds.map((one) => one.toUpperCase()).join(', ')
    return [{ code: 'file.wrongKind', params: { name, allowed } }]
  }
  return isWhole(kind, content) ? [] : [{ code: 'file.damaged', params: { name } }]
}

/** Whether a file has a beginning and an end, and a picture a size that can be shown. */
export function isWhole(kind: FileKind, content: Uint8Array): boolean {
  if (kind === 'pdf') return isWholePdf(content)
  const size = kind === 'png' ? sizeOfPng(content) : sizeOfJpeg(content)
  return size !== null && isSane(size)
}

interface PictureSize {
  width: number
  height: number
}

/** A side of 30,000 and 200 megapixels in all: more than cameras make, less than what fells a viewer. */
function isSane({ width, height }: PictureSize): boolean {
  return width > 0 && height > 0 && width <= 30_000 && height <= 30_000 && width * height <= 200_000_000
}

/** `%%EOF` stands in the last lines (ISO 32000-1, 7.5.5); some programs leave white space or zeros behind it. */
const PDF_TAIL = 4096

function isWholePdf(content: Uint8Array): boolean {
  return (
    latin(content.subarray(0, 1024)).includes('%PDF-') && latin(content.subarray(-PDF_TAIL)).includes('%%EOF')
  )
}

/** The size in the IHDR chunk, when a chunk IEND closes the picture (ISO/IEC 15948, 5.3). */
function sizeOfPng(content: Uint8Array): PictureSize | null {
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength)
  let size: PictureSize | null = null
  for (let at = 8; at + 12 <= content.length; ) {
    const length = view.getUint32(at)
    const name = latin(content.subarray(at + 4, at + 8))
    if (name === 'IHDR' && length === 13 && at + 25 <= content.length)
      size = { width: view.getUint32(at + 8), height: view.getUint32(at + 12) }
    if (name === 'IEND') return size
    at += 12 + length
  }
  return null
}

/** The size in the frame header, when an end of image follows it (ISO/IEC 10918-1, annex B). */
function sizeOfJpeg(content: Uint8Array): PictureSize | null {
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength)
  for (let at = 2; at + 9 <= content.length; ) {
    if (content[at] !== 0xff) return null
    const marker = content[at + 1]!
    if (marker === 0xff) {
      at += 1 // fill byte
      continue
    }
    if (isFrameHeader(marker)) {
      const size = { height: view.getUint16(at + 5), width: view.getUint16(at + 7) }
      return hasEndOfImage(content, at) ? size : null
    }
    at += 2 + view.getUint16(at + 2)
  }
  return null
}

/** SOF0 to SOF15, without the tables DHT, JPG and DAC. */
const isFrameHeader = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)

function hasEndOfImage(content: Uint8Array, from: number): boolean {
  for (let at = content.length - 2; at > from; at--) {
    if (content[at] === 0xff && content[at + 1] === 0xd9) return true
  }
  return false
}

function latin(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes)
}
