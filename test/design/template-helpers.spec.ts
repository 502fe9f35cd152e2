import Handlebars from 'handlebars'
import { describe, expect, it } from 'vitest'
import { templateHelpers } from '../../libs/platform/web/template-helpers.js'
import { stackedBars, tableCell } from '../../libs/platform/web/template-shapes.js'

const engine = Handlebars.create()
engine.registerHelper(templateHelpers())

function write(template: string, model: object = {}): string {
  return engine.compile(template)(model)
}

describe('template helpers', () => {
  it.each([
    ['{{money cents}}', { cents: 123456n }, '€\u00a01.234,56'],
    ['{{money cents}}', { cents: '48000000' }, '€\u00a0480.000,00'],
    ['{{money cents}}', { cents: null }, ''],
    ['{{euros cents}}', { cents: 48000000n }, '€\u00a0480.000'],
    ['{{euros cents}}', { cents: 48000001n }, '€\u00a0480.000,01'],
    ['{{number n}}', { n: 6034550n }, '6.034.550'],
    ['{{number n}}', { n: 6034550, lang: 'en' }, '6,034,550'],
    ['{{percent 1 3 1}}', {}, '33,3%'],
    ['{{percent 2 3}}', {}, '67%'],
    ['{{percent n d 1}}', { n: '48000000', d: 50000000n, lang: 'en' }, '96.0%'],
    ['{{percent 1 0}}', {}, '–'],
    ['{{percent n 3}}', { n: -2 }, '-67%'],
    ['{{date day}}', { day: '2026-11-21' }, '21 november 2026'],
    ['{{date day}}', { day: '2026-11-21', lang: 'en' }, '21 November 2026'],
    ['{{weekday day}}', { day: '2020-02-15' }, 'zaterdag 15 februari 2020'],
    ['{{shortDate day}}', { day: '2026-11-21' }, '21-11-2026'],
    ['{{time at}}', { at: new Date('2020-02-15T19:14:00Z') }, '20.14 uur'],
    ['{{time at}}', { at: '2020-07-15T18:14:00Z', lang: 'en' }, '20:14'],
    ['{{dateTime at}}', { at: '2020-02-15T23:30:00Z' }, '16 februari 2020, 00.30 uur'],
    ['{{shareOf 34 34}} {{shareOf 12 34}} {{shareOf 3 0}}', {}, '100% 35.2% 0%'],
    ['{{shareOf 999999 1000000}}', {}, '99.9%'],
    ['{{fieldId "lines.0[amount]"}}', {}, 'veld-lines-0-amount-'],
    ['{{errorOf errors "b"}}', { errors: [{ path: 'b', message: 'mis' }] }, 'mis'],
    ['{{#if (and 1 (not list) (or 0 "x"))}}ja{{/if}}', { list: [] }, 'ja'],
    ['{{#with (brand name)}}{{start}}|{{end}}{{/with}}', { name: 'Samen030' }, 'Samen|030'],
    ['{{#with (brand name)}}{{start}}|{{end}}{{/with}}', { name: 'Buurt & Wijk' }, 'Buurt &amp; Wijk|'],
    ['{{csrf}}', { csrf: '<input>' }, '<input>'],
    ['{{csrf}}', {}, ''],
  ])('%s', (template, model, expected) => {
    expect(write(template, model)).toBe(expected)
  })

  it('prefers what was typed over what was', () => {
    const chosen = '{{chosen option value typed "wijk"}}'
    expect(write(chosen, { option: 'oost', value: 'oost' })).toBe('true')
    expect(write(chosen, { option: 'oost', value: 'oost', typed: { wijk: 'west' } })).toBe('false')
    expect(write(chosen, { option: '', value: undefined })).toBe('true')
  })
})

describe('table cells', () => {
  const group = (value: unknown) => `#${value}`

  it.each([
    [600000n, 'money', '€\u00a06.000,00', true],
    ['96,0%', 'figure', '96,0%', true],
    [12, 'number', '#12', true],
    ['2024-12-31', 'day', '31-12-2024', false],
    [null, 'money', '–', true],
    [0n, 'money', '€\u00a00,00', true],
  ] as const)('%s as %s', (value, kind, text, numeric) => {
    expect(tableCell({ value, href: '/x' }, { label: 'Kop', kind }, group)).toMatchObject({
      text,
      numeric,
      label: 'Kop',
      href: '/x',
    })
    expect(tableCell(value, { label: 'Kop', kind }, group).text).toBe(text)
  })
})

describe('stacked bars', () => {
  it('lays the segments side by side up to the whole', () => {
    const bars = stackedBars([{ value: 480n }, { value: '20' }, { value: 100 }], 600n)
    expect(bars.map(({ x, width, end }) => [x, width, end])).toEqual([
      ['0%', '80%', '80%'],
      ['80%', '3.33%', '83.33%'],
      ['83.33%', '16.66%', '99.99%'],
    ])
  })

  it('keeps a sliver visible, never passes the edge and survives nothing', () => {
    expect(stackedBars([{ value: 1 }, { value: 999_999 }]).map(({ width }) => width)).toEqual([
      '0.5%',
      '99.5%',
    ])
    expect(stackedBars([{ value: 0 }]).map(({ width }) => width)).toEqual(['0%'])
  })
})
