import type { Cents, Day } from '#kernel'
import type { PayeeAccount } from './account.js'
import type { BatchContent, FrozenPayment } from './batch-content.js'
import { sepaText } from './sepa-text.js'

/**
 * A batch as SEPA credit transfer initiation, ISO 20022 pain.001.001.03. The same batch at the same instant is the
 * same text. An address is given with its town and country at least (structured addresses are asked for from November
 * 2026), and left out when the town is not known: banks take a payment without one.
 * @param createdAt an instant in UTC, to the second: `2020-02-15T09:30:00Z`
 */
export function creditTransferXml(batch: BatchContent, createdAt: string, executeOn: Day): string {
  const { messageId, debtor, payments, count, controlSumCents } = batch
  const totals = [of('NbOfTxs', String(count)), of('CtrlSum', amount(controlSumCents))]
  const name = of('Nm', sepaText(debtor.name, 70))
  const header = [of('MsgId', messageId), of('CreDtTm', createdAt), ...totals, of('InitgPty', name)]
  const payment = [
    of('PmtInfId', messageId),
    of('PmtMtd', 'TRF'),
    of('BtchBookg', 'false'),
    ...totals,
    of('PmtTpInf', of('SvcLvl', of('Cd', 'SEPA'))),
    of('ReqdExctnDt', executeOn),
    of('Dbtr', name),
    of('DbtrAcct', of('Id', of('IBAN', debtor.iban)) + of('Ccy', 'EUR')),
    of('DbtrAgt', of('FinInstnId', of('Othr', of('Id', 'NOTPROVIDED')))),
    of('ChrgBr', 'SLEV'),
    ...payments.map(transfer),
  ]
  const body = of(
    'CstmrCdtTrfInitn',
    `\n${of('GrpHdr', header.join(''))}\n${of('PmtInf', payment.join(''))}\n`,
  )
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.03">${body}</Document>\n`
}

function transfer(payment: FrozenPayment): string {
  return `\n${of(
    'CdtTrfTxInf',
    [
      of('PmtId', of('EndToEndId', payment.endToEndId)),
      of('Amt', `<InstdAmt Ccy="EUR">${amount(payment.cents)}</InstdAmt>`),
      of('Cdtr', of('Nm', sepaText(payment.name, 70)) + address(payment)),
      of('CdtrAcct', of('Id', of('IBAN', payment.iban))),
      payment.remittance && of('RmtInf', of('Ustrd', payment.remittance)),
    ].join(''),
  )}`
}

/** In the order that the standard prescribes; parts that are not known are left out. */
function address({ street, buildingNumber, postalCode, town, country }: PayeeAccount): string {
  const townName = sepaText(town ?? '', 35)
  if (townName === '') return ''
  const part = (tag: string, text: string | null, max: number) => {
    const written = sepaText(text ?? '', max)
    return written === '' ? '' : of(tag, written)
  }
  return of(
    'PstlAdr',
    part('StrtNm', street, 70) +
      part('BldgNb', buildingNumber, 16) +
      part('PstCd', postalCode, 16) +
      of('TwnNm', townName) +
      of('Ctry', country),
  )
}

/** Cents as the standard writes euros: `1234.50`. */
function amount(cents: Cents): string {
  const digits = cents.toString().padStart(3, '0')
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** The texts are in the bank's characters, which need no escaping. */
function of(tag: string, content: string): string {
  return `<${tag}>${content}</${tag}>`
}
