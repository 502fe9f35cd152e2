import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Quarter } from '#kernel'
import { type Outcome, publicResults, type StatedReport } from './results.js'
import type { CountedKind } from './small-counts.js'

/** Enough for these tests: whole numbers and parts; the real one is given by accountability. */
const isShort = (kind: CountedKind, value: string, target: string, better: 'higher' | 'lower') => {
  const part = (text: string) => {
    const [n = '0', m = '1'] = text.split('/')
    return kind === 'yesNo' ? Number(text === 'yes') : Number(n) / Number(m)
  }
  return better === 'higher' ? part(value) < part(target) : part(value) > part(target)
}

const indicator = (changed: Partial<StatedReport['indicators'][number]> = {}) => ({
  ...{ id: 'a', label: 'Deelnemers', kind: 'unique' as const, unit: 'mensen', target: '100' },
  ...{ due: 'quarter' as const, better: 'higher' as const, value: '120' as string | null, explanation: '' },
  ...changed,
})

const report = (indicators: StatedReport['indicators'], volunteers = '12'): StatedReport => ({
  area: { slug: 'oost', name: 'Oost' },
  counterparty: { name: 'Wijkcoöperatie Oost' },
  narrative: { wentWell: 'Goed', wentLess: '', why: '' },
  lines: [{ id: 'staf', label: 'Staf', budgetCents: '1000', actualCents: '900', explanation: '' }],
  totals: { budgetCents: '1000', actualCents: '900' },
  indicators,
  means: { ownMeansCents: '50', ownMeansExplanation: '', socialReturnCents: '40' },
  people: { fte: '1.6', volunteers },
})

const of = (changed: Parameters<typeof indicator>[0], quarter = '2019-Q4') =>
  publicResults(report([indicator(changed)]), Quarter.parse(quarter), isShort)

describe('what the public sees of a goal', () => {
  it.each<[string, Parameters<typeof indicator>[0], string, Outcome]>([
    ['reached', { value: '100' }, '2019-Q1', 'reached'],
    ['short, the year goes on', { value: '99' }, '2019-Q3', 'notYet'],
    ['short at the end of the year', { value: '99' }, '2019-Q4', 'missed'],
    ['due once a year', { value: '150', due: 'year' }, '2019-Q3', 'later'],
    ['due once a year, in the fourth quarter', { value: '150', due: 'year' }, '2019-Q4', 'reached'],
    ['not given', { value: null, due: 'year' }, '2019-Q1', 'later'],
    ['below a limit', { better: 'lower', target: '10', value: '8' }, '2019-Q4', 'reached'],
    ['above a limit', { better: 'lower', target: '10', value: '11' }, '2019-Q4', 'missed'],
    ['hidden, but surely short', { value: '4' }, '2019-Q4', 'missed'],
    ['hidden, and reached would tell that it is four', { value: '4', target: '4' }, '2019-Q4', 'withheld'],
    [
      'hidden, and short would tell that it is under three',
      { value: '2', target: '3' },
      '2019-Q4',
      'withheld',
    ],
    ['a part of few', { kind: 'nOfM', value: '3/3', target: '4/5' }, '2019-Q4', 'withheld'],
  ])('%s', (_, changed, quarter, outcome) => {
    expect(of(changed, quarter).goals[0]!.outcome).toBe(outcome)
  })

  it('leaves an explanation out that names a small number beside a hidden figure', () => {
    const hidden = of({ value: '3', explanation: 'Maar drie mensen meldden zich.' }).goals[0]!
    expect([hidden.explanation, hidden.explanationWithheld]).toEqual(['', true])
    const told = of({ value: '30', explanation: 'Drie groepen.' }).goals[0]!
    expect([told.explanation, told.explanationWithheld]).toEqual(['Drie groepen.', false])
  })

  it('counts only what is judged and told', () => {
    const all = [
      indicator(),
      indicator({ id: 'b', value: '10' }),
      indicator({ id: 'c', due: 'year' }),
      indicator({ id: 'd', target: '3', value: '2' }),
    ]
    expect(publicResults(report(all), Quarter.parse('2019-Q2'), isShort).tally).toEqual({
      reached: 1,
      judged: 2,
    })
  })

  it('hides few volunteers', () => {
    const { people } = publicResults(report([], '4'), Quarter.parse('2019-Q2'), isShort)
    expect(people.volunteers).toEqual({ kind: 'under', limit: 5, of: null })
  })

  it('is the same whatever the small count is: nothing in it tells which', () => {
    const small = fc.integer({ min: 0, max: 4 })
    const goal = fc.record({
      target: fc.integer({ min: 0, max: 12 }).map(String),
      better: fc.constantFrom('higher' as const, 'lower' as const),
      due: fc.constantFrom('quarter' as const, 'year' as const),
    })
    fc.assert(
      fc.property(goal, small, small, small, small, (changed, value, other, volunteers, others) => {
        const seen = (count: number, helpers: number) =>
          publicResults(
            report([indicator({ ...changed, value: String(count) })], String(helpers)),
            Quarter.parse('2019-Q4'),
            isShort,
          )
        expect(seen(value, volunteers)).toEqual(seen(other, others))
      }),
    )
  })
})
