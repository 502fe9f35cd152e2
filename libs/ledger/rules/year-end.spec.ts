import { describe, expect, it } from 'vitest'
import {
  APPROPRIATION,
  appropriationPostings,
  checkAppropriation,
  usualEqualisation,
  yearResult,
} from './year-end.js'

const result = (resultCents: bigint, equalisationCents = 0n) => ({
  ...{ resultCents, equalisationCents, appropriatedCents: 0n },
})

describe('the end of a year', () => {
  it('knows its result, and what of it went to the reserves', () => {
    const booked = [
      { account: 'WOvbSub', cents: -100n },
      { account: 'WKprUit', cents: 70n },
      { account: APPROPRIATION, cents: 30n },
    ]
    expect(yearResult(booked, -5n)).toEqual({
      ...{ resultCents: 30n, appropriatedCents: 30n, equalisationCents: 5n },
    })
  })

  it.each([
    ['a surplus goes there whole', result(30n, 5n), 30n],
    ['a loss comes from what is there', result(-30n, 50n), -30n],
    ['and from no more than that', result(-30n, 5n), -5n],
    ['nothing comes from nothing', result(-30n), 0n],
    ['nor from a reserve below zero', result(-30n, -4n), 0n],
    ['nothing of nothing', result(0n, 5n), 0n],
  ])('usually asks of the egalisatiereserve: %s', (_, given, cents) => {
    expect(usualEqualisation(given)).toBe(cents)
    expect(checkAppropriation(given, cents)).toEqual([])
  })

  it.each([
    ['more than the result', result(30n), 31n, 'ledger.equalisationOutside'],
    ['less than nothing of a surplus', result(30n, 50n), -1n, 'ledger.equalisationOutside'],
    ['more than the loss', result(-30n, 50n), -31n, 'ledger.equalisationOutside'],
    ['more than the reserve holds', result(-30n, 5n), -6n, 'ledger.equalisationShort'],
  ])('refuses %s', (_, given, cents, code) => {
    expect(checkAppropriation(given, cents)).toMatchObject([{ code }])
  })

  it.each([
    [30n, 20n, ['WResBes 30', 'BEivOreEga -20', 'BEivOvr -10']],
    [30n, 30n, ['WResBes 30', 'BEivOreEga -30']],
    [-30n, -5n, ['WResBes -30', 'BEivOreEga 5', 'BEivOvr 25']],
    [0n, 0n, []],
  ])('books a result of %s with %s to the egalisatiereserve', (cents, to, lines) => {
    const postings = appropriationPostings(cents, to)
    expect(postings.map((one) => `${one.account} ${one.cents}`)).toEqual(lines)
    expect(postings.reduce((sum, one) => sum + one.cents, 0n)).toBe(0n)
  })
})
