import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { statement } from './statement.js'
import { trialBalance } from './trial-balance.js'

const accounts = [
  { code: 'BLimBan', name: 'Bank', side: 'debit' as const },
  { code: 'WOvbSub', name: 'Subsidie', side: 'credit' as const },
  { code: 'WKprUit', name: 'Uitvoering', side: 'debit' as const },
  { code: 'WBedOrg', name: 'Organisatie', side: 'debit' as const },
]

describe('the trial balance', () => {
  it('sets each balance on its side, and the result apart', () => {
    const now = [
      { account: 'BLimBan', cents: 700n },
      { account: 'WOvbSub', cents: -1000n },
      { account: 'WKprUit', cents: 250n },
      { account: 'WKprUit', cents: 50n },
      { account: 'BVorOvr', cents: 0n },
    ]
    expect(trialBalance(now, [])).toEqual({
      balance: [{ account: 'BLimBan', debitCents: 700n, creditCents: 0n }],
      result: [
        { account: 'WKprUit', debitCents: 300n, creditCents: 0n },
        { account: 'WOvbSub', debitCents: 0n, creditCents: 1000n },
      ],
      earlierResult: null,
      debitCents: 1000n,
      creditCents: 1000n,
    })
  })

  it('begins the result anew each year, with what was before in one line', () => {
    const before = [
      { account: 'BLimBan', cents: 700n },
      { account: 'WOvbSub', cents: -1000n },
      { account: 'WKprUit', cents: 300n },
    ]
    const shown = trialBalance(before, before)
    expect(shown.result).toEqual([])
    expect(shown.earlierResult).toEqual({ debitCents: 0n, creditCents: 700n })
    expect(shown.debitCents).toBe(shown.creditCents)
  })

  it('stays level whatever was booked, in whichever year', () => {
    const code = fc.constantFrom('BLimBan', 'BVorOvr', 'WOvbSub', 'WKprUit')
    const pairs = fc.array(fc.tuple(code, code, fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n })))
    fc.assert(
      fc.property(pairs, pairs, (earlier, later) => {
        const booked = (given: typeof earlier) =>
          given.flatMap(([one, other, cents]) => [
            { account: one, cents },
            { account: other, cents: -cents },
          ])
        const before = booked(earlier)
        const { debitCents, creditCents } = trialBalance([...before, ...booked(later)], before)
        expect(debitCents).toBe(creditCents)
      }),
    )
  })
})

describe('the statement of income and expenditure', () => {
  it('sets booked beside budgeted, costs and income both positive', () => {
    const { income, costs, result } = statement(
      accounts,
      [
        { account: 'WOvbSub', cents: -900n },
        { account: 'WKprUit', cents: 300n },
        { account: 'WKprUit', cents: -20n },
        { account: 'BLimBan', cents: 620n },
      ],
      [
        { account: 'WOvbSub', cents: 1000n },
        { account: 'WKprUit', cents: 700n },
        { account: 'WBedOrg', cents: 300n },
      ],
    )
    expect(income).toEqual({
      lines: [
        {
          account: 'WOvbSub',
          name: 'Subsidie',
          budgetCents: 1000n,
          actualCents: 900n,
          differenceCents: -100n,
        },
      ],
      ...{ budgetCents: 1000n, actualCents: 900n, differenceCents: -100n },
    })
    expect(costs.lines.map(({ account, actualCents }) => [account, actualCents])).toEqual([
      ['WKprUit', 280n],
      ['WBedOrg', 0n],
    ])
    expect(result).toEqual({ budgetCents: 0n, actualCents: 620n, differenceCents: 620n })
  })

  it('leaves out accounts with nothing on them', () => {
    expect(statement(accounts, [], []).costs).toEqual({
      ...{ lines: [], budgetCents: 0n, actualCents: 0n, differenceCents: 0n },
    })
  })
})
