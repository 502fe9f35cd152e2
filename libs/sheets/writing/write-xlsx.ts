import type { Workbook, Worksheet } from '@cj-tech-master/excelts'
import { columnName } from '../rules/column-name.js'
import { tabName, workbookText } from '../rules/workbook-text.js'
import { type ColumnKind, type XlsxValue, xlsxValue } from '../rules/xlsx-value.js'
import { BOLD, newWorkbook, packed } from './package.js'

export interface XlsxColumn {
  header: string
  /** In characters; by default wide enough for its heading. */
  width?: number
  kind?: ColumnKind
  /** What may be chosen in the column. */
  list?: readonly string[]
}

export interface XlsxSheet {
  name: string
  columns: readonly XlsxColumn[]
  rows: readonly (readonly XlsxValue[])[]
  /** Explanation for who fills in the sheet; comes on a sheet of its own. A line break starts a line. */
  note?: string
}

export const FORMATS: Record<ColumnKind, string> = {
  text: '@',
  day: 'dd-mm-yyyy',
  number: 'General',
  money: '[$€-413] #,##0.00;[$€-413] -#,##0.00',
}
const LISTS = 'Lijsten'
/** A list holds for this many rows at least, so that rows can be added. */
const ROWS_WITH_LIST = 1_000

/**
 * A workbook with headings that stay in sight, columns of a kind, lists to choose from and filters. Texts are
 * written as texts, so none is taken for a formula; money (bigint cents), days and numbers are exact.
 * @throws Error for a value that does not fit the kind of its column: a mistake of the caller
 */
export async function writeXlsx(
  sheets: readonly XlsxSheet[],
  { notesName = 'Toelichting' }: { notesName?: string } = {},
): Promise<Buffer> {
  const workbook = newWorkbook()
  const taken = new Set<string>([LISTS.toLowerCase()])
  const lists: (readonly string[])[] = []
  for (const sheet of sheets) addSheet(workbook.addWorksheet(freeName(sheet.name, taken)), sheet, lists)
  addNotes(workbook, sheets, freeName(notesName, taken))
  addLists(workbook, lists)
  return packed(workbook)
}

function addSheet(worksheet: Worksheet, { columns, rows }: XlsxSheet, lists: (readonly string[])[]): void {
  worksheet.views = [{ state: 'frozen', xSplit: 0, ySplit: 1 }]
  const headings = worksheet.getRow(1)
  columns.forEach(({ header, width, kind = 'text', list }, index) => {
    const column = worksheet.getColumn(index + 1)
    column.width = width ?? Math.min(60, Math.max(12, header.length + 4))
    column.numFmt = FORMATS[kind]
    if (list && list.length > 0)
      offerList(worksheet, index, Math.max(ROWS_WITH_LIST, rows.length + 1), lists, list)
    const heading = headings.getCell(index + 1)
    heading.value = workbookText(header)
    heading.numFmt = '@'
    heading.font = BOLD
  })
  rows.forEach((row, rowIndex) => {
    const cells = worksheet.getRow(rowIndex + 2)
    row.forEach((value, index) => {
      const written = xlsxValue(value, columns[index]?.kind ?? 'text')
      if (written !== null) cells.getCell(index + 1).value = written
    })
  })
  if (columns.length > 0) worksheet.autoFilter = `A1:${columnName(columns.length - 1)}${rows.length + 1}`
}

/** The choices stand on a hidden sheet: in the cell itself a list may have 255 characters and no commas. */
function offerList(
  worksheet: Worksheet,
  index: number,
  lastRow: number,
  lists: (readonly string[])[],
  list: readonly string[],
): void {
  const column = columnName(index)
  const choices = columnName(lists.push(list) - 1)
  worksheet.dataValidations.add(`range:${column}2:${column}${lastRow}`, {
    type: 'list',
    allowBlank: true,
    showErrorMessage: true,
    formulae: [`${LISTS}!$${choices}$1:$${choices}$${list.length}`],
  })
}

function addLists(workbook: Workbook, lists: readonly (readonly string[])[]): void {
  if (lists.length === 0) return
  const worksheet = workbook.addWorksheet(LISTS, { state: 'veryHidden' })
  lists.forEach((list, index) => {
    list.forEach((choice, row) => {
      worksheet.getRow(row + 1).getCell(index + 1).value = workbookText(choice)
    })
  })
}

function addNotes(workbook: Workbook, sheets: readonly XlsxSheet[], name: string): void {
  const noted = sheets.filter(({ note }) => note)
  if (noted.length === 0) return
  const worksheet = workbook.addWorksheet(name)
  const column = worksheet.getColumn(1)
  column.width = 100
  column.alignment = { wrapText: true, vertical: 'top' }
  for (const { name: sheetName, note } of noted) {
    if (noted.length > 1) worksheet.addRow([workbookText(sheetName)]).font = BOLD
    for (const line of workbookText(note!).split('\n')) worksheet.addRow([line])
  }
}

function freeName(name: string, taken: Set<string>): string {
  const wanted = tabName(name)
  let free = wanted
  for (let number = 2; taken.has(free.toLowerCase()); number++)
    free = `${wanted.slice(0, 31 - ` (${number})`.length)} (${number})`
  taken.add(free.toLowerCase())
  return free
}
