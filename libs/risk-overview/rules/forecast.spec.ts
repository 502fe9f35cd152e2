import { describe, expect, it } from 'vitest'
import { type AreaForecast, forecastOf } from './forecast.js'

const area = (
  slug: string,
  budget: bigint,
  latest: [quarter: string, forecast: bigint] | null,
): AreaForecast => ({
  slug,
  name: slug,
  counterparty: 'c',
  wijkbudgetCents: budget,
  latest: latest && {
    quarter: latest[0],
    budgetCents: budget,
    actualCents: 1n,
    forecastCents: latest[1],
  },
})

describe('the forecast of the year', () => {
  it.each<[string, AreaForecast[], Partial<ReturnType<typeof forecastOf>>]>([
    ['nothing expected', [], { resultCents: 0n, lossCents: 0n, deficitsCents: 0n, missingBudgetCents: 0n }],
    [
      'what is kept is no loss',
      [area('a', 100n, ['2019-Q4', 90n])],
      { budgetCents: 100n, forecastCents: 90n, resultCents: 10n, lossCents: 0n, deficitsCents: 0n },
    ],
    ['exactly the budget', [area('a', 100n, ['2019-Q4', 100n])], { resultCents: 0n, lossCents: 0n }],
    [
      'a deficit',
      [area('a', 100n, ['2019-Q4', 130n])],
      { resultCents: -30n, lossCents: 30n, deficitsCents: 30n },
    ],
    [
      'what one keeps covers what another lacks; the deficits alone are said too',
      [area('a', 100n, ['2019-Q4', 130n]), area('b', 100n, ['2019-Q4', 80n])],
      { resultCents: -10n, lossCents: 10n, deficitsCents: 30n },
    ],
    [
      'a deficit that is covered by another',
      [area('a', 100n, ['2019-Q4', 110n]), area('b', 100n, ['2019-Q4', 80n])],
      { resultCents: 10n, lossCents: 0n, deficitsCents: 10n },
    ],
  ])('%s', (_, areas, expected) => {
    expect(forecastOf(areas, '2019-Q4')).toMatchObject(expected)
  })

  it('names what is missing and never counts it as zero', () => {
    const year = forecastOf([area('a', 100n, ['2019-Q4', 130n]), area('b', 500n, null)], '2019-Q4')
    expect(year.missing.map(({ slug }) => slug)).toEqual(['b'])
    expect(year).toMatchObject({ budgetCents: 100n, resultCents: -30n, missingBudgetCents: 500n })
  })

  it.each([
    ['2019-Q4', ['a', 'b']],
    ['2019-Q3', ['b']],
    ['2019-Q1', []],
    [null, []],
  ])('names who did not report on the last quarter that is over (%s)', (lastQuarter, older) => {
    const areas = [
      area('a', 100n, ['2019-Q3', 1n]),
      area('b', 100n, ['2019-Q2', 1n]),
      area('c', 100n, ['2019-Q4', 1n]),
      area('d', 100n, null),
    ]
    expect(forecastOf(areas, lastQuarter).older.map(({ slug }) => slug)).toEqual(older)
  })
})
