import { describe, expect, it } from 'vitest'
import { canonicalJson } from '#kernel'
import type { Movement } from './movements.js'
import { readSnapshot, snapshotOf } from './snapshot.js'

const LAST = '2019-12-31'
const move = (
  id: string,
  type: Movement['type'],
  memberId: string,
  cents: bigint,
  onDay: string,
): Movement => ({
  ...{ id, memberId, type, cents, onDay, refersTo: null },
})
const numbers: Record<string, number> = { a: 2, b: 1, c: 3 }
const named = (memberId: string) => ({
  ...{ number: numbers[memberId]!, name: `Lid ${memberId}`, kind: 'voting' as const },
})

const movements = [
  move('1', 'accepted', 'a', 1_000n, '2018-06-01'),
  move('2', 'accepted', 'b', 500n, '2019-03-01'),
  move('3', 'decreased', 'b', 500n, '2019-09-01'),
  move('4', 'paidIn', 'a', 400n, '2019-04-01'),
  move('5', 'offered', 'c', 9n, '2019-04-01'),
  move('6', 'increased', 'a', 1n, '2020-01-01'),
]

describe('the snapshot of a year', () => {
  const content = snapshotOf(
    2019,
    LAST,
    movements.filter(({ onDay }) => onDay <= LAST),
    named,
  )

  it('has the balances on the last day by member number, and whoever left half-way with zeros', () => {
    const amounts = content.holders.map(({ number, pledgedCents, paidInCents }) => [
      number,
      pledgedCents,
      paidInCents,
    ])
    expect(amounts).toEqual([
      [1, 0n, 0n],
      [2, 1_000n, 400n],
    ])
  })

  it('has every change of a pledge through that day, and no offers', () => {
    expect(content.changes).toEqual([
      { memberId: 'a', on: '2018-06-01', cents: 1_000n },
      { memberId: 'b', on: '2019-03-01', cents: 500n },
      { memberId: 'b', on: '2019-09-01', cents: -500n },
    ])
  })

  it('is the same after freezing and reading', () => {
    const frozen = canonicalJson(content)
    expect(readSnapshot(frozen)).toEqual(content)
    expect(canonicalJson(readSnapshot(frozen))).toBe(frozen)
  })
})
