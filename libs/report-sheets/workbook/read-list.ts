import type { Sheet, SheetCell } from '#sheets'
import { columnName } from '#sheets'
import type { CellPlace } from '../rules/merge-findings.js'
import { workbookLayout } from './layout.js'
import type { FileProblem, ReadFile } from './reading.js'
import type { FileSubject } from './subject.js'

/** Where the stamp stands in a list; rows and columns from 0. */
export const LIST_STAMP = { row: 1, column: 5 }
const ANSWER = 3
const KEY = 5
const FIRST_ROW = 2

/** Whether these rows are our list rather than a tab of our workbook. */
export function isList(rows: Sheet['rows']): boolean {
  return (rows[LIST_STAMP.row]?.[LIST_STAMP.column]?.text ?? '').startsWith('samen-')
}

/**
 * Reads a list: each line says by its last column which question it answers, so lines may stand in any order.
 * Problems: `reportSheet.formulaError`, `reportSheet.unknownRow`, `reportSheet.rowTwice`, `reportSheet.rowMissing`.
 */
export function readList(rows: Sheet['rows'], { template, open }: FileSubject): ReadFile {
  const wanted = workbookLayout(template).rows.flatMap(({ inputs }) => inputs.map(({ field }) => field))
  const read: ReadFile = { fields: {}, problems: [] }
  const seen = new Set<string>()
  rows.slice(FIRST_ROW).forEach((cells, index) => {
    if (cells.every(({ kind, text }) => kind === 'empty' || text.trim() === '')) return
    const row = index + FIRST_ROW + 1
    const [field = '', downloaded] = (cells[KEY]?.text ?? '').trim().split(' ')
    const problem = (code: string, column: number, params?: Record<string, string>): FileProblem => ({
      place: placeIn(row, column),
      code,
      ...(params && { params }),
    })
    if (!wanted.includes(field)) read.problems.push(problem('reportSheet.unknownRow', 0))
    else if (seen.has(field)) read.problems.push(problem('reportSheet.rowTwice', 0))
    else {
      seen.add(field)
      const cell: SheetCell = cells[ANSWER] ?? { kind: 'empty', text: '' }
      if (cell.kind === 'error')
        read.problems.push(problem('reportSheet.formulaError', ANSWER, { error: cell.text.slice(0, 20) }))
      else
        read.fields[field] = {
          cell,
          place: placeIn(row, ANSWER),
          downloaded: downloaded?.slice(0, 20) ?? null,
        }
    }
  })
  const missing = wanted.filter((field) => open.has(field) && !seen.has(field))
  if (missing.length > 0) {
    const place = placeIn(rows.length + 1, 0)
    read.problems.push({ place, code: 'reportSheet.rowMissing', params: { count: String(missing.length) } })
  }
  return read
}

function placeIn(row: number, column: number): CellPlace {
  return { sheet: null, order: 0, column: columnName(column), row }
}
