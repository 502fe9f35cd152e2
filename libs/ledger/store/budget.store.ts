import type { Tx } from '#platform'
import type { BudgetLine } from '../rules/read-budget.js'
import { LedgerBudgetAdoptionRow, LedgerBudgetLineRow, LedgerBudgetRow } from './budget-entities.js'

/** Whoever changes budgets of a year waits here for the other, until the transaction ends. */
export async function lockBudgets(tx: Tx, year: number): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('ledger budget ' || $1::int::text, 0))`, [
    year,
  ])
}

export function findBudget(
  tx: Tx,
  where: { id: string } | { requestKey: string },
): Promise<LedgerBudgetRow | null> {
  return tx.getRepository(LedgerBudgetRow).findOneBy(where)
}

/** The adopted budgets of all years: the latest year and version first. */
export async function readAdoptions(tx: Tx): Promise<LedgerBudgetAdoptionRow[]> {
  return tx.getRepository(LedgerBudgetAdoptionRow).find({ order: { year: 'DESC', version: 'DESC' } })
}

export async function findAdoption(tx: Tx, budgetId: string): Promise<LedgerBudgetAdoptionRow | null> {
  return tx.getRepository(LedgerBudgetAdoptionRow).findOneBy({ budgetId })
}

export async function readBudgetLines(tx: Tx, budgetId: string): Promise<BudgetLine[]> {
  const rows = await tx
    .getRepository(LedgerBudgetLineRow)
    .find({ where: { budgetId }, order: { position: 'ASC' } })
  return rows.map(({ account, accountingDistrictId, description, cents }) => ({
    ...{ account, accountingDistrictId, description, cents },
  }))
}

export async function insertBudget(
  tx: Tx,
  row: LedgerBudgetRow,
  lines: readonly BudgetLine[],
): Promise<void> {
  await tx.getRepository(LedgerBudgetRow).insert(row)
  await tx
    .getRepository(LedgerBudgetLineRow)
    .insert(lines.map((line, at) => ({ ...line, budgetId: row.id, position: at + 1 })))
}

export async function insertAdoption(tx: Tx, row: Omit<LedgerBudgetAdoptionRow, 'budget'>): Promise<void> {
  await tx.getRepository(LedgerBudgetAdoptionRow).insert(row)
}
