import { describe, expect, it } from 'vitest'
import { tenthsOfPercent } from './share.js'

describe('a share in tenths of a percent', () => {
  it.each([
    [480_000n, 500_000n, 960n],
    [2n, 3n, 667n],
    [1n, 3n, 333n],
    [1n, 2_000n, 1n],
    [1n, 2_001n, 0n],
    [7n, 7n, 1_000n],
    [0n, 7n, 0n],
    [0n, 0n, 0n],
  ])('%s of %s is %s', (part, whole, tenths) => {
    expect(tenthsOfPercent(part, whole)).toBe(tenths)
  })
})
