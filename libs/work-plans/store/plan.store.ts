import { In } from 'typeorm'
import type { Tx } from '#platform'
import type { Goal } from '../rules/goals.js'
import { WorkPlanAnswerRow, WorkPlanDraftRow, WorkPlanVersionRow } from './plan-entities.js'

/** Whoever changes the plan of a year waits here for the other, until the transaction ends. */
export async function lockPlan(tx: Tx, year: number): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('work plan ' || $1::int::text, 0))`, [year])
}

/** The years in which something was written or recorded, or whose subsidy was divided; the latest first. */
export async function readYears(tx: Tx): Promise<number[]> {
  const rows: { year: number }[] = await tx.query(
    `SELECT year FROM work_plan_drafts UNION SELECT year FROM work_plan_versions
     UNION SELECT year FROM subsidy_divisions ORDER BY year DESC`,
  )
  return rows.map(({ year }) => year)
}

export async function readDraft(tx: Tx, year: number): Promise<Goal[]> {
  return (await tx.getRepository(WorkPlanDraftRow).findOneBy({ year }))?.goals ?? []
}

/** Replaces the goals; the caller holds the lock. */
export async function writeDraft(
  tx: Tx,
  year: number,
  goals: readonly Goal[],
  by: string | null,
  at: Date,
): Promise<void> {
  await tx.query(
    `INSERT INTO work_plan_drafts (year, goals, saved_at, saved_by) VALUES ($1, $2, $3, $4)
     ON CONFLICT (year) DO UPDATE SET goals = excluded.goals, saved_at = excluded.saved_at,
       saved_by = excluded.saved_by`,
    [year, JSON.stringify(goals), at, by],
  )
}

/** A recorded version with what the gemeente said of it. */
export type StoredVersion = WorkPlanVersionRow & { goals: Goal[]; given: WorkPlanAnswerRow | null }

/** Every version of a year, the first one first. */
export async function readVersions(tx: Tx, year: number): Promise<StoredVersion[]> {
  const rows = await tx.getRepository(WorkPlanVersionRow).find({ where: { year }, order: { version: 'ASC' } })
  const answers = await tx
    .getRepository(WorkPlanAnswerRow)
    .findBy({ versionId: In(rows.map(({ id }) => id)) })
  return rows.map((row) => ({
    ...row,
    goals: (JSON.parse(row.content) as { goals: Goal[] }).goals,
    given: answers.find(({ versionId }) => versionId === row.id) ?? null,
  }))
}

export async function insertVersion(tx: Tx, row: WorkPlanVersionRow): Promise<void> {
  await tx.getRepository(WorkPlanVersionRow).insert(row)
}

export async function insertAnswer(tx: Tx, row: WorkPlanAnswerRow): Promise<void> {
  await tx.getRepository(WorkPlanAnswerRow).insert(row)
}
