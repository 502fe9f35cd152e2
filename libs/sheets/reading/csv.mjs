import { parse } from 'csv-parse/sync'
import { Refused, tooMany } from './refused.mjs'

/** The rows of a CSV text. A row without anything is an empty list; empty rows at the end are left out. */
export function readCsv(text, delimiter, limits) {
  const rows = parseRows(text, delimiter, limits).map((row, index) => checkedRow(row, index + 1, limits))
  while (rows.length > 0 && rows.at(-1).length === 0) rows.pop()
  if (rows.length > limits.rows) throw tooMany('Rows', limits.rows)
  const cells = rows.reduce((sum, row) => sum + row.length, 0)
  if (cells > limits.cells) throw tooMany('Cells', limits.cells)
  return rows
}

function parseRows(text, delimiter, limits) {
  try {
    return parse(text, {
      delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      // A few more than allowed, so that empty rows at the end do not count.
      to: limits.rows + 1000,
    })
  } catch (error) {
    if (typeof error?.code === 'string' && error.code.includes('QUOTE'))
      throw new Refused('badQuote', { row: String(error.records + 1) })
    throw error
  }
}

function checkedRow(row, number, limits) {
  let filled = row.length
  while (filled > 0 && row[filled - 1] === '') filled--
  if (filled > limits.columns) throw tooMany('Columns', limits.columns)
  for (let column = 0; column < filled; column++)
    if (row[column].length > limits.textLength)
      throw new Refused('textTooLong', { row: String(number), limit: String(limits.textLength) })
  return row.slice(0, filled)
}
