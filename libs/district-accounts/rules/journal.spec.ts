import { describe, expect, it } from 'vitest'
import { Quarter } from '#kernel'
import {
  accountsOf,
  addedSince,
  type JournalLine,
  journalFormatOf,
  readDay,
  spentPerQuarter,
  spentThrough,
  withinYear,
} from './journal.js'
import { readJournalRows } from './read-journal-csv.js'
import { readJournalXaf, type XmlNode } from './read-journal-xaf.js'

const letters = (column: number) => String.fromCharCode(65 + column)
const cells = (rows: string[][]) => rows.map((row) => row.map((text) => ({ kind: 'text' as const, text })))
const read = (...rows: string[][]) => readJournalRows(cells(rows), letters)
const HEADS = ['Datum', 'Rekening', 'Naam rekening', 'Omschrijving', 'Stuk', 'Debet', 'Credit']
const line = (onDay: string, account: string, cents: bigint): JournalLine => ({
  ...{ onDay, account, accountName: '', description: '', document: '', cents },
})
const brief = ({ lines }: { lines: JournalLine[] }) =>
  lines.map(({ onDay, account, cents }) => `${onDay} ${account} ${cents}`)
const codes = ({ findings }: { findings: { place: string; code: string }[] }) =>
  findings.map(({ place, code }) => `${place} ${code}`)

describe('a journal in a sheet', () => {
  it('is read by its heads, wherever they stand', () => {
    const rows = [
      ['Wijkcoöperatie Oost'],
      HEADS,
      ['31-3-2019', '4000', 'Lonen', 'Maart', 'F1', '1.234,50', ''],
    ]
    expect(read(...rows, ['2019-04-01', '4000', '', '', '', '', '34,50'])).toEqual({
      balanceAccounts: new Set(),
      findings: [],
      lines: [
        {
          ...{ onDay: '2019-03-31', account: '4000', accountName: 'Lonen', description: 'Maart' },
          ...{ document: 'F1', cents: 123_450n },
        },
        { ...line('2019-04-01', '4000', -3_450n) },
      ],
    })
  })

  it('takes one column with amounts too', () => {
    expect(brief(read(['Boekdatum', 'Grootboek', 'Bedrag'], ['01/02/2019', '4000', '-5']))).toEqual([
      '2019-02-01 4000 -500',
    ])
  })

  it('names every cell that can not be read', () => {
    const found = read(
      HEADS,
      ['32-1-2019', '4000', '', '', '', '1', ''],
      ['', '4000', '', '', '', '1', ''],
      ['1-1-2019', '', '', '', '', '1', ''],
      ['1-1-2019', '4000', '', '', '', '', ''],
      ['1-1-2019', '4000', '', '', '', '1', '2'],
      ['1-1-2019', '4000', '', '', '', '12.50', ''],
    )
    expect(found.lines).toEqual([])
    expect(codes(found)).toEqual([
      ...['A2 day', 'A3 dayMissing', 'B4 account', 'F5 amountMissing', 'G6 bothSides', 'F7 amount'],
    ])
  })

  it.each([
    ['without heads', [['a', 'b']], 'districtAccounts.journalNoHeader'],
    ['without lines', [HEADS], 'districtAccounts.journalEmpty'],
  ])('is refused %s', (_, rows, code) => {
    expect(() => read(...rows)).toThrow(code)
  })
})

const node = (name: string, ...children: (XmlNode | string)[]): XmlNode => ({
  name,
  text: children.filter((one): one is string => typeof one === 'string').join(''),
  children: children.filter((one): one is XmlNode => typeof one !== 'string'),
})
const trLine = (nr: string, account: string, amount: string, side: string) =>
  node(
    'trLine',
    node('nr', nr),
    node('accID', account),
    node('effDate', '2019-05-01'),
    node('amnt', amount),
    node('amntTp', side),
  )
const auditFile = (count: string, ...lines: XmlNode[]) =>
  node(
    'auditfile',
    node(
      'company',
      node(
        'generalLedger',
        node('ledgerAccount', node('accID', '4000'), node('accDesc', 'Lonen'), node('accTp', 'P')),
        node('ledgerAccount', node('accID', '1100'), node('accDesc', 'Bank'), node('accTp', 'B')),
      ),
      node(
        'transactions',
        node('linesCount', count),
        node(
          'journal',
          node('jrnID', 'M'),
          node('transaction', node('nr', '7'), node('desc', 'Mei'), node('trDt', '2019-05-01'), ...lines),
        ),
      ),
    ),
  )

