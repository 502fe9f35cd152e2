import type { Cents } from '#kernel'
import type { SpentLine } from './results.js'

/** Lines to be drawn: the largest by what was spent, the rest as one. */
export interface GroupedLines {
  lines: Pick<SpentLine, 'label' | 'budgetCents' | 'actualCents'>[]
  /** The lines under "other"; null when all are there by themselves. */
  other: { count: number; budgetCents: Cents; actualCents: Cents } | null
}

/** Sorts lines by what was spent, then by budget, and puts the smallest together where there are more than `most`. */
export function groupLines(lines: readonly SpentLine[], most: number): GroupedLines {
  const sorted = lines.toSorted(
    (a, b) => compare(b.actualCents, a.actualCents) || compare(b.budgetCents, a.budgetCents),
  )
  if (sorted.length <= most) return { lines: sorted, other: null }
  const rest = sorted.slice(most - 1)
  const sum = (of: 'budgetCents' | 'actualCents') => rest.reduce((total, line) => total + line[of], 0n)
  return {
    lines: sorted.slice(0, most - 1),
    other: { count: rest.length, budgetCents: sum('budgetCents'), actualCents: sum('actualCents') },
  }
}

const compare = (a: Cents, b: Cents) => (a < b ? -1 : a > b ? 1 : 0)
