import { dayInDigits, type Language, type Messages } from '#platform'
import { columnName } from '#sheets'
import { headers } from '../rules/columns.js'
import type { Finding } from '../rules/read-rows.js'
import { textsOf } from '../words.js'

/** How many cells can be mended on the page at a time. */
export const MENDED_AT_ONCE = 50

/** What is wrong with a cell and how to mend it, without its place. */
export function findingText(messages: Messages, lang: Language, { code, params }: Finding): string {
  const shown = Object.entries(params).map(([name, value]) => [
    name,
    name === 'day' && /^\d{4}-/.test(value) ? dayInDigits(value) : value.slice(0, 80),
  ])
  return textsOf(messages, lang)(`finding.${code}`, Object.fromEntries(shown))
}

/** "Kolom F, rij 12: …". */
export function findingInWords(messages: Messages, lang: Language, finding: Finding): string {
  const { row, column } = finding
  const text = findingText(messages, lang, finding)
  return textsOf(messages, lang)('cell.finding', { column: columnName(column), row: String(row), text })
}

/** The name of the field in which a cell is mended; `cellOf` reads it back. */
export const cellField = (row: number, column: number): string => `cel-${row}-${column}`
/** The same cells as they were shown: only what was typed anew is a correction. */
export const shownField = (row: number, column: number): string => `was-${row}-${column}`

/** What was typed in the fields of cells, by `row:column`, without what was left as it was. */
export function typedCells(typed: Record<string, string>): Record<string, string> {
  const cells = Object.entries(typed).flatMap(([name, text]) => {
    const [, row, column] = /^cel-(\d{1,6})-(\d{1,3})$/.exec(name) ?? []
    const isAsItWas = row && column && typed[shownField(+row, +column)] === text
    return row && column && !isAsItWas ? [[`${row}:${column}`, text.slice(0, 1000)] as const] : []
  })
  return Object.fromEntries(cells)
}

/** A field per wrong cell, at most `MENDED_AT_ONCE`: where it stands, what is wrong, what may be meant. */
export function mendFields(
  messages: Messages,
  lang: Language,
  findings: readonly Finding[],
  nameOf: (row: number) => string,
) {
  const cells = new Map<string, Finding[]>()
  for (const finding of findings) {
    const name = cellField(finding.row, finding.column)
    cells.set(name, [...(cells.get(name) ?? []), finding])
  }
  return [...cells].slice(0, MENDED_AT_ONCE).map(([name, [first, ...others]]) => {
    const { row, column, field, text = '', proposal } = first!
    const place = { column: columnName(column), row: String(row), header: headers[field] }
    const said = [first!, ...others].map((finding) => findingText(messages, lang, finding))
    return {
      name,
      label: textsOf(messages, lang)('cell.label', place),
      about: nameOf(row),
      wrong: said.join(' '),
      value: proposal ?? text,
      shownName: shownField(row, column),
      shown: text,
    }
  })
}
