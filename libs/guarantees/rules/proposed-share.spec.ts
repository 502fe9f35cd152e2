import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Cents, Fraction } from '#kernel'
import { type Candidate, proposeShares, type ShareTerms } from './proposed-share.js'

const terms: ShareTerms = {
  requiredCents: 60_000_000n,
  equityShare: Fraction.of(1, 4),
  incomeShare: Fraction.of(1, 10),
  cap: { holders: ['director', 'contractor'], cents: 48_000_000n },
}
const euros = (amount: number): Cents => BigInt(amount) * 100n
const member = (id: string, equity: number | null, pledged = 0, income: number | null = null): Candidate => ({
  id,
  pledgedCents: euros(pledged),
  means: {
    equityCents: equity === null ? null : euros(equity),
    incomeCents: income === null ? null : euros(income),
  },
})
const silent = (id: string, pledged: number): Candidate => ({ id, pledgedCents: euros(pledged), means: null })
const sharesOf = (candidates: Candidate[], changed: Partial<ShareTerms> = {}) => {
  const { shares, openCents } = proposeShares({ ...terms, ...changed }, candidates)
  const parts = Object.fromEntries(shares.map(({ id, shareCents }) => [id, shareCents]))
  return { ...parts, open: openCents }
}

describe('a proposed share', () => {
  it('goes by means: twice the equity, twice the share', () => {
    expect(sharesOf([member('a', 1_600_000), member('b', 800_000)])).toEqual({
      ...{ a: euros(400_000), b: euros(200_000), open: 0n },
    })
  })

  it('is never above a quarter of the equity; the others divide the rest again', () => {
    // a counts for 1,000,000, b and c for 2,000,000 each: 120,000 and 240,000. The equity of a allows 100,000.
    const candidates = [
      member('a', 400_000, 0, 6_000_000),
      member('b', 2_000_000),
      member('c', null, 0, 20_000_000),
    ]
    expect(sharesOf(candidates)).toEqual({
      ...{ a: euros(100_000), b: euros(250_000), c: euros(250_000), open: 0n },
    })
  })

  it('names what nobody can be asked for', () => {
    expect(sharesOf([member('a', 100_000), member('b', 300_000)])).toEqual({
      ...{ a: euros(25_000), b: euros(75_000), open: euros(500_000) },
    })
    expect(sharesOf([])).toEqual({ open: euros(600_000) })
  })

  it('counts what members pledged that declared nothing', () => {
    expect(sharesOf([silent('director', 480_000), member('a', 1_000_000), member('b', 1_000_000)])).toEqual({
      ...{ a: euros(60_000), b: euros(60_000), open: 0n },
    })
    expect(sharesOf([silent('x', 700_000), member('a', 1_000_000)])).toEqual({ a: 0n, open: 0n })
  })

  it('leaves a pledge as it is, and asks the others for less', () => {
    const { shares, moreCents } = proposeShares(terms, [
      member('a', 1_000_000, 200_000),
      member('b', 8_000_000),
    ])
    expect(shares.map(({ shareCents, moreCents }) => [shareCents, moreCents])).toEqual([
      [euros(200_000), 0n],
      [euros(400_000), euros(400_000)],
    ])
    expect(moreCents).toBe(euros(400_000))
  })

  it('keeps the director and who shares the cap at 80% together', () => {
    const candidates = [
      member('director', 9_000_000),
      member('contractor', 3_000_000),
      member('a', 1_000_000),
    ]
    expect(sharesOf(candidates)).toEqual({
      ...{ director: euros(360_000), contractor: euros(120_000), a: euros(120_000), open: 0n },
    })
    // What the contractor pledged without declaring means takes room of the same cap.
    const [director, , other] = candidates
    expect(sharesOf([director!, silent('contractor', 100_000), other!])).toEqual({
      ...{ director: euros(380_000), a: euros(120_000), open: 0n },
    })
  })

  it('is nothing for who has nothing, unless it pledged before', () => {
    expect(sharesOf([member('a', -5_000), member('b', 0, 1_000), member('c', 4_000_000)])).toEqual({
      ...{ a: 0n, b: euros(1_000), c: euros(599_000), open: 0n },
    })
  })

  it('counts a tenth of the income, when the rules say so', () => {
    const candidates = [member('a', 500_000, 0, 5_000_000), member('b', null, 0, 10_000_000)]
    expect(sharesOf(candidates, { requiredCents: 100n })).toEqual({ a: 50n, b: 50n, open: 0n })
    expect(sharesOf(candidates, { requiredCents: 100n, incomeShare: null })).toEqual({
      a: 100n,
      b: 0n,
      open: 0n,
    })
  })
})

