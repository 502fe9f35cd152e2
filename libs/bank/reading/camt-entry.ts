import { type Cents, type Day, isDay, RuleViolated } from '#kernel'
import { type XmlElement, xmlAll, xmlAt, xmlText } from '#sheets'
import type { ReadLine } from '../rules/statement.js'

/**
 * The lines of an entry. A batch becomes a line per payment when the bank gives their amounts and these add up to the
 * entry; else the entry stays one line. Nothing for an entry that is not booked yet.
 */
export function linesOfEntry(entry: XmlElement, ownIban: string): ReadLine[] {
  const status = xmlText(entry, 'Sts', 'Cd') || xmlText(entry, 'Sts')
  if (status !== '' && status !== 'BOOK') return []
  const cents = signedCents(entry)
  const details = xmlAll(entry, 'NtryDtls').flatMap((group) => xmlAll(group, 'TxDtls'))
  const amounts = details.map((detail) => centsOfDetail(detail, entry))
  const whole = amounts.every((amount) => amount !== null && amount !== 0n)
  const addsUp = whole && amounts.reduce((sum: Cents, amount) => sum + amount!, 0n) === cents
  if (details.length > 1 && addsUp)
    return details.map((detail, at) => lineOf(entry, detail, amounts[at]!, ownIban))
  return cents === 0n ? [] : [lineOf(entry, details.length === 1 ? details[0]! : null, cents, ownIban)]
}

function lineOf(entry: XmlElement, detail: XmlElement | null, cents: Cents, ownIban: string): ReadLine {
  const from = detail ?? entry
  const endToEndId = xmlText(from, 'Refs', 'EndToEndId')
  const reason = [xmlText(from, 'RtrInf', 'Rsn', 'Cd'), xmlText(from, 'RtrInf', 'Rsn', 'Prtry')].find(Boolean)
  const more = xmlAt(from, 'RtrInf') ? xmlAll(xmlAt(from, 'RtrInf')!, 'AddtlInf').map(({ text }) => text) : []
  return {
    bookedOn: dayOfEntry(entry),
    cents,
    ...counterpartyOf(from, cents, ownIban),
    description: descriptionOf(entry, detail),
    endToEndId: endToEndId === '' || endToEndId === 'NOTPROVIDED' ? null : endToEndId,
    returnReason: xmlAt(from, 'RtrInf') ? [reason ?? '?', ...more].join(' ').trim() : null,
    reversal: xmlText(entry, 'RvslInd') === 'true' || xmlText(entry, 'RvslInd') === '1',
    bankReference:
      xmlText(from, 'Refs', 'AcctSvcrRef') || xmlText(entry, 'AcctSvcrRef') || xmlText(entry, 'NtryRef'),
  }
}

/** Who paid or was paid: by the direction, or the other one when that is the account itself (a payment given back). */
function counterpartyOf(detail: XmlElement, cents: Cents, ownIban: string) {
  const party = (role: 'Dbtr' | 'Cdtr') => ({
    counterpartyName:
      xmlText(detail, 'RltdPties', role, 'Nm') || xmlText(detail, 'RltdPties', role, 'Pty', 'Nm'),
    counterpartyIban: plainIban(xmlText(detail, 'RltdPties', `${role}Acct`, 'Id', 'IBAN')),
  })
  const first = party(cents > 0n ? 'Dbtr' : 'Cdtr')
  return first.counterpartyIban === ownIban ? party(cents > 0n ? 'Cdtr' : 'Dbtr') : first
}

function descriptionOf(entry: XmlElement, detail: XmlElement | null): string {
  const remittance = detail && xmlAt(detail, 'RmtInf')
  const structured = remittance
    ? xmlAll(remittance, 'Strd').map((one) => xmlText(one, 'CdtrRefInf', 'Ref'))
    : []
  const free = remittance ? xmlAll(remittance, 'Ustrd').map(({ text }) => text) : []
  const said = [...structured, ...free].filter((text) => text !== '').join(' ')
  return said || (detail ? xmlText(detail, 'AddtlTxInf') : '') || xmlText(entry, 'AddtlNtryInf')
}

function dayOfEntry(entry: XmlElement): Day {
  const day = dayIn(entry, 'BookgDt') ?? dayIn(entry, 'ValDt')
  if (day === null)
    throw RuleViolated.of('bank.noBookingDay', { reference: xmlText(entry, 'AcctSvcrRef') || '?' })
  return day
}

/** The day that stands in an element, as a day or as an instant. */
export function dayIn(element: XmlElement, ...path: string[]): Day | null {
  const text = (xmlText(element, ...path, 'Dt') || xmlText(element, ...path, 'DtTm')).slice(0, 10)
  return isDay(text) ? text : null
}

/** The amount of an entry or a balance with its sign. @throws RuleViolated `bank.otherCurrency`, `bank.amount` */
export function signedCents(element: XmlElement): Cents {
  const cents = centsIn(xmlAt(element, 'Amt'))
  if (cents === null) throw RuleViolated.of('bank.amount', { amount: xmlText(element, 'Amt') })
  return withSign(cents, xmlText(element, 'CdtDbtInd'))
}

function withSign(cents: Cents, direction: string): Cents {
  if (direction === 'CRDT') return cents
  if (direction === 'DBIT') return -cents
  throw RuleViolated.of('bank.noDirection')
}

/** The amount of one payment; null when the bank does not give it in euros. */
function centsOfDetail(detail: XmlElement, entry: XmlElement): Cents | null {
  const amount = xmlAt(detail, 'Amt') ?? xmlAt(detail, 'AmtDtls', 'TxAmt', 'Amt')
  if (amount === null || (amount.attributes.Ccy ?? 'EUR') !== 'EUR') return null
  const cents = centsIn(amount)
  return cents && withSign(cents, xmlText(detail, 'CdtDbtInd') || xmlText(entry, 'CdtDbtInd'))
}

function centsIn(amount: XmlElement | null): Cents | null {
  if (amount === null) return null
  const currency = amount.attributes.Ccy ?? 'EUR'
  if (currency !== 'EUR') throw RuleViolated.of('bank.otherCurrency', { currency })
  const found = /^(\d{1,13})(?:\.(\d{0,2})0*)?$/.exec(amount.text)
  return found ? BigInt(found[1]!) * 100n + BigInt((found[2] ?? '').padEnd(2, '0')) : null
}

export function plainIban(text: string): string {
  return text.replace(/\s/g, '').toUpperCase()
}
