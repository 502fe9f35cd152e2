import { isExactInSheet, plainDecimal } from './decimal.js'
import { daySerial } from './serial-day.js'
import { workbookText } from './workbook-text.js'

export type ColumnKind = 'text' | 'day' | 'number' | 'money'
export type XlsxValue = string | number | bigint | boolean | null

/**
 * What is written for a value in a column of a kind: money is bigint cents, a day 'YYYY-MM-DD', a number may be a
 * plain decimal text. What a spreadsheet cannot hold exactly (more than 15 digits, days before March 1900) becomes
 * text. Null for an empty cell. @throws Error for money that is no bigint, a day that is none
 */
export function xlsxValue(value: XlsxValue, kind: ColumnKind): string | number | boolean | null {
  if (value === null || value === '') return null
  if (typeof value === 'boolean') return value
  switch (kind) {
    case 'money':
      if (typeof value !== 'bigint') throw new Error(`Money is bigint cents, not ${value}`)
      return numberOrText(centsText(value))
    case 'day':
      if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(value)) throw new Error(`${value} is no day`)
      return daySerial(value) ?? value
    case 'number': {
      const decimal = typeof value === 'number' ? plainDecimal(value) : value.toString()
      if (decimal === null) throw new Error(`${value} cannot be written in a sheet`)
      return numberOrText(decimal)
    }
    default:
      return workbookText(typeof value === 'number' ? (plainDecimal(value) ?? '') : value.toString())
  }
}

function numberOrText(decimal: string): string | number {
  return isExactInSheet(decimal) ? Number(decimal) : workbookText(decimal)
}

function centsText(cents: bigint): string {
  const digits = (cents < 0n ? -cents : cents).toString().padStart(3, '0')
  return `${cents < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}
