import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type FieldFate, fateOf } from './three-way.js'

describe('a field of a workbook that comes back', () => {
  it.each<[string, string | null, string, string, FieldFate]>([
    ['untouched', 'a', 'a', 'a', 'same'],
    ['changed to the same', 'a', 'b', 'b', 'same'],
    ['changed in the file', 'a', 'b', 'a', 'taken'],
    ['changed on the web', 'a', 'a', 'b', 'kept'],
    ['changed in both', 'a', 'b', 'c', 'asked'],
    ['of which the file lost what was downloaded', null, 'b', 'c', 'asked'],
    ['of which the file lost it, but the same', null, 'b', 'b', 'same'],
  ])('%s', (_, downloaded, inFile, onWeb, fate) => {
    expect(fateOf({ downloaded, inFile, onWeb })).toBe(fate)
  })

  it('never overwrites in silence what was typed on the web after the download', () => {
    const mark = fc.constantFrom('a', 'b', 'c')
    fc.assert(
      fc.property(mark, mark, mark, (downloaded, inFile, onWeb) => {
        const fate = fateOf({ downloaded, inFile, onWeb })
        if (onWeb !== downloaded) expect(fate).not.toBe('taken')
        if (inFile !== downloaded && inFile !== onWeb) expect(fate).not.toBe('kept')
      }),
    )
  })
})
