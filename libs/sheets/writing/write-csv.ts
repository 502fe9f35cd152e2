import { stringify } from 'csv-stringify/sync'
import { plainDecimal } from '../rules/decimal.js'
import { neutralText } from '../rules/neutral-text.js'

export type CsvValue = string | number | bigint | null

/**
 * A CSV file as Excel in the Netherlands opens it by itself: UTF-8 with a byte order mark, `;`, CRLF. Texts that
 * a spreadsheet would take for a formula get an apostrophe (rules/neutral-text.ts); `readSheets` takes it off.
 * Numbers get a decimal comma, or a point when the comma is the delimiter.
 */
export function writeCsv(
  rows: readonly (readonly CsvValue[])[],
  { delimiter = ';' }: { delimiter?: ';' | ',' } = {},
): Buffer {
  const written = rows.map((row) => row.map((value) => fieldOf(value, delimiter)))
  const text = stringify(written, {
    delimiter,
    bom: true,
    record_delimiter: '\r\n',
    // Old Mac line ends, white space at the ends and Excel's own first line need quotes as well.
    quoted_match: /[\r\n]|^\s|\s$|^sep=/i,
  })
  return Buffer.from(text)
}

function fieldOf(value: CsvValue, delimiter: ';' | ','): string {
  if (value === null) return ''
  if (typeof value === 'string') return neutralText(value.replace(/\p{Surrogate}/gu, '\ufffd'))
  if (typeof value === 'bigint') return value.toString()
  const decimal = plainDecimal(value)
  if (decimal === null) throw new Error(`${value} cannot be written in a sheet`)
  return delimiter === ';' ? decimal.replace('.', ',') : decimal
}
