import type { Cents, Day } from '#kernel'
import { isResult, sides } from './trial-balance.js'

/** What an audit file (XAF 3.2, "XML Auditfile Financieel") says before its transactions. */
export interface AuditFileHead {
  year: number
  createdOn: Day
  companyName: string
  /** RSIN or number of the Chamber of Commerce; empty when it is not known. */
  taxId: string
  accounts: readonly { code: string; name: string }[]
  members: readonly { number: number; name: string }[]
  periods: readonly { number: number; firstDay: Day; lastDay: Day }[]
  opening: readonly { account: string; cents: Cents }[]
  /** Of all transactions: lines, and debit and credit together. */
  linesCount: bigint
  totalDebitCents: Cents
  totalCreditCents: Cents
}

export interface AuditFileTransaction {
  number: number
  onDay: Day
  description: string
  document: string
  periodNumber: number
  lines: readonly { account: string; project: string; memberNumber: number | null; cents: Cents }[]
}

const NAMESPACE = 'http://www.auditfiles.nl/XAF/3.2'

/** Everything up to the first transaction. */
export function auditFileHead(head: AuditFileHead): string {
  const { year, opening, linesCount } = head
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<auditfile xmlns="${NAMESPACE}">`,
    '<header>',
    element('fiscalYear', String(year), 9),
    `<startDate>${year}-01-01</startDate><endDate>${year}-12-31</endDate><curCode>EUR</curCode>`,
    `<dateCreated>${head.createdOn}</dateCreated>${element('softwareDesc', 'Samen', 50)}`,
    '</header>',
    '<company>',
    `${element('companyName', head.companyName, 999)}<taxRegistrationCountry>NL</taxRegistrationCountry>`,
    element('taxRegIdent', head.taxId, 30),
    ...customers(head.members),
    '<generalLedger>',
    ...head.accounts.map(
      ({ code, name }) =>
        `<ledgerAccount>${element('accID', code, 35)}${element('accDesc', name, 999)}` +
        `<accTp>${isResult(code) ? 'P' : 'B'}</accTp>${element('leadReference', code, 999)}</ledgerAccount>`,
    ),
    '</generalLedger>',
    '<periods>',
    ...head.periods.map(
      ({ number, firstDay, lastDay }) =>
        `<period><periodNumber>${number}</periodNumber><startDatePeriod>${firstDay}</startDatePeriod>` +
        `<endDatePeriod>${lastDay}</endDatePeriod></period>`,
    ),
    '</periods>',
    ...openingBalance(year, opening),
    '<transactions>',
    `<linesCount>${linesCount}</linesCount><totalDebit>${amount(head.totalDebitCents)}</totalDebit>`,
    `<totalCredit>${amount(head.totalCreditCents)}</totalCredit>`,
    '<journal><jrnID>1</jrnID><desc>Memoriaal</desc><jrnTp>M</jrnTp>',
    '',
  ].join('\n')
}

export function auditFileTransaction(transaction: AuditFileTransaction): string {
  const { number, onDay, description, document, periodNumber, lines } = transaction
  const written = lines.map(
    ({ account, project, memberNumber, cents }, at) =>
      `<trLine><nr>${at + 1}</nr>${element('accID', account, 35)}${element('docRef', document, 999)}` +
      `<effDate>${onDay}</effDate>${sided(cents)}` +
      `${memberNumber === null ? '' : element('custSupID', String(memberNumber), 35)}` +
      `${element('projID', project, 35)}</trLine>`,
  )
  return (
    `<transaction><nr>${number}</nr>${element('desc', description, 9999)}` +
    `<periodNumber>${periodNumber}</periodNumber><trDt>${onDay}</trDt>\n${written.join('\n')}\n</transaction>\n`
  )
}

export const auditFileEnd = '</journal>\n</transactions>\n</company>\n</auditfile>\n'

function customers(members: AuditFileHead['members']): string[] {
  if (members.length === 0) return []
  return [
    '<customersSuppliers>',
    ...members.map(
      ({ number, name }) =>
        `<customerSupplier>${element('custSupID', String(number), 35)}${element('custSupName', name, 50)}` +
        '<custSupTp>B</custSupTp></customerSupplier>',
    ),
    '</customersSuppliers>',
  ]
}

function openingBalance(year: number, opening: AuditFileHead['opening']): string[] {
  const debit = opening.reduce((sum, { cents }) => sum + sides(cents).debitCents, 0n)
  const credit = opening.reduce((sum, { cents }) => sum + sides(cents).creditCents, 0n)
  return [
    '<openingBalance>',
    `<opBalDate>${year}-01-01</opBalDate><linesCount>${opening.length}</linesCount>`,
    `<totalDebit>${amount(debit)}</totalDebit><totalCredit>${amount(credit)}</totalCredit>`,
    ...opening.map(
      ({ account, cents }, at) =>
        `<obLine><nr>${at + 1}</nr>${element('accID', account, 35)}${sided(cents)}</obLine>`,
    ),
    '</openingBalance>',
  ]
}

function sided(cents: Cents): string {
  const { debitCents, creditCents } = sides(cents)
  return `<amnt>${amount(debitCents + creditCents)}</amnt><amntTp>${cents > 0n ? 'D' : 'C'}</amntTp>`
}

/** A text in an element: cut to what the element may hold, without what XML can't hold, and escaped. */
function element(name: string, text: string, most: number): string {
  const held = [...text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')].slice(
    0,
    most,
  )
  return `<${name}>${held.join('').replace(/[&<>"']/g, (sign) => ESCAPED[sign]!)}</${name}>`
}

const ESCAPED: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

function amount(cents: Cents): string {
  const digits = cents.toString().padStart(3, '0')
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`
}
