import { RuleViolated } from '#kernel'
import type { Sheet, SheetCell } from '#sheets'
import { differsFromSum } from '../rules/total.js'
import {
  keyColumns,
  type LayoutRow,
  placeOf,
  type SheetKey,
  sheetNames,
  sheetsOf,
  type TotalRow,
  workbookLayout,
} from './layout.js'
import { type FileProblem, type ReadField, type ReadFile, sameName } from './reading.js'
import type { FileSubject } from './subject.js'

const EMPTY: SheetCell = { kind: 'empty', text: '' }
type Rows = Sheet['rows']

/**
 * Reads a workbook by the layout it was written by. A row is known by its hidden key, so that a row that was moved,
 * sorted or put in between is found, not read as another.
 * Problems: `reportSheet.formulaError`, `reportSheet.notCalculated`, `reportSheet.rowMoved`, `reportSheet.unknownRow`,
 * `report.totalMismatch`. @throws RuleViolated `reportSheet.sheetMissing`, for each tab
 */
export function readWorkbook(sheets: readonly Sheet[], { template }: FileSubject): ReadFile {
  const layout = workbookLayout(template)
  const found = new Map(
    sheetsOf(layout).map((key) => [key, sheets.find(({ name }) => sameName(name, sheetNames[key]))?.rows]),
  )
  const missing = [...found].filter(([, rows]) => rows === undefined).map(([key]) => sheetNames[key])
  RuleViolated.throwIfAny(missing.map((sheet) => ({ code: 'reportSheet.sheetMissing', params: { sheet } })))
  const read: ReadFile = { fields: {}, problems: [] }
  for (const row of layout.rows) readRow(found.get(row.sheet)!, row, read)
  const money = found.get('money')
  if (layout.total && money) read.problems.push(...totalProblems(money, layout.total))
  for (const [key, rows] of found) read.problems.push(...strayRows(key, rows!, layout.rows, layout.total))
  return read
}

function readRow(rows: Rows, row: LayoutRow, into: ReadFile): void {
  const at = (column: number) => rows[row.row - 1]?.[column] ?? EMPTY
  const [key, ...marks] = at(keyColumns[row.sheet]).text.split(' ')
  if (key !== row.key) {
    into.problems.push({ place: placeOf(row.sheet, 0, row.row), code: 'reportSheet.rowMoved' })
    return
  }
  row.inputs.forEach(({ field, column }, index) => {
    const cell = at(column)
    const place = placeOf(row.sheet, column, row.row)
    if (cell.kind === 'error') into.problems.push(errorProblem(cell, place))
    else
      into.fields[field] = { cell, place, downloaded: marks[index]?.slice(0, 20) ?? null } satisfies ReadField
  })
}

function errorProblem({ text }: SheetCell, place: FileProblem['place']): FileProblem {
  return text.startsWith('=')
    ? { place, code: 'reportSheet.notCalculated' }
    : { place, code: 'reportSheet.formulaError', params: { error: text.slice(0, 20) } }
}

/** The totals are formulas; one that was typed over, or that leaves something out, is no total. */
function totalProblems(rows: Rows, { row, firstRow, lastRow, columns }: TotalRow): FileProblem[] {
  return columns.flatMap((column): FileProblem[] => {
    const cells = rows.slice(firstRow - 1, lastRow).map((cells) => cells[column] ?? EMPTY)
    if (cells.some(({ kind }) => kind === 'error')) return []
    const total = rows[row - 1]?.[column] ?? EMPTY
    const place = placeOf('money', column, row)
    if (total.kind === 'error') return [errorProblem(total, place)]
    return differsFromSum(total, cells) ? [{ place, code: 'report.totalMismatch' }] : []
  })
}

/** Rows under those that we made: nobody would read them, so they are pointed out. */
function strayRows(
  key: SheetKey,
  rows: Rows,
  known: readonly LayoutRow[],
  total: TotalRow | null,
): FileProblem[] {
  const own = known.filter(({ sheet }) => sheet === key).map(({ row }) => row)
  const last = Math.max(...own, key === 'money' && total ? total.row : 0)
  return rows.flatMap((cells, index) => {
    const column = cells.findIndex(({ kind }) => kind !== 'empty')
    if (index < last || column === -1) return []
    return [{ place: placeOf(key, column, index + 1), code: 'reportSheet.unknownRow' }]
  })
}
