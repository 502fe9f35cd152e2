import { describe, expect, it } from 'vitest'
import { prefilled } from './prefill.js'
import type { ReportContent } from './report-content.js'
import { changedSections, differencesBetween } from './report-differences.js'
import { sections } from './report-template.js'
import { readSeenMark, seenMark } from './seen-mark.js'

const line = (id: string, actualCents: string, forecastCents: string) => ({
  ...{ id, label: id, budgetCents: '100000', actualCents, forecastCents, explanation: '' },
})
const content = {
  narrative: { wentWell: 'Goed.', wentLess: 'Minder.', why: 'Daarom.' },
  lines: [line('staf', '123450', '4800000')],
  totals: { budgetCents: '100000', actualCents: '123450', forecastCents: '4800000' },
  indicators: [
    {
      ...{ id: 'waardering', label: 'Waardering', kind: 'grade', unit: '', target: '7.5', due: 'year' },
      ...{ better: 'higher', value: null, explanation: '' },
    },
  ],
  means: {
    advancesCents: '4500000',
    ownMeansCents: '216000',
    ownMeansExplanation: 'Loterij.',
    socialReturnCents: '0',
    socialReturnExplanation: '',
  },
  people: { fte: '1.6', volunteers: '62' },
  risks: 'Geen.',
  annexes: [],
} as unknown as ReportContent

describe('a new draft', () => {
  const template = {
    lines: [
      { id: 'staf', label: 'Staf', budgetCents: 5_000_000n },
      { id: 'nieuw', label: 'Nieuw', budgetCents: 1_234_567n },
    ],
  }

  it('of the first quarter expects what was budgeted', () => {
    expect(prefilled(template, null)).toEqual({
      'lines.staf.forecast': '50.000,00',
      'lines.nieuw.forecast': '12.345,67',
    })
  })

  it('goes on from the quarter before; a line without a past begins with its budget', () => {
    expect(prefilled(template, content)).toEqual({
      'lines.staf.actual': '1.234,50',
      'lines.staf.forecast': '48.000,00',
      'lines.nieuw.forecast': '12.345,67',
      'advances.received': '45.000,00',
      'ownMeans.actual': '2.160,00',
      'socialReturn.actual': '0,00',
      'people.fte': '1,6',
      'people.volunteers': '62',
    })
  })

  it('has what the books of the wijk say, also of lines that they leave empty', () => {
    expect(prefilled(template, content, new Map([['nieuw', 7_05n]]))).toMatchObject({
      'lines.staf.actual': '0,00',
      'lines.staf.forecast': '48.000,00',
      'lines.nieuw.actual': '7,05',
      'ownMeans.actual': '2.160,00',
    })
  })
})

describe('two versions', () => {
  const after: ReportContent = {
    ...content,
    narrative: { ...content.narrative, why: 'Daarom niet.' },
    lines: [line('staf', '123450', '4900000'), line('nieuw', '0', '100')],
    indicators: [{ ...content.indicators[0]!, value: '7.8' }],
  }

  it('differ in the sections that changed; of a first version everything is new', () => {
    expect(changedSections(content, after)).toEqual(['story', 'money', 'indicators'])
    expect(changedSections(content, content)).toEqual([])
    expect(changedSections(null, after)).toEqual(sections)
  })

  it('tell old and new of every text, amount and value', () => {
    const told = differencesBetween(content, after).map(({ id, what, before, after: now }) => [
      id,
      what,
      before,
      now,
    ])
    expect(told).toEqual([
      ['why', 'text', 'Daarom.', 'Daarom niet.'],
      ['staf', 'forecastCents', '4800000', '4900000'],
      ['nieuw', 'budgetCents', '', '100000'],
      ['nieuw', 'actualCents', '', '0'],
      ['nieuw', 'forecastCents', '', '100'],
      ['waardering', 'value', '', '7.8'],
    ])
    expect(differencesBetween(content, content)).toEqual([])
  })
})

describe('what a form saw of a field', () => {
  it.each([
    ['3', 'tekst', 'tekst', { revision: 3, untouched: true }],
    ['3', 'tekst', 'andere tekst', { revision: 3, untouched: false }],
    ['0', '', '', { revision: 0, untouched: true }],
  ])('revision %s of %j, sent as %j', (revision, shown, sent, expected) => {
    expect(readSeenMark(seenMark(Number(revision), shown), sent)).toEqual(expected)
  })

  it.each([undefined, '', '3', 'x.y', '3.', '-1.abc', `${'9'.repeat(10)}.abc`])(
    'that is no mark of ours (%s) saw nothing, so it overwrites nothing',
    (mark) => {
      expect(readSeenMark(mark, 'tekst')).toEqual({ revision: 0, untouched: false })
    },
  )
})
