import { describe, expect, it } from 'vitest'
import { checkJoining, type Span } from './joining.js'

const span = (reference: string, from: number, through: number, opening: bigint, closing: bigint): Span => ({
  reference,
  fromDay: `2020-02-${String(from).padStart(2, '0')}`,
  throughDay: `2020-02-${String(through).padStart(2, '0')}`,
  openingCents: opening,
  closingCents: closing,
})
const first = span('A', 1, 5, 0n, 10n)
const third = span('C', 9, 9, 30n, 40n)

describe('statements', () => {
  it.each<[string, Span[], string | undefined]>([
    ['that join on both sides', [span('B', 6, 8, 10n, 30n)], undefined],
    [
      'that join to one another, in any order',
      [span('B2', 8, 8, 20n, 30n), span('B1', 6, 7, 10n, 20n)],
      undefined,
    ],
    ['after the last one', [span('D', 10, 11, 40n, 0n)], undefined],
    ['that are there already', [span('A', 1, 5, 0n, 10n)], 'bank.statementKnown'],
    ['with a day that was there', [span('B', 5, 6, 10n, 30n)], 'bank.overlap'],
    ['around one that was there', [span('B', 1, 28, 0n, 9n)], 'bank.overlap'],
    ['twice in one file', [span('D', 10, 10, 40n, 41n), span('D', 11, 11, 41n, 42n)], 'bank.statementKnown'],
    ['with one missing before', [span('D', 12, 12, 55n, 60n)], 'bank.gapBefore'],
    ['with one missing after', [span('B', 6, 6, 10n, 20n)], 'bank.gapAfter'],
  ])('%s', (_, added, code) => expect(checkJoining([third, first], added)[0]?.code).toBe(code))

  it('of a new account may begin with any balance', () =>
    expect(checkJoining([], [span('A', 1, 1, 7n, 8n)])).toEqual([]))
})
