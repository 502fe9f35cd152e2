import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkConfirming } from './confirming.js'
import { payoutEntry, reserveEntry, useEntry } from './margin-entries.js'
import { checkUse, type MarginStanding } from './uses.js'

const standing: MarginStanding = {
  ...{ year: 2019, reserveCents: 1_000n, usedCents: 400n, proposed: false, paid: false },
}
const codes = (changes: Partial<MarginStanding>, cents = 600n, onDay = '2019-06-01') =>
  checkUse({ ...standing, ...changes }, { cents, onDay }, '2020-02-15').map(({ code }) => code)

describe('using the margin', () => {
  it.each<[string, Partial<MarginStanding>, bigint, string, string[]]>([
    ['all that is left', {}, 600n, '2019-12-31', []],
    ['a cent more', {}, 601n, '2019-06-01', ['margin.notEnoughLeft']],
    ['nothing', {}, 0n, '2019-06-01', ['margin.amountNotPositive']],
    ['on a day of the year before', {}, 1n, '2018-12-31', ['margin.dayOutsideYear']],
    ['on a day of the year after', {}, 1n, '2020-01-01', ['margin.dayOutsideYear']],
    ['before the reserve is booked', { reserveCents: null }, 1n, '2019-06-01', ['margin.reserveNotBooked']],
    ['while a proposal lives', { proposed: true }, 1n, '2019-06-01', ['margin.proposalLives']],
    ['after the payout', { paid: true, proposed: true }, 1n, '2019-06-01', ['margin.alreadyPaid']],
  ])('%s', (_, changes, cents, onDay, expected) => {
    expect(codes(changes, cents, onDay)).toEqual(expected)
  })

  it('not on a day that is still to come', () => {
    const given = { cents: 1n, onDay: '2019-06-02' }
    expect(checkUse(standing, given, '2019-06-01').map(({ code }) => code)).toEqual(['margin.dayInFuture'])
  })
})

describe('the entries of the margin', () => {
  const balances = (entries: { account: string; cents: bigint }[]) => {
    const found = new Map<string, bigint>()
    for (const { account, cents } of entries) found.set(account, (found.get(account) ?? 0n) + cents)
    return found
  }

  it('keep reserve + used the margin, and the costs of the year the margin, whatever is used', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt(1n, 999n), { maxLength: 20 }), (uses) => {
        const margin = 100_000n
        const booked = [reserveEntry(margin), ...uses.map((cents) => useEntry(cents, 'creditor'))]
        for (const entry of booked) expect(entry.reduce((sum, { cents }) => sum + cents, 0n)).toBe(0n)
        const found = balances(booked.flat())
        const used = found.get('WBedOvkRis') ?? 0n
        expect(-found.get('BEivOreRis')! + used).toBe(margin)
        expect(found.get('WBedOvkTrm')! + used).toBe(margin)
        expect(-(found.get('BSchCre') ?? 0n)).toBe(used)
      }),
    )
  })

  it('pay out of the reserve, one line for each part that is more than nothing', () => {
    const entry = payoutEntry(
      10n,
      [
        { memberId: 'a', partCents: 6n },
        { memberId: 'b', partCents: 0n },
      ],
      [{ memberId: 'a', partCents: 4n }],
    )
    expect(entry).toEqual([
      { account: 'BEivOreRis', cents: 10n },
      { account: 'BSchOvsUit', memberId: 'a', cents: -4n },
      { account: 'BSchOvsUit', memberId: 'a', cents: -6n },
    ])
  })
})

describe('confirming the judgement', () => {
  it.each([
    ['somebody from outside', { carriesOut: false, gainsThrough: [] }, true, []],
    ['before all is judged', { carriesOut: false, gainsThrough: [] }, false, ['yearClose.notJudged']],
    ['the director', { carriesOut: true, gainsThrough: [] }, true, ['yearClose.carriesOut']],
    ['a delegate of who stood surety', { carriesOut: false, gainsThrough: ['A'] }, true, ['yearClose.gains']],
  ])('%s', (_, confirmer, judged, expected) => {
    expect(checkConfirming(confirmer, judged).map(({ code }) => code)).toEqual(expected)
  })
})
