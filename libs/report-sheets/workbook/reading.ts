import type { ReadCell } from '../rules/cell-text.js'
import type { CellPlace } from '../rules/merge-findings.js'

/** What a file says of one field: its cell, where that stands, and the mark of what was downloaded. */
export interface ReadField {
  cell: ReadCell
  place: CellPlace
  downloaded: string | null
}

/** Something in the file that can't be judged by the rules of the report, because it isn't in a draft. */
export interface FileProblem {
  place: CellPlace
  code: string
  params?: Record<string, string>
}

/** What was read of a file of a report. */
export interface ReadFile {
  /** By the field's name; what could not be read is absent. */
  fields: Record<string, ReadField>
  /** What must be mended in the file before anything can be taken over from it. */
  problems: FileProblem[]
}

/** Tabs are called alike without regard to capitals and white space at the ends. */
export function sameName(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.toLowerCase()
}
