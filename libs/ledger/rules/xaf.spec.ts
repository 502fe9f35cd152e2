import { describe, expect, it } from 'vitest'
import { type AuditFileHead, auditFileEnd, auditFileHead, auditFileTransaction } from './xaf.js'

const head: AuditFileHead = {
  ...{ year: 2019, createdOn: '2020-02-15', companyName: 'Samen & <030>', taxId: '' },
  accounts: [
    { code: 'BLimBan', name: 'Bank' },
    { code: 'WOvbSub', name: 'Subsidie' },
  ],
  members: [{ number: 7, name: 'Burenhulp "Krommerijn"' }],
  periods: [{ number: 1, firstDay: '2019-01-01', lastDay: '2019-01-31' }],
  opening: [
    { account: 'BLimBan', cents: 2_000_000n },
    { account: 'BEivOvr', cents: -2_000_000n },
  ],
  ...{ linesCount: 2n, totalDebitCents: 5n, totalCreditCents: 5n },
}
const transaction = {
  ...{ number: 1, onDay: '2019-01-05', description: 'a < b\u0000\ud800', document: "F'1", periodNumber: 1 },
  lines: [
    { account: 'BLimBan', project: 'centraal', memberNumber: 7, cents: 5n },
    { account: 'WOvbSub', project: 'zuid-oost', memberNumber: null, cents: -5n },
  ],
}

describe('the audit file', () => {
  it('has the elements of XAF 3.2 in their order, each opened one closed', () => {
    const xml = auditFileHead(head) + auditFileTransaction(transaction) + auditFileEnd
    const open: string[] = []
    for (const [, slash, name] of xml.matchAll(/<(\/?)([a-zA-Z]+)[^>]*>/g)) {
      if (slash) expect(open.pop()).toBe(name)
      else open.push(name!)
    }
    expect(open).toEqual([])
    const order = [
      'header',
      'company',
      'companyName',
      'taxRegistrationCountry',
      'taxRegIdent',
      'customersSuppliers',
    ]
    const more = [
      'generalLedger',
      'periods',
      'openingBalance',
      'transactions',
      'linesCount',
      'journal',
      'transaction',
    ]
    const places = [...order, ...more].map((name) => xml.lastIndexOf(`<${name}>`))
    expect(places).toEqual(places.toSorted((a, b) => a - b))
    expect(places).not.toContain(-1)
    const line = ['nr', 'accID', 'docRef', 'effDate', 'amnt', 'amntTp', 'custSupID', 'projID']
    const first = /<trLine>(.*?)<\/trLine>/.exec(xml)![1]!
    expect([...first.matchAll(/<([a-zA-Z]+)>/g)].map(([, name]) => name)).toEqual(line)
  })

  it('escapes what people wrote, and drops what XML can not hold', () => {
    expect(auditFileHead(head)).toContain('<companyName>Samen &amp; &lt;030&gt;</companyName>')
    expect(auditFileHead(head)).toContain('Burenhulp &quot;Krommerijn&quot;')
    const xml = auditFileTransaction(transaction)
    expect(xml).toContain('<desc>a &lt; b</desc>')
    expect(xml).toContain('<docRef>F&apos;1</docRef>')
  })

  it('writes amounts with two decimals on their side', () => {
    const xml = auditFileTransaction(transaction)
    expect(xml).toContain('<amnt>0.05</amnt><amntTp>D</amntTp>')
    expect(xml).toContain('<amnt>0.05</amnt><amntTp>C</amntTp>')
    expect(auditFileHead(head)).toContain(
      '<totalDebit>20000.00</totalDebit><totalCredit>20000.00</totalCredit>',
    )
  })

  it('cuts what is longer than an element may be', () => {
    const long = auditFileHead({ ...head, members: [{ number: 1, name: 'x'.repeat(80) }] })
    expect(long).toContain(`<custSupName>${'x'.repeat(50)}</custSupName>`)
  })
})
