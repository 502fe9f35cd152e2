import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Holding } from './holding.js'
import { type DivideCall, type Outcome, sumOfParts, verdictOf, whatIf } from './what-if.js'

const holding = (id: string, pledgedCents: bigint, calledCents = 0n, paidInCents = 0n): Holding => ({
  ...{ id, pledgedCents, calledCents, paidInCents },
})
/** Any division will do here: this one asks the first as much as it can, then the next. */
const inOrder: DivideCall = (amountCents, pledges) => {
  let left = amountCents
  const parts = pledges.map(({ id, cents, calledCents }) => {
    const part = left < cents - calledCents ? left : cents - calledCents
    left -= part
    return { id, cents: part }
  })
  return { parts }
}
/** As in 2019, in cents. */
const of2019 = [
  holding('zorgbelang', 48_000_000n),
  ...['buurtwerkkamer', 'krachtstation', 'power'].map((id) => holding(id, 600_000n, 0n, 600_000n)),
  holding('wijkinformatiepunt', 200_000n, 0n, 200_000n),
]

const ask = (
  lossCents: bigint,
  { margin = 0n, reserve = 0n, holdings = of2019, without = [] as string[] } = {},
) => whatIf({ marginCents: margin, reserveCents: reserve }, holdings, { lossCents, without }, inOrder)
const sums = ({ fromMarginCents, fromReserveCents, fromHoldersCents, uncoveredCents }: Outcome) => [
  fromMarginCents,
  fromReserveCents,
  fromHoldersCents,
  uncoveredCents,
]

describe('what if this much is lost', () => {
  it.each<[string, Parameters<typeof ask>, bigint[]]>([
    ['nothing', [0n, { margin: 100n }], [0n, 0n, 0n, 0n]],
    ['less than nothing is nothing', [-5n, { margin: 100n }], [0n, 0n, 0n, 0n]],
    ['within the margin', [100n, { margin: 100n }], [100n, 0n, 0n, 0n]],
    ['a cent above the margin', [101n, { margin: 100n }], [100n, 0n, 1n, 0n]],
    ['first the margin, then the reserve', [120n, { margin: 100n, reserve: 50n }], [100n, 20n, 0n, 0n]],
    ['then the holders', [160n, { margin: 100n, reserve: 50n }], [100n, 50n, 10n, 0n]],
    ['more than all of it', [50_000_150n + 7n, { margin: 100n, reserve: 50n }], [100n, 50n, 50_000_000n, 7n]],
    ['nobody stands surety', [10n, { holdings: [] }], [0n, 0n, 0n, 10n]],
    ['a margin that is overdrawn gives nothing', [10n, { margin: -5n }], [0n, 0n, 10n, 0n]],
  ])('%s', (_, [loss, given], expected) => {
    expect(sums(ask(loss, given))).toEqual(expected)
  })

  it('takes from the deposit first what a holder pays', () => {
    const [one] = ask(300n, { holdings: [holding('a', 1_000n, 0n, 100n)] }).parts
    expect(one).toEqual({ id: 'a', cents: 300n, fromDepositCents: 100n, toPayCents: 200n, fallsAway: false })
  })

  it('leaves who falls away out, and the others pay it, up to their own pledge', () => {
    const outcome = ask(3_000_000n, { without: ['zorgbelang'] })
    expect(outcome.coverCents).toBe(2_000_000n)
    expect(sums(outcome)).toEqual([0n, 0n, 2_000_000n, 1_000_000n])
    expect(outcome.parts.map(({ cents }) => cents)).toEqual([0n, 600_000n, 600_000n, 600_000n, 200_000n])
    expect(outcome.parts.map(({ fallsAway }) => fallsAway)).toEqual([true, false, false, false, false])
  })

  it('asks nobody for more than is still open of the pledge', () => {
    const holdings = [holding('a', 60n, 50n), holding('b', 60n), holding('c', 60n)]
    expect(ask(90n, { holdings }).parts.map(({ cents }) => cents)).toEqual([10n, 60n, 20n])
  })

  it('counts a pledge that is smaller than what was called of it as used up', () => {
    expect(sums(ask(10n, { holdings: [holding('a', 5n, 9n)] }))).toEqual([0n, 0n, 0n, 10n])
  })

  const cents = fc.bigInt(0n, 1_000_000n)
  const situation = fc.record({
    margin: cents,
    reserve: cents,
    loss: cents,
    holdings: fc.uniqueArray(
      fc.record({ id: fc.uuid(), pledgedCents: cents, calledCents: cents, paidInCents: cents }),
      { selector: ({ id }) => id, maxLength: 10 },
    ),
    gone: fc.nat(10),
  })
  const answer = ({
    margin,
    reserve,
    loss,
    holdings,
    gone,
  }: typeof situation extends fc.Arbitrary<infer S> ? S : never) =>
    ask(loss, { margin, reserve, holdings, without: holdings.slice(0, gone).map(({ id }) => id) })

  it('adds up to the loss, and the parts to what the holders pay', () => {
    fc.assert(
      fc.property(situation, (given) => {
        const outcome = answer(given)
        expect(sums(outcome).reduce((sum, one) => sum + one, 0n)).toBe(given.loss)
        expect(outcome.parts.reduce((sum, { cents }) => sum + cents, 0n)).toBe(outcome.fromHoldersCents)
        expect(outcome.marginLeftCents + outcome.fromMarginCents).toBe(given.margin)
      }),
    )
  })

  it('asks nobody above the own room, and nobody who fell away', () => {
    fc.assert(
      fc.property(situation, (given) => {
        for (const [at, part] of answer(given).parts.entries()) {
          const { pledgedCents, calledCents } = given.holdings[at]!
          const room = pledgedCents > calledCents ? pledgedCents - calledCents : 0n
          expect(part.cents).toBeLessThanOrEqual(part.fallsAway ? 0n : room)
          expect(part.fromDepositCents + part.toPayCents).toBe(part.cents)
        }
      }),
    )
  })

  it('asks nobody less when more is lost', () => {
    fc.assert(
      fc.property(situation, (given) => {
        const [less, more] = [answer(given), answer({ ...given, loss: given.loss + 1_000n })]
        expect(more.fromHoldersCents).toBeGreaterThanOrEqual(less.fromHoldersCents)
        expect(more.uncoveredCents).toBeGreaterThanOrEqual(less.uncoveredCents)
      }),
    )
  })
})

describe('how it ends', () => {
  it.each<[bigint, string]>([
    [0n, 'nothing'],
    [100n, 'margin'],
    [101n, 'reserve'],
    [151n, 'holders'],
    [50_000_151n, 'uncovered'],
  ])('%s is %s', (loss, verdict) => {
    expect(verdictOf(ask(loss, { margin: 100n, reserve: 50n }))).toBe(verdict)
  })

  it('adds the parts up', () => {
    const holdings = [holding('a', 60n, 0n, 20n), holding('b', 30n)]
    expect(sumOfParts(ask(90n, { holdings }).parts)).toEqual({
      ...{ cents: 90n, fromDepositCents: 20n, toPayCents: 70n },
    })
  })
})
