/** Characters that a spreadsheet keeps in one cell. */
const LONGEST = 32_767

/**
 * The text as a workbook can hold it: line breaks are '\n', control characters and halves of characters go, and
 * what looks like an escaped character (`_x0041_`) is escaped itself. @throws Error when it is too long for a cell
 */
export function workbookText(text: string): string {
  if (text.length > LONGEST) throw new Error(`A cell holds ${LONGEST} characters, not ${text.length}`)
  return (
    text
      .replace(/\r\n?/g, '\n')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what goes
      .replace(/[\0-\x08\x0b-\x1f\ufffe\uffff]/g, '')
      .replace(/\p{Surrogate}/gu, '\ufffd')
      .replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_')
  )
}

/** A name that a tab may have: at most 31 characters, without `[ ] : * ? / \`, no apostrophe at the ends. */
export function tabName(name: string): string {
  const plain = workbookText(name)
    .replace(/[[\]:*?/\\\t\n]/g, '-')
    .slice(0, 31)
  return plain.replace(/^'+|'+$/g, '').trim() || 'Blad'
}
