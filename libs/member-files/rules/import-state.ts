import type { ImportPlan, PlannedRow } from './plan.js'

/** How many rows of each state a plan has. */
export type Counts = Record<PlannedRow['state'], number>

/** The fields of which a change, of a known member, needs a second person and a notice to the old contact. */
export const sensitiveFields = ['name', 'iban', 'contactEmail'] as const

export interface ImportStep {
  type: 'previewed' | 'confirmed' | 'committed' | 'withdrawn'
  /** Which plan it is about: SHA-256. */
  planHash: string
  /** Who did it. */
  by: string
  /** Of a preview: whether cells were corrected in it. */
  corrected: boolean
}

export type ImportState =
  | 'mending'
  | 'nothingToDo'
  | 'awaitingConfirmation'
  | 'ready'
  | 'committed'
  | 'withdrawn'

export function countRows({ rows }: Pick<ImportPlan, 'rows'>): Counts {
  const counts: Counts = { new: 0, changed: 0, same: 0, wrong: 0 }
  for (const { state } of rows) counts[state]++
  return counts
}

/** The rows that change something sensitive of a known member, each with those changes only. */
export function sensitiveRows({ rows }: Pick<ImportPlan, 'rows'>): PlannedRow[] {
  const isSensitive = (field: string) => sensitiveFields.some((one) => one === field)
  return rows
    .filter(({ state }) => state === 'changed')
    .map((row) => ({ ...row, changes: row.changes.filter(({ field }) => isSensitive(field)) }))
    .filter(({ changes }) => changes.length > 0)
}

/** Where an import stands. A confirmation holds for the plan that was confirmed and no other. */
export function importState(steps: readonly ImportStep[], counts: Counts, sensitive: number): ImportState {
  const last = steps.at(-1)
  if (last?.type === 'committed' || last?.type === 'withdrawn') return last.type
  if (counts.wrong > 0) return 'mending'
  if (counts.new + counts.changed === 0) return 'nothingToDo'
  const planHash = steps.findLast(({ type }) => type === 'previewed')?.planHash
  const isConfirmed = steps.some((step) => step.type === 'confirmed' && step.planHash === planHash)
  return sensitive > 0 && !isConfirmed ? 'awaitingConfirmation' : 'ready'
}

/** Four eyes: who uploaded the file or corrected a cell does not confirm it. */
export function mayConfirm(steps: readonly ImportStep[], person: string): boolean {
  const [upload] = steps
  return !steps.some((step) => step.by === person && (step === upload || step.corrected))
}
