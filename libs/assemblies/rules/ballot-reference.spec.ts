import { describe, expect, it } from 'vitest'
import { ballotReference } from './ballot-reference.js'

describe('ballotReference', () => {
  it.each([
    ['0000000000', '0000-0000'],
    ['ffffffffff', 'ZZZZ-ZZZZ'],
    ['08c6000000', '1330-0000'],
    ['00000000ff99', '0000-007Z'],
  ])('%s → %s', (hash, reference) => {
    expect(ballotReference(hash)).toBe(reference)
  })

  it('refuses what is no hash', () => {
    expect(() => ballotReference('xyz')).toThrow(RangeError)
  })
})
