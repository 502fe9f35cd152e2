import { In } from 'typeorm'
import type { Tx } from '#platform'
import { JudgementAnswerRow, JudgementFileRow, WorkPlanJudgementRow } from './judgement-entities.js'

/** A judgement with its files and what was said of it. */
export type StoredJudgement = WorkPlanJudgementRow & { fileIds: string[]; given: JudgementAnswerRow | null }

/** Every judgement on a goal of a year, the first one first. */
export async function readJudgements(tx: Tx, year: number): Promise<StoredJudgement[]> {
  const rows = await tx
    .getRepository(WorkPlanJudgementRow)
    .find({ where: { year }, order: { goalId: 'ASC', number: 'ASC' } })
  const judgementId = In(rows.map(({ id }) => id))
  const files = await tx.getRepository(JudgementFileRow).findBy({ judgementId })
  const answers = await tx.getRepository(JudgementAnswerRow).findBy({ judgementId })
  return rows.map((row) => ({
    ...row,
    fileIds: files.filter((file) => file.judgementId === row.id).map(({ fileId }) => fileId),
    given: answers.find((answer) => answer.judgementId === row.id) ?? null,
  }))
}

export async function insertJudgement(
  tx: Tx,
  row: WorkPlanJudgementRow,
  fileIds: readonly string[],
): Promise<void> {
  await tx.getRepository(WorkPlanJudgementRow).insert(row)
  const files = fileIds.map((fileId) => ({ judgementId: row.id, fileId }))
  if (files.length > 0) await tx.getRepository(JudgementFileRow).insert(files)
}

export async function insertJudgementAnswer(tx: Tx, row: JudgementAnswerRow): Promise<void> {
  await tx.getRepository(JudgementAnswerRow).insert(row)
}
