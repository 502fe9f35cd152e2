import { describe, expect, it } from 'vitest'
import { formatCents } from '#kernel'
import { explain } from './explain.js'

// The payout of 2019: € 120,691.00 over € 500,000 of guarantees.
const MARGIN = 12_069_100n
const TOTAL = 50_000_000n

describe('explain', () => {
  it.each([
    ['exactly', 48_000_000n, 11_586_336n, { quotient: 11_586_336n, remainder: '0', rounding: 'exact' }],
    ['rounded up', 200_000n, 48_277n, { quotient: 48_276n, remainder: '0,4', rounding: 'up' }],
    ['rounded down', 600_000n, 144_829n, { quotient: 144_829n, remainder: '0,2', rounding: 'down' }],
  ])('spells out a part that came out %s', (_, share, part, { quotient, remainder, rounding }) => {
    const explained = explain(MARGIN, share, TOTAL, part)
    expect(explained).toMatchObject({ quotient: formatCents(quotient), remainder, rounding })
    expect(explained.amount).toBe(formatCents(MARGIN))
    expect(explained.total).toBe('500.000')
  })

  it('says that a remainder goes on', () => {
    expect(explain(100n, 1n, 3n, 33n)).toMatchObject({
      quotient: formatCents(33n),
      remainder: '0,3333…',
      share: '0,01',
    })
  })
})
