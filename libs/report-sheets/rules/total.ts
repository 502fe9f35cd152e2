import type { ReadCell } from './cell-text.js'

const DIGITS = 10
/** Half a cent: a spreadsheet adds up in binary fractions. */
const TOLERANCE = 5n * 10n ** BigInt(DIGITS - 3)

/** Whether a total is not what the spreadsheet's own sum of these cells is; texts and empty cells count as nothing. */
export function differsFromSum(total: ReadCell, cells: readonly ReadCell[]): boolean {
  if (total.kind !== 'number') return true
  const sum = cells.reduce((so, cell) => so + (cell.kind === 'number' ? scaled(cell.text) : 0n), 0n)
  const difference = scaled(total.text) - sum
  return difference >= TOLERANCE || difference <= -TOLERANCE
}

/** A plain decimal in ten-billionths; further digits are left out. */
function scaled(decimal: string): bigint {
  const [whole = '0', decimals = ''] = decimal.replace('-', '').split('.')
  const units = BigInt(whole + decimals.padEnd(DIGITS, '0').slice(0, DIGITS))
  return decimal.startsWith('-') ? -units : units
}
