import { describe, expect, it } from 'vitest'
import { checkPaperCount, type EnteredCount, paperState, paperTotal, sideOf } from './paper-count.js'

const count = { for: 12, against: 5, blank: 2, invalid: 1, present: 22 }
const entry = (side: 'secretary' | 'second', change: Partial<EnteredCount> = {}): EnteredCount => ({
  ...{ ...count, round: 1, side, office: side === 'secretary' ? 'secretary' : 'chair' },
  ...{ personId: side, ...change },
})

describe('a count on paper', () => {
  it.each([
    ['all there', {}, undefined],
    ['not everyone present voted', { present: 30 }, undefined],
    ['more votes than present', { present: 19 }, 'paper.votesExceedPresent'],
    ['more present than may vote', { present: 41 }, 'paper.presentExceedsElectorate'],
    ['less than nothing', { blank: -1 }, 'paper.notACount'],
    ['half a vote', { for: 1.5 }, 'paper.notACount'],
  ])('%s', (_, change, code) => {
    expect(checkPaperCount({ ...count, ...change }, 40)[0]?.code).toBe(code)
  })

  it('adds the ballots cast in advance', () => {
    const electors = [
      { weight: 2, choice: 'for' as const },
      { weight: 1, choice: 'blank' as const },
      { weight: 40, choice: null },
    ]
    expect(paperTotal(count, electors)).toEqual({
      ...{ tally: { for: 14, against: 5, blank: 3, invalid: 1 }, present: 25, electorate: 43 },
    })
  })
})

describe('four eyes', () => {
  it('waits for two', () => {
    expect(paperState([])).toMatchObject({ kind: 'counting', round: 1, first: null, differed: [] })
    expect(paperState([entry('second')])).toMatchObject({ kind: 'counting', first: { side: 'second' } })
  })

  it('counts what two agree on', () => {
    expect(paperState([entry('second'), entry('secretary')])).toMatchObject({ kind: 'agreed', count })
  })

  it('counts neither when they differ, and shows both', () => {
    const differing = [entry('secretary'), entry('second', { for: 11 })]
    const state = paperState(differing)
    expect(state).toMatchObject({ kind: 'counting', round: 2, first: null })
    expect(state.kind === 'counting' && state.differed.map((one) => one.for)).toEqual([12, 11])
    const again = [...differing, entry('secretary', { round: 2 })]
    expect(paperState(again)).toMatchObject({
      kind: 'counting',
      round: 2,
      differed: [{ for: 12 }, { for: 11 }],
    })
    expect(paperState([...again, entry('second', { round: 2 })])).toMatchObject({ kind: 'agreed' })
  })

  it.each([
    ['the secretary', ['secretary'], 's', [], { side: 'secretary' }],
    [
      'the chair beside the secretary',
      ['chair'],
      'c',
      [entry('secretary')],
      { side: 'second', office: 'chair' },
    ],
    ['before the secretary', ['auditCommittee'], 'k', [], { side: 'second', office: 'auditCommittee' }],
    ['a delegate', ['delegate'], 'd', [], { code: 'paper.notYours' }],
    [
      'the same person twice',
      ['secretary', 'director'],
      'secretary',
      [entry('secretary')],
      { code: 'paper.alreadyCounted' },
    ],
    ['a third', ['director'], 'd', [entry('second')], { code: 'paper.otherHasCounted' }],
    [
      'a substitute secretary who is director too',
      ['secretary', 'director'],
      'x',
      [entry('secretary')],
      { side: 'second' },
    ],
  ])('%s', (_, roles, person, entries, expected) => {
    expect(sideOf(roles, person, paperState(entries))).toMatchObject(expected)
  })
})
