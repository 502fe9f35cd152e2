/** What stands in one cell. `text` is a plain exact decimal for a number and 'YYYY-MM-DD' for a day. */
export interface SheetCell {
  kind: 'empty' | 'text' | 'number' | 'day' | 'boolean' | 'error'
  text: string
  /** Of a number that is shown as a percentage: `text` is '0.75' where people see 75%. */
  percentage?: true
}

/** A sheet as it was read: `rows[0]` is row 1; rows may differ in length, cells after the last are empty. */
export interface Sheet {
  name: string
  rows: SheetCell[][]
}

/** How much a file may hold. Whatever is larger is refused, never cut off. */
export interface SheetLimits {
  bytes: number
  /** Of the parts of a workbook together, once unpacked. */
  unpackedBytes: number
  sheets: number
  rows: number
  columns: number
  /** Filled cells of all sheets together. */
  cells: number
  /** Characters in one cell. */
  textLength: number
  /** Milliseconds that reading may take. */
  time: number
  /** Megabytes that the thread may use in which it is read. */
  memory: number
}

const MEGABYTE = 1024 * 1024

export const defaultLimits: SheetLimits = {
  bytes: 10 * MEGABYTE,
  unpackedBytes: 64 * MEGABYTE,
  sheets: 50,
  rows: 20_000,
  columns: 200,
  cells: 500_000,
  textLength: 5_000,
  time: 15_000,
  memory: 384,
}

export const EMPTY: SheetCell = Object.freeze({ kind: 'empty', text: '' })
