import { describe, expect, it } from 'vitest'
import { compareQuarters } from './compare.js'

const lines = [
  { id: 'a', label: 'Lijn A' },
  { id: 'b', label: 'Lijn B' },
]
const journal = new Map([['2019-Q1', new Map([['a', 10n]])]])
const report = (actuals: Record<string, bigint>, approved = true) =>
  new Map([['2019-Q1', { approved, actuals: new Map(Object.entries(actuals)) }]])

describe('a journal beside the reports', () => {
  it('agrees when every line does', () => {
    expect(compareQuarters(lines, journal, report({ a: 10n, b: 0n }))[0]).toMatchObject({
      ...{ agrees: true, approved: true },
      total: { journalCents: 10n, reportCents: 10n, differenceCents: 0n },
    })
  })

  it('differs per line, also when the totals are the same', () => {
    const [compared] = compareQuarters(lines, journal, report({ a: 4n, b: 6n }, false))
    expect(compared).toMatchObject({ agrees: false, approved: false, total: { differenceCents: 0n } })
    expect(compared!.lines.map(({ differenceCents }) => differenceCents)).toEqual([6n, -6n])
  })

  it('shows a line that only the report has', () => {
    expect(compareQuarters(lines, journal, report({ a: 10n, oud: 3n }))[0]!.lines.at(-1)).toEqual({
      ...{ id: 'oud', label: 'oud', journalCents: 0n, reportCents: 3n, differenceCents: -3n },
    })
  })

  it('can not differ from a report that is not there', () => {
    expect(compareQuarters(lines, journal, new Map())[0]).toMatchObject({
      ...{ agrees: false, total: { journalCents: 10n, reportCents: null, differenceCents: null } },
    })
  })
})
