import { describe, expect, it } from 'vitest'
import { Fraction } from '#kernel'
import { differingFields, draftFields, draftOf, isBlank } from './draft.js'
import { readDraft } from './read-draft.js'
import { reportContent } from './report-content.js'
import type { ReportTemplate } from './report-template.js'

const template: ReportTemplate = {
  explainOver: Fraction.of(10, 100),
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
  'indicators.uniek.value': '210',
}

const codes = (quarter: number, changes: Record<string, string>) => {
  const read = readDraft(template, quarter, draftOf(template, { ...complete, ...changes }))
  return read.ok ? [] : read.violations.map(({ code, path }) => `${path} ${code}`)
}

describe('readDraft', () => {
  it.each<[string, number, Record<string, string>, string[]]>([
    ['a complete report', 2, {}, []],
    [
      'an amount that is none',
      2,
      { 'lines.staf.actual': '12,x' },
      ['lines.staf.actual report.amountMalformed'],
    ],
    ['no amount', 2, { 'lines.zaal.actual': ' ' }, ['lines.zaal.actual report.amountMissing']],
    ['no story', 2, { 'narrative.why': ' \n ' }, ['narrative.why report.textMissing']],
    ['500 words', 2, { 'narrative.why': 'woord '.repeat(500) }, []],
    ['501 words', 2, { 'narrative.why': 'woord '.repeat(501) }, ['narrative.why report.textTooLong']],
    ['no spaces at all', 2, { 'narrative.why': 'x'.repeat(15_001) }, ['narrative.why report.textTooLong']],
    ['a forecast of exactly 10% more', 2, { 'lines.staf.forecast': '110.000' }, []],
    [
      'a cent more than that',
      2,
      { 'lines.staf.forecast': '110.000,01' },
      ['lines.staf.explanation report.explanationMissing'],
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
      ['lines.zaal.explanation report.explanationMissing'],
    ],
    [
      'an indicator that is due',
      2,
      { 'indicators.uniek.value': '' },
      ['indicators.uniek.value report.valueMissing'],
    ],
    ['a yearly indicator in the fourth quarter', 4, {}, ['indicators.cijfer.value report.valueMissing']],
    ['a yearly indicator given early', 2, { 'indicators.cijfer.value': '7,4' }, []],
    [
      'a value that is none',
      2,
      { 'indicators.cijfer.value': 'goed' },
      ['indicators.cijfer.value report.valueMalformed.grade'],
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
        'narrative.wentWell report.textMissing',
        'lines.staf.forecast report.amountNegative',
        'indicators.uniek.value report.valueMalformed.unique',
      ],
    ],
  ])('%s', (_, quarter, changes, expected) => {
    expect(codes(quarter, changes)).toEqual(expected)
  })

  it('gives the figures, of which the content is complete in itself', () => {
    const read = readDraft(template, 2, draftOf(template, complete))
    if (!read.ok) throw new Error('should be fine')
    const content = reportContent(
      {
        area: { slug: 'oost', name: 'Oost' },
        counterparty: { id: 'c', name: 'Wijkcoöperatie Oost' },
        quarter: '2019-Q2',
        agreement: { id: 'a', version: 1 },
      },
      read.figures,
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
      ['uniek', '210'],
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
