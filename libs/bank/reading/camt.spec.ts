import { describe, expect, it } from 'vitest'
import { RuleViolated } from '#kernel'
import { readXml } from '#sheets'
import { camtFile, OWN_IBAN, type SampleEntry, type SampleStatement } from '../../../test/support/camt.js'
import { readCamt } from './camt.js'

const DAY = '2020-02-14'
const entry = (cents: bigint, more: Partial<SampleEntry> = {}): SampleEntry => ({ day: DAY, cents, ...more })
const statement = (entries: SampleEntry[], more: Partial<SampleStatement> = {}): SampleStatement => ({
  ...{ id: 'A1', day: DAY, openingCents: 1_000n, entries },
  ...more,
})
const read = async (statements: SampleStatement[], version?: string) =>
  readCamt(await readXml(camtFile(statements, version)))
const linesOf = async (entries: SampleEntry[], version?: string) =>
  (await read([statement(entries)], version))[0]!.lines
const refusal = async (text: Promise<unknown>) => {
  try {
    await text
    return null
  } catch (error) {
    if (!(error instanceof RuleViolated)) throw error
    return error.violations[0]
  }
}
const readText = async (text: string) => readCamt(await readXml({ content: Buffer.from(text) }))

describe('a CAMT.053 file', () => {
  it.each(['02', '03', '04', '06', '08'])('of version %s gives its statements and lines', async (version) => {
    const [only] = await read(
      [
        statement([
          entry(12_345n, { name: 'Bos & Zn', iban: 'NL20INGB0001234567', description: 'AS-2020-1-7' }),
          entry(-500n, { endToEndId: 'RM-2019-3', name: 'Buurtwerk' }),
        ]),
      ],
      version,
    )
    expect(only).toMatchObject({
      ...{ reference: 'A1', iban: OWN_IBAN, fromDay: DAY, throughDay: DAY },
      ...{ openingCents: 1_000n, closingCents: 12_845n },
    })
    expect(only!.lines).toEqual([
      {
        ...{
          bookedOn: DAY,
          cents: 12_345n,
          counterpartyName: 'Bos & Zn',
          counterpartyIban: 'NL20INGB0001234567',
        },
        ...{
          description: 'AS-2020-1-7',
          endToEndId: null,
          returnReason: null,
          reversal: false,
          bankReference: 'BANK1',
        },
      },
      {
        ...{
          bookedOn: DAY,
          cents: -500n,
          counterpartyName: 'Buurtwerk',
          counterpartyIban: '',
          description: '',
        },
        ...{ endToEndId: 'RM-2019-3', returnReason: null, reversal: false, bankReference: 'BANK2' },
      },
    ])
  })

  it('of a batch gives a line per payment when their amounts add up to the entry', async () => {
    const batch = [
      { cents: -300n, endToEndId: 'A' },
      { cents: -200n, endToEndId: 'B' },
    ]
    for (const version of ['02', '08']) {
      const lines = await linesOf([entry(-500n, { batch })], version)
      expect(lines.map(({ cents, endToEndId }) => [cents, endToEndId])).toEqual([
        [-300n, 'A'],
        [-200n, 'B'],
      ])
      expect(await linesOf([entry(-501n, { batch })], version)).toHaveLength(1)
    }
  })

  it('gives why a payment came back, and who it had gone to', async () => {
    const file = String(
      camtFile([statement([entry(500n, { returnReason: 'AC04', endToEndId: 'RM-1' })])]).content,
    )
    const back = file.replace(
      '<Dbtr><Nm>Betaler</Nm></Dbtr>',
      `<Dbtr><Nm>Wij</Nm></Dbtr><DbtrAcct><Id><IBAN>${OWN_IBAN}</IBAN></Id></DbtrAcct><Cdtr><Nm>Zij</Nm></Cdtr><CdtrAcct><Id><IBAN>NL20INGB0001234567</IBAN></Id></CdtrAcct>`,
    )
    expect((await readText(back))[0]!.lines[0]).toMatchObject({
      ...{ cents: 500n, returnReason: 'AC04', endToEndId: 'RM-1' },
      ...{ counterpartyName: 'Zij', counterpartyIban: 'NL20INGB0001234567' },
    })
  })

  it('leaves out what the bank did not book yet, and keeps what it undid', async () => {
    const lines = await linesOf([entry(9n, { status: 'PDNG' }), entry(-7n, { reversal: true })])
    expect(lines.map(({ cents, reversal }) => [cents, reversal])).toEqual([[-7n, true]])
  })

  it('takes the reference of a structured communication', async () => {
    const file = String(camtFile([statement([entry(5n)])]).content)
    const structured = '<Strd><CdtrRefInf><Ref>RF18539007547034</Ref></CdtrRefInf></Strd>'
    const [only] = await readText(file.replace('<Ustrd></Ustrd>', structured))
    expect(only!.lines[0]!.description).toBe('RF18539007547034')
  })

  it('is refused when it does not add up, with the difference', async () => {
    const violation = await refusal(read([statement([entry(5n)], { closingCents: 1_006n })]))
    expect(violation).toMatchObject({
      code: 'bank.notBalanced',
      params: { difference: expect.stringContaining('0,01') },
    })
  })

  it.each<[string, () => Promise<unknown>, string]>([
    ['in dollars', () => read([statement([entry(5n)], { currency: 'USD' })]), 'bank.otherCurrency'],
    ['without statements', () => read([]), 'bank.noStatement'],
    [
      'another message',
      () => readText('<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.02"/>'),
      'bank.otherMessage',
    ],
    ['another file', () => readText('<auditfile xmlns="http://www.auditfiles.nl/XAF/3.2"/>'), 'bank.notCamt'],
    [
      'a newer version',
      () => readText('<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.99"/>'),
      'bank.otherMessage',
    ],
  ])('is refused: %s', async (_, act, code) => expect((await refusal(act()))?.code).toBe(code))

  it.each<[string, string, string]>([
    ['<IBAN>NL91ABNA0417164300</IBAN>', '<Othr/>', 'bank.noIban'],
    ['<Cd>CLBD</Cd>', '<Cd>ITBD</Cd>', 'bank.noBalances'],
    [
      '<Amt Ccy="EUR">0.05</Amt><CdtDbtInd>CRDT</CdtDbtInd>\n',
      '<Amt Ccy="EUR">5,00</Amt><CdtDbtInd>CRDT</CdtDbtInd>\n',
      'bank.amount',
    ],
    ['<BookgDt><Dt>2020-02-14</Dt></BookgDt>', '', 'bank.noBookingDay'],
    ['0.05</Amt><CdtDbtInd>CRDT', '0.05</Amt><CdtDbtInd>?', 'bank.noDirection'],
  ])('with %s changed is refused', async (from, to, code) => {
    const file = String(camtFile([statement([entry(5n)])]).content)
    expect(file).toContain(from)
    expect((await refusal(readText(file.replace(from, to))))?.code).toBe(code)
  })
})
