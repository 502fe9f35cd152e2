/**
 * CSV has no types: a spreadsheet takes a text that begins with one of these for a formula and may run it
 * (OWASP, "CSV injection"). Such a text gets an apostrophe in front. A text that already has one gets one more,
 * so that `readBack` gives exactly what was written.
 */
const FORMULA = /^'*[=+\-@\t\r\n]/
/** A plain number or a telephone number is no formula: '-12,50', '+31 6 1234 5678', '+31 (0)30 286 00 00'. */
const HARMLESS = /^-?\d+([.,]\d+)*$|^\+\d[\d ]*(\(0\)[\d ]+)?$/

export function neutralText(text: string): string {
  return FORMULA.test(text) && !HARMLESS.test(text) ? `'${text}` : text
}

/** The text that was neutralised; other text as it is. */
export function readBack(text: string): string {
  return text.startsWith("'") && FORMULA.test(text) ? text.slice(1) : text
}
