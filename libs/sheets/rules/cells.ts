import { plainDecimal } from './decimal.js'
import { showsDay, showsPercentage } from './number-format.js'
import { dayCell, isoCell } from './serial-day.js'
import { EMPTY, type SheetCell } from './sheet.js'

/**
 * What the reading thread tells of a workbook. A cell is one string, so that a sheet crosses to this thread
 * cheaply: '' empty, 't…' text, 'b1' or 'b0', 'e#REF!' error, 'd…' an ISO date, 'n<style>:<stored number>'.
 */
export interface RawWorkbook {
  from1904: boolean
  /** The number format of each cell style: a built-in number or a code. */
  formats: string[]
  sheets: { name: string; rows: string[][] }[]
}

/** Reads the cells of a workbook; gives each sheet in the order of its tabs. */
export function sheetsOf(workbook: RawWorkbook): { name: string; rows: SheetCell[][] }[] {
  const shown = workbook.formats.map((format) => ({
    day: showsDay(format),
    percentage: showsPercentage(format),
  }))
  return workbook.sheets.map(({ name, rows }) => ({
    name,
    rows: rows.map((row) => row.map((raw) => cellOf(raw, shown, workbook.from1904))),
  }))
}

/** The cell of a CSV file: always text, or empty. */
export function textCell(text: string): SheetCell {
  return text === '' ? EMPTY : { kind: 'text', text }
}

/** What each cell style makes of a number. */
type Shown = readonly { day: boolean; percentage: boolean }[]

function cellOf(raw: string, shown: Shown, from1904: boolean): SheetCell {
  const text = raw.slice(1)
  switch (raw[0]) {
    case 't':
      return textCell(text)
    case 'b':
      return { kind: 'boolean', text: text === '1' ? 'true' : 'false' }
    case 'e':
      return { kind: 'error', text }
    case 'd':
      return isoCell(text) ?? { kind: 'text', text }
    case 'n':
      return numberCell(text, shown, from1904)
    default:
      return EMPTY
  }
}

function numberCell(text: string, shown: Shown, from1904: boolean): SheetCell {
  const colon = text.indexOf(':')
  const stored = text.slice(colon + 1)
  const decimal = plainDecimal(stored)
  if (decimal === null) return { kind: 'error', text: stored }
  const style = shown[Number(text.slice(0, colon))]
  const day = style?.day ? dayCell(Number(stored), from1904) : null
  if (day) return day
  return { kind: 'number', text: decimal, ...(style?.percentage && { percentage: true }) }
}
