import { Refused, tooMany } from './refused.mjs'
import { cleanText } from './shared-strings.mjs'
import { attribute, walk } from './xml.mjs'

const MOST_MERGES = 5_000

/**
 * The rows of one worksheet as raw cells (rules/cells.ts). What the sheet says about its own size is not believed;
 * cells without a value do not count, so formatted empty rows cost nothing.
 */
export function readSheet(xml, strings, limits, budget) {
  const rows = []
  let merges = 0
  let inData = false
  let row = 0
  let column = -1
  let cell = null
  let into = null
  let hints = 0

  walk(xml, {
    open(name, attributes) {
      if (name === 'c' && inData) {
        column = columnOf(attribute(attributes, 'r'), row, column + 1)
        cell = {
          type: attribute(attributes, 't') ?? 'n',
          style: attribute(attributes, 's') ?? '',
          value: null,
        }
      } else if (cell !== null) {
        if (name === 'v' || (name === 't' && hints === 0)) {
          into = 'value'
          cell.value ??= ''
        } else if (name === 'f') {
          into = 'formula'
          cell.formula ??= ''
        } else if (name === 'rPh') hints++
      } else if (name === 'row' && inData) {
        const number = wholeNumber(attribute(attributes, 'r')) ?? row + 1
        if (number <= row) throw new Refused('notReadable')
        row = number
        column = -1
      } else if (name === 'sheetData') inData = true
      else if (name === 'mergeCell') {
        if (++merges > MOST_MERGES) throw new Refused('tooLarge')
        keepFirst(rows, attribute(attributes, 'ref') ?? '')
      }
    },
    text(text) {
      if (into !== null) cell[into] += text
    },
    close(name) {
      if (name === 'c' && cell !== null) {
        const raw = rawCell(cell, strings)
        if (raw !== '') put(raw)
        cell = null
        into = null
      } else if (name === 'v' || name === 't' || name === 'f') into = null
      else if (name === 'rPh') hints--
      else if (name === 'sheetData') inData = false
    },
  })
  return filled(rows)

  function put(raw) {
    if (row > limits.rows) throw tooMany('Rows', limits.rows)
    if (column >= limits.columns) throw tooMany('Columns', limits.columns)
    if (raw.length > limits.textLength + 1)
      throw new Refused('textTooLong', { row: String(row), limit: String(limits.textLength) })
    if (--budget.cells < 0) throw tooMany('Cells', limits.cells)
    budget.characters -= raw.length
    if (budget.characters < 0) throw new Refused('tooLarge')
    while (rows.length < row) rows.push([])
    const cells = rows[row - 1]
    if (column < cells.length) throw new Refused('notReadable')
    while (cells.length < column) cells.push('')
    cells.push(raw)
  }
}

/** The raw cell: '' when it has nothing. A formula that was never calculated is an error that shows the formula. */
function rawCell({ type, style, value, formula }, strings) {
  if (value === null) return formula === undefined ? '' : `e=${cleanText(formula)}`
  switch (type) {
    case 's': {
      const text = strings[wholeNumber(value) ?? -1]
      if (text === undefined) throw new Refused('notReadable')
      return text === '' ? '' : `t${text}`
    }
    case 'str':
    case 'inlineStr':
      return value === '' ? '' : `t${cleanText(value)}`
    case 'b':
      return value.trim() === '1' || value.trim() === 'true' ? 'b1' : 'b0'
    case 'e':
      return `e${cleanText(value)}`
    case 'd':
      return `d${value.trim()}`
    default:
      return value.trim() === '' ? '' : `n${style}:${value.trim()}`
  }
}

/** The column of 'AB12', which must lie in the row and past the column before; without a name it is the next. */
function columnOf(name, row, next) {
  if (name === undefined) return next
  const [, letters, number] = /^([A-Z]{1,3})(\d{1,7})$/.exec(name) ?? []
  if (letters === undefined || Number(number) !== row) throw new Refused('notReadable')
  let column = 0
  for (let at = 0; at < letters.length; at++) column = column * 26 + letters.charCodeAt(at) - 64
  if (column - 1 < next) throw new Refused('notReadable')
  return column - 1
}

function wholeNumber(text) {
  return text !== undefined && /^\s*\d{1,9}\s*$/.test(text) ? Number(text) : undefined
}

/** Of merged cells only the first has a value, whatever the file keeps under them. */
function keepFirst(rows, range) {
  const [, first, firstRow, last, lastRow] = /^([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})$/.exec(range) ?? []
  if (first === undefined) return
  const [from, to] = [columnOf(`${first}1`, 1, 0), columnOf(`${last}1`, 1, 0)]
  for (let row = Number(firstRow) - 1; row < Math.min(Number(lastRow), rows.length); row++) {
    const cells = rows[row]
    for (let column = from; column < Math.min(to + 1, cells.length); column++)
      if (row !== Number(firstRow) - 1 || column !== from) cells[column] = ''
  }
}

/** Without empty cells at the end of rows and empty rows at the end of the sheet, which merging may leave. */
function filled(rows) {
  for (const cells of rows) while (cells.length > 0 && cells.at(-1) === '') cells.pop()
  while (rows.length > 0 && rows.at(-1).length === 0) rows.pop()
  return rows
}
