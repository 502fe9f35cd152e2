import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { groupLines } from './group-lines.js'

const line = (actualCents: bigint, budgetCents = 100n) => ({
  label: `${actualCents}`,
  budgetCents,
  actualCents,
  explanation: '',
})

describe('lines of the budget in a drawing', () => {
  it('puts the largest first and the smallest together', () => {
    const { lines, other } = groupLines([line(10n), line(40n), line(20n), line(30n)], 3)
    expect(lines.map(({ actualCents }) => actualCents)).toEqual([40n, 30n])
    expect(other).toEqual({ count: 2, budgetCents: 200n, actualCents: 30n })
  })

  it('leaves them alone when there is room', () => {
    expect(groupLines([line(1n), line(2n)], 2).other).toBeNull()
  })

  it('never loses a cent, and never shows more than it may', () => {
    const amount = fc.bigInt({ min: 0n, max: 10n ** 9n })
    fc.assert(
      fc.property(
        fc.array(fc.tuple(amount, amount), { maxLength: 20 }),
        fc.integer({ min: 2, max: 15 }),
        (amounts, most) => {
          const all = amounts.map(([actual, budget]) => line(actual, budget))
          const { lines, other } = groupLines(all, most)
          const shown = other ? [...lines, other] : lines
          expect(shown.length).toBeLessThanOrEqual(most)
          for (const what of ['actualCents', 'budgetCents'] as const)
            expect(shown.reduce((sum, one) => sum + one[what], 0n)).toBe(
              all.reduce((sum, one) => sum + one[what], 0n),
            )
        },
      ),
    )
  })
})
