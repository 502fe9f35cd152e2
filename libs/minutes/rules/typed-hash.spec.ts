import { describe, expect, it } from 'vitest'
import { groupedHash, readHash } from './typed-hash.js'

const hash = '0123456789abcdef'.repeat(4)

describe('a hash as someone types it', () => {
  it.each([
    [hash, hash],
    [` ${hash.toUpperCase()}\n`, hash],
    [groupedHash(hash), hash],
    [hash.slice(1), null],
    [`${hash}0`, null],
    [hash.replace('a', 'g'), null],
    ['', null],
  ])('%j', (typed, expected) => {
    expect(readHash(typed)).toBe(expected)
  })

  it('is shown in groups of eight', () => {
    expect(groupedHash(hash).split(' ')).toEqual(
      Array.from({ length: 8 }, (_, i) => (i % 2 ? '89abcdef' : '01234567')),
    )
  })
})