describe('an audit file', () => {
  it('gives its lines, and which accounts stand on the balance sheet', () => {
    const found = readJournalXaf(
      auditFile('2', trLine('1', '4000', '12.5', 'D'), trLine('2', '1100', '12.50', 'C')),
    )
    expect(found.findings).toEqual([])
    expect(brief(found)).toEqual(['2019-05-01 4000 1250', '2019-05-01 1100 -1250'])
    expect(accountsOf(found.lines, found.balanceAccounts, 'xaf')).toEqual([
      { account: '1100', name: 'Bank', isBalance: true, cents: -1250n, lines: 1 },
      { account: '4000', name: 'Lonen', isBalance: false, cents: 1250n, lines: 1 },
    ])
  })

  it('names what does not add up or can not be read', () => {
    const found = readJournalXaf(
      auditFile(
        '3',
        trLine('1', '4000', '12.50', 'D'),
        trLine('2', '1100', 'x', 'C'),
        trLine('3', '', '1', 'D'),
      ),
    )
    expect(codes(found)).toEqual(['M/7-2 amount', 'M/7-3 account', 'M/7 unlevel', 'linesCount totalLines'])
  })

  it('reads a negative debit as a credit', () => {
    const lines = [trLine('1', '4000', '-1.00', 'D'), trLine('2', '1100', '-1.00', 'C')]
    expect(brief(readJournalXaf(auditFile('', ...lines)))).toEqual([
      '2019-05-01 4000 -100',
      '2019-05-01 1100 100',
    ])
  })

  it('is refused when it is something else', () => {
    expect(() => readJournalXaf(node('Document'))).toThrow('districtAccounts.notXaf')
  })
})

describe('the kind of a file', () => {
  it.each([
    ['<?xml version="1.0"?>', 'xaf'],
    ['\ufeff\r\n  <auditfile>', 'xaf'],
    ['Datum;Rekening', 'csv'],
    ['PK\u0003\u0004<', 'csv'],
    ['', 'csv'],
  ])('that begins with %j is %s', (start, format) => {
    expect(journalFormatOf(start)).toBe(format)
  })
})

describe('a journal', () => {
  const lines = [
    line('2018-12-31', 'a', 1n),
    line('2019-01-01', 'a', 2n),
    line('2019-04-01', 'b', 4n),
    line('2019-07-01', 'a', 8n),
  ]
  const q2 = Quarter.parse('2019-Q2')

  it('holds what falls in the year through its quarter, and names the rest', () => {
    const { within, outside } = withinYear(lines, q2)
    expect(within.map(({ cents }) => cents)).toEqual([2n, 4n])
    expect(outside.map(({ cents }) => cents)).toEqual([1n, 8n])
  })

  it('adds up per line of the agreement since 1 January', () => {
    const mapping = new Map([
      ['a', 'personeel'],
      ['b', null],
    ])
    const { within } = withinYear(lines, q2)
    expect(spentPerQuarter(within, mapping, q2)).toEqual(
      new Map([
        ['2019-Q1', new Map([['personeel', 2n]])],
        ['2019-Q2', new Map([['personeel', 2n]])],
      ]),
    )
  })

  it('that was kept adds up per line through a day, without what does not belong to one', () => {
    const kept = [
      { onDay: '2019-02-01', lineId: 'a', cents: 5n },
      { onDay: '2019-03-31', lineId: 'a', cents: -2n },
      { onDay: '2019-03-31', lineId: null, cents: 9n },
      { onDay: '2019-04-01', lineId: 'b', cents: 7n },
    ]
    expect(spentThrough(kept, '2019-03-31')).toEqual(new Map([['a', 3n]]))
  })

  it('tells what it has more than the one before', () => {
    const twice = [line('2019-01-01', 'a', 2n), ...lines]
    expect(addedSince(twice, lines, '2019-06-30')).toHaveLength(1)
    expect(addedSince(lines, [], '2019-03-31')).toHaveLength(2)
    expect(addedSince(lines, twice, '2019-12-31')).toEqual([])
  })

  it.each([
    ['2019-02-28', '2019-02-28'],
    ['28-2-2019', '2019-02-28'],
    ['28/02/2019', '2019-02-28'],
    ['29-2-2019', null],
    ['28-2-19', null],
    ['', null],
  ])('knows the day %j', (typed, day) => {
    expect(readDay(typed)).toBe(day)
  })
})
