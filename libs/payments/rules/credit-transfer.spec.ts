import { describe, expect, it } from 'vitest'
import { type BatchedPayable, batchContent, changedAccounts } from './batch-content.js'
import { creditTransferXml } from './credit-transfer.js'

const payable = (at: number, rest: Partial<BatchedPayable['account']> = {}): BatchedPayable => ({
  ...{ payableId: `p${String(at).padStart(4, '0')}`, cents: BigInt(at), reference: 'RM-2019' },
  ...{ description: 'Uitkering risicomarge 2019', attempt: 1, earlier: null },
  account: {
    ...{ name: `Lid ${String(at).padStart(4, '0')}`, iban: 'NL91ABNA0417164300', street: 'Oudegracht' },
    ...{ buildingNumber: '12 bis', postalCode: '3511 AB', town: 'Utrecht', country: 'NL' },
    ...rest,
  },
})
const batch = (payables: BatchedPayable[]) =>
  batchContent({
    ...{ name: '2020-3', unique: '1a2b3c4d', madeOn: '2020-02-15', payables },
    debtor: { name: 'Coöperatie SAMEN030 U.A.', iban: 'NL02RABO0123456789' },
  })
const xmlOf = (payables: BatchedPayable[]) =>
  creditTransferXml(batch(payables), '2020-02-15T09:30:00Z', '2020-02-15')
const all = (xml: string, tag: string) =>
  [...xml.matchAll(new RegExp(`<${tag}>([^<]*)</${tag}>`, 'g'))].map(([, text]) => text)
/** The elements that stand directly in the first one with this tag. */
function childrenOf(xml: string, tag: string): string[] {
  const inner = new RegExp(`<${tag}>(.*?)</${tag}>`, 's').exec(xml)![1]!
  const children: string[] = []
  let depth = 0
  for (const [, close, name] of inner.matchAll(/<(\/?)(\w+)[^>]*>/g)) {
    if (close) depth--
    else if (depth++ === 0) children.push(name!)
  }
  return children
}

describe('a payment file', () => {
  it('has the elements of the standard, in its order', () => {
    const xml = xmlOf([payable(1)])
    expect(
      xml.startsWith(
        '<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.03">',
      ),
    ).toBe(true)
    expect(childrenOf(xml, 'CstmrCdtTrfInitn')).toEqual(['GrpHdr', 'PmtInf'])
    expect(childrenOf(xml, 'GrpHdr')).toEqual(['MsgId', 'CreDtTm', 'NbOfTxs', 'CtrlSum', 'InitgPty'])
    expect(childrenOf(xml, 'PmtInf')).toEqual([
      ...[
        'PmtInfId',
        'PmtMtd',
        'BtchBookg',
        'NbOfTxs',
        'CtrlSum',
        'PmtTpInf',
        'ReqdExctnDt',
        'Dbtr',
        'DbtrAcct',
      ],
      ...['DbtrAgt', 'ChrgBr', 'CdtTrfTxInf'],
    ])
    expect(childrenOf(xml, 'CdtTrfTxInf')).toEqual(['PmtId', 'Amt', 'Cdtr', 'CdtrAcct', 'RmtInf'])
    expect(childrenOf(xml, 'PstlAdr')).toEqual(['StrtNm', 'BldgNb', 'PstCd', 'TwnNm', 'Ctry'])
    expect(all(xml, 'BtchBookg')).toEqual(['false'])
    expect(all(xml, 'Nm')).toEqual(['Cooperatie SAMEN030 U.A.', 'Cooperatie SAMEN030 U.A.', 'Lid 0001'])
    expect(all(xml, 'Ustrd')).toEqual(['RM-2019 Uitkering risicomarge 2019'])
  })

  it('leaves an address out of which the town is not known, and parts that are not known', () => {
    expect(xmlOf([payable(1, { town: null })])).not.toContain('PstlAdr')
    const xml = xmlOf([payable(1, { street: null, buildingNumber: null, postalCode: null })])
    expect(childrenOf(xml, 'PstlAdr')).toEqual(['TwnNm', 'Ctry'])
  })

  it.each([1, 2, 200])('counts and adds up %i payments', (count) => {
    const payables = Array.from({ length: count }, (_, at) => payable(at + 1))
    const xml = xmlOf(payables)
    const sum = BigInt((count * (count + 1)) / 2)
    const written = `${sum / 100n}.${String(sum % 100n).padStart(2, '0')}`
    expect(all(xml, 'NbOfTxs')).toEqual([String(count), String(count)])
    expect(all(xml, 'CtrlSum')).toEqual([written, written])
    const ids = all(xml, 'EndToEndId')
    expect(new Set(ids).size).toBe(count)
    for (const id of [...ids, ...all(xml, 'MsgId')]) expect(id!.length).toBeLessThanOrEqual(35)
    const amounts = [...xml.matchAll(/<InstdAmt Ccy="EUR">(\d+\.\d\d)</g)].map(([, euros]) =>
      BigInt(euros!.replace('.', '')),
    )
    expect(amounts.reduce((a, b) => a + b, 0n)).toBe(sum)
  })

  it('is well-formed whatever a name is, and the same every time', () => {
    const odd = ['</Nm><x>', 'A & B', '"\'', 'Ünïcödé ☂', '\u0000\uffff']
    const payables = odd.map((name, at) => payable(at + 1, { name }))
    const xml = xmlOf(payables)
    expect(xml).toBe(xmlOf(payables.toReversed()))
    expect(xml.replace(/<[?/]?[A-Za-z]+(?: [^<>]*)?>/g, '')).not.toMatch(/[<>&]/)
  })
})

describe('the content of a batch', () => {
  it('is in order of name, numbered, with the sum', () => {
    const content = batch([payable(3), payable(1), payable(2)])
    expect(content.payments.map(({ place, name, endToEndId }) => [place, name, endToEndId])).toEqual([
      [1, 'Lid 0001', 'BO-2020-3-001'],
      [2, 'Lid 0002', 'BO-2020-3-002'],
      [3, 'Lid 0003', 'BO-2020-3-003'],
    ])
    expect(content).toMatchObject({ count: 3, controlSumCents: 6n, messageId: 'BO-2020-3-1a2b3c4d' })
  })

  it('shows which accounts changed since', () => {
    const { payments } = batch([payable(1), payable(2), payable(3)])
    const now: Record<string, string | null> = { p0001: 'NL91ABNA0417164300', p0002: 'NL02RABO0123456789' }
    expect(changedAccounts(payments, (id) => now[id] ?? null).map(({ payableId }) => payableId)).toEqual([
      'p0002',
      'p0003',
    ])
  })
})
