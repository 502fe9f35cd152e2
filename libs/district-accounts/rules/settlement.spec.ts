import { describe, expect, it } from 'vitest'
import { checkSettlement, settle } from './settlement.js'

const none = { balanceCents: 0n, uncoveredCents: 0n }

describe('settling the advances of a year', () => {
  it.each([
    ['gets back what was not spent', { advancedCents: 100n, spentCents: 90n }, 0n, 90n, 0n, 10n],
    ['pays what was spent and not advanced', { advancedCents: 75n, spentCents: 90n }, 0n, 90n, 0n, -15n],
    ['is level', { advancedCents: 90n, spentCents: 90n }, 0n, 90n, 0n, 0n],
    [
      'leaves what is above the wijkbudget to the wijk',
      { advancedCents: 100n, spentCents: 120n },
      0n,
      100n,
      20n,
      0n,
    ],
    ['bears what was granted above it', { advancedCents: 100n, spentCents: 120n }, 15n, 115n, 5n, -15n],
    [
      'settles only what came since an earlier settlement',
      { advancedCents: 100n, spentCents: 95n, earlier: { balanceCents: 10n, uncoveredCents: 0n } },
      0n,
      95n,
      0n,
      -5n,
    ],
    [
      'undoes what was left to the wijk when it spent less after all',
      { advancedCents: 100n, spentCents: 100n, earlier: { balanceCents: 0n, uncoveredCents: 20n } },
      0n,
      100n,
      -20n,
      0n,
    ],
  ])('%s', (_, of, extra, acceptedCents, uncoveredCents, balanceCents) => {
    expect(settle({ budgetCents: 100n, earlier: none, ...of }, extra)).toEqual({
      ...{ acceptedCents, uncoveredCents, balanceCents },
    })
  })
})

describe('whether a year can be settled', () => {
  const ready = {
    openQuarters: [],
    unpaidCount: 0,
    extraCents: 0n,
    reason: '',
    spentCents: 120n,
    budgetCents: 100n,
  }
  it.each([
    ['when all is in', {}, []],
    ['not with a quarter that is not approved', { openQuarters: ['Q4'] }, ['districtAccounts.quartersOpen']],
    ['not with an advance under way', { unpaidCount: 1 }, ['districtAccounts.advancesUnpaid']],
    ['with something extra and why', { extraCents: 20n, reason: 'ALV' }, []],
    ['not with something extra without a reason', { extraCents: 20n }, ['districtAccounts.extraReason']],
    [
      'not with more extra than was spent',
      { extraCents: 21n, reason: 'x' },
      ['districtAccounts.extraTooMuch'],
    ],
    ['not with less than nothing', { extraCents: -1n }, ['districtAccounts.extraNegative']],
  ])('%s', (_, given, codes) => {
    expect(checkSettlement({ ...ready, ...given }).map(({ code }) => code)).toEqual(codes)
  })
})
