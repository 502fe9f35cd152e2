import { describe, expect, it } from 'vitest'
import { allocate } from './allocate.js'

// Subsidy application 2018, the 2019 model budget: amounts of 2018 that serve as weights.
const distributionKey = [
  { id: 'Zuid/Oost', weight: 850_867n },
  { id: 'Zuidwest/Binnenstad', weight: 1_176_199n },
  { id: 'Noordoost/Overvecht', weight: 1_385_748n },
  { id: 'Noordwest/West', weight: 1_397_005n },
  { id: 'Leidsche Rijn', weight: 903_964n },
  { id: 'Vleuten-De Meern', weight: 581_038n },
]

describe('allocate', () => {
  it('divides the subsidy of 2019 over the six accounting districts', () => {
    const { parts, sumCents } = allocate(603_455_000n, distributionKey)
    expect(sumCents).toBe(603_455_000n)
    expect(parts).toEqual([
      { id: 'Zuid/Oost', cents: 81_568_633n },
      { id: 'Zuidwest/Binnenstad', cents: 112_756_688n },
      { id: 'Noordoost/Overvecht', cents: 132_845_169n },
      { id: 'Noordwest/West', cents: 133_924_325n },
      { id: 'Leidsche Rijn', cents: 86_658_794n },
      { id: 'Vleuten-De Meern', cents: 55_701_391n },
    ])
  })

  it('returns the amounts of 2018 when there is as much as in 2018', () => {
    const total = distributionKey.reduce((sum, { weight }) => sum + weight, 0n)
    expect(allocate(total, distributionKey).parts.map(({ cents }) => cents)).toEqual(
      distributionKey.map(({ weight }) => weight),
    )
  })

  it.each([
    ['no areas', [], 'apportion.emptyList (weights)'],
    ['areas without weight', [{ id: 'a', weight: 0n }], 'apportion.zeroTotal (weights)'],
    ['an area twice', ['a', 'a'].map((id) => ({ id, weight: 1n })), 'apportion.repeatedId (weights[1].id)'],
    ['a negative weight', [{ id: 'a', weight: -1n }], 'apportion.negative (weights[0].weight)'],
  ])('refuses %s', (_, weights, message) => {
    expect(() => allocate(0n, weights)).toThrow(message)
  })
})
