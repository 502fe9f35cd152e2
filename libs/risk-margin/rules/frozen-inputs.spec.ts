import { describe, expect, it } from 'vitest'
import { DIVISION_RULE, type DistributionInputs, divide, freeze, thaw, verify } from './frozen-inputs.js'

const inputs: DistributionInputs = {
  kind: 'samen.distribution',
  rule: DIVISION_RULE,
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
const stored = { inputs: text, sha256: 'hash', amountCents: 12_069_100n, parts: divide(inputs) }

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
    expect(() => divide({ amountCents: 1n, shares: [] })).toThrow('distribution.noGuarantors')
    expect(() => divide({ amountCents: 1n, shares: [{ ...inputs.shares[0]!, cents: 0n }] })).toThrow(
      'distribution.noGuarantors',
    )
  })
})
