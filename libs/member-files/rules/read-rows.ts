import { type Field, fields } from './columns.js'
import { folded } from './fold.js'
import type { Cell, Grid, Header } from './header.js'
import { type CellCode, cleaned, type ReadingTerms, readCell } from './read-cell.js'

/** What a row as a whole, or its row beside others and the register, may be found to lack. */
export type RowCode =
  | 'unknownNumber'
  | 'ambiguous'
  | 'possiblyKnown'
  | 'newNeedsName'
  | 'newNeedsKind'
  | 'newNeedsSince'
  | 'newNeedsIdentity'
  | 'newFrom'
  | 'kindDiffers'
  | 'sinceDiffers'
  | 'formerMember'
  | 'notYetMember'
  | 'laterDetails'
  | 'soleTraderRsin'
  | 'sameChamberNumber'
  | 'sameRsin'
  | 'sameMemberTwice'
  | 'sameNewTwice'
export type FindingCode = CellCode | RowCode

/** Something to mend: where (row as the spreadsheet numbers it, column from 0), what, and perhaps how. */
export interface Finding {
  row: number
  column: number
  field: Field
  /** What stands in the cell, when that can't be read. */
  text?: string
  code: FindingCode
  params: Record<string, string>
  proposal?: string
}

/** A row with what its cells say: a value, null for what is to be taken away; absent when empty or wrong. */
export interface ReadRow {
  /** As the spreadsheet numbers it, from 1. */
  row: number
  said: Partial<Record<Field, string | null>>
  findings: Finding[]
}

/** The number in the example of the template; its row is left out. */
export const EXAMPLE_NUMBER = 'voorbeeld'
const EMPTY: Cell = { kind: 'empty', text: '' }

/** Reads the rows below the heads; empty ones and the example of the template are left out. */
export function readRows(grid: Grid, header: Header, terms: ReadingTerms): ReadRow[] {
  return grid.slice(header.at + 1).flatMap((cells, index) => {
    const numberCell = cells[header.columns.get('number') ?? -1]
    const isExample = numberCell !== undefined && folded(numberCell.text) === EXAMPLE_NUMBER
    const isEmpty = cells.every(({ kind, text }) => kind === 'empty' || text.trim() === '')
    return isExample || isEmpty ? [] : [readRow(cells, header.at + index + 2, header, terms)]
  })
}

function readRow(cells: readonly Cell[], row: number, { columns }: Header, terms: ReadingTerms): ReadRow {
  const read: ReadRow = { row, said: {}, findings: [] }
  for (const field of fields) {
    const column = columns.get(field)
    if (column === undefined) continue
    const cell = readCell(field, cells[column] ?? EMPTY, terms)
    if (cell.is === 'value') read.said[field] = cell.value
    else if (cell.is === 'cleared') read.said[field] = null
    else if (cell.is === 'wrong') {
      const { code, params = {}, proposal } = cell
      const text = cleaned(cells[column]!.text)
      const finding = { row, column, field, text, code, params }
      read.findings.push(proposal === undefined ? finding : { ...finding, proposal })
    }
  }
  return read
}

/** A finding about a row, at the cell of a field; at the first that tells which member it is when there is none. */
export function findingAt(
  row: number,
  field: Field,
  { columns }: Header,
  code: RowCode,
  params: Record<string, string> = {},
): Finding {
  const there = [field, 'number', 'name', 'chamberNumber', 'rsin'] as const
  const place = there.find((one) => columns.has(one)) ?? field
  return { row, column: columns.get(place) ?? 0, field: place, code, params }
}
