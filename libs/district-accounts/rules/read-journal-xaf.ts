import { type Cents, RuleViolated } from '#kernel'
import {
  cut,
  type JournalFinding,
  type JournalLine,
  LONGEST_ACCOUNT,
  MOST_LINES,
  type ReadJournal,
  readDay,
} from './journal.js'

/** An element as the reader of XML gives it: names without prefix, own text trimmed. */
export interface XmlNode {
  name: string
  text: string
  children: readonly XmlNode[]
}

const MOST_FINDINGS = 200

/**
 * Reads the transactions of an audit file (XAF 3.2, "XML Auditfile Financieel"). Accounts of which the file says that
 * they stand on the balance sheet are told apart. A transaction that does not add up to zero, and totals that differ
 * from the lines, become findings.
 * @throws RuleViolated `districtAccounts.notXaf`, `districtAccounts.journalEmpty`, `districtAccounts.journalTooLong`
 */
export function readJournalXaf(root: XmlNode): ReadJournal {
  const company = child(root, 'company')
  const transactions = company && child(company, 'transactions')
  if (root.name !== 'auditfile' || !company || !transactions) throw RuleViolated.of('districtAccounts.notXaf')
  const accounts = all(child(company, 'generalLedger'), 'ledgerAccount')
  const names = new Map(accounts.map((one) => [text(one, 'accID'), cut(text(one, 'accDesc'))]))
  const balanceAccounts = new Set(
    accounts.filter((one) => text(one, 'accTp') === 'B').map((one) => text(one, 'accID')),
  )
  const findings: JournalFinding[] = []
  const find = (place: string, code: string, said = '') => {
    if (findings.length < MOST_FINDINGS) findings.push({ place, code, params: { text: said.slice(0, 40) } })
  }
  const lines: JournalLine[] = []
  for (const journal of all(transactions, 'journal')) {
    for (const transaction of all(journal, 'transaction'))
      lines.push(...readTransaction(transaction, text(journal, 'jrnID'), names, find))
    if (lines.length > MOST_LINES)
      throw RuleViolated.of('districtAccounts.journalTooLong', { limit: String(MOST_LINES) })
  }
  if (lines.length === 0 && findings.length === 0) throw RuleViolated.of('districtAccounts.journalEmpty')
  checkTotals(transactions, lines, find)
  return { lines, balanceAccounts, findings }
}

type Find = (place: string, code: string, said?: string) => void

function readTransaction(
  transaction: XmlNode,
  journal: string,
  names: ReadonlyMap<string, string>,
  find: Find,
): JournalLine[] {
  const number = [journal, text(transaction, 'nr')].filter((part) => part !== '').join('/')
  const day = text(transaction, 'trDt')
  const description = text(transaction, 'desc')
  let sum = 0n
  const lines = all(transaction, 'trLine').flatMap((line): JournalLine[] => {
    const place = `${number}-${text(line, 'nr')}`
    const account = text(line, 'accID')
    const cents = amountOf(line)
    const onDay = readDay(text(line, 'effDate') || day) ?? readDay(day)
    if (account === '' || account.length > LONGEST_ACCOUNT) find(place, 'account', account)
    if (onDay === null) find(place, 'day', day)
    if (cents === null) find(place, 'amount', text(line, 'amnt'))
    else sum += cents
    if (account === '' || account.length > LONGEST_ACCOUNT || onDay === null || cents === null) return []
    return [
      {
        ...{ onDay, account, accountName: names.get(account) ?? '', cents },
        description: cut(text(line, 'desc') || description),
        document: cut(text(line, 'docRef')),
      },
    ]
  })
  if (lines.length > 0 && sum !== 0n) find(number, 'unlevel', euros(sum))
  return lines
}

/** `<amnt>12.50</amnt><amntTp>D</amntTp>`; null when it is no amount. A debit of less than nothing is a credit. */
function amountOf(line: XmlNode): Cents | null {
  const [, sign = '', whole = '', decimals = ''] =
    /^([-+]?)(\d{1,12})(?:\.(\d{1,2}))?$/.exec(text(line, 'amnt')) ?? []
  const side = text(line, 'amntTp')
  if (whole === '' || (side !== 'D' && side !== 'C')) return null
  const cents = BigInt(`${whole}${decimals.padEnd(2, '0')}`)
  return (sign === '-') === (side === 'C') ? cents : -cents
}

function checkTotals(transactions: XmlNode, lines: readonly JournalLine[], find: Find): void {
  const count = text(transactions, 'linesCount')
  if (count !== '' && count !== String(lines.length)) find('linesCount', 'totalLines', count)
}

function euros(cents: Cents): string {
  const digits = (cents < 0n ? -cents : cents).toString().padStart(3, '0')
  return `${cents < 0n ? '-' : ''}${digits.slice(0, -2)},${digits.slice(-2)}`
}

const child = (node: XmlNode, name: string) => node.children.find((one) => one.name === name) ?? null
const all = (node: XmlNode | null, name: string) => node?.children.filter((one) => one.name === name) ?? []
const text = (node: XmlNode, name: string) => child(node, name)?.text.trim() ?? ''
