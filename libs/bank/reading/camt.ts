import { type Cents, formatCents, RuleViolated } from '#kernel'
import { type XmlDocument, type XmlElement, xmlAll, xmlAt, xmlText } from '#sheets'
import type { ReadStatement } from '../rules/statement.js'
import { dayIn, linesOfEntry, plainIban, signedCents } from './camt-entry.js'

/** The standard gives it 35 characters. */
const LONGEST_REFERENCE = 70
const VERSIONS = /^urn:iso:std:iso:20022:tech:xsd:camt\.053\.001\.0[2-8]$/

/**
 * The statements of a CAMT.053 file (versions 001.02 to 001.08), each found to add up: its opening balance with its
 * lines is its closing balance, to the cent.
 * @throws RuleViolated `bank.notCamt`, `bank.noStatement`, `bank.noIban`, `bank.noBalances`, `bank.otherCurrency`,
 * `bank.amount`, `bank.noDirection`, `bank.noBookingDay`, `bank.notBalanced`
 */
export function readCamt({ root, namespace }: XmlDocument): ReadStatement[] {
  if (!VERSIONS.test(namespace)) throw notCamt(namespace)
  const message = xmlAt(root, 'BkToCstmrStmt')
  const statements = message ? xmlAll(message, 'Stmt').map(readStatement) : []
  if (statements.length === 0) throw RuleViolated.of('bank.noStatement')
  return statements
}

function readStatement(statement: XmlElement): ReadStatement {
  const reference = xmlText(statement, 'Id')
  const iban = plainIban(xmlText(statement, 'Acct', 'Id', 'IBAN'))
  if (reference === '' || reference.length > LONGEST_REFERENCE || iban === '')
    throw RuleViolated.of('bank.noIban')
  const currency = xmlText(statement, 'Acct', 'Ccy') || 'EUR'
  if (currency !== 'EUR') throw RuleViolated.of('bank.otherCurrency', { currency })
  const closing = balance(statement, ['CLBD'])
  const opening = balance(statement, ['OPBD', 'PRCD'])
  const closingDay = closing && dayIn(closing, 'Dt')
  if (!opening || !closing || !closingDay) throw RuleViolated.of('bank.noBalances', { reference })
  const [openingCents, closingCents] = [signedCents(opening), signedCents(closing)]
  const lines = xmlAll(statement, 'Ntry').flatMap((entry) => linesOfEntry(entry, iban))
  assertAddsUp(
    reference,
    openingCents,
    lines.reduce((sum, { cents }) => sum + cents, 0n),
    closingCents,
  )
  const days = [...lines.map(({ bookedOn }) => bookedOn), closingDay].toSorted()
  const span = { fromDay: days[0]!, throughDay: days.at(-1)! }
  return { reference, iban, ...span, openingCents, closingCents, lines }
}

/** A balance of the first kind that is there; intermediate balances of a statement of several pages don't count. */
function balance(statement: XmlElement, kinds: readonly string[]): XmlElement | null {
  for (const kind of kinds) {
    const found = xmlAll(statement, 'Bal').find(
      (one) => xmlText(one, 'Tp', 'CdOrPrtry', 'Cd') === kind && xmlText(one, 'Tp', 'SubTp', 'Cd') !== 'INTM',
    )
    if (found) return found
  }
  return null
}

function assertAddsUp(reference: string, opening: Cents, lines: Cents, closing: Cents): void {
  if (opening + lines === closing) return
  throw RuleViolated.of('bank.notBalanced', {
    reference,
    opening: formatCents(opening),
    lines: formatCents(lines),
    closing: formatCents(closing),
    difference: formatCents(closing - opening - lines),
  })
}

function notCamt(namespace: string): RuleViolated {
  const kind = /(camt|pain|pacs)\.\d{3}\.\d{3}\.\d{2}/.exec(namespace)?.[0]
  return kind ? RuleViolated.of('bank.otherMessage', { kind }) : RuleViolated.of('bank.notCamt')
}
