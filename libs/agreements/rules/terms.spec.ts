import { describe, expect, it } from 'vitest'
import { Fraction } from '#kernel'
import { isIndicatorValue } from './indicator-value.js'
import { type AgreementTerms, termsViolations, usualTerms } from './terms.js'

const terms = (changes: Partial<AgreementTerms> = {}): AgreementTerms => ({
  ...usualTerms,
  wijkbudgetCents: 100_00n,
  explainOver: Fraction.of(10, 100),
  lines: [
    { id: 'staf', label: 'Personeel', budgetCents: 60_00n },
    { id: 'zaal', label: 'Huisvesting', budgetCents: 40_00n },
  ],
  indicators: [
    {
      id: 'uniek',
      label: 'Bereikte mensen',
      kind: 'unique',
      unit: 'mensen',
      target: '300',
      better: 'higher',
      due: 'quarter',
    },
  ],
  ...changes,
})
const [staf, zaal] = terms().lines as [AgreementTerms['lines'][0], AgreementTerms['lines'][0]]
const [uniek] = terms().indicators as [AgreementTerms['indicators'][0]]

describe('termsViolations', () => {
  it('finds nothing wrong with lines that add up to the wijkbudget', () => {
    expect(termsViolations(terms())).toEqual([])
  })

  it.each<[string, Partial<AgreementTerms>, string[]]>([
    [
      'lines a cent short',
      { lines: [staf, { ...zaal, budgetCents: 39_99n }] },
      ['agreement.linesDoNotAddUp'],
    ],
    ['no lines', { lines: [] }, ['agreement.noLines']],
    [
      'a negative budget that makes the sum right',
      {
        lines: [
          { ...staf, budgetCents: 140_00n },
          { ...zaal, budgetCents: -40_00n },
        ],
      },
      ['agreement.negativeBudget'],
    ],
    [
      'a line twice',
      {
        lines: [
          { ...staf, budgetCents: 50_00n },
          { ...staf, budgetCents: 50_00n },
        ],
      },
      ['agreement.repeatedId'],
    ],
    ['an indicator twice', { indicators: [uniek, uniek] }, ['agreement.repeatedId']],
    [
      'a target of another kind',
      { indicators: [{ ...uniek, target: '7.5' }] },
      ['agreement.targetMalformed'],
    ],
    [
      'everything at once',
      { lines: [staf, staf], indicators: [{ ...uniek, target: '' }] },
      ['agreement.linesDoNotAddUp', 'agreement.repeatedId', 'agreement.targetMalformed'],
    ],
  ])('%s', (_, changes, codes) => {
    expect(termsViolations(terms(changes)).map(({ code }) => code)).toEqual(codes)
  })
})

describe('isIndicatorValue', () => {
  it.each([
    ['count', ['0', '12', '1200'], ['012', '1.200', '7.5', '-1', '']],
    ['unique', ['300'], ['300 ', 'veel']],
    ['percentage', ['0', '7.5', '100', '99.99'], ['100.01', '7,5', '75%', '101']],
    ['grade', ['1', '7.5', '10'], ['0', '0.99', '10.01', '11']],
    ['nOfM', ['0/4', '12/20', '20/20'], ['21/20', '0/0', '12', '12 van 20']],
    ['yesNo', ['yes', 'no'], ['ja', '']],
  ] as const)('%s', (kind, good, bad) => {
    expect(good.filter((text) => !isIndicatorValue(kind, text))).toEqual([])
    expect(bad.filter((text) => isIndicatorValue(kind, text))).toEqual([])
  })
})
