import { describe, expect, it } from 'vitest'
import { canonicalJson } from '#kernel'
import type { Movement, MovementType } from './movements.js'
import { readStatement, statementOf } from './year-statement.js'

const A = { id: 'a', number: 7, name: 'A' }
let last = 0
const line = (onDay: string, type: MovementType, cents: bigint): Movement & { document: string } => {
  const id = `m${++last}`
  return { id, memberId: 'a', onDay, type, cents, refersTo: null, document: 'brief' }
}
const register = [
  line('2018-06-01', 'accepted', 1_000n),
  line('2019-12-31', 'paidIn', 100n),
  line('2020-01-01', 'released', 1_000n),
  line('2020-03-01', 'refunded', 100n),
]
const short = (year: number) => {
  const statement = statementOf(register, A, year)
  if (!statement) return null
  const { opening, movements, closing } = statement
  return [
    [opening.acceptedCents, opening.paidInCents],
    movements.map(({ type }) => type),
    [closing.acceptedCents, closing.paidInCents],
  ]
}

describe('the statement of a year', () => {
  it('begins where the year before ended, and counts the first and the last day', () => {
    expect(short(2018)).toEqual([[0n, 0n], ['accepted'], [1_000n, 0n]])
    expect(short(2019)).toEqual([[1_000n, 0n], ['paidIn'], [1_000n, 100n]])
    expect(short(2020)).toEqual([
      [1_000n, 100n],
      ['released', 'refunded'],
      [0n, 0n],
    ])
  })

  it('is not made of a year without balance and movement', () => {
    expect(short(2017)).toBeNull()
    expect(short(2021)).toBeNull()
    expect(statementOf(register, { ...A, id: 'b' }, 2019)).toBeNull()
  })

  it('is read as it was written, and an erased one is nothing', () => {
    const statement = statementOf(register, A, 2019)!
    expect(readStatement(canonicalJson(statement))).toEqual(statement)
    expect(readStatement('')).toBeNull()
  })
})
