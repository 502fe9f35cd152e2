import type { EntityManager } from 'typeorm'
import type { Draft } from '../rules/draft.js'

/** Fills a draft in beforehand; fields that are there already stay as they are. */
export async function prefillFields(
  tx: EntityManager,
  reportId: string,
  draft: Draft,
  at: Date,
): Promise<void> {
  await tx.query(
    `INSERT INTO report_fields (report_id, field, text, revision, saved_at)
     SELECT $1, key, value, 0, $3 FROM jsonb_each_text($2::jsonb) ON CONFLICT (report_id, field) DO NOTHING`,
    [reportId, JSON.stringify(draft), at],
  )
}

/**
 * Writes one field if it still has the revision that was seen (0: nobody wrote in it yet).
 * @returns its new revision, or null when somebody wrote it meanwhile
 */
export async function writeField(
  tx: EntityManager,
  reportId: string,
  { field, text, seen }: { field: string; text: string; seen: number },
  by: string,
  at: Date,
): Promise<number | null> {
  const rows: { revision: number }[] = await tx.query(
    `WITH written AS (
       INSERT INTO report_fields AS f (report_id, field, text, revision, saved_at, saved_by)
       SELECT $1, $2, $3, 1, $6, $5 WHERE $4 = 0 OR EXISTS (
         SELECT 1 FROM report_fields WHERE report_id = $1 AND field = $2)
       ON CONFLICT (report_id, field) DO UPDATE
         SET text = $3, revision = f.revision + 1, saved_at = $6, saved_by = $5 WHERE f.revision = $4
       RETURNING revision)
     SELECT revision FROM written`,
    [reportId, field, text, seen, by, at],
  )
  return rows[0]?.revision ?? null
}

/** Takes the answers out of a draft: they went along with a version. */
export async function removeFields(
  tx: EntityManager,
  reportId: string,
  fields: readonly string[],
): Promise<void> {
  await tx.query('DELETE FROM report_fields WHERE report_id = $1 AND field = ANY($2::text[])', [
    reportId,
    fields,
  ])
}

export async function addAnnex(
  tx: EntityManager,
  reportId: string,
  fileId: string,
  by: string,
  at: Date,
): Promise<void> {
  await tx.query(
    'INSERT INTO report_annexes (report_id, file_id, added_at, added_by) VALUES ($1, $2, $3, $4)',
    [reportId, fileId, at, by],
  )
}

export async function removeAnnex(tx: EntityManager, reportId: string, fileId: string): Promise<void> {
  await tx.query('DELETE FROM report_annexes WHERE report_id = $1 AND file_id = $2', [reportId, fileId])
}
