import type { Cell, Worksheet } from '@cj-tech-master/excelts'
import { columnName } from '../rules/column-name.js'
import { tabName, workbookText } from '../rules/workbook-text.js'
import { xlsxValue } from '../rules/xlsx-value.js'
import { BOLD, newWorkbook, packed, withLockedStructure } from './package.js'
import { FORMATS } from './write-xlsx.js'

export type FormKind = 'text' | 'money' | 'whole' | 'decimal' | 'percentage'

/** One cell of a form. */
export interface FormCell {
  /** A text as it is, money as bigint cents, any other number as such: 0.75 for 75%. */
  value?: string | number | bigint
  kind?: FormKind
  /** Only such cells can be changed. */
  input?: boolean
  /** What may be chosen; short words without commas. */
  list?: readonly string[]
  /** A formula without its `=`; `value` is what it comes to. */
  formula?: string
  bold?: boolean
}

export interface FormSheet {
  name: string
  /** Widths in characters. */
  columns: readonly { width: number; hidden?: boolean }[]
  /** `height` in points; without one a row is as high as its texts. */
  rows: readonly { cells: readonly (FormCell | null)[]; height?: number }[]
  /** How many rows on top stay in sight. */
  frozenRows?: number
}

const NUMBERS: Record<FormKind, string> = {
  text: FORMATS.text,
  money: FORMATS.money,
  whole: '#,##0',
  decimal: '0.0#',
  percentage: '0.00%',
}
const LINE = { style: 'thin', color: { argb: 'FF8C8C8C' } } as const
const BOX = { top: LINE, bottom: LINE, left: LINE, right: LINE }
const PAPER = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFFFF9E0' } } as const
/** Locked cells can be chosen (to read or copy them), and rows and columns made wider. */
const MAY = { formatColumns: true, formatRows: true }

/**
 * A workbook to fill in: only the input cells can be changed, and no sheet added or removed; there is no password,
 * so it stops slips, not people. Texts are never taken for formulas. Spreadsheet programs calculate when they open it.
 */
export async function writeForm(sheets: readonly FormSheet[]): Promise<Buffer> {
  const workbook = newWorkbook()
  workbook.calcProperties = { fullCalcOnLoad: true }
  for (const sheet of sheets) {
    const worksheet = workbook.addWorksheet(tabName(sheet.name))
    await worksheet.protect('', MAY)
    fillSheet(worksheet, sheet)
  }
  return withLockedStructure(await packed(workbook))
}

function fillSheet(worksheet: Worksheet, { columns, rows, frozenRows = 0 }: FormSheet): void {
  worksheet.views = [{ state: 'frozen', xSplit: 0, ySplit: frozenRows }]
  Object.assign(worksheet.pageSetup, {
    orientation: 'landscape',
    fitToPage: true,
    fitToWidth: 1,
    fitToHeight: 0,
  })
  columns.forEach(({ width, hidden = false }, index) => {
    const column = worksheet.getColumn(index + 1)
    column.width = width
    column.hidden = hidden
  })
  rows.forEach(({ cells, height }, rowIndex) => {
    const row = worksheet.getRow(rowIndex + 1)
    if (height !== undefined) row.height = height
    cells.forEach((cell, index) => {
      if (!cell) return
      fillCell(row.getCell(index + 1), cell)
      if (cell.list) offerList(worksheet, `${columnName(index)}${rowIndex + 1}`, cell.list)
    })
  })
}

function fillCell(
  into: Cell,
  { value, kind = 'text', input = false, formula, bold = false }: FormCell,
): void {
  const written = typeof value === 'bigint' ? xlsxValue(value, 'money') : value
  const result = typeof written === 'string' ? workbookText(written) : (written ?? undefined)
  if (formula !== undefined)
    into.value = { formula, result: typeof result === 'boolean' ? undefined : result }
  else if (result !== undefined && result !== '') into.value = result
  into.numFmt = NUMBERS[kind]
  into.alignment = { vertical: 'top', wrapText: kind === 'text' }
  if (bold) into.font = BOLD
  if (!input) return
  into.protection = { locked: false }
  into.fill = PAPER
  into.border = BOX
}

function offerList(worksheet: Worksheet, cell: string, list: readonly string[]): void {
  worksheet.dataValidations.add(cell, {
    type: 'list',
    allowBlank: true,
    showErrorMessage: true,
    formulae: [`"${list.join(',')}"`],
  })
}
