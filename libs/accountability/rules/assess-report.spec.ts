import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Fraction, Quarter } from '#kernel'
import {
  type AskedFigures,
  assessFigures,
  isOffBudget,
  maySubmit,
  type StatedFigures,
} from './assess-report.js'
import { compareValues } from './indicator-value.js'

const asked: AskedFigures = {
  explainOver: Fraction.of(10, 100),
  lines: [{ id: 'staf', budgetCents: 100_00n }],
  indicators: [
    { id: 'uniek', kind: 'unique', target: '300', due: 'quarter', better: 'higher' },
    { id: 'klacht', kind: 'count', target: '5', due: 'year', better: 'lower' },
  ],
}
type Line = StatedFigures['lines'][number]
type Given = StatedFigures['indicators'][number]
const line: Line = { id: 'staf', actualCents: 50_00n, forecastCents: 100_00n, explanation: '' }
const unique: Given = { id: 'uniek', value: '300', explanation: '' }
const complaints: Given = { id: 'klacht', value: '5', explanation: '' }

interface Case {
  quarter?: string
  today?: string
  line?: Partial<Line>
  unique?: Partial<Given>
  complaints?: Partial<Given>
  before?: bigint | null
}
const findings = (given: Case) =>
  assessFigures(
    asked,
    Quarter.parse(given.quarter ?? '2019-Q2'),
    given.today ?? '2019-07-10',
    {
      lines: [{ ...line, ...given.line }],
      indicators: [
        { ...unique, ...given.unique },
        { ...complaints, ...given.complaints },
      ],
    },
    given.before === undefined ? null : new Map([['staf', given.before]]),
  ).map(({ severity, code, path }) => `${severity} ${code.replace('report.', '')} ${path}`)

describe('assessFigures', () => {
  it.each<[string, Case, string[]]>([
    ['nothing the matter', {}, []],
    [
      'no amounts',
      { line: { actualCents: null, forecastCents: null } },
      ['blocking amountMissing lines/staf/actualCents', 'blocking amountMissing lines/staf/forecastCents'],
    ],
    [
      'on the last day of the quarter',
      { today: '2019-06-30' },
      ['blocking actualInFuture lines/staf/actualCents'],
    ],
    ['the day after', { today: '2019-07-01' }, []],
    ['a forecast of exactly 10% more', { line: { forecastCents: 110_00n } }, []],
    [
      'a cent more',
      { line: { forecastCents: 110_01n } },
      ['explain forecastOffBudget lines/staf/forecastCents'],
    ],
    ['explained', { line: { forecastCents: 110_01n, explanation: 'Ziekte.' } }, []],
    [
      'explained with spaces only',
      { line: { forecastCents: 110_01n, explanation: ' \n' } },
      ['explain forecastOffBudget lines/staf/forecastCents'],
    ],
    ['as much as a quarter ago', { before: 50_00n }, []],
    ['less than a quarter ago', { before: 50_01n }, ['explain actualLower lines/staf/actualCents']],
    [
      'one explanation covers the line',
      { before: 50_01n, line: { forecastCents: 1_00_00n * 2n, explanation: 'x' } },
      [],
    ],
    ['a line that was not stated a quarter ago', { before: null }, []],
    [
      'a forecast below what was spent',
      { line: { actualCents: 95_00n, forecastCents: 94_99n } },
      ['hint forecastBelowActual lines/staf/forecastCents'],
    ],
    ['no value', { unique: { value: null } }, ['blocking valueMissing indicators/uniek/value']],
    [
      'one short of the target',
      { unique: { value: '299' } },
      ['explain targetMissed indicators/uniek/value'],
    ],
    ['short and explained', { unique: { value: '299', explanation: 'x' } }, []],
    ['a yearly one early: not asked, not judged', { complaints: { value: null } }, []],
    ['a yearly one early and too high', { complaints: { value: '9' } }, []],
    [
      'a yearly one in the fourth quarter',
      { quarter: '2019-Q4', today: '2020-01-10', complaints: { value: null } },
      ['blocking valueMissing indicators/klacht/value'],
    ],
    [
      'more where less is better',
      { quarter: '2019-Q4', today: '2020-01-10', complaints: { value: '6' } },
      ['explain targetMissed indicators/klacht/value'],
    ],
  ])('%s', (_, given, expected) => {
    expect(findings(given)).toEqual(expected)
  })

  it('finds a line or an indicator missing that was left out', () => {
    const found = assessFigures(
      asked,
      Quarter.parse('2019-Q2'),
      '2019-07-10',
      { lines: [], indicators: [] },
      null,
    )
    expect(found.map(({ path }) => path)).toEqual([
      'lines/staf/actualCents',
      'lines/staf/forecastCents',
      'indicators/uniek/value',
    ])
    expect(maySubmit(found)).toBe(false)
  })
})

describe('maySubmit', () => {
  it.each([
    [[], true],
    [['hint'], true],
    [['hint', 'explain'], false],
    [['blocking'], false],
  ] as const)('%j: %s', (severities, may) => {
    expect(maySubmit(severities.map((severity) => ({ severity })))).toBe(may)
  })
})

describe('isOffBudget (by more than 10%)', () => {
  it.each([
    [110_00n, 100_00n, false],
    [110_01n, 100_00n, true],
    [90_00n, 100_00n, false],
    [89_99n, 100_00n, true],
    [0n, 0n, false],
    [1n, 0n, true],
  ])('forecast %s on budget %s: %s', (forecast, budget, off) => {
    expect(isOffBudget(forecast, budget, Fraction.of(10, 100))).toBe(off)
  })

  it('agrees with the ratio for every amount', () => {
    const amount = fc.bigInt(0n, 10n ** 14n)
    fc.assert(
      fc.property(amount, amount, fc.integer({ min: 0, max: 100 }), (forecast, budget, percentage) => {
        const off = forecast > budget ? forecast - budget : budget - forecast
        const expected = off * 100n > BigInt(percentage) * budget
        expect(isOffBudget(forecast, budget, Fraction.of(percentage, 100))).toBe(expected)
      }),
    )
  })
})

describe('compareValues', () => {
  it.each([
    ['count', '9', '10', -1],
    ['unique', '300', '300', 0],
    ['percentage', '7.5', '7.50', 0],
    ['percentage', '10', '9.99', 1],
    ['grade', '7.4', '7.5', -1],
    ['nOfM', '4/5', '12/15', 0],
    ['nOfM', '11/15', '3/4', -1],
    ['nOfM', '0/4', '0/9', 0],
    ['yesNo', 'no', 'yes', -1],
    ['yesNo', 'yes', 'yes', 0],
  ] as const)('%s: %s and %s', (kind, one, other, expected) => {
    expect(compareValues(kind, one, other)).toBe(expected)
  })
})
