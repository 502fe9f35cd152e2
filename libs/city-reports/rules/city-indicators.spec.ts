import { describe, expect, it } from 'vitest'
import { cityFigure, cityIndicators } from './city-indicators.js'
import type { MeasureKind, StatedIndicator } from './stated-report.js'

const stated = (change: Partial<StatedIndicator>): StatedIndicator => ({
  ...{ id: 'a', label: 'A', kind: 'count', unit: 'mensen', target: '10', better: 'higher', value: '8' },
  ...change,
})
const wijk = (slug: string, weight: bigint, ...indicators: StatedIndicator[]) => ({
  area: { slug, name: slug.toUpperCase() },
  weight,
  indicators,
})

describe('the figure of several wijken', () => {
  it.each<[MeasureKind, [string, bigint][], object]>([
    [
      'count',
      [
        ['12', 1n],
        ['30', 9n],
      ],
      { form: 'sum', sum: 42n },
    ],
    [
      'unique',
      [
        ['12', 1n],
        ['30', 9n],
      ],
      { form: 'between', least: 30n, most: 42n },
    ],
    [
      'nOfM',
      [
        ['3/4', 1n],
        ['1/6', 9n],
      ],
      { form: 'part', n: 4n, m: 10n },
    ],
    [
      'yesNo',
      [
        ['yes', 1n],
        ['no', 9n],
        ['yes', 1n],
      ],
      { form: 'yes', n: 2n, m: 3n },
    ],
    [
      'percentage',
      [
        ['50', 1n],
        ['60', 9n],
      ],
      { form: 'mean', mean: { num: 59n, den: 1n } },
    ],
    [
      'grade',
      [
        ['7.5', 3n],
        ['6', 1n],
      ],
      { form: 'mean', mean: { num: 57n, den: 8n } },
    ],
  ])('of %s', (kind, values, figure) => {
    expect(
      cityFigure(
        kind,
        values.map(([value, weight]) => ({ value, weight })),
      ),
    ).toEqual(figure)
  })

  it('is not there without values: that is not zero', () => {
    expect(cityFigure('count', [])).toBeNull()
  })
})

describe('the indicators of several wijken', () => {
  it('are the same when id, kind, unit and direction are', () => {
    const one = stated({})
    const apart = [
      stated({ kind: 'unique' }),
      stated({ unit: 'uren' }),
      stated({ better: 'lower' }),
      stated({ id: 'b' }),
    ]
    for (const other of apart)
      expect(cityIndicators([wijk('oost', 1n, one), wijk('west', 1n, other)])).toHaveLength(2)
    const [both] = cityIndicators([
      wijk('oost', 1n, one),
      wijk('west', 1n, stated({ label: 'Anders', target: '20' })),
    ])
    expect(both).toMatchObject({ label: 'A', given: 2, areas: [{ target: '10' }, { target: '20' }] })
  })

  it('leave what was not given out of target and value', () => {
    const [one] = cityIndicators([
      wijk('oost', 1n, stated({ value: '12' })),
      wijk('west', 1n, stated({ value: null, target: '500' })),
    ])
    expect(one).toMatchObject({ target: { sum: 10n }, value: { sum: 12n }, given: 1, reached: 1 })
    expect(one!.areas.map(({ reached }) => reached)).toEqual([true, null])
    expect(cityIndicators([wijk('west', 1n, stated({ value: null }))])).toMatchObject([
      { target: null, value: null, given: 0 },
    ])
  })

  it.each<[Partial<StatedIndicator>, boolean]>([
    [{ value: '10' }, true],
    [{ value: '9' }, false],
    [{ value: '9', better: 'lower' }, true],
    [{ kind: 'grade', target: '7.5', value: '7.45' }, false],
    [{ kind: 'nOfM', target: '12/15', value: '8/10' }, true],
    [{ kind: 'yesNo', target: 'yes', value: 'no' }, false],
  ])('know per wijk whether the target is reached: %o', (change, reached) => {
    expect(cityIndicators([wijk('oost', 1n, stated(change))])[0]!.areas[0]!.reached).toBe(reached)
  })
})
