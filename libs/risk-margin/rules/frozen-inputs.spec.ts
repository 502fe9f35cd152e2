import { describe, expect, it } from 'vitest'
import { divide } from './division.js'
import { DIVISION_RULE, type DistributionInputs, EARLIER_RULE, freeze, thaw } from './frozen-inputs.js'
import { verify, verifyShares } from './verify-distribution.js'

const inputs: DistributionInputs = {
  kind: 'samen.distribution',
  rule: EARLIER_RULE,
  year: 2019,
  awardedCents: 603_455_000n,
  rate: '2/100',
  rateArticle: 'art. 9',
  marginCents: 12_069_100n,
  spentCents: 0n,
  amountCents: 12_069_100n,
  sharers: 'allGuarantors',
  reference: 'lastDayOfYear',
  referenceDay: '2019-12-31',
  shares: [
    { id: 'z', number: 5, name: 'Zorgbelang', cents: 48_000_000n },
    { id: 'w', number: 4, name: 'Wijkinformatiepunt', cents: 200_000n },
  ],
}
const text = freeze(inputs)
const stored = { inputs: text, sha256: 'hash', amountCents: 12_069_100n, ...divide(inputs) }

describe('a frozen distribution', () => {
  it('reads back as it was written, and is written the same again', () => {
    expect(thaw(text)).toEqual(inputs)
    expect(freeze(thaw(text))).toBe(text)
    expect(text).toContain('"amountCents":"12069100"')
  })

  it('is found right when nothing changed', () => {
    expect(verify(stored, 'hash')).toEqual([])
    expect(verify({ ...stored, parts: stored.parts.toReversed() }, 'hash')).toEqual([])
  })

  const [first, second] = stored.parts as [(typeof stored.parts)[0], (typeof stored.parts)[0]]
  it.each([
    ['other inputs than were hashed', stored, 'other', 'distribution.hashDiffers'],
    ['another amount', { ...stored, amountCents: 12_069_099n }, 'hash', 'distribution.amountDiffers'],
    [
      'a margin that is not the rate of the subsidy',
      { ...stored, inputs: freeze({ ...inputs, marginCents: 1n }) },
      'hash',
      'distribution.amountDiffers',
    ],
    [
      'a cent moved from one to the other',
      {
        ...stored,
        parts: [
          { ...first, partCents: first.partCents - 1n },
          { ...second, partCents: second.partCents + 1n },
        ],
      },
      'hash',
      'distribution.partsDiffer',
    ],
    ['a member left out', { ...stored, parts: [first] }, 'hash', 'distribution.partsDiffer'],
    ['a member twice', { ...stored, parts: [first, first] }, 'hash', 'distribution.partsDiffer'],
    [
      'a rule that is no longer known',
      { ...stored, inputs: freeze({ ...inputs, rule: 'largest-remainder/0' }) },
      'hash',
      'distribution.ruleUnknown',
    ],
  ])('is refused with %s', (_, given, hash, code) => {
    expect(verify(given, hash).map((violation) => violation.code)).toEqual([code])
  })

  it('needs somebody who stood surety', () => {
    for (const shares of [[], [{ ...inputs.shares[0]!, cents: 0n }]])
      expect(() => divide({ ...inputs, shares })).toThrow('distribution.noGuarantors')
  })
})

describe('a frozen distribution of the second version', () => {
  const weighted: DistributionInputs = {
    ...inputs,
    rule: DIVISION_RULE,
    reference: 'timeWeighted',
    sharersArticle: 'art. 10',
    referenceArticle: 'art. 11',
    snapshot: { id: 's', version: 1, sha256: 'x' },
    openConditions: ['books'],
    preInvestments: {
      decision: '2020-04',
      outstanding: [{ id: 'w', number: 4, name: 'Wijkinformatiepunt', cents: 69_100n }],
    },
    shares: [
      { ...inputs.shares[1]!, kind: 'voting', changes: [{ on: '2018-06-01', cents: 200_000n }] },
      {
        ...{ id: 'k', number: 2, name: 'Krachtstation', kind: null, cents: 0n },
        changes: [
          { on: '2018-06-01', cents: 600_000n },
          { on: '2019-07-01', cents: -600_000n },
        ],
      },
    ],
  }
  const division = divide(weighted)

  it('reads back as it was written', () => {
    expect(thaw(freeze(weighted))).toEqual(weighted)
  })

  it('lets pre-investments be earned back first and weighs the rest by days', () => {
    expect(division.earnedBack).toEqual([{ memberId: 'w', outstandingCents: 69_100n, partCents: 69_100n }])
    const [stayed, left] = division.parts
    expect([stayed!.weight, left!.weight]).toEqual([200_000n * 365n, 600_000n * 181n])
    expect(stayed!.partCents + left!.partCents).toBe(12_000_000n)
    expect(left!.partCents).toBe((12_000_000n * 108_600_000n) / 181_600_000n)
  })

  it('is verified with both tables', () => {
    const kept = { inputs: freeze(weighted), sha256: 'h', amountCents: 12_069_100n, ...division }
    expect(verify(kept, 'h')).toEqual([])
    expect(verify({ ...kept, earnedBack: [] }, 'h')).toEqual([{ code: 'distribution.partsDiffer' }])
    const moved = division.earnedBack.map((part) => ({ ...part, partCents: part.partCents - 1n }))
    expect(verify({ ...kept, earnedBack: moved }, 'h')).toEqual([{ code: 'distribution.partsDiffer' }])
  })

  it('has the shares that its snapshot gives', () => {
    const holders = weighted.shares.map(({ id, number, name, kind = null, cents }) => ({
      ...{ memberId: id, number, name, kind, pledgedCents: cents },
    }))
    const changes = weighted.shares.flatMap(({ id, changes = [] }) =>
      changes.map((one) => ({ memberId: id, ...one })),
    )
    const sorted = { ...weighted, shares: weighted.shares.toSorted((a, b) => a.number - b.number) }
    expect(verifyShares(sorted, { holders, changes })).toEqual([])
    expect(verifyShares(sorted, { holders, changes: changes.slice(1) })).toEqual([
      { code: 'distribution.snapshotDiffers' },
    ])
  })
})
