import { fieldOf, type IndicatorKind, narrativeParts, type ReportTemplate } from '#accountability'
import { columnName } from '#sheets'
import type { FieldKind } from '../rules/cell-text.js'
import type { CellPlace } from '../rules/merge-findings.js'

/** The tabs in their order. The file is Dutch, whoever downloads it: so are their names. */
export const sheetNames = {
  explanation: 'Uitleg',
  story: 'Verhaal',
  money: 'Geld',
  indicators: 'Indicatoren',
  means: 'Middelen en mensen',
} as const
export type SheetKey = Exclude<keyof typeof sheetNames, 'explanation'>

/** A cell to fill in; columns count from 0. */
export interface InputPlace {
  field: string
  kind: FieldKind
  column: number
}

/** One row of a tab: what it is about, and its cells. Rows count from 1. */
export interface LayoutRow {
  sheet: SheetKey
  row: number
  /** 'lines.staf' */
  key: string
  /** The name of a line or an indicator; null where the catalogue has the words. */
  label: string | null
  inputs: readonly InputPlace[]
}

/** The row under the money in which the columns are added up. */
export interface TotalRow {
  row: number
  firstRow: number
  lastRow: number
  /** The columns of budget, actual and forecast. */
  columns: readonly number[]
}

export interface WorkbookLayout {
  rows: readonly LayoutRow[]
  total: TotalRow | null
}

/** The hidden column of each tab in which a row says which it is, with the marks of what was downloaded. */
export const keyColumns: Record<SheetKey, number> = { story: 2, money: 5, indicators: 5, means: 3 }
/** In the explanation: the cell with the stamp, hidden too. */
export const STAMP_COLUMN = 1

/** Where each field of a report stands. The only source for writing and for reading. */
export function workbookLayout(template: ReportTemplate): WorkbookLayout {
  const rows = [...storyRows(), ...moneyRows(template), ...indicatorRows(template), ...meansRows()]
  const count = template.lines.length
  const total = { row: count + 2, firstRow: 2, lastRow: count + 1, columns: [1, 2, 3] }
  return { rows, total: count > 0 ? total : null }
}

/** The tabs of a layout: without indicators there is none for them. */
export function sheetsOf({ rows }: WorkbookLayout): SheetKey[] {
  return (Object.keys(keyColumns) as SheetKey[]).filter((key) => rows.some(({ sheet }) => sheet === key))
}

/** A cell as people name it. */
export function placeOf(sheet: SheetKey, column: number, row: number): CellPlace {
  return {
    sheet: sheetNames[sheet],
    order: Object.keys(sheetNames).indexOf(sheet),
    column: columnName(column),
    row,
  }
}

const INDICATOR_KINDS: Record<IndicatorKind, FieldKind> = {
  count: 'whole',
  unique: 'whole',
  percentage: 'percentage',
  grade: 'decimal',
  nOfM: 'nOfM',
  yesNo: 'yesNo',
}

/** What the value of an indicator holds. */
export function kindOfIndicator(kind: IndicatorKind): FieldKind {
  return INDICATOR_KINDS[kind]
}

type Row = Omit<LayoutRow, 'sheet' | 'row'>

function numbered(sheet: SheetKey, rows: readonly Row[]): LayoutRow[] {
  return rows.map((row, index) => ({ ...row, sheet, row: index + 2 }))
}

function storyRows(): LayoutRow[] {
  const answer = (field: string): Row => ({
    key: field,
    label: null,
    inputs: [{ field, kind: 'text', column: 1 }],
  })
  return numbered('story', [...narrativeParts.map(fieldOf.narrative), fieldOf.risks].map(answer))
}

function moneyRows({ lines }: ReportTemplate): LayoutRow[] {
  return numbered(
    'money',
    lines.map(({ id, label }) => ({
      key: `lines.${id}`,
      label,
      inputs: [
        { field: fieldOf.line(id, 'actual'), kind: 'amount', column: 2 },
        { field: fieldOf.line(id, 'forecast'), kind: 'amount', column: 3 },
        { field: fieldOf.line(id, 'explanation'), kind: 'text', column: 4 },
      ],
    })),
  )
}

function indicatorRows({ indicators }: ReportTemplate): LayoutRow[] {
  return numbered(
    'indicators',
    indicators.map(({ id, label, kind }) => ({
      key: `indicators.${id}`,
      label,
      inputs: [
        { field: fieldOf.indicator(id, 'value'), kind: INDICATOR_KINDS[kind], column: 3 },
        { field: fieldOf.indicator(id, 'explanation'), kind: 'text', column: 4 },
      ],
    })),
  )
}

function meansRows(): LayoutRow[] {
  const row = (field: string, kind: FieldKind, explanation?: string): Row => ({
    key: field,
    label: null,
    inputs: [
      { field, kind, column: 1 },
      ...(explanation ? [{ field: explanation, kind: 'text' as const, column: 2 }] : []),
    ],
  })
  return numbered('means', [
    row(fieldOf.advances, 'amount'),
    row(fieldOf.ownMeans('actual'), 'amount', fieldOf.ownMeans('explanation')),
    row(fieldOf.socialReturn('actual'), 'amount', fieldOf.socialReturn('explanation')),
    row(fieldOf.people('fte'), 'decimal'),
    row(fieldOf.people('volunteers'), 'whole'),
  ])
}
