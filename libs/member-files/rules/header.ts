import { RuleViolated } from '#kernel'
import { type Field, headers, meaningOf } from './columns.js'

/** A cell as a spreadsheet gives it. A number is plain decimal text, a day `YYYY-MM-DD`. */
export interface Cell {
  kind: 'empty' | 'text' | 'number' | 'day' | 'boolean' | 'error'
  text: string
}
export type Grid = readonly (readonly Cell[])[]

/** Which column holds what. */
export interface Header {
  /** The place of the row of heads in the grid. */
  at: number
  columns: ReadonlyMap<Field, number>
  /** Heads that mean nothing to us; their columns are left out. */
  unknown: readonly string[]
}

/** People put a title above their table. */
const SEARCHED_ROWS = 10
/** Any of these tells which member a row is about. */
const recognisers: readonly Field[] = ['number', 'chamberNumber', 'rsin']
/** Without one of those a file holds new members, and these are needed. */
const neededForNew: readonly Field[] = ['name', 'kind', 'since']

/**
 * Finds the row of heads: the first with two that are known.
 * @throws RuleViolated `import.noHeader`; `import.columnTwice` and `import.columnsMissing` {columns}
 */
export function readHeader(grid: Grid): Header {
  const at = grid.slice(0, SEARCHED_ROWS).findIndex((row) => row.filter(isKnown).length >= 2)
  if (at < 0) throw RuleViolated.of('import.noHeader')
  const columns = new Map<Field, number>()
  const unknown: string[] = []
  const twice: string[] = []
  for (const [column, { text }] of grid[at]!.entries()) {
    const meaning = text.trim() === '' ? 'leftAlone' : meaningOf(text)
    if (meaning === 'leftAlone') continue
    if (meaning === 'unknown') unknown.push(text.trim().slice(0, 60))
    else if (columns.has(meaning)) twice.push(headers[meaning])
    else columns.set(meaning, column)
  }
  if (twice.length > 0) throw RuleViolated.of('import.columnTwice', { columns: twice.join(', ') })
  const missing = neededForNew.filter((field) => !columns.has(field))
  if (missing.length > 0 && !recognisers.some((field) => columns.has(field)))
    throw RuleViolated.of('import.columnsMissing', {
      columns: missing.map((field) => headers[field]).join(', '),
    })
  return { at, columns, unknown }
}

function isKnown({ text }: Cell): boolean {
  const meaning = text.trim() === '' ? 'unknown' : meaningOf(text)
  return meaning !== 'unknown' && meaning !== 'leftAlone'
}
