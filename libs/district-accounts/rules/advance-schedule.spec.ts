import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkOrder, instalmentsOf } from './advance-schedule.js'

const whole = { startsOn: '2019-01-01', endsOn: '2019-12-31' }
const brief = (of: { number: number; dueOn: string; cents: bigint }[]) =>
  of.map(({ number, dueOn, cents }) => `${number} ${dueOn} ${cents}`)

describe('a schedule of advances', () => {
  it.each([
    [
      'in four equal parts',
      'quarter',
      { ...whole, budgetCents: 400n },
      ['1 2019-01-15 100', '2 2019-04-15 100', '3 2019-07-15 100', '4 2019-10-15 100'],
    ],
    [
      'to the cent, the first parts first',
      'quarter',
      { ...whole, budgetCents: 402n },
      ['1 2019-01-15 101', '2 2019-04-15 101', '3 2019-07-15 100', '4 2019-10-15 100'],
    ],
    [
      'only in the quarters of the agreement',
      'quarter',
      { startsOn: '2019-05-20', endsOn: '2019-12-31', budgetCents: 300n },
      ['1 2019-05-20 100', '2 2019-07-15 100', '3 2019-10-15 100'],
    ],
    [
      'until it ends',
      'quarter',
      { startsOn: '2019-01-01', endsOn: '2019-06-30', budgetCents: 300n },
      ['1 2019-01-15 150', '2 2019-04-15 150'],
    ],
    [
      'not in another year',
      'quarter',
      { startsOn: '2020-01-01', endsOn: '2020-12-31', budgetCents: 300n },
      [],
    ],
    [
      'without parts of nothing',
      'month',
      { ...whole, budgetCents: 2n },
      ['1 2019-01-15 1', '2 2019-02-15 1'],
    ],
  ] as const)('%s', (_, rhythm, agreement, expected) => {
    expect(brief(instalmentsOf(2019, rhythm, agreement))).toEqual(expected)
  })

  it('keeps what was ordered, and divides the rest of a higher budget over the rest of the year', () => {
    const ordered = instalmentsOf(2019, 'quarter', { ...whole, budgetCents: 400n }).slice(0, 2)
    expect(brief(instalmentsOf(2019, 'quarter', { ...whole, budgetCents: 600n }, ordered))).toEqual([
      ...['1 2019-01-15 100', '2 2019-04-15 100', '3 2019-07-15 200', '4 2019-10-15 200'],
    ])
  })

  it('adds a part on the last day when everything was ordered', () => {
    const ordered = instalmentsOf(2019, 'quarter', { ...whole, budgetCents: 400n })
    expect(brief(instalmentsOf(2019, 'quarter', { ...whole, budgetCents: 450n }, ordered)).at(-1)).toBe(
      '5 2019-10-15 50',
    )
  })

  it('adds nothing when more was ordered than the budget has become', () => {
    const ordered = instalmentsOf(2019, 'quarter', { ...whole, budgetCents: 400n }).slice(0, 3)
    expect(instalmentsOf(2019, 'quarter', { ...whole, budgetCents: 250n }, ordered)).toEqual(ordered)
  })

  it('comes to the budget, in parts that differ by at most a cent', () => {
    fc.assert(
      fc.property(
        fc.bigInt(0n, 10n ** 12n),
        fc.constantFrom('quarter' as const, 'month' as const),
        (cents, rhythm) => {
          const parts = instalmentsOf(2019, rhythm, { ...whole, budgetCents: cents }).map((one) => one.cents)
          expect(parts.reduce((sum, one) => sum + one, 0n)).toBe(cents)
          if (parts.length > 1) expect(parts[0]! - parts.at(-1)!).toBeLessThanOrEqual(1n)
        },
      ),
    )
  })
})

describe('ordering an advance', () => {
  const instalment = { number: 1, dueOn: '2019-04-15', cents: 100n }
  const ready = { today: '2019-04-15', stale: false, isSettled: false }
  it.each([
    ['two weeks before it is due', instalment, { today: '2019-04-01' }, []],
    ['when it is long due', instalment, { today: '2020-04-01' }, []],
    ['earlier', instalment, { today: '2019-03-31' }, ['advanceTooEarly']],
    ['under a schedule that no longer fits', instalment, { stale: true }, ['scheduleStale']],
    ['that is not in the schedule', undefined, {}, ['noSuchAdvance']],
    ['of a year that was settled', instalment, { isSettled: true }, ['yearSettled']],
  ])('%s', (_, given, changed, codes) => {
    const found = checkOrder(given, { ...ready, ...changed })
    expect(found.map(({ code }) => code)).toEqual(codes.map((code) => `districtAccounts.${code}`))
  })
})
