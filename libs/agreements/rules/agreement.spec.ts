import { describe, expect, it } from 'vitest'
import { Fraction, Quarter } from '#kernel'
import { type Agreement, lastDayWithin, quartersOf, versionForQuarter, versionOn } from './agreement.js'
import { usualTerms } from './terms.js'

const terms = {
  ...usualTerms,
  wijkbudgetCents: 0n,
  explainOver: Fraction.of(1, 10),
  lines: [],
  indicators: [],
}
const version = (number: number, holdsFrom: string) => ({
  id: `v${number}`,
  number,
  holdsFrom,
  signedOn: '2018-12-01',
  terms,
})
const agreement: Agreement = {
  id: 'a',
  kind: 'district',
  areaSlug: 'oost',
  areaName: 'Oost',
  accountingDistrictId: 'd',
  counterparty: { id: 'c', name: 'Wijkcoöperatie Oost', kind: 'districtCooperative' },
  startsOn: '2019-02-01',
  endsOn: '2019-11-30',
  versions: [version(1, '2019-02-01'), version(2, '2019-06-01'), version(3, '2019-06-01')],
}

describe('the version that holds', () => {
  it.each([
    ['2019-01-31', null],
    ['2019-02-01', 1],
    ['2019-05-31', 1],
    ['2019-06-01', 3],
    ['2019-11-30', 3],
    ['2019-12-01', null],
  ])('on %s is version %s', (day, number) => {
    expect(versionOn(agreement, day)?.number ?? null).toBe(number)
  })

  it.each([
    ['2018-Q4', null],
    ['2019-Q1', 1],
    ['2019-Q2', 3],
    ['2019-Q4', 3],
    ['2020-Q1', null],
  ])('for a report on %s is version %s', (quarter, number) => {
    expect(versionForQuarter(agreement, Quarter.parse(quarter))?.number ?? null).toBe(number)
  })
})

describe('the quarters of an agreement', () => {
  it('are those that its period touches', () => {
    expect(quartersOf(agreement).map(String)).toEqual(['2019-Q1', '2019-Q2', '2019-Q3', '2019-Q4'])
  })

  it('end with the agreement', () => {
    expect(lastDayWithin(agreement, Quarter.parse('2019-Q3'))).toBe('2019-09-30')
    expect(lastDayWithin(agreement, Quarter.parse('2019-Q4'))).toBe('2019-11-30')
    expect(lastDayWithin(agreement, Quarter.parse('2020-Q1'))).toBeNull()
  })
})
