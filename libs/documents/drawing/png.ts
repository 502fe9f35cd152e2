import { promisify } from 'node:util'
import { crc32, deflate } from 'node:zlib'
import { renderAsync } from '@resvg/resvg-js'

const compressed = promisify(deflate)

/** No text is left to set, so no font is looked for. */
const NO_FONTS = { loadSystemFonts: false } as const
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
/** Eight bits a channel, red, green, blue and alpha; no other choices (PNG, ISO/IEC 15948, 11.2.2). */
const CHANNELS = [8, 6, 0, 0, 0]

/**
 * SVG of outlines as dots. Drawing and packing are done in threads of their own; the renderer's own packing would
 * keep every other request waiting.
 * @param width in dots
 */
export async function pngOf(outlines: string, width: number): Promise<Buffer> {
  const image = await renderAsync(outlines, { fitTo: { mode: 'width', value: width }, font: NO_FONTS })
  const size = Buffer.alloc(8)
  size.writeUInt32BE(image.width, 0)
  size.writeUInt32BE(image.height, 4)
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', Buffer.concat([size, Buffer.from(CHANNELS)])),
    chunk('IDAT', await compressed(rowsOf(image.pixels, image.width * 4, image.height))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** Each row with the byte before it that says: as they are. Plain areas pack well without more. */
function rowsOf(pixels: Buffer, bytes: number, height: number): Buffer {
  const rows = Buffer.alloc((bytes + 1) * height)
  for (let row = 0; row < height; row++)
    pixels.copy(rows, row * (bytes + 1) + 1, row * bytes, (row + 1) * bytes)
  return rows
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}
