import { describe, expect, it } from 'vitest'
import { checkConfirmation, saysTheSame, stillHolds } from './proposal.js'

const amounts = {
  ...{ advancedCents: 100n, spentCents: 120n, budgetCents: 100n, extraCents: 15n, extraReason: 'ALV' },
  ...{ uncoveredCents: 5n, balanceCents: -15n },
}
const now = { paidCents: 100n, spentCents: 120n, budgetCents: 100n, openQuarters: [], unpaidCount: 0 }

describe('a proposal to settle a year', () => {
  it.each([
    ['the same', {}, true],
    ['another amount extra', { extraCents: 14n, uncoveredCents: 6n, balanceCents: -14n }, false],
    ['another reason', { extraReason: 'Bestuur' }, false],
    ['another advance', { advancedCents: 99n }, false],
  ])('beside the last one: %s', (_, other, same) => {
    expect(saysTheSame(amounts, { ...amounts, ...other })).toBe(same)
  })

  it.each([
    ['as it was', {}, true],
    ['another advance was paid', { paidCents: 101n }, false],
    ['a quarter was corrected', { spentCents: 119n }, false],
    ['the agreement was amended', { budgetCents: 130n }, false],
    ['another advance was ordered', { unpaidCount: 1 }, false],
    ['a quarter was opened again', { openQuarters: ['2019-Q4'] }, false],
  ])('holds while the year stands as it did: %s', (_, changed, holds) => {
    expect(stillHolds(amounts, { ...now, ...changed })).toBe(holds)
  })

  it.each([
    ['by another', 'director', {}, []],
    ['not by who proposed it', 'controller', {}, ['districtAccounts.sameEyes']],
    [
      'not when another took its place',
      'director',
      { isLatest: false },
      ['districtAccounts.settlementReplaced'],
    ],
    ['not when the year changed', 'director', { paidCents: 0n }, ['districtAccounts.settlementChanged']],
  ])('is confirmed: %s', (_, person, changed, codes) => {
    const found = checkConfirmation(
      { ...amounts, proposedBy: 'controller' },
      { ...now, isLatest: true, ...changed },
      person,
    )
    expect(found.map(({ code }) => code)).toEqual(codes)
  })
})
