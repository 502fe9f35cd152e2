import { describe, expect, it } from 'vitest'
import { canonicalJson, Quarter } from '#kernel'
import { cityFigures } from './city-figures.js'
import { indicatorsOverYear } from './city-report-content.js'
import { movementOf } from './movement.js'
import { isOver, quarterPeriod, quartersOfYear, readPeriod } from './period.js'
import { rollUp } from './roll-up.js'
import { startingTexts } from './starting-texts.js'
import type { ExpectedReport, StatedReport } from './stated-report.js'

const stated: StatedReport = {
  narrative: { wentWell: 'Goed.', wentLess: 'Minder.', why: 'Daarom.' },
  lines: [
    { id: 'a', label: 'A', budgetCents: '10000', actualCents: '2500', forecastCents: '9900' },
    { id: 'b', label: 'B', budgetCents: '5000', actualCents: '1000', forecastCents: '5000' },
  ],
  indicators: [
    { id: 'bezoek', label: 'Bezoek', kind: 'count', unit: '', target: '10', better: 'higher', value: '12' },
    { id: 'cijfer', label: 'Cijfer', kind: 'grade', unit: '', target: '7', better: 'higher', value: null },
  ],
  means: { advancesCents: '3000', ownMeansCents: '100', socialReturnCents: '50' },
  people: { fte: '1.65', volunteers: '12' },
  risks: 'Geen.',
}
const expected = (slug: string): ExpectedReport => ({
  agreementId: slug,
  area: { slug, name: slug },
  counterparty: `Wijkcoöperatie ${slug}`,
  district: null,
  wijkbudgetCents: 15000n,
  ownMeansShare: { num: 5n, den: 100n },
})
const all = rollUp(
  [expected('oost'), expected('west')],
  [{ agreementId: 'oost', standing: 'submitted', version: 2, sha256: 'b'.repeat(64), stated }],
)
const figures = cityFigures('2019-Q2', all, movementOf(all, new Map([['oost', 1500n]])))

describe('the figures of a roll-up', () => {
  it('name each wijk with the version and the hash they were made of', () => {
    expect(
      figures.areas.map(({ slug, standing, stated }) => [slug, standing, stated?.version ?? null]),
    ).toEqual([
      ['oost', 'submitted', 2],
      ['west', 'missing', null],
    ])
    expect(figures).toMatchObject({
      total: { budgetCents: '15000', actualCents: '3500', forecastCents: '14900' },
      quarterCents: '2000',
      quarterUnknown: 1,
      missingBudgetCents: '15000',
      people: { fte: '1.65', volunteers: '12' },
      means: { ownMeansAgreedCents: '750' },
    })
    expect(JSON.parse(canonicalJson(figures))).toEqual(figures)
  })

  it('begin a draft that says who is missing and what was spent', () => {
    const texts = startingTexts(quarterPeriod(Quarter.parse('2019-Q2')), figures)
    expect(texts['tekst.mainLines']!.replaceAll('\u00a0', ' ')).toBe(
      '1 van de 2 wijken legden verantwoording af. Nog niet ingeleverd: west. Samen is tot nu toe € 35,00 van € 150,00 (23,3%) uitgegeven. De verwachting voor het hele jaar is € 149,00.',
    )
    expect(texts['wijk.west']).toContain('ontbreekt')
    expect(texts['wijk.oost']).toBeUndefined()
    expect(startingTexts(readPeriod('2019')!, figures)['tekst.results']).toContain('1 van 1 streefwaarden')
  })

  it('run through the year by indicator; a quarter without a report has no value', () => {
    const [visits, grade] = indicatorsOverYear([figures, null, figures, figures])
    expect(visits!.values).toEqual([{ form: 'sum', sum: '12' }, null, visits!.values[0], visits!.values[0]])
    expect(grade).toMatchObject({ target: null, values: [null, null, null, null] })
  })
})

describe('a period', () => {
  it('is a quarter or a year', () => {
    expect(readPeriod('2019-Q3')).toMatchObject({ kind: 'quarter', year: 2019 })
    expect(readPeriod('2019')?.quarter.toString()).toBe('2019-Q4')
    for (const text of ['2019-Q5', '19', '2019-q1', 'stad', '']) expect(readPeriod(text)).toBeNull()
    expect(quartersOfYear(2019).map(String)).toEqual(['2019-Q1', '2019-Q2', '2019-Q3', '2019-Q4'])
  })

  it('is not over on its last day', () => {
    expect(isOver(readPeriod('2019')!, '2019-12-31')).toBe(false)
    expect(isOver(readPeriod('2019-Q4')!, '2020-01-01')).toBe(true)
  })
})
