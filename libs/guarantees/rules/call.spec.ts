import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RuleViolated } from '#kernel'
import { type CallablePledge, divideCall } from './call.js'

const pledge = (id: string, cents: bigint, calledCents = 0n): CallablePledge => ({ id, cents, calledCents })
const partsOf = (amount: bigint, ...pledges: CallablePledge[]) =>
  divideCall(amount, pledges).parts.map(({ cents }) => cents)
const codeOf = (amount: bigint, ...pledges: CallablePledge[]) => {
  try {
    divideCall(amount, pledges)
    return null
  } catch (error) {
    const [{ code, path }] = (error as RuleViolated).violations as [{ code: string; path?: string }]
    return `${code} ${path}`
  }
}

describe('a call', () => {
  it.each<[string, bigint, CallablePledge[], bigint[]]>([
    ['in proportion', 90n, [pledge('a', 600n), pledge('b', 300n)], [60n, 30n]],
    ['the remainder to the largest remainder', 100n, [pledge('a', 600n), pledge('b', 300n)], [67n, 33n]],
    [
      'nobody above the room',
      90n,
      [pledge('a', 60n, 50n), pledge('b', 60n), pledge('c', 60n)],
      [10n, 40n, 40n],
    ],
    [
      'fixed all at once',
      100n,
      [pledge('a', 50n, 45n), pledge('b', 50n, 40n), pledge('c', 100n)],
      [5n, 10n, 85n],
    ],
    [
      'again when the rest exceeds',
      25n,
      [pledge('a', 10n, 9n), pledge('b', 10n, 4n), pledge('c', 20n)],
      [1n, 6n, 18n],
    ],
    ['all the room there is', 30n, [pledge('a', 10n), pledge('b', 40n, 20n)], [10n, 20n]],
    ['nothing', 0n, [pledge('a', 10n), pledge('b', 0n)], [0n, 0n]],
    ['nothing of nobody', 0n, [], []],
    ['a tie to the larger pledge, then the id', 1n, [pledge('b', 5n), pledge('a', 5n)], [0n, 1n]],
    ['nothing of who pledged nothing', 7n, [pledge('a', 0n), pledge('b', 9n)], [0n, 7n]],
  ])('%s', (_, amount, pledges, expected) => {
    expect(partsOf(amount, ...pledges)).toEqual(expected)
  })

  it.each<[string, bigint, CallablePledge[]]>([
    ['call.overRoom amountCents', 31n, [pledge('a', 10n), pledge('b', 40n, 20n)]],
    ['call.overRoom amountCents', 1n, []],
    ['call.overCalled pledges[1].calledCents', 1n, [pledge('a', 10n), pledge('b', 10n, 11n)]],
    ['apportion.repeatedId pledges[1].id', 1n, [pledge('a', 10n), pledge('a', 10n)]],
  ])('refused: %s', (expected, amount, pledges) => {
    expect(codeOf(amount, ...pledges)).toBe(expected)
  })

  const someone = fc.record({ cents: fc.bigInt(0n, 5_000n), called: fc.bigInt(0n, 5_000n) })
  const pledgesOf = (holders: { cents: bigint; called: bigint }[]) =>
    holders.map(({ cents, called }, at) => pledge(`h${at}`, cents, called % (cents + 1n)))

  it('adds up, stays within the room, and does not depend on the order', () => {
    fc.assert(
      fc.property(fc.array(someone, { minLength: 1, maxLength: 12 }), fc.nat(), (holders, pick) => {
        const pledges = pledgesOf(holders)
        const room = pledges.reduce((sum, { cents, calledCents }) => sum + cents - calledCents, 0n)
        const amount = BigInt(pick) % (room + 1n)
        const { parts } = divideCall(amount, pledges)
        expect(parts.reduce((sum, { cents }) => sum + cents, 0n)).toBe(amount)
        for (const [at, { cents, calledCents }] of pledges.entries()) {
          expect(parts[at]!.cents).toBeGreaterThanOrEqual(0n)
          expect(parts[at]!.cents).toBeLessThanOrEqual(cents - calledCents)
        }
        const turned = divideCall(amount, pledges.toReversed()).parts.toReversed()
        expect(turned).toEqual(parts)
      }),
    )
  })
})
