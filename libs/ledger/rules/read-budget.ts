import { type Cents, RuleViolated, tryParseCents } from '#kernel'
import { isResult } from './trial-balance.js'

/** A cell as a spreadsheet gives it; a number is plain decimal text. */
interface Cell {
  kind: 'empty' | 'text' | 'number' | 'day' | 'boolean' | 'error'
  text: string
}

/** A line of a budget: what is expected on an account of a project; income and costs both positive. */
export interface BudgetLine {
  account: string
  /** The id of an administrative wijk, or null for the central project. */
  accountingDistrictId: string | null
  description: string
  cents: Cents
}

/** What is wrong with a cell: row from 1 and column from 0; the code has a text under `ledger.budget.findings`. */
export interface CellFinding {
  row: number
  column: number
  code: string
  params: Record<string, string>
}

export interface BudgetTerms {
  accounts: readonly { code: string; name: string }[]
  districts: readonly { id: string; slug: string; name: string }[]
}

const FIELDS = ['project', 'account', 'description', 'amount'] as const
type Field = (typeof FIELDS)[number]
/** The heads of the template, in its order. */
export const budgetHeads: Record<Field, string> = {
  project: 'Project',
  account: 'Rekening',
  description: 'Omschrijving',
  amount: 'Bedrag',
}
const ALSO: Record<string, Field> = {
  wijk: 'project',
  rgs: 'account',
  'rgs-code': 'account',
  begroot: 'amount',
}
export const CENTRAL = 'centraal'
const MOST_LINES = 1_000
const SEARCHED_ROWS = 10

/**
 * Reads a budget from the rows of a sheet; empty rows are left out. There are lines or findings, never both.
 * @throws RuleViolated `ledger.budgetNoHeader`, `ledger.budgetEmpty`, `ledger.budgetTooLong`
 */
export function readBudget(
  rows: readonly (readonly Cell[])[],
  terms: BudgetTerms,
): { lines: BudgetLine[]; findings: CellFinding[] } {
  const { at, columns } = readHeads(rows)
  const filled = rows
    .map((cells, index) => ({ cells, row: index + 1 }))
    .filter(({ cells, row }) => row > at + 1 && cells.some(({ text }) => text.trim() !== ''))
  if (filled.length === 0) throw RuleViolated.of('ledger.budgetEmpty')
  if (filled.length > MOST_LINES) throw RuleViolated.of('ledger.budgetTooLong', { limit: String(MOST_LINES) })
  const findings: CellFinding[] = []
  const first = new Map<string, number>()
  const lines = filled.flatMap(({ cells, row }) => {
    const cellOf = (field: Field): Cell => cells[columns.get(field) ?? -1] ?? { kind: 'empty', text: '' }
    const report = (field: Field, code: string, params: Record<string, string> = {}) => {
      findings.push({ row, column: columns.get(field) ?? 0, code, params })
      return undefined
    }
    const project = readProject(cellOf('project').text.trim(), terms, report)
    const account = readAccount(cellOf('account').text.trim(), terms, report)
    const cents = readAmount(cellOf('amount'), report)
    if (project === undefined || account === undefined || cents === undefined) return []
    const description = cellOf('description').text.trim().slice(0, 200)
    const place = JSON.stringify([project, account, description])
    const before = first.get(place)
    if (before !== undefined) return report('account', 'twice', { other: String(before) }) ?? []
    first.set(place, row)
    return [{ account, accountingDistrictId: project, description, cents }]
  })
  return { lines: findings.length > 0 ? [] : lines, findings }
}

type Report = (field: Field, code: string, params?: Record<string, string>) => undefined

function readHeads(rows: readonly (readonly Cell[])[]): { at: number; columns: Map<Field, number> } {
  for (const [at, cells] of rows.slice(0, SEARCHED_ROWS).entries()) {
    const columns = new Map<Field, number>()
    for (const [column, { text }] of cells.entries()) {
      const field = meaningOf(text)
      if (field && !columns.has(field)) columns.set(field, column)
    }
    if (columns.has('account') && columns.has('amount')) return { at, columns }
  }
  throw RuleViolated.of('ledger.budgetNoHeader')
}

function meaningOf(text: string): Field | undefined {
  const head = text.trim().toLowerCase()
  return FIELDS.find((field) => budgetHeads[field].toLowerCase() === head) ?? ALSO[head]
}

/** Empty or "centraal" is the central project, else the name or short name of an administrative wijk. */
function readProject(text: string, { districts }: BudgetTerms, report: Report): string | null | undefined {
  const wanted = folded(text)
  if (wanted === '' || wanted === CENTRAL) return null
  const found = districts.find(({ slug, name }) => slug === wanted || folded(name) === wanted)
  return found ? found.id : report('project', 'project', { text: text.slice(0, 40) })
}

function readAccount(text: string, { accounts }: BudgetTerms, report: Report): string | undefined {
  if (text === '') return report('account', 'accountMissing')
  const wanted = folded(text)
  const found = accounts.find(({ code, name }) => code.toLowerCase() === wanted || folded(name) === wanted)
  if (!found) return report('account', 'account', { text: text.slice(0, 40) })
  return isResult(found.code) ? found.code : report('account', 'notResult', { account: found.code })
}

function readAmount({ kind, text }: Cell, report: Report): Cents | undefined {
  const typed = text.trim()
  if (typed === '') return report('amount', 'amountMissing')
  if (kind === 'error' || kind === 'boolean' || kind === 'day')
    return report('amount', 'amount', { text: typed })
  if (kind === 'number') {
    const [, sign = '', euros = '', decimals = ''] = /^(-?)(\d{1,13})(?:\.(\d{1,2}))?$/.exec(typed) ?? []
    if (euros === '') return report('amount', 'amount', { text: typed.slice(0, 40) })
    return notNegative(BigInt(`${sign}${euros}${decimals.padEnd(2, '0')}`), report)
  }
  const cents = tryParseCents(typed)
  return cents === null
    ? report('amount', 'amount', { text: typed.slice(0, 40) })
    : notNegative(cents, report)
}

function notNegative(cents: Cents, report: Report): Cents | undefined {
  return cents < 0n ? report('amount', 'negative') : cents
}

const folded = (text: string) => text.trim().toLowerCase().replace(/\s+/g, ' ')
