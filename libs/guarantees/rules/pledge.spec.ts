import { describe, expect, it } from 'vitest'
import { Fraction, formatCents } from '#kernel'
import { checkPledge, type PledgeTerms, roomUnderCap } from './pledge.js'

// 2019: 10% of € 6,000,000 is required (€ 600,000); the director and GSMO together at most 80% (€ 480,000).
const terms = (...pledges: [string, bigint][]): PledgeTerms => ({
  baseCents: 600_000_000n,
  rate: Fraction.parse('10/100'),
  cap: { holders: ['zorgbelang', 'gsmo'], fraction: Fraction.parse('80/100') },
  pledges: pledges.map(([holder, cents]) => ({ holder, cents })),
})
const founders: [string, bigint][] = [
  ['wip', 200_000n],
  ['bwk', 600_000n],
  ['kracht', 600_000n],
  ['peers', 600_000n],
]
const today = terms(['zorgbelang', 48_000_000n], ...founders)

describe('a new pledge', () => {
  it.each([
    ['of a founder within what is open', today, 'bwk', 10_000_000n, []],
    ['of a founder, one cent more than is open', today, 'bwk', 10_000_001n, ['guarantee.overRequired']],
    ['of the director while the cap is reached', today, 'zorgbelang', 1n, ['guarantee.capExceeded']],
    ['of GSMO while the director filled the cap', today, 'gsmo', 1n, ['guarantee.capExceeded']],
    ['of GSMO exactly up to the shared cap', terms(['zorgbelang', 40_000_000n]), 'gsmo', 8_000_000n, []],
    [
      'of GSMO, one cent over the shared cap',
      terms(['zorgbelang', 40_000_000n]),
      'gsmo',
      8_000_001n,
      ['guarantee.capExceeded'],
    ],
    [
      'over the cap and over what is open',
      today,
      'gsmo',
      10_000_001n,
      ['guarantee.capExceeded', 'guarantee.overRequired'],
    ],
    ['of nothing', today, 'bwk', 0n, ['guarantee.notPositive']],
    ['below nothing', today, 'bwk', -100n, ['guarantee.notPositive']],
    ['when all is covered', terms(['bwk', 60_000_000n]), 'kracht', 1n, ['guarantee.overRequired']],
    ['by one holder for the whole amount', terms(), 'bwk', 60_000_000n, []],
  ])('%s', (_, terms, holder, cents, codes) => {
    expect(checkPledge(terms, { holder, cents }).map(({ code }) => code)).toEqual(codes)
  })

  it('says how much room is left under the cap', () => {
    const [violation] = checkPledge(terms(['zorgbelang', 40_000_000n]), {
      holder: 'zorgbelang',
      cents: 9_000_000n,
    })
    expect(violation?.params).toEqual({
      cap: formatCents(48_000_000n),
      pledged: formatCents(40_000_000n),
      room: formatCents(8_000_000n),
      full: 'no',
    })
  })

  it('never counts room below nothing when the statutes lowered the cap', () => {
    expect(roomUnderCap(terms(['zorgbelang', 50_000_000n]))).toEqual({
      pledgedCents: 50_000_000n,
      roomCents: 0n,
    })
  })
})
