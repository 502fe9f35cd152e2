import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Fraction } from '#kernel'
import { type CoverageInput, coverage } from './coverage.js'

/** Subsidy application 2018, guarantee and risk margin: 10% of € 6,000,000, the director at most 80%. */
const of2019: CoverageInput = {
  baseCents: 600_000_000n,
  rate: Fraction.parse('10/100'),
  cap: { holders: ['zorgbelang', 'gsmo'], fraction: Fraction.parse('80/100') },
  pledges: [],
}

describe('coverage', () => {
  it('asks € 600,000 in 2019, of which the director may cover € 480,000', () => {
    expect(coverage(of2019)).toEqual({
      requiredCents: 60_000_000n,
      pledgedCents: 0n,
      openCents: 60_000_000n,
      capCents: 48_000_000n,
      violations: [],
    })
  })

  it('finds € 100,000 open when the director is at its cap and the founders paid in € 20,000', () => {
    const pledges = [
      { holder: 'zorgbelang', cents: 48_000_000n },
      { holder: 'wijkinformatiepunt', cents: 200_000n },
      { holder: 'krachtstation', cents: 600_000n },
      { holder: 'power-by-peers', cents: 600_000n },
      { holder: 'buurtwerkkamers', cents: 600_000n },
    ]
    const found = coverage({ ...of2019, pledges })
    expect(found).toMatchObject({ pledgedCents: 50_000_000n, openCents: 10_000_000n, violations: [] })
  })

  it('binds the capped holders together, and still counts what they pledged in full', () => {
    const pledges = [
      { holder: 'zorgbelang', cents: 47_000_000n },
      { holder: 'krachtstation', cents: 5n },
      { holder: 'gsmo', cents: 1_000_001n },
    ]
    expect(coverage({ ...of2019, pledges })).toMatchObject({
      pledgedCents: 48_000_006n,
      openCents: 11_999_994n,
      violations: [{ code: 'capExceeded', holders: ['zorgbelang', 'gsmo'], overCents: 1n }],
    })
  })

  it('adds up the pledges of one holder', () => {
    const pledges = [1, 2].map(() => ({ holder: 'gsmo', cents: 24_000_001n }))
    expect(coverage({ ...of2019, pledges }).violations).toEqual([
      { code: 'capExceeded', holders: ['zorgbelang', 'gsmo'], overCents: 2n },
    ])
  })

  it('never leaves less than nothing open', () => {
    const pledges = [{ holder: 'krachtstation', cents: 90_000_000n }]
    expect(coverage({ ...of2019, pledges })).toMatchObject({ openCents: 0n, violations: [] })
  })

  it.each([
    ['required up, and the cap down from that', 101n, '1/10', '80/100', 11n, 8n],
    ['exact amounts not at all', 600_000_000n, '1/10', '4/5', 60_000_000n, 48_000_000n],
    ['one cent up to one cent', 1n, '1/1000000', '1/1', 1n, 1n],
    ['nothing to nothing', 0n, '10/100', '80/100', 0n, 0n],
  ])('rounds %s', (_, baseCents, rate, fraction, requiredCents, capCents) => {
    const cap = { ...of2019.cap, fraction: Fraction.parse(fraction) }
    const found = coverage({ ...of2019, baseCents, rate: Fraction.parse(rate), cap })
    expect(found).toMatchObject({ requiredCents, capCents })
  })

  it('binds nobody when the cap names nobody', () => {
    const pledges = [{ holder: 'zorgbelang', cents: 60_000_000n }]
    const cap = { ...of2019.cap, holders: [] }
    expect(coverage({ ...of2019, cap, pledges }).violations).toEqual([])
  })

  it.each<[string, Partial<CoverageInput>, string]>([
    ['a negative base', { baseCents: -1n }, 'coverage.negative (baseCents)'],
    ['a rate of 0', { rate: Fraction.of(0, 1) }, 'coverage.fractionOutsideRange (rate)'],
    ['a rate above 1', { rate: Fraction.of(11, 10) }, 'coverage.fractionOutsideRange (rate)'],
    [
      'a cap above 1',
      { cap: { holders: [], fraction: Fraction.of(2, 1) } },
      'coverage.fractionOutsideRange (cap.fraction)',
    ],
    [
      'a capped holder named twice',
      { cap: { holders: ['a', 'b', 'a'], fraction: Fraction.of(1, 2) } },
      'coverage.repeatedCapHolder (cap.holders[2])',
    ],
    ['a negative pledge', { pledges: [{ holder: 'a', cents: -1n }] }, 'coverage.negative (pledges[0].cents)'],
  ])('refuses %s', (_, change, message) => {
    expect(() => coverage({ ...of2019, ...change })).toThrow(message)
  })

  it('balances: what is open and what is pledged cover what is required', () => {
    const anyPledges = fc.array(
      fc.record({
        holder: fc.constantFrom('zorgbelang', 'gsmo', 'krachtstation'),
        cents: fc.bigInt({ min: 0n, max: 10n ** 8n }),
      }),
      { maxLength: 6 },
    )
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 9n }), anyPledges, (baseCents, pledges) => {
        const found = coverage({ ...of2019, baseCents, pledges })
        const under = pledges.filter(({ holder }) => holder !== 'krachtstation')
        const over = under.reduce((sum, { cents }) => sum + cents, 0n) - found.capCents
        expect(found.openCents + found.pledgedCents).toBeGreaterThanOrEqual(found.requiredCents)
        if (found.openCents > 0n) expect(found.openCents + found.pledgedCents).toBe(found.requiredCents)
        expect(found.violations.map(({ overCents }) => overCents)).toEqual(over > 0n ? [over] : [])
      }),
    )
  })
})
