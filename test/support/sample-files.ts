import { crc32, deflateSync } from 'node:zlib'

/** A small PDF that viewers open; with a text in it, so that two can differ. */
export function samplePdf(text = 'Statuten'): Buffer {
  return Buffer.from(`%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 100]/Contents 4 0 R
/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj
4 0 obj<</Length ${34 + text.length}>>stream
BT /F1 18 Tf 20 40 Td (${text}) Tj ET
endstream endobj
trailer<</Root 1 0 R/Size 5>>
%%EOF
`)
}

/** A black picture. */
export function samplePng(width = 4, height = 3): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header[8] = 8 // bits of grey
  const lines = Math.min(height, 10)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(Math.min(width + 1, 100) * lines))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** One pixel, as a camera would write it. */
export function sampleJpeg(): Buffer {
  const start =
    '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////' +
    '////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA='
  return Buffer.concat([Buffer.from(start, 'base64'), Buffer.from([0xff, 0xd9])])
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}
