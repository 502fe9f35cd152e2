import { Upload } from '#platform'

export const OWN_IBAN = 'NL91ABNA0417164300'

/** A payment inside an entry, or the only one of it. */
export interface SamplePayment {
  cents: bigint
  name?: string
  iban?: string
  description?: string
  endToEndId?: string
  returnReason?: string
}

export interface SampleEntry extends SamplePayment {
  day: string
  /** Of a batch: the payments that the entry is made of. */
  batch?: SamplePayment[]
  status?: string
  reversal?: boolean
}

export interface SampleStatement {
  id: string
  day: string
  openingCents: bigint
  entries: SampleEntry[]
  iban?: string
  currency?: string
  /** Otherwise what the entries make of it. */
  closingCents?: bigint
}

/** A CAMT.053 file as a bank writes it. Amounts of payments carry the sign of the account: + came in. */
export function camtFile(statements: readonly SampleStatement[], version = '02'): Upload {
  const space = `urn:iso:std:iso:20022:tech:xsd:camt.053.001.${version}`
  const text = `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="${space}"><BkToCstmrStmt><GrpHdr><MsgId>M1</MsgId><CreDtTm>2020-02-15T06:00:00</CreDtTm></GrpHdr>
${statements.map((one) => statementXml(one, version)).join('\n')}
</BkToCstmrStmt></Document>`
  return new Upload(`${statements[0]?.id ?? 'leeg'}.xml`, Buffer.from(text))
}

function statementXml(statement: SampleStatement, version: string): string {
  const { id, day, openingCents, entries, iban = OWN_IBAN, currency = 'EUR' } = statement
  const booked = entries.filter(({ status = 'BOOK' }) => status === 'BOOK')
  const closing = statement.closingCents ?? booked.reduce((sum, { cents }) => sum + cents, openingCents)
  const balance = (kind: string, cents: bigint) =>
    `<Bal><Tp><CdOrPrtry><Cd>${kind}</Cd></CdOrPrtry></Tp>${amountXml(cents, currency)}<Dt><Dt>${day}</Dt></Dt></Bal>`
  return `<Stmt><Id>${id}</Id><CreDtTm>${day}T23:59:59</CreDtTm>
<Acct><Id><IBAN>${iban}</IBAN></Id><Ccy>${currency}</Ccy></Acct>
${balance('OPBD', openingCents)}${balance('CLBD', closing)}
${entries.map((entry, at) => entryXml(entry, at, currency, version)).join('\n')}</Stmt>`
}

function entryXml(entry: SampleEntry, at: number, currency: string, version: string): string {
  const status = entry.status ?? 'BOOK'
  const details = (entry.batch ?? [entry]).map((payment) => paymentXml(payment, currency, version)).join('')
  const batch = entry.batch ? `<Btch><NbOfTxs>${entry.batch.length}</NbOfTxs></Btch>` : ''
  return `<Ntry>${amountXml(entry.cents, currency)}${entry.reversal ? '<RvslInd>true</RvslInd>' : ''}
<Sts>${version < '08' ? status : `<Cd>${status}</Cd>`}</Sts><BookgDt><Dt>${entry.day}</Dt></BookgDt>
<AcctSvcrRef>BANK${at + 1}</AcctSvcrRef><NtryDtls>${batch}${details}</NtryDtls></Ntry>`
}

function paymentXml(payment: SamplePayment, currency: string, version: string): string {
  const { cents, name = 'Betaler', iban = '', description = '', endToEndId = 'NOTPROVIDED' } = payment
  const role = cents > 0n ? 'Dbtr' : 'Cdtr'
  const party = version < '08' ? `<Nm>${escaped(name)}</Nm>` : `<Pty><Nm>${escaped(name)}</Nm></Pty>`
  const amount =
    version === '02'
      ? `<AmtDtls><TxAmt><Amt Ccy="${currency}">${euros(cents)}</Amt></TxAmt></AmtDtls>`
      : amountXml(cents, currency)
  return `<TxDtls><Refs><EndToEndId>${escaped(endToEndId)}</EndToEndId></Refs>${amount}<RltdPties><${role}>${party}</${role}>
${iban ? `<${role}Acct><Id><IBAN>${iban}</IBAN></Id></${role}Acct>` : ''}</RltdPties>
<RmtInf><Ustrd>${escaped(description)}</Ustrd></RmtInf>
${payment.returnReason ? `<RtrInf><Rsn><Cd>${payment.returnReason}</Cd></Rsn></RtrInf>` : ''}</TxDtls>`
}

function amountXml(cents: bigint, currency: string): string {
  return `<Amt Ccy="${currency}">${euros(cents)}</Amt><CdtDbtInd>${cents < 0n ? 'DBIT' : 'CRDT'}</CdtDbtInd>`
}

function euros(cents: bigint): string {
  const digits = (cents < 0n ? -cents : cents).toString().padStart(3, '0')
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
