import { type Cents, RuleViolated, tryParseCents } from '#kernel'
import {
  cut,
  type JournalFinding,
  type JournalLine,
  LONGEST_ACCOUNT,
  MOST_LINES,
  type ReadJournal,
  readDay,
} from './journal.js'

/** A cell as a spreadsheet gives it; a number is plain decimal text. */
interface Cell {
  kind: 'empty' | 'text' | 'number' | 'day' | 'boolean' | 'error'
  text: string
}

const FIELDS = ['day', 'account', 'name', 'description', 'document', 'debit', 'credit', 'amount'] as const
type Field = (typeof FIELDS)[number]

/** The heads of the template, in its order; `Bedrag` can stand in the place of the last two. */
export const journalHeads: Record<Exclude<Field, 'amount'>, string> = {
  day: 'Datum',
  account: 'Rekening',
  name: 'Naam rekening',
  description: 'Omschrijving',
  document: 'Stuk',
  debit: 'Debet',
  credit: 'Credit',
}
const ALSO: Record<string, Field> = {
  boekdatum: 'day',
  grootboek: 'account',
  grootboekrekening: 'account',
  rekeningnummer: 'account',
  rekeningnaam: 'name',
  boekstuk: 'document',
  stuknummer: 'document',
  bedrag: 'amount',
}
const SEARCHED_ROWS = 10
const MOST_FINDINGS = 200

/**
 * Reads a journal from the rows of a sheet (CSV or XLSX); empty rows are left out. A row that can't be read becomes a
 * finding, and then no line: the file is to be mended.
 * @param columnName the letters of a column, from 0
 * @throws RuleViolated `districtAccounts.journalNoHeader`, `districtAccounts.journalEmpty`,
 *   `districtAccounts.journalTooLong`
 */
export function readJournalRows(
  rows: readonly (readonly Cell[])[],
  columnName: (column: number) => string,
): ReadJournal {
  const { at, columns } = readHeads(rows)
  const filled = rows
    .map((cells, index) => ({ cells, row: index + 1 }))
    .filter(({ cells, row }) => row > at + 1 && cells.some(({ text }) => text.trim() !== ''))
  if (filled.length === 0) throw RuleViolated.of('districtAccounts.journalEmpty')
  if (filled.length > MOST_LINES)
    throw RuleViolated.of('districtAccounts.journalTooLong', { limit: String(MOST_LINES) })
  const findings: JournalFinding[] = []
  const lines = filled.flatMap(({ cells, row }) => {
    const cellOf = (field: Field): Cell => cells[columns.get(field) ?? -1] ?? { kind: 'empty', text: '' }
    const report: Report = (field, code, text = '') => {
      const place = `${columnName(columns.get(field) ?? 0)}${row}`
      if (findings.length < MOST_FINDINGS) findings.push({ place, code, params: { text: text.slice(0, 40) } })
      return undefined
    }
    return readRow(cellOf, columns, report) ?? []
  })
  return { lines, balanceAccounts: new Set(), findings }
}

type Report = (field: Field, code: string, text?: string) => undefined

function readRow(
  cellOf: (field: Field) => Cell,
  columns: ReadonlyMap<Field, number>,
  report: Report,
): JournalLine | undefined {
  const typedDay = cellOf('day').text.trim()
  const onDay = readDay(typedDay) ?? report('day', typedDay === '' ? 'dayMissing' : 'day', typedDay)
  const typedAccount = cellOf('account').text.trim()
  const account = readAccount(typedAccount) ?? report('account', 'account', typedAccount)
  const cents = columns.has('amount')
    ? readAmount(cellOf('amount'), 'amount', report)
    : readSides(cellOf, report)
  if (onDay === undefined || account === undefined || cents === undefined) return undefined
  return {
    ...{ onDay, account, accountName: cut(cellOf('name').text) },
    ...{ description: cut(cellOf('description').text), document: cut(cellOf('document').text), cents },
  }
}

function readAccount(text: string): string | undefined {
  return text === '' || text.length > LONGEST_ACCOUNT ? undefined : cut(text, LONGEST_ACCOUNT)
}

/** Debit or credit: one of both, the other empty or zero. */
function readSides(cellOf: (field: Field) => Cell, report: Report): Cents | undefined {
  const [debit, credit] = [cellOf('debit'), cellOf('credit')]
  if (debit.text.trim() === '' && credit.text.trim() === '') return report('debit', 'amountMissing')
  const debitCents = debit.text.trim() === '' ? 0n : readAmount(debit, 'debit', report)
  const creditCents = credit.text.trim() === '' ? 0n : readAmount(credit, 'credit', report)
  if (debitCents === undefined || creditCents === undefined) return undefined
  if (debitCents !== 0n && creditCents !== 0n) return report('credit', 'bothSides')
  return debitCents - creditCents
}

function readAmount({ kind, text }: Cell, field: Field, report: Report): Cents | undefined {
  const typed = text.trim()
  if (typed === '') return report(field, 'amountMissing')
  if (kind === 'number') {
    const [, sign = '', euros = '', decimals = ''] = /^(-?)(\d{1,12})(?:\.(\d{1,2}))?$/.exec(typed) ?? []
    return euros === '' ? report(field, 'amount', typed) : BigInt(`${sign}${euros}${decimals.padEnd(2, '0')}`)
  }
  const cents = kind === 'text' ? tryParseCents(typed) : null
  return cents === null ? report(field, 'amount', typed) : cents
}

function readHeads(rows: readonly (readonly Cell[])[]): { at: number; columns: Map<Field, number> } {
  for (const [at, cells] of rows.slice(0, SEARCHED_ROWS).entries()) {
    const columns = new Map<Field, number>()
    for (const [column, { text }] of cells.entries()) {
      const field = meaningOf(text)
      if (field && !columns.has(field)) columns.set(field, column)
    }
    const amounts = columns.has('amount') || (columns.has('debit') && columns.has('credit'))
    if (columns.has('day') && columns.has('account') && amounts) return { at, columns }
  }
  throw RuleViolated.of('districtAccounts.journalNoHeader')
}

function meaningOf(text: string): Field | undefined {
  const head = text.trim().toLowerCase()
  const own = Object.entries(journalHeads).find(([, name]) => name.toLowerCase() === head)
  return (own?.[0] as Field | undefined) ?? ALSO[head]
}
