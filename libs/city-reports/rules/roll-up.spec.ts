import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { movementOf } from './movement.js'
import { ownMeansAgreed, rollUp } from './roll-up.js'
import type { ExpectedReport, GivenReport, StatedReport } from './stated-report.js'

const LINES = ['personeel', 'activiteiten', 'huisvesting', 'ict']
const amount = fc.bigInt({ min: 0n, max: 10_000_000_00n })

const aReport: fc.Arbitrary<StatedReport> = fc.record({
  narrative: fc.constant({ wentWell: 'Goed.', wentLess: 'Minder.', why: 'Daarom.' }),
  lines: fc.uniqueArray(fc.constantFrom(...LINES), { minLength: 1 }).chain((ids) =>
    fc.tuple(
      ...ids.map((id) =>
        fc.tuple(amount, amount, amount).map(([budget, actual, forecast]) => ({
          ...{ id, label: id.toUpperCase() },
          ...{ budgetCents: `${budget}`, actualCents: `${actual}`, forecastCents: `${forecast}` },
        })),
      ),
    ),
  ),
  indicators: fc.tuple(fc.nat(1000), fc.nat(20)).map(([count, n]) => [
    {
      ...{ id: 'bezoek', label: 'Bezoek', unit: '', better: 'higher' as const },
      kind: 'count' as const,
      target: '500',
      value: `${count}`,
    },
    {
      ...{ id: 'door', label: 'Door', unit: '', better: 'higher' as const },
      kind: 'nOfM' as const,
      target: '12/20',
      value: `${n}/20`,
    },
    {
      ...{ id: 'mensen', label: 'Mensen', unit: '', better: 'higher' as const },
      kind: 'unique' as const,
      target: '9',
      value: `${count}`,
    },
  ]),
  means: fc.tuple(amount, amount, amount).map(([advances, own, social]) => ({
    ...{ advancesCents: `${advances}`, ownMeansCents: `${own}`, socialReturnCents: `${social}` },
  })),
  people: fc.tuple(fc.nat(9999), fc.nat(500)).map(([fte, volunteers]) => ({
    ...{ fte: `${Math.floor(fte / 100)}.${String(fte % 100).padStart(2, '0')}`, volunteers: `${volunteers}` },
  })),
  risks: fc.constant('Geen.'),
})

const aCity = fc.array(fc.tuple(fc.option(aReport), fc.constantFrom('approved', 'submitted', 'returned')), {
  maxLength: 12,
})

function expectedOf(index: number): ExpectedReport {
  const slug = `wijk-${index}`
  return {
    agreementId: slug,
    area: { slug, name: `Wijk ${index}` },
    counterparty: `Coöperatie ${index}`,
    district: { slug: `d${index % 3}`, name: `D${index % 3}` },
    wijkbudgetCents: 1_000_01n * BigInt(index + 1),
    ownMeansShare: { num: 5n, den: 100n },
  }
}

function given(
  stated: StatedReport,
  index: number,
  standing: GivenReport['standing'] = 'approved',
): GivenReport {
  return { agreementId: `wijk-${index}`, standing, version: 1, sha256: 'a'.repeat(64), stated }
}

const sum = (amounts: (string | bigint)[]) => amounts.reduce<bigint>((total, one) => total + BigInt(one), 0n)

