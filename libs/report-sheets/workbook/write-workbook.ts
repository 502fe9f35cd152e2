import { type ReportTemplate, readAmount } from '#accountability'
import { dayInDigits } from '#platform'
import { columnName, type FormCell, type FormSheet, writeForm } from '#sheets'
import { writeStamp } from '../rules/stamp.js'
import { rowLabel, type Text } from '../words.js'
import { hintOf, targetOf } from './indicator-words.js'
import {
  keyColumns,
  type LayoutRow,
  type SheetKey,
  sheetNames,
  sheetsOf,
  type TotalRow,
  workbookLayout,
} from './layout.js'
import { type FileSubject, stampOf } from './subject.js'
import { inputCell, markOf } from './values.js'

const WIDTHS: Record<SheetKey, readonly number[]> = {
  story: [34, 100],
  money: [34, 18, 18, 18, 60],
  indicators: [40, 16, 34, 16, 60],
  means: [44, 18, 60],
}
/** Of the answers to the questions of the story: about eight lines. */
const ANSWER_HEIGHT = 120

/** The workbook of a report as it stands now: texts in Dutch. */
export function writeReportWorkbook(subject: FileSubject, text: Text): Promise<Buffer> {
  const layout = workbookLayout(subject.template)
  const sheets = sheetsOf(layout).map((key) => {
    const rows = layout.rows.filter(({ sheet }) => sheet === key)
    const written = rows.map((row) => tableRow(subject, text, row))
    const total = key === 'money' && layout.total ? [totalRow(subject, text, layout.total)] : []
    return tableSheet(key, text, [...written, ...total])
  })
  return writeForm([explanation(subject, text), ...sheets])
}

function explanation(subject: FileSubject, text: Text): FormSheet {
  const { area, quarter, dueOn } = subject
  const about = {
    area: area.name,
    number: String(quarter.number),
    year: String(quarter.year),
    due: dayInDigits(dueOn),
  }
  const title: FormCell = { value: text('file.title', about), bold: true }
  const lines = text('file.explanation', about).split('\n')
  return {
    name: sheetNames.explanation,
    columns: [{ width: 100 }, { width: 10, hidden: true }],
    rows: [
      { cells: [title, { value: writeStamp(stampOf(subject)) }] },
      ...lines.map((line) => ({ cells: [{ value: line }] })),
    ],
  }
}

function tableSheet(key: SheetKey, text: Text, rows: FormSheet['rows']): FormSheet {
  const headings = WIDTHS[key].map((_, column) => ({ value: text(`file.${key}.${column}`), bold: true }))
  return {
    name: sheetNames[key],
    columns: [...WIDTHS[key].map((width) => ({ width })), { width: 10, hidden: true }],
    rows: [{ cells: headings }, ...rows],
    frozenRows: 1,
  }
}

function tableRow(
  { template, fields, open }: FileSubject,
  text: Text,
  row: LayoutRow,
): FormSheet['rows'][number] {
  const cells: (FormCell | null)[] = [{ value: rowLabel(text, row) }, ...knownCells(template, row, text)]
  const typed = (field: string) => fields.get(field) ?? ''
  for (const { field, kind, column } of row.inputs) {
    while (cells.length <= column) cells.push(null)
    cells[column] = { ...inputCell(kind, typed(field)), input: open.has(field) }
  }
  const last = keyColumns[row.sheet]
  while (cells.length <= last) cells.push(null)
  const marks = row.inputs.map(({ field, kind }) => markOf(kind, typed(field)))
  cells[last] = { value: [row.key, ...marks].join(' ') }
  return row.sheet === 'story' ? { cells, height: ANSWER_HEIGHT } : { cells }
}

/** What stands beside the label: the budget of a line; target and form of an indicator. */
function knownCells(template: ReportTemplate, row: LayoutRow, text: Text): FormCell[] {
  const id = row.key.slice(row.key.indexOf('.') + 1)
  if (row.sheet === 'money') {
    return [{ value: template.lines.find((line) => line.id === id)!.budgetCents, kind: 'money' }]
  }
  if (row.sheet !== 'indicators') return []
  const indicator = template.indicators.find((one) => one.id === id)!
  return [{ value: targetOf(indicator, text) }, { value: hintOf(indicator, text) }]
}

function totalRow(subject: FileSubject, text: Text, total: TotalRow): FormSheet['rows'][number] {
  const { fields, template } = subject
  const { lines } = template
  const amounts = (what: string) =>
    lines.map(({ id }) => {
      const amount = readAmount(fields.get(`lines.${id}.${what}`) ?? '')
      return 'cents' in amount ? amount.cents : 0n
    })
  const sums = [lines.map(({ budgetCents }) => budgetCents), amounts('actual'), amounts('forecast')]
  const cells = total.columns.map((column, index): FormCell => {
    const name = columnName(column)
    const value = sums[index]!.reduce((sum, cents) => sum + cents, 0n)
    const formula = `SUM(${name}${total.firstRow}:${name}${total.lastRow})`
    return { value, formula, kind: 'money', bold: true }
  })
  return { cells: [{ value: text('file.total'), bold: true }, ...cells] }
}
