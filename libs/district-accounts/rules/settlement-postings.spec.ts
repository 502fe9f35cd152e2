import { describe, expect, it } from 'vitest'
import { givenBackPostings, settlementPostings } from './settlement-postings.js'

describe('the entry of a settlement', () => {
  it.each([
    ['what comes back is to be received', 10n, 0n, ['BVorOvr 10', 'BVorVsc -10']],
    ['what is paid extra is a debt', -15n, 0n, ['BSchCre -15', 'BVorVsc 15']],
    ['what the wijk bears itself is no cost', 0n, 20n, ['WKprUit -20', 'BVorVsc 20']],
    ['both at once', -10n, 20n, ['WKprUit -20', 'BSchCre -10', 'BVorVsc 30']],
    ['the two against each other leave the advances alone', 20n, 20n, ['WKprUit -20', 'BVorOvr 20']],
    ['nothing when it is level', 0n, 0n, []],
  ])('%s', (_, balanceCents, uncoveredCents, expected) => {
    const lines = settlementPostings({ balanceCents, uncoveredCents }, 'wijk')
    expect(lines.map(({ account, cents }) => `${account} ${cents}`)).toEqual(expected)
    expect(lines.reduce((sum, { cents }) => sum + cents, 0n)).toBe(0n)
    expect(lines.every(({ accountingDistrictId }) => accountingDistrictId === 'wijk')).toBe(true)
  })

  it('what came back is on the bank, and no longer to be received', () => {
    expect(givenBackPostings(10n, 'wijk')).toEqual([
      { account: 'BLimBan', cents: 10n },
      { account: 'BVorOvr', accountingDistrictId: 'wijk', cents: -10n },
    ])
  })
})
