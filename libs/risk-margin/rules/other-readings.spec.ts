import { describe, expect, it } from 'vitest'
import type { DistributionInputs } from './frozen-inputs.js'
import { otherReadings } from './other-readings.js'
import { type GuaranteesAtReference, sharesOf } from './shares.js'

const guarantees: GuaranteesAtReference = {
  holders: [
    { memberId: 'v', number: 1, name: 'Stemlid', kind: 'voting', pledgedCents: 100n },
    { memberId: 'l', number: 2, name: 'Vertrokken', kind: 'voting', pledgedCents: 0n },
    { memberId: 's', number: 52, name: 'Steunlid', kind: 'supporting', pledgedCents: 300n },
  ],
  changes: [
    { memberId: 'v', on: '2019-01-01', cents: 100n },
    { memberId: 'l', on: '2019-01-01', cents: 365n },
    { memberId: 'l', on: '2019-04-11', cents: -365n },
    { memberId: 's', on: '2019-01-01', cents: 300n },
  ],
}

describe('the other readings', () => {
  const reading = { sharers: 'allGuarantors', reference: 'lastDayOfYear' } as const
  const inputs = {
    ...{ year: 2019, amountCents: 1_000n, ...reading, preInvestments: null },
    shares: sharesOf(guarantees, 2019, reading),
  } as unknown as DistributionInputs

  it('give every holder of any reading, with signed differences that add up to nothing', () => {
    const found = otherReadings(inputs, guarantees, new Map())
    expect(found.readings).toEqual([
      { sharers: 'votingMembers', reference: 'lastDayOfYear' },
      { sharers: 'allGuarantors', reference: 'timeWeighted' },
      { sharers: 'votingMembers', reference: 'timeWeighted' },
    ])
    expect(found.holders.map(({ name, proposedCents }) => [name, proposedCents])).toEqual([
      ['Stemlid', 250n],
      ['Vertrokken', 0n],
      ['Steunlid', 750n],
    ])
    expect(found.holders.map(({ others }) => others.map(({ differenceCents }) => differenceCents))).toEqual([
      [750n, -50n, 250n],
      [0n, 200n, 500n],
      [-750n, -150n, -750n],
    ])
  })
})
