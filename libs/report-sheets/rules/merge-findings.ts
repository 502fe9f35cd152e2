/** A cell, as people name it. */
export interface CellPlace {
  /** The tab, and its order; null in a file without tabs. */
  sheet: string | null
  order: number
  /** 'D' */
  column: string
  /** From 1. */
  row: number
}

/** Something that is the matter with a cell; equal ones have the same `message`. */
export interface CellFinding {
  place: CellPlace
  severity: 'blocking' | 'explain' | 'hint'
  message: string
}

/** The same thing in one or more cells of one tab. */
export interface MergedFinding {
  sheet: string | null
  severity: CellFinding['severity']
  message: string
  /** Runs of cells below each other: D5 to D9, and D12 by itself. */
  runs: { column: string; from: number; to: number }[]
}

/** Sorted by tab, row and column; equal messages of a tab become one, where the first of them stands. */
export function mergeFindings(findings: readonly CellFinding[]): MergedFinding[] {
  const merged = new Map<string, MergedFinding>()
  for (const { place, severity, message } of findings.toSorted(byPlace)) {
    const key = JSON.stringify([place.order, severity, message])
    const same = merged.get(key) ?? { sheet: place.sheet, severity, message, runs: [] }
    merged.set(key, same)
    lengthen(same.runs, place)
  }
  return [...merged.values()]
}

function lengthen(runs: MergedFinding['runs'], { column, row }: CellPlace): void {
  const above = runs.find((run) => run.column === column && (run.to === row - 1 || run.to === row))
  if (above) above.to = row
  else runs.push({ column, from: row, to: row })
}

function byPlace({ place: a }: CellFinding, { place: b }: CellFinding): number {
  return (
    a.order - b.order || a.row - b.row || a.column.length - b.column.length || compare(a.column, b.column)
  )
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