const cents = fc.bigInt({ min: 0n, max: 10_000_000n })
const drawn = fc
  .record({
    requiredCents: cents,
    capCents: cents,
    share: fc.record({ num: fc.bigInt({ min: 1n, max: 9n }), more: fc.bigInt({ min: 0n, max: 9n }) }),
    members: fc.array(
      fc.record({
        pledgedCents: fc.oneof(fc.constant(0n), cents),
        equityCents: fc.option(fc.bigInt({ min: -1_000n, max: 10_000_000n })),
        incomeCents: fc.option(cents),
        declared: fc.boolean(),
        underCap: fc.boolean(),
      }),
      { maxLength: 9 },
    ),
  })
  .map(({ requiredCents, capCents, share, members }) => {
    const named = members.map((one, index) => ({ ...one, id: `m${index}` }))
    const drawnTerms: ShareTerms = {
      requiredCents,
      equityShare: Fraction.of(share.num, share.num + share.more),
      incomeShare: Fraction.of(1, 10),
      cap: { holders: named.filter(({ underCap }) => underCap).map(({ id }) => id), cents: capCents },
    }
    const candidates = named.map(
      ({ id, pledgedCents, equityCents, incomeCents, declared }): Candidate => ({
        ...{ id, pledgedCents },
        means: declared ? { equityCents, incomeCents } : null,
      }),
    )
    return { drawnTerms, candidates }
  })
const total = (amounts: readonly Cents[]) => amounts.reduce((sum, one) => sum + one, 0n)

describe('every proposal', () => {
  it('asks together for what is not pledged yet, less what it names as open', () => {
    fc.assert(
      fc.property(drawn, ({ drawnTerms, candidates }) => {
        const { shares, moreCents, openCents } = proposeShares(drawnTerms, candidates)
        const missing = drawnTerms.requiredCents - total(candidates.map(({ pledgedCents }) => pledgedCents))
        expect(total(shares.map((one) => one.moreCents))).toBe(moreCents)
        expect(moreCents + openCents).toBe(missing > 0n ? missing : 0n)
      }),
    )
  })

  it('keeps every bound, every pledge and the cap', () => {
    fc.assert(
      fc.property(drawn, ({ drawnTerms, candidates }) => {
        const { shares } = proposeShares(drawnTerms, candidates)
        for (const { shareCents, boundCents, pledgedCents, moreCents } of shares) {
          expect(shareCents >= pledgedCents).toBe(true)
          expect(moreCents === 0n || shareCents <= boundCents).toBe(true)
        }
        const { holders } = drawnTerms.cap
        const asked = shares.filter(({ id }) => holders.includes(id))
        const before = total(
          candidates.filter(({ id }) => holders.includes(id)).map((one) => one.pledgedCents),
        )
        const after = before + total(asked.map(({ moreCents }) => moreCents))
        expect(after <= (before > drawnTerms.cap.cents ? before : drawnTerms.cap.cents)).toBe(true)
      }),
    )
  })

  it('leaves nothing open while someone outside the cap has room', () => {
    fc.assert(
      fc.property(drawn, ({ drawnTerms, candidates }) => {
        const { shares, openCents } = proposeShares(drawnTerms, candidates)
        if (openCents === 0n) return
        const { holders } = drawnTerms.cap
        const others = shares.filter(({ id }) => !holders.includes(id))
        expect(others.every(({ shareCents, boundCents }) => shareCents >= boundCents)).toBe(true)
      }),
    )
  })

  it('is the same in any order, and in proportion between two that nothing stopped', () => {
    fc.assert(
      fc.property(drawn, ({ drawnTerms, candidates }) => {
        const { shares } = proposeShares(drawnTerms, candidates)
        const turned = proposeShares(drawnTerms, candidates.toReversed())
        expect(turned.shares.toReversed()).toEqual(shares)
        const free = shares.filter(
          ({ id, shareCents, boundCents, moreCents }) =>
            moreCents > 0n && shareCents < boundCents && !drawnTerms.cap.holders.includes(id),
        )
        for (const [a, b] of free.slice(1).map((one) => [free[0]!, one] as const)) {
          const [left, right] = [a.shareCents * b.countedCents, b.shareCents * a.countedCents]
          const apart = left > right ? left - right : right - left
          expect(apart <= a.countedCents + b.countedCents).toBe(true)
        }
      }),
    )
  })
})
