import { dayInDigits } from '#platform'
import { writeCsv, writeXlsx } from '#sheets'
import { TO_DO_HEADER } from '../rules/columns.js'
import { type Grid, readHeader } from '../rules/header.js'
import type { Finding } from '../rules/read-rows.js'

/**
 * The file again, with what was corrected already, and a column that says per row what to do. Mended, it can be
 * uploaded: an import leaves that column alone.
 */
export async function errorsFile(
  grid: Grid,
  findings: readonly Finding[],
  inWords: (finding: Finding) => string,
  kind: 'csv' | 'xlsx',
): Promise<Buffer> {
  const { at } = readHeader(grid)
  const texts = grid.map((row) => row.map(({ kind, text }) => (kind === 'day' ? dayInDigits(text) : text)))
  const heads = texts[at]!.map((head) => head.trim())
  const width = Math.max(...texts.map(({ length }) => length))
  const old = heads.indexOf(TO_DO_HEADER)
  const place = old < 0 ? width : old
  const toDo = new Map<number, string[]>()
  for (const finding of findings) toDo.set(finding.row, [...(toDo.get(finding.row) ?? []), inWords(finding)])
  const rows = texts.slice(at).map((row, index) => {
    const cells = Array.from({ length: Math.max(width, place + 1) }, (_, column) => row[column] ?? '')
    cells[place] = index === 0 ? TO_DO_HEADER : (toDo.get(at + index + 1) ?? []).join('\n')
    return cells
  })
  if (kind === 'csv') return writeCsv(rows)
  const [head = [], ...body] = rows
  const columns = head.map((header, column) => ({ header, width: column === place ? 70 : 20 }))
  return writeXlsx([{ name: 'Leden', columns, rows: body }])
}
