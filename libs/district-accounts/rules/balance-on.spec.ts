import { describe, expect, it } from 'vitest'
import { balanceOn } from './balance-on.js'

const movements = {
  paid: [
    { on: '2019-01-16', cents: 50n },
    { on: '2019-04-16', cents: 50n },
    { on: null, cents: 99n },
  ],
  spent: [
    { on: '2019-03-31', cents: 40n },
    { on: '2019-06-30', cents: 45n },
  ],
  settled: [{ on: '2019-12-31', cents: 15n }],
}

describe('the current account of a wijk', () => {
  it.each([
    ['2019-01-15', 0n, 0n, 0n],
    ['2019-01-16', 50n, 0n, 50n],
    ['2019-03-31', 50n, 40n, 10n],
    ['2019-06-30', 100n, 85n, 15n],
    ['2019-12-31', 100n, 85n, 0n],
  ])('on %s has %s paid and %s spent', (day, paidCents, spentCents, balanceCents) => {
    expect(balanceOn(movements, day)).toEqual({ paidCents, spentCents, balanceCents })
  })
})
