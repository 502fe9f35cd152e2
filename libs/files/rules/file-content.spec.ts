import { describe, expect, it } from 'vitest'
import { sampleJpeg, samplePdf, samplePng } from '../../../test/support/sample-files.js'
import { checkFile, type FileKind, isWhole } from './file-content.js'

const rules = { kinds: ['pdf', 'jpeg', 'png'] as FileKind[], maxBytes: 5_000_000 }
const given = (content: Uint8Array, kind: FileKind | null, tooLarge = false) => ({
  name: 'a.pdf',
  content,
  kind,
  tooLarge,
  bytes: content.length,
})

describe('a file', () => {
  it.each([
    ['a PDF', samplePdf(), 'pdf'],
    ['a photo', sampleJpeg(), 'jpeg'],
    ['a picture', samplePng(), 'png'],
  ] as const)('that is %s is taken', (_, content, kind) => {
    expect(checkFile(given(content, kind), rules)).toEqual([])
  })

  it.each([
    ['empty', given(Buffer.alloc(0), null), { code: 'file.empty', params: { name: 'a.pdf' } }],
    [
      'too large',
      given(Buffer.alloc(5_000_001), 'pdf'),
      { code: 'file.tooLarge', params: { name: 'a.pdf', max: '5 MB' } },
    ],
    [
      'too large for the form',
      given(Buffer.alloc(0), null, true),
      { code: 'file.tooLarge', params: { name: 'a.pdf', max: '5 MB' } },
    ],
    [
      'of a kind that is none of ours',
      given(Buffer.from('PK'), null),
      { code: 'file.wrongKind', params: { name: 'a.pdf', allowed: 'PDF, JPEG, PNG' } },
    ],
    [
      'cut off',
      given(samplePdf().subarray(0, 200), 'pdf'),
      { code: 'file.damaged', params: { name: 'a.pdf' } },
    ],
  ])('that is %s is refused in one way', (_, file, violation) => {
    expect(checkFile(file, rules)).toEqual([violation])
  })

  it('of a kind that this place does not take is refused', () => {
    expect(checkFile(given(samplePng(), 'png'), { ...rules, kinds: ['pdf'] })).toEqual([
      { code: 'file.wrongKind', params: { name: 'a.pdf', allowed: 'PDF' } },
    ])
  })
})

describe('being whole', () => {
  const jpeg = sampleJpeg()
  it.each([
    ['a PDF with zeros behind its end', 'pdf', Buffer.concat([samplePdf(), Buffer.alloc(500)]), true],
    ['a PDF without an end', 'pdf', Buffer.from('%PDF-1.7 and nothing more'), false],
    ['a PNG without its last chunk', 'png', samplePng().subarray(0, -12), false],
    ['a PNG of no width', 'png', samplePng(0, 3), false],
    ['a PNG of 40,000 pixels wide', 'png', samplePng(40_000, 1), false],
    ['a PNG of 20,000 by 20,000', 'png', samplePng(20_000, 20_000), false],
    ['a photo of 12,000 by 9,000 (108 megapixels)', 'png', samplePng(12_000, 9000), true],
    ['a JPEG without an end', 'jpeg', jpeg.subarray(0, -2), false],
    ['a JPEG with a film behind it', 'jpeg', Buffer.concat([jpeg, Buffer.alloc(3000)]), true],
    ['a JPEG of markers without a frame', 'jpeg', Buffer.from([0xff, 0xd8, 0xff, 0xd9]), false],
    ['nothing', 'png', Buffer.alloc(0), false],
  ] as const)('%s: %s', (_, kind, content, whole) => {
    expect(isWhole(kind, content)).toBe(whole)
  })

  it('is told of any cut or any noise without a fault', () => {
    for (const [kind, content] of [
      ['pdf', samplePdf()],
      ['png', samplePng()],
      ['jpeg', jpeg],
    ] as const) {
      for (let at = 0; at < content.length; at++) {
        expect(() => isWhole(kind, content.subarray(0, at))).not.toThrow()
        const noisy = Buffer.from(content)
        noisy[at] = noisy[at]! ^ 0xff
        expect(() => isWhole(kind, noisy)).not.toThrow()
      }
    }
  })
})
