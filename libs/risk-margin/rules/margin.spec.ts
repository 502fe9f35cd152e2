import { describe, expect, it } from 'vitest'
import { marginOf, stageOf, stepsAt, unspentOf } from './margin.js'

describe('the risk margin', () => {
  it.each([
    ['2019: 2% of € 6,034,550.00 is € 120,691.00', 603_455_000n, '2/100', 12_069_100n],
    ['rounded down to a cent', 199n, '2/100', 3n],
    ['of nothing', 0n, '2/100', 0n],
    ['a third', 100n, '1/3', 33n],
  ])('%s', (_, awarded, rate, margin) => {
    expect(marginOf(awarded, rate)).toBe(margin)
  })

  it('is never unspent below nothing', () => {
    expect(unspentOf(12_069_100n, 2_069_100n)).toBe(10_000_000n)
    expect(unspentOf(100n, 101n)).toBe(0n)
  })
})

describe('the stage of a year', () => {
  const margin = { yearIsOver: true, unspentCents: 12_069_100n, paid: false, live: null }
  it.each([
    ['the year is not over', { ...margin, yearIsOver: false }, 'yearRunning'],
    ['no proposal yet', margin, 'toPropose'],
    ['all of it was spent', { ...margin, unspentCents: 0n }, 'nothingLeft'],
    ['proposed, no decision', { ...margin, live: { adopted: false } }, 'toDecide'],
    ['adopted', { ...margin, live: { adopted: true } }, 'toPay'],
    ['paid out', { ...margin, live: { adopted: true }, paid: true }, 'paid'],
  ])('%s', (_, given, stage) => {
    expect(stageOf(given)).toBe(stage)
  })

  it('shows one step as the next', () => {
    expect(stepsAt('toDecide').map(({ state }) => state)).toEqual(['done', 'done', 'now', 'later'])
    expect(stepsAt('paid').map(({ state }) => state)).toEqual(['done', 'done', 'done', 'done'])
    expect(stepsAt('nothingLeft').map(({ state }) => state)).toEqual(['done', 'later', 'later', 'later'])
  })
})
