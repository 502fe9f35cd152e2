/**
 * The plain decimal that Excel shows for a stored number: at most 15 significant digits, no exponent, no noise
 * of binary fractions (0.30000000000000004 → '0.3'). Null for what is no finite number.
 */
export function plainDecimal(stored: string | number): string | null {
  if (typeof stored === 'string' && !/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(stored.trim()))
    return null
  const value = Number(stored)
  if (!Number.isFinite(value)) return null
  if (value === 0) return '0'
  const [mantissa, exponent] = value.toExponential(14).split('e') as [string, string]
  const digits = mantissa.replace(/[-.]/g, '').replace(/0+$/, '')
  const point = Number(exponent) + 1
  const plain =
    point <= 0
      ? `0.${'0'.repeat(-point)}${digits}`
      : point >= digits.length
        ? digits.padEnd(point, '0')
        : `${digits.slice(0, point)}.${digits.slice(point)}`
  return value < 0 ? `-${plain}` : plain
}

/** Whether a spreadsheet can hold this decimal exactly: it keeps 15 significant digits. */
export function isExactInSheet(decimal: string): boolean {
  if (!/^-?\d+(\.\d+)?$/.test(decimal)) return false
  return decimal.replace(/[-.]/g, '').replace(/^0+|0+$/g, '').length <= 15
}
