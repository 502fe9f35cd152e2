import { Download } from '#platform'
import { type CsvValue, writeCsv } from './write-csv.js'
import { writeXlsx, type XlsxColumn } from './write-xlsx.js'

export type SheetKind = 'csv' | 'xlsx'

export interface SheetView {
  name: string
  columns: readonly XlsxColumn[]
  /** Money as bigint cents. */
  rows: readonly (readonly (string | number | bigint | null)[])[]
}

/** What a page shows, as a file for a spreadsheet. */
export async function sheetDownload(kind: SheetKind, { name, columns, rows }: SheetView): Promise<Download> {
  if (kind === 'xlsx') {
    const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
    return new Download(`${name}.xlsx`, type, await writeXlsx([{ name, columns, rows }]))
  }
  const written = rows.map((row) =>
    row.map((value): CsvValue => (typeof value === 'bigint' ? euros(value) : value)),
  )
  const content = writeCsv([columns.map(({ header }) => header), ...written])
  return new Download(`${name}.csv`, 'text/csv; charset=utf-8', content)
}

/** An amount as a number of euros: exact up to fifteen digits, as a spreadsheet keeps it. */
function euros(cents: bigint): number {
  return Number(cents) / 100
}