describe('the roll-up of any set of reports', () => {
  it('equals the naive sum', () => {
    fc.assert(
      fc.property(aCity, (city) => {
        const there = city.flatMap(([report, standing], index) =>
          report ? [given(report, index, standing as GivenReport['standing'])] : [],
        )
        const all = rollUp(
          city.map((_, index) => expectedOf(index)),
          there,
        )
        const lines = there.flatMap(({ stated }) => stated.lines)
        for (const what of ['budgetCents', 'actualCents', 'forecastCents'] as const) {
          expect(all.total[what]).toBe(sum(lines.map((line) => line[what])))
          for (const id of LINES) {
            const naive = sum(lines.filter((line) => line.id === id).map((line) => line[what]))
            expect(all.lines.find((line) => line.id === id)?.[what] ?? 0n).toBe(naive)
          }
        }
        for (const what of ['advancesCents', 'ownMeansCents', 'socialReturnCents'] as const)
          expect(all.means[what]).toBe(sum(there.map(({ stated }) => stated.means[what])))
        expect(all.people.volunteers).toBe(sum(there.map(({ stated }) => stated.people.volunteers)))
        expect(all.people.fteHundredths).toBe(
          sum(there.map(({ stated }) => stated.people.fte.replace('.', ''))),
        )
        const values = (id: string) =>
          there.map(({ stated }) => stated.indicators.find((one) => one.id === id)!.value!)
        if (there.length > 0) {
          expect(all.indicators.find(({ id }) => id === 'bezoek')!.value).toEqual({
            form: 'sum',
            sum: sum(values('bezoek')),
          })
          expect(all.indicators.find(({ id }) => id === 'door')!.value).toEqual({
            ...{ form: 'part', m: BigInt(20 * there.length) },
            n: sum(values('door').map((value) => value.split('/')[0]!)),
          })
        }
        expect(all.missingBudgetCents).toBe(
          sum(city.flatMap(([report], index) => (report ? [] : [expectedOf(index).wijkbudgetCents]))),
        )
        expect(all.counts.missing).toBe(city.length - there.length)
      }),
    )
  })

  it('is the same in any order, and of two halves added up', () => {
    fc.assert(
      fc.property(fc.array(aReport, { maxLength: 8 }), fc.nat(8), (reports, cut) => {
        const expected = reports.map((_, index) => expectedOf(index))
        const all = reports.map((report, index) => given(report, index))
        const whole = rollUp(expected, all)
        expect(rollUp(expected, all.toReversed())).toEqual(whole)
        const halves = [rollUp(expected.slice(0, cut), all), rollUp(expected.slice(cut), all)]
        expect(sum(halves.map(({ total }) => total.actualCents))).toBe(whole.total.actualCents)
        for (const line of whole.lines)
          expect(
            sum(halves.map(({ lines }) => lines.find(({ id }) => id === line.id)?.forecastCents ?? 0n)),
          ).toBe(line.forecastCents)
      }),
    )
  })
})

describe('a report', () => {
  const [one] = fc.sample(aReport, { numRuns: 1, seed: 5 })

  it('that is missing is named, and is not zero', () => {
    const all = rollUp([expectedOf(0), expectedOf(1)], [given(one!, 0, 'returned')])
    expect(all.parts.map(({ standing, given }) => [standing, given === null])).toEqual([
      ['returned', false],
      ['missing', true],
    ])
    expect(all.counts).toEqual({ expected: 2, approved: 0, submitted: 0, returned: 1, missing: 1 })
    expect(all.indicators.every(({ areas }) => areas.length === 1)).toBe(true)
    expect(all.missingBudgetCents).toBe(2_000_02n)
  })

  it('of an agreement that owes none is left out', () => {
    expect(rollUp([], [given(one!, 0)])).toMatchObject({ parts: [], lines: [], total: { actualCents: 0n } })
  })

  it('keeps both names of a line that agreements call differently', () => {
    const other = { ...one!, lines: one!.lines.map((line) => ({ ...line, label: 'Anders' })) }
    const { lines } = rollUp([expectedOf(0), expectedOf(1)], [given(one!, 0), given(other, 1)])
    expect(lines[0]!.labels).toEqual([one!.lines[0]!.label, 'Anders'])
  })

  it('promises own means in whole cents, rounded up', () => {
    expect(ownMeansAgreed(expectedOf(0))).toBe(5_001n)
  })
})

describe('the quarter itself', () => {
  const reports = fc.sample(aReport, { numRuns: 2, seed: 7 })
  const all = rollUp(
    [0, 1, 2].map(expectedOf),
    reports.map((report, index) => given(report, index)),
  )
  const [first, second] = all.parts.map((part) => part.given?.total.actualCents)

  it('is what is to date in a first quarter', () => {
    expect(movementOf(all, null)).toMatchObject({ cents: first! + second!, unknown: 1 })
  })

  it('is the difference with the quarter before, and unknown without one', () => {
    const movement = movementOf(
      all,
      new Map([
        ['wijk-0', 100n],
        ['wijk-2', 5n],
      ]),
    )
    expect([...movement.byAgreement.values()]).toEqual([first! - 100n, null, null])
    expect(movement).toMatchObject({ cents: first! - 100n, unknown: 2 })
  })
})
