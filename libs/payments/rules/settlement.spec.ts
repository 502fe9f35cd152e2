import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { paidPostings, returnedPostings } from './settlement.js'

const claim = (cents: bigint, memberId: string | null = 'm1') => ({
  ...{ cents, debitAccount: 'BSchOvsUit', memberId, accountingDistrictId: null },
})

describe('what is booked', () => {
  it('debits each debt and credits the bank for the whole', () => {
    expect(paidPostings([claim(100n), claim(250n, 'm2')])).toEqual([
      { account: 'BSchOvsUit', memberId: 'm1', accountingDistrictId: null, cents: 100n },
      { account: 'BSchOvsUit', memberId: 'm2', accountingDistrictId: null, cents: 250n },
      { account: 'BLimBan', cents: -350n },
    ])
  })

  it('adds up to nothing, and a return undoes what was paid', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt({ min: 1n, max: 10n ** 12n }), { minLength: 1 }), (amounts) => {
        const paid = paidPostings(amounts.map((cents) => claim(cents)))
        expect(paid.reduce((sum, { cents }) => sum + cents, 0n)).toBe(0n)
        const both = [...paidPostings([claim(amounts[0]!)]), ...returnedPostings(claim(amounts[0]!))]
        for (const account of ['BSchOvsUit', 'BLimBan'])
          expect(
            both.filter((line) => line.account === account).reduce((sum, { cents }) => sum + cents, 0n),
          ).toBe(0n)
      }),
    )
  })
})
