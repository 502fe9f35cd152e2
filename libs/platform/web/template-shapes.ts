import { formatCents } from '#kernel'
import { dayInDigits } from '../text/dates.js'

/** A column of the `table` partial. `kind` says how its cells are written and aligned. */
export interface TableColumn {
  label: string
  kind?: 'text' | 'money' | 'number' | 'figure' | 'day'
  /** Where the head sorts to; without it the head is plain text. */
  href?: string
  sorted?: 'ascending' | 'descending'
}

/** What a cell may be besides a bare value. */
export interface TableCell {
  value?: unknown
  href?: string
  /** A second, softer line. */
  note?: string
  /** Shows the value as a badge. */
  tone?: 'good' | 'warn' | 'bad' | 'neutral'
}

/** The cell as the partial prints it: text by the column's kind, an en dash for nothing. */
export interface PrintedCell extends TableCell {
  text: string
  label: string
  numeric: boolean
  /** A day stays on one line. */
  day: boolean
  empty: boolean
}

/** Whether a column's figures line up on the right. */
export function isNumeric(column: TableColumn): boolean {
  return column.kind === 'money' || column.kind === 'number' || column.kind === 'figure'
}

/**
 * Prints one cell. A bare value and `{value, href, note, tone}` are both fine; `figure` is a figure already
 * written as text, such as a percentage.
 */
export function tableCell(raw: unknown, column: unknown, group: (value: unknown) => string): PrintedCell {
  const heading = (column ?? { label: '' }) as TableColumn
  const cell = (isCell(raw) ? raw : { value: raw }) as TableCell
  const empty = cell.value === null || cell.value === undefined || cell.value === ''
  const text = empty ? '–' : written(cell.value, heading.kind, group)
  return {
    ...cell,
    text,
    label: heading.label,
    numeric: isNumeric(heading),
    day: heading.kind === 'day',
    empty,
  }
}

function isCell(raw: unknown): boolean {
  return typeof raw === 'object' && raw !== null && 'value' in raw
}

function written(value: unknown, kind: TableColumn['kind'], group: (value: unknown) => string): string {
  if (kind === 'money') return formatCents(BigInt(value as bigint | string))
  if (kind === 'number') return group(value)
  if (kind === 'day') return dayInDigits(String(value).slice(0, 10))
  return String(value)
}

/** A part of a stacked bar; `x` and `width` are percentages for SVG, `end` their sum. */
export interface BarSegment {
  x: string
  width: string
  end: string
}

/**
 * Lays segments side by side on a bar of `total` (whole numbers or digits; without a total, their sum). A
 * segment that is not nothing is at least half a percent wide, so that it can be seen.
 */
export function stackedBars<S extends { value: unknown }>(
  segments: S[],
  total?: unknown,
): (S & BarSegment)[] {
  const sum = segments.reduce((all, segment) => all + wholePart(segment.value), 0n)
  const given = typeof total === 'object' ? 0n : wholePart(total)
  const whole = given > sum ? given : sum
  let reached = 0
  return segments.map((segment) => {
    const part = wholePart(segment.value)
    const exact = part > 0n ? Math.max(Number((10_000n * part) / whole) / 100, 0.5) : 0
    const width = Math.min(exact, 100 - reached)
    const x = reached
    reached += width
    return { ...segment, x: css(x), width: css(width), end: css(reached) }
  })
}

function css(percentage: number): string {
  return `${Math.round(percentage * 100) / 100}%`
}

/** The whole number in a bigint, number or digits; nothing counts as zero. */
export function wholePart(value: unknown): bigint {
  if (typeof value === 'bigint') return value
  if (typeof value === 'number') return BigInt(Math.trunc(value))
  return typeof value === 'string' && /^-?\d+$/.test(value) ? BigInt(value) : 0n
}
