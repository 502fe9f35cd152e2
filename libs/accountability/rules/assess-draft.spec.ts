import { describe, expect, it } from 'vitest'
import { Fraction, Quarter } from '#kernel'
import { assessDraft } from './assess-draft.js'
import { differingFields, draftFields, draftOf, isBlank } from './draft.js'
import { reportContent } from './report-content.js'
import type { ReportTemplate } from './report-template.js'

const template: ReportTemplate = {
  wijkbudgetCents: 100_000_00n,
  explainOver: Fraction.of(10, 100),
  ownMeansShare: Fraction.of(5, 100),
  socialReturnShare: Fraction.of(5, 100),
  lines: [
    { id: 'staf', label: 'Personeel', budgetCents: 100_000_00n },
    { id: 'zaal', label: 'Huisvesting', budgetCents: 0n },
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
    {
      id: 'cijfer',
      label: 'Waardering',
      kind: 'grade',
      unit: '',
      target: '7.5',
      better: 'higher',
      due: 'year',
    },
  ],
}

const complete = {
  'narrative.wentWell': 'Het ging goed.',
  'narrative.wentLess': 'Er was te weinig ruimte.',
  'narrative.why': 'De verbouwing duurde langer.',
  'lines.staf.actual': '50.000,00',
  'lines.staf.forecast': '€ 100.000',
  'lines.zaal.actual': '0',
  'lines.zaal.forecast': '0',
  'indicators.uniek.value': '310',
  'advances.received': '50.000',
  'ownMeans.actual': '5.000',
  'socialReturn.actual': '5.000,00',
  'people.fte': '1,6',
  'people.volunteers': '70',
  'risks.text': 'Geen.',
}

const setting = (quarter: number) => ({
  template,
  quarter: Quarter.parse(`2019-Q${quarter}`),
  today: '2020-02-15',
  previous: quarter === 1 ? null : new Map([['staf', 25_000_00n]]),
})
const codes = (quarter: number, changes: Record<string, string>) =>
  assessDraft(setting(quarter), draftOf(template, { ...complete, ...changes })).findings.map(
    ({ severity, code, path }) => `${path} ${severity} ${code.replace('report.', '')}`,
  )

