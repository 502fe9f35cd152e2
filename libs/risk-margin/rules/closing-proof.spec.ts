import { describe, expect, it } from 'vitest'
import {
  checkClosing,
  checkPreInvestments,
  type FrozenClosing,
  type FurtherDecision,
  freezeClosing,
  thawClosing,
} from './closing-proof.js'
import { type CheckedItem, closeItems } from './year-close.js'

const nameOf = (item: string) => `Onderdeel ${item}`
const checked = (open: string[], waivedBy: string | null): CheckedItem[] =>
  closeItems.map((item) => ({
    ...{ item, met: !open.includes(item), why: { key: `${item}.x`, values: {} } },
    waivedBy: open.includes(item) ? waivedBy : null,
  }))
const closingOf = (open: string[], waivedBy: string | null): FrozenClosing =>
  thawClosing(
    freezeClosing(2019, '2020-02-15', checked(open, waivedBy), ({ item }) => ({
      name: nameOf(item),
      why: 'Omdat.',
    })),
  )
const waiver = (
  item: string,
  changes: { authorisation?: object; decision?: object } = {},
): FurtherDecision => ({
  authorisation: {
    ...{ kind: 'yearCloseWaiver', id: 'w', item, decision: '2020-07' },
    ...changes.authorisation,
  },
  decision: {
    ...{ number: '2020-07', adopted: true, question: `Mag 2019 zonder ${nameOf(item)}?` },
    ...changes.decision,
  },
})
const codes = (found: { code: string }[]) => found.map(({ code }) => code)

describe('the close of a year in the proof', () => {
  const waived = closingOf(['workPlan'], '2020-07')
  const cases: [name: string, closing: FrozenClosing, further: FurtherDecision[], expected: string[]][] = [
    ['everything is met', closingOf([], null), [], []],
    ['an item is waived by its own decision', waived, [waiver('workPlan')], []],
    ['an item is open', closingOf(['books'], null), [], ['proof.closingOpen']],
    [
      'two items are open',
      closingOf(['books', 'calls'], null),
      [],
      ['proof.closingOpen', 'proof.closingOpen'],
    ],
    ['the waiver is not there', waived, [], ['proof.waiverMissing']],
    ['the waiver is of another item', waived, [waiver('books')], ['proof.waiverMissing']],
    [
      'the waiver was rejected',
      waived,
      [waiver('workPlan', { decision: { adopted: false } })],
      ['proof.waiverDiffers'],
    ],
    [
      'the decision has another number',
      waived,
      [waiver('workPlan', { decision: { number: '2020-08' } })],
      ['proof.waiverDiffers'],
    ],
    [
      'the motion authorised something else',
      waived,
      [waiver('workPlan', { authorisation: { kind: 'distribution' } })],
      ['proof.waiverDiffers'],
    ],
    [
      'the ALV was asked about another item',
      waived,
      [waiver('workPlan', { decision: { question: 'Mag 2019 zonder Onderdeel books?' } })],
      ['proof.waiverDiffers'],
    ],
    [
      'the ALV was asked about another year',
      waived,
      [waiver('workPlan', { decision: { question: 'Mag 2018 zonder Onderdeel workPlan?' } })],
      ['proof.waiverDiffers'],
    ],
    ['it is of another year', { ...closingOf([], null), year: 2018 }, [], ['proof.closingDiffers']],
    [
      'an item was left out',
      { ...closingOf([], null), items: closingOf([], null).items.slice(1) },
      [],
      ['proof.closingDiffers'],
    ],
  ]
  it.each(cases)('%s', (_, closing, further, expected) => {
    expect(codes(checkClosing(closing, 2019, further))).toEqual(expected)
  })
})

describe('pre-investments first, in the proof', () => {
  const first = { decision: '2020-05', outstanding: [{ cents: 100n }] }
  const decided = (changes: object = {}): FurtherDecision => ({
    authorisation: { kind: 'preInvestmentFirst', id: 'p', item: null, decision: '2020-05' },
    decision: {
      number: '2020-05',
      adopted: true,
      question: 'Eerst terug uit de marge van 2019?',
      ...changes,
    },
  })
  it('asks for no decision where none was needed', () => {
    expect(checkPreInvestments(null, 2019, [])).toEqual([])
    expect(checkPreInvestments(undefined, 2019, [])).toEqual([])
  })
  it('is there with its decision, or not sound', () => {
    expect(checkPreInvestments(first, 2019, [decided()])).toEqual([])
    expect(codes(checkPreInvestments(first, 2019, []))).toEqual(['proof.preInvestmentsMissing'])
    for (const changes of [{ adopted: false }, { number: '2020-06' }, { question: 'Iets anders?' }])
      expect(codes(checkPreInvestments(first, 2019, [decided(changes)]))).toEqual([
        'proof.preInvestmentsDiffer',
      ])
  })
})
