import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import type { Tx } from '#platform'
import type { Grid } from '../rules/header.js'
import type { Counts, ImportStep } from '../rules/import-state.js'
import type { ImportPlan } from '../rules/plan.js'
import {
  MemberImportContentRow,
  MemberImportPlanRow,
  MemberImportRow,
  MemberImportStepRow,
} from './entities.js'

const compress = promisify(gzip)
const decompress = promisify(gunzip)

/** Any number that no other lock has. */
const IMPORTS_LOCK = 730_041

/** A step as it was recorded. */
export interface RecordedStep extends ImportStep {
  counts: Counts
  sensitive: number
  firstNumber: number | null
  at: Date
}

/** An import: the file without its content, and what was done with it, in order. */
export interface ImportRecord {
  id: string
  reference: string
  name: string
  bytes: number
  sha256: string
  effectiveOn: string
  uploadedBy: string
  uploadedAt: Date
  steps: RecordedStep[]
}

/** A plan as it was shown, with the corrections it was made with (`12:5`, row and column, → what was typed). */
export interface StoredPlan extends ImportPlan {
  revision: number
  planHash: string
  corrections: Record<string, string>
  /** Heads of columns that were left out. */
  unknown: string[]
}

/** From here to the end of the transaction nobody else does anything with an import. */
export async function lockImports(tx: Tx): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock($1)', [IMPORTS_LOCK])
}

const IMPORT = `i.id, i.reference, i.name, i.bytes, i.sha256, i.effective_on AS "effectiveOn",
  i.uploaded_by AS "uploadedBy", i.uploaded_at AS "uploadedAt",
  (SELECT json_agg(json_build_object('type', s.type, 'planHash', s.plan_hash, 'corrected', s.corrected,
     'counts', s.counts, 'sensitive', s.sensitive, 'firstNumber', s.first_number, 'by', s.recorded_by,
     'at', s.recorded_at) ORDER BY s.sequence)
   FROM member_import_steps s WHERE s.import_id = i.id) AS steps`

/** One import, or null. */
export async function readImport(tx: Tx, id: string): Promise<ImportRecord | null> {
  const [found] = await read(tx, 'WHERE i.id = $1', [id])
  return found ?? null
}

/** The latest imports, the newest first. */
export function readLatestImports(tx: Tx, most: number): Promise<ImportRecord[]> {
  return read(tx, 'ORDER BY i.uploaded_at DESC, i.id DESC LIMIT $1', [most])
}

/** The import that a form with this key made, or null. */
export async function importOfRequest(tx: Tx, requestKey: string): Promise<string | null> {
  return (await tx.getRepository(MemberImportRow).findOneBy({ requestKey }))?.id ?? null
}

async function read(tx: Tx, condition: string, values: unknown[]): Promise<ImportRecord[]> {
  const rows: ImportRecord[] = await tx.query(`SELECT ${IMPORT} FROM member_imports i ${condition}`, values)
  return rows.map((row) => ({
    ...row,
    steps: (row.steps ?? []).map((step) => ({ ...step, at: new Date(step.at) })),
  }))
}

export async function insertImport(
  tx: Tx,
  { steps: _, ...about }: ImportRecord & { requestKey: string },
  content: Buffer,
  grid: Grid,
): Promise<void> {
  await tx.getRepository(MemberImportRow).insert(about)
  const sheet = await packed(grid)
  await tx.getRepository(MemberImportContentRow).insert({ importId: about.id, content, sheet })
}

export async function insertStep(tx: Tx, importId: string, step: RecordedStep): Promise<void> {
  const { type, planHash, corrected, counts, sensitive, firstNumber, by: recordedBy, at: recordedAt } = step
  await tx.getRepository(MemberImportStepRow).insert({
    ...{ importId, type, planHash, corrected, counts, sensitive, firstNumber, recordedBy, recordedAt },
  })
}

export async function insertPlan(tx: Tx, importId: string, stored: StoredPlan): Promise<void> {
  const { revision, planHash, corrections, ...content } = stored
  const plan = await packed(content)
  await tx.getRepository(MemberImportPlanRow).insert({ importId, revision, planHash, corrections, plan })
}

/** The cells of the file; null when they were removed. */
export async function readGrid(tx: Tx, importId: string): Promise<Grid | null> {
  const row = await tx
    .getRepository(MemberImportContentRow)
    .findOne({ where: { importId }, select: { importId: true, sheet: true } })
  return row ? unpacked<Grid>(row.sheet) : null
}

/** The plan that was shown last; null when it was removed. */
export async function readLastPlan(tx: Tx, importId: string): Promise<StoredPlan | null> {
  const row = await tx
    .getRepository(MemberImportPlanRow)
    .findOne({ where: { importId }, order: { revision: 'DESC' } })
  if (!row) return null
  const { revision, planHash, corrections } = row
  const content = await unpacked<Pick<StoredPlan, 'rows' | 'findings' | 'unknown'>>(row.plan)
  return { revision, planHash, corrections, ...content }
}

/**
 * Removes what files and plans hold of persons, of imports with which nothing was done since an instant, whether
 * they ended or were left. @returns how many
 */
export async function removeContents(tx: Tx, before: Date): Promise<number> {
  const ended = `import_id IN (SELECT import_id FROM member_import_steps
    GROUP BY import_id HAVING max(recorded_at) < $1)`
  await tx.query(`DELETE FROM member_import_plans WHERE ${ended}`, [before])
  const [, removed]: [unknown, number] = await tx.query(`DELETE FROM member_import_contents WHERE ${ended}`, [
    before,
  ])
  return removed
}

async function packed(content: unknown): Promise<Buffer> {
  return compress(JSON.stringify(content), { level: 1 })
}

async function unpacked<T>(content: Buffer): Promise<T> {
  return JSON.parse((await decompress(content)).toString()) as T
}
