const WEIGHTS = [9, 8, 7, 6, 5, 4, 3, 2] as const

/**
 * A KvK number as it stands in the trade register: eight digits; spaces and dots between them are left out.
 * @returns the eight digits, or null when it can't be one.
 */
export function readChamberNumber(typed: string): string | null {
  const digits = typed.replace(/[\s.]/g, '')
  return /^\d{8}$/.test(digits) && !/^0+$/.test(digits) ? digits : null
}

/**
 * An RSIN: nine digits that pass the 11-proof. The first eight are weighed with 9 to 2; their sum modulo 11
 * is the last digit.
 * @returns the nine digits, or null when it can't be one.
 */
export function readRsin(typed: string): string | null {
  const digits = typed.replace(/[\s.]/g, '')
  if (!/^\d{9}$/.test(digits) || /^0+$/.test(digits)) return null
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(digits[at]), 0)
  return sum % 11 === Number(digits[8]) ? digits : null
}

/**
 * A Dutch postal code: four digits of which the first is no zero, and two letters that are not SA, SD or SS.
 * @returns it as it is written (`3511 AB`), or null when it can't be one.
 */
export function readPostalCode(typed: string): string | null {
  const [, digits, letters] = /^\s*([1-9]\d{3})\s*([A-Za-z]{2})\s*$/.exec(typed) ?? []
  if (!digits || !letters) return null
  const upper = letters.toUpperCase()
  return ['SA', 'SD', 'SS'].includes(upper) ? null : `${digits} ${upper}`
}
