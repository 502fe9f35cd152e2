import type { Language, Messages } from '#platform'
import { decimalsOf, typedText } from '../rules/cell-text.js'
import { type CellFinding, type MergedFinding, mergeFindings } from '../rules/merge-findings.js'
import { type Text, textsOf } from '../words.js'
import type { JudgedFile, PlacedFinding } from '../workbook/judge.js'
import type { FileProblem } from '../workbook/reading.js'

/** A finding as it is shown: where, how much it weighs, what to do. */
export interface ShownFinding {
  where: string
  severity: CellFinding['severity']
  message: string
}

const MALFORMED = /Malformed/
/** Of what stands in a cell, and of cells that have the same thing. */
const MOST_TYPED = 40
const MOST_RUNS = 12

/** What is the matter with a file, in words: sorted by cell, equal ones merged. */
export function shownFindings(
  messages: Messages,
  lang: Language,
  problems: readonly FileProblem[],
  judged: JudgedFile | null,
): ShownFinding[] {
  const text = textsOf(messages, lang)
  const findings = [
    ...problems.map(({ place, ...violation }): CellFinding => {
      return { place, severity: 'blocking', message: messages.violation(lang, violation) }
    }),
    ...(judged?.findings ?? []).map((placed) => inWords(messages, lang, text, placed)),
  ]
  return mergeFindings(findings).map((merged) => ({
    where: whereOf(text, merged),
    severity: merged.severity,
    message: merged.message,
  }))
}

function inWords(messages: Messages, lang: Language, text: Text, placed: PlacedFinding): CellFinding {
  const { finding, place, cell, kind } = placed
  const { severity, code, params } = finding
  const message = messages.violation(lang, { code, params })
  const typed = (typedText(cell, kind) ?? '').slice(0, MOST_TYPED)
  const instead = (other: string) => messages.violation(lang, { code: other, params: { typed, message } })
  if (!MALFORMED.test(code)) return { place, severity, message }
  if (cell.kind === 'day') return { place, severity, message: instead('reportSheet.isDay') }
  if (kind === 'amount' && decimalsOf(cell) > 2 && !cell.percentage)
    return { place, severity, message: instead('reportSheet.tooManyDecimals') }
  return { place, severity, message: text('stands', { typed, message }) }
}

function whereOf(text: Text, { sheet, runs }: MergedFinding): string {
  const rest = runs.length > MOST_RUNS ? ['…'] : []
  if (sheet === null) {
    const rows = runs.slice(0, MOST_RUNS).map(({ from, to }) => runOf(text, String(from), String(to)))
    return text('place.row', { rows: listOf(text, [...rows, ...rest]), column: runs[0]!.column })
  }
  const cells = runs.slice(0, MOST_RUNS).map(({ column, from, to }) => {
    return runOf(text, `${column}${from}`, `${column}${to}`)
  })
  return text('place.cell', { sheet, cells: listOf(text, [...cells, ...rest]) })
}

function runOf(text: Text, from: string, to: string): string {
  return from === to ? from : text('place.run', { from, to })
}

function listOf(text: Text, items: readonly string[]): string {
  const last = items.at(-1) ?? ''
  return items.length < 2 ? last : text('place.and', { before: items.slice(0, -1).join(', '), last })
}