describe('assessDraft', () => {
  it.each<[string, number, Record<string, string>, string[]]>([
    ['a complete report', 2, {}, []],
    [
      'an amount that is none',
      2,
      { 'lines.staf.actual': '12,x' },
      ['lines.staf.actual blocking amountMalformed'],
    ],
    ['no amount', 2, { 'lines.zaal.actual': ' ' }, ['lines.zaal.actual blocking amountMissing']],
    ['no story', 2, { 'narrative.why': ' \n ' }, ['narrative.why blocking textMissing']],
    ['500 words', 2, { 'narrative.why': 'woord '.repeat(500) }, []],
    ['501 words', 2, { 'narrative.why': 'woord '.repeat(501) }, ['narrative.why blocking textTooLong']],
    ['no spaces at all', 2, { 'narrative.why': 'x'.repeat(15_001) }, ['narrative.why blocking textTooLong']],
    ['a forecast of exactly 10% more', 2, { 'lines.staf.forecast': '110.000' }, []],
    [
      'a cent more than that',
      2,
      { 'lines.staf.forecast': '110.000,01' },
      ['lines.staf.explanation explain forecastOffBudget'],
    ],
    [
      'the same, explained',
      2,
      { 'lines.staf.forecast': '110.000,01', 'lines.staf.explanation': 'Ziekte.' },
      [],
    ],
    [
      'a forecast without a budget',
      2,
      { 'lines.zaal.forecast': '1' },
      ['lines.zaal.explanation explain forecastOffBudget'],
    ],
    [
      'an indicator that is due',
      2,
      { 'indicators.uniek.value': '' },
      ['indicators.uniek.value blocking valueMissing'],
    ],
    ['a yearly indicator in the fourth quarter', 4, {}, ['indicators.cijfer.value blocking valueMissing']],
    ['a yearly indicator given early', 2, { 'indicators.cijfer.value': '7,4' }, []],
    [
      'a value that is none',
      2,
      { 'indicators.cijfer.value': 'goed' },
      ['indicators.cijfer.value blocking valueMalformed.grade'],
    ],
    [
      'all problems at once, in the order of the form',
      4,
      {
        'narrative.wentWell': '',
        'lines.staf.forecast': '-1',
        'indicators.uniek.value': 'veel',
        'indicators.cijfer.value': '8',
      },
      [
        'narrative.wentWell blocking textMissing',
        'lines.staf.forecast blocking amountNegative',
        'indicators.uniek.value blocking valueMalformed.unique',
      ],
    ],
  ])('%s', (_, quarter, changes, expected) => {
    expect(codes(quarter, changes)).toEqual(expected)
  })

  it.each<[string, number, Record<string, string>, string[]]>([
    [
      'less spent than a quarter ago',
      2,
      { 'lines.staf.actual': '24.999,99' },
      ['lines.staf.explanation explain actualLower'],
    ],
    [
      'a year that ends below what was spent',
      2,
      { 'lines.staf.actual': '100.000', 'lines.staf.forecast': '99.000' },
      ['lines.staf.forecast hint forecastBelowActual'],
    ],
    [
      'a target that was missed',
      2,
      { 'indicators.uniek.value': '299' },
      ['indicators.uniek.explanation explain targetMissed'],
    ],
    [
      'the same, explained',
      2,
      { 'indicators.uniek.value': '299', 'indicators.uniek.explanation': 'Regen.' },
      [],
    ],
    [
      'own means and social return short at the end of the year',
      4,
      {
        'indicators.cijfer.value': '8',
        'ownMeans.actual': '4.999,99',
        'socialReturn.actual': '0',
        'socialReturn.explanation': 'Volgt.',
      },
      ['ownMeans.explanation explain ownMeansShort'],
    ],
    ['the same earlier in the year', 2, { 'ownMeans.actual': '0', 'socialReturn.actual': '0' }, []],
    [
      'what is asked besides',
      2,
      {
        'advances.received': '',
        'people.fte': '1,234',
        'people.volunteers': 'veel',
        'risks.text': ' ',
      },
      [
        'advances.received blocking amountMissing',
        'people.fte blocking fteMalformed',
        'people.volunteers blocking volunteersMalformed',
        'risks.text blocking textMissing',
      ],
    ],
  ])('%s', (_, quarter, changes, expected) => {
    expect(codes(quarter, changes)).toEqual(expected)
  })

  it('gives the figures, of which the content is complete in itself', () => {
    const { figures } = assessDraft(setting(2), draftOf(template, complete))
    if (!figures) throw new Error('should be fine')
    const content = reportContent(
      {
        area: { slug: 'oost', name: 'Oost' },
        counterparty: { id: 'c', name: 'Wijkcoöperatie Oost' },
        quarter: '2019-Q2',
        agreement: { id: 'a', version: 1 },
      },
      figures,
    )
    expect(content.lines[0]).toEqual({
      id: 'staf',
      label: 'Personeel',
      budgetCents: '10000000',
      actualCents: '5000000',
      forecastCents: '10000000',
      explanation: '',
    })
    expect(content.totals).toEqual({
      budgetCents: '10000000',
      actualCents: '5000000',
      forecastCents: '10000000',
    })
    expect(content.indicators.map(({ id, value }) => [id, value])).toEqual([
      ['uniek', '310'],
      ['cijfer', null],
    ])
  })
})

describe('a draft', () => {
  it('keeps what was typed, also when it makes no sense', () => {
    expect(draftOf(template, { 'lines.staf.actual': ' 12,x ' })['lines.staf.actual']).toBe(' 12,x ')
  })

  it('has the fields of the template and no others', () => {
    const draft = draftOf(template, {
      __proto__: { 'lines.staf.actual': '1' },
      constructor: 'x',
      'lines.ander.actual': '5',
    })
    expect(Object.keys(draft)).toEqual(draftFields(template))
    expect(isBlank(draft)).toBe(true)
  })

  it('can be stored, whatever was sent', () => {
    const draft = draftOf(template, { 'narrative.why': 'a\r\nb\0c\ud800', 'lines.staf.actual': ['1'] })
    expect(draft['narrative.why']).toBe('a\nbc\ufffd')
    expect(draft['lines.staf.actual']).toBe('')
  })

  it('differs from another in fields, in the order of the form', () => {
    const one = draftOf(template, complete)
    const other = draftOf(template, {
      ...complete,
      'indicators.uniek.value': '211',
      'narrative.why': 'Anders.',
    })
    expect(differingFields(template, one, other)).toEqual(['narrative.why', 'indicators.uniek.value'])
  })
})
