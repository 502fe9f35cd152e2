import { formatCents } from '#kernel'
import { writeCsv } from '#sheets'
import { writeStamp } from '../rules/stamp.js'
import { inputLabel, rowLabel, type Text } from '../words.js'
import { hintOf, targetOf } from './indicator-words.js'
import { type InputPlace, type LayoutRow, sheetNames, workbookLayout } from './layout.js'
import { type FileSubject, stampOf } from './subject.js'
import { dutchText, markOf } from './values.js'

/**
 * The same as the workbook for those without a spreadsheet: a line per question, the answer in the fourth column.
 * The last column says which question it is, with the mark of what was downloaded.
 */
export function writeReportList(subject: FileSubject, text: Text): Buffer {
  const { area, quarter, template, open } = subject
  const title = text('file.title', {
    area: area.name,
    number: String(quarter.number),
    year: String(quarter.year),
  })
  const lines = workbookLayout(template).rows.flatMap((row) =>
    row.inputs.filter(({ field }) => open.has(field)).map((input) => listRow(subject, text, row, input)),
  )
  const headings = [0, 1, 2, 3, 4, 5].map((column) => text(`file.list.${column}`))
  return writeCsv([
    headings,
    [text('file.list.about'), title, '', '', text('file.list.untouched'), writeStamp(stampOf(subject))],
    ...lines,
  ])
}

function listRow({ fields, template }: FileSubject, text: Text, row: LayoutRow, input: InputPlace): string[] {
  const typed = fields.get(input.field) ?? ''
  const question = row.inputs.length > 1 ? inputLabel(text, input) : ''
  return [
    sheetNames[row.sheet],
    rowLabel(text, row),
    question,
    dutchText(input.kind, typed),
    hint(template, row, input, text),
    `${input.field} ${markOf(input.kind, typed)}`,
  ]
}

function hint(template: FileSubject['template'], row: LayoutRow, input: InputPlace, text: Text): string {
  if (input !== row.inputs[0]) return ''
  const id = row.key.slice(row.key.indexOf('.') + 1)
  const line = row.sheet === 'money' ? template.lines.find((one) => one.id === id) : undefined
  if (line) return text('file.list.budget', { amount: formatCents(line.budgetCents) })
  const indicator = row.sheet === 'indicators' ? template.indicators.find((one) => one.id === id) : undefined
  if (!indicator) return ''
  return text('file.list.target', { target: targetOf(indicator, text), hint: hintOf(indicator, text) })
}
