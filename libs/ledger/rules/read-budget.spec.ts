import { describe, expect, it } from 'vitest'
import { readBudget } from './read-budget.js'

const terms = {
  accounts: [
    { code: 'WOvbSub', name: 'Subsidie van de gemeente' },
    { code: 'WKprUit', name: 'Uitvoering in de wijken' },
    { code: 'BLimBan', name: 'Bank' },
  ],
  districts: [{ id: 'd1', slug: 'zuid-oost', name: 'Zuid/Oost' }],
}
const text = (value: string) => ({ kind: value === '' ? ('empty' as const) : ('text' as const), text: value })
const figure = (value: string) => ({ kind: 'number' as const, text: value })
const heads = ['Project', 'Rekening', 'Omschrijving', 'Bedrag'].map(text)
const read = (...rows: (ReturnType<typeof text> | ReturnType<typeof figure>)[][]) =>
  readBudget([heads, ...rows], terms)

describe('a budget from a sheet', () => {
  it('reads projects and accounts by code or name, and amounts as people or spreadsheets write them', () => {
    const { lines, findings } = read(
      [text('centraal'), text('WOvbSub'), text('Subsidiestaat 2019'), figure('6034550')],
      [text(''), text('')],
      [text('Zuid/Oost'), text('uitvoering in de  wijken'), text(''), text('€ 643.937,50')],
      [text('ZUID-OOST'), text('wkpruit'), text('extra'), figure('1.5')],
    )
    expect(findings).toEqual([])
    expect(lines).toEqual([
      {
        account: 'WOvbSub',
        accountingDistrictId: null,
        description: 'Subsidiestaat 2019',
        cents: 603455000n,
      },
      { account: 'WKprUit', accountingDistrictId: 'd1', description: '', cents: 64393750n },
      { account: 'WKprUit', accountingDistrictId: 'd1', description: 'extra', cents: 150n },
    ])
  })

  it.each([
    ['a project that is not there', [text('Noord'), text('WKprUit'), text(''), figure('1')], 0, 'project'],
    ['an account that is not there', [text(''), text('WKprXyz'), text(''), figure('1')], 1, 'account'],
    ['no account', [text(''), text(''), text('x'), figure('1')], 1, 'accountMissing'],
    ['an account of the balance', [text(''), text('BLimBan'), text(''), figure('1')], 1, 'notResult'],
    ['no amount', [text(''), text('WKprUit'), text(''), text('')], 3, 'amountMissing'],
    ['words for an amount', [text(''), text('WKprUit'), text(''), text('veel')], 3, 'amount'],
    ['three decimals', [text(''), text('WKprUit'), text(''), figure('1.005')], 3, 'amount'],
    ['a point for the decimals', [text(''), text('WKprUit'), text(''), text('12.50')], 3, 'amount'],
    ['below zero', [text(''), text('WKprUit'), text(''), figure('-1')], 3, 'negative'],
    [
      'an error of the sheet',
      [text(''), text('WKprUit'), text(''), { kind: 'error' as const, text: '#N/A' }],
      3,
      'amount',
    ],
  ])('names the cell: %s', (_, row, column, code) => {
    const { lines, findings } = read([text('centraal'), text('WOvbSub'), text(''), figure('1')], row as never)
    expect(lines).toEqual([])
    expect(findings.map((one) => [one.row, one.column, one.code])).toEqual([[3, column, code]])
  })

  it('names everything that is wrong at once, and a line that stands twice', () => {
    const row = [text(''), text('WKprUit'), text(''), figure('1')]
    expect(read(row, row).findings).toEqual([{ row: 3, column: 1, code: 'twice', params: { other: '2' } }])
    expect(read([text('x'), text('y'), text(''), text('z')]).findings).toHaveLength(3)
  })

  it('finds heads under a title, and refuses a sheet without them or without lines', () => {
    const rows = [
      [text('Begroting 2020')],
      [],
      [text('RGS'), text('Begroot')],
      [text('WKprUit'), figure('2')],
    ]
    expect(readBudget(rows, terms).lines).toMatchObject([{ account: 'WKprUit', cents: 200n }])
    expect(() => readBudget([[text('iets')]], terms)).toThrow('ledger.budgetNoHeader')
    expect(() => readBudget([heads], terms)).toThrow('ledger.budgetEmpty')
    const many = Array.from({ length: 1001 }, () => [text(''), text('WKprUit'), text(''), figure('1')])
    expect(() => read(...many)).toThrow('ledger.budgetTooLong')
  })
})
