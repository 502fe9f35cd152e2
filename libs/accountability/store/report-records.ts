import type { EntityManager } from 'typeorm'
import type { ReportEvent } from '../rules/course.js'
import type { Draft } from '../rules/draft.js'
import { readEvents } from './report-events.js'

/** One field of a draft; revision 0 is what was filled in beforehand, by nobody. */
export interface SavedField {
  text: string
  revision: number
  at: Date
  by: { id: string; name: string } | null
}

/** A submitted version. */
export interface ReportVersion {
  id: string
  number: number
  content: string
  sha256: string
  submittedAt: Date
  submittedBy: { id: string; name: string }
}

/** A file beside the draft. */
export interface DraftAnnex {
  fileId: string
  addedAt: Date
  addedBy: { id: string; name: string }
}

/** One report of one quarter: its draft, its versions (the newest first) and what happened (the oldest first). */
export interface ReportRecord {
  id: string
  fields: ReadonlyMap<string, SavedField>
  annexes: DraftAnnex[]
  versions: ReportVersion[]
  events: ReportEvent[]
}

/** Makes the report's row if it is not there yet, and locks it until the transaction ends. */
export async function lockReport(
  tx: EntityManager,
  newId: string,
  agreementId: string,
  quarter: string,
): Promise<void> {
  await tx.query(
    `INSERT INTO quarterly_reports (id, agreement_id, quarter) VALUES ($1, $2, $3)
     ON CONFLICT ON CONSTRAINT quarterly_reports_one_per_quarter DO NOTHING`,
    [newId, agreementId, quarter],
  )
  await tx.query('SELECT 1 FROM quarterly_reports WHERE agreement_id = $1 AND quarter = $2 FOR UPDATE', [
    agreementId,
    quarter,
  ])
}

/** Locks all reports of an agreement, in the order of their quarters: closing one can close the next. */
export async function lockQuarters(tx: EntityManager, agreementId: string): Promise<void> {
  await tx.query('SELECT 1 FROM quarterly_reports WHERE agreement_id = $1 ORDER BY quarter FOR UPDATE', [
    agreementId,
  ])
}

/** Reads a report, or null when nobody began it. */
export async function readReport(
  from: EntityManager,
  agreementId: string,
  quarter: string,
): Promise<ReportRecord | null> {
  const rows: { id: string }[] = await from.query(
    'SELECT id FROM quarterly_reports WHERE agreement_id = $1 AND quarter = $2',
    [agreementId, quarter],
  )
  const id = rows[0]?.id
  if (!id) return null
  return {
    id,
    fields: await readFields(from, id),
    annexes: await readAnnexes(from, id),
    versions: await readVersions(from, id),
    events: (await readEvents(from, [id])).get(id) ?? [],
  }
}

async function readFields(from: EntityManager, reportId: string): Promise<Map<string, SavedField>> {
  const rows: {
    field: string
    text: string
    revision: number
    saved_at: Date
    saved_by: string | null
    saver: string | null
  }[] = await from.query(
    `SELECT f.field, f.text, f.revision, f.saved_at, f.saved_by, p.name AS saver
     FROM report_fields f LEFT JOIN people p ON p.id = f.saved_by WHERE f.report_id = $1`,
    [reportId],
  )
  return new Map(
    rows.map(({ field, text, revision, saved_at, saved_by, saver }) => [
      field,
      { text, revision, at: saved_at, by: saved_by ? { id: saved_by, name: saver ?? '' } : null },
    ]),
  )
}

async function readAnnexes(from: EntityManager, reportId: string): Promise<DraftAnnex[]> {
  const rows: { file_id: string; added_at: Date; added_by: string; name: string }[] = await from.query(
    `SELECT a.file_id, a.added_at, a.added_by, p.name FROM report_annexes a JOIN people p ON p.id = a.added_by
     WHERE a.report_id = $1 ORDER BY a.added_at, a.file_id`,
    [reportId],
  )
  return rows.map((row) => ({
    fileId: row.file_id,
    addedAt: row.added_at,
    addedBy: { id: row.added_by, name: row.name },
  }))
}

async function readVersions(from: EntityManager, reportId: string): Promise<ReportVersion[]> {
  const rows: {
    id: string
    number: number
    content: string
    sha256: string
    submitted_at: Date
    submitted_by: string
    submitter: string
  }[] = await from.query(
    `SELECT v.id, v.number, v.content, v.sha256, v.submitted_at, v.submitted_by, s.name AS submitter
     FROM report_versions v JOIN people s ON s.id = v.submitted_by
     WHERE v.report_id = $1 ORDER BY v.number DESC`,
    [reportId],
  )
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    content: row.content,
    sha256: row.sha256,
    submittedAt: row.submitted_at,
    submittedBy: { id: row.submitted_by, name: row.submitter },
  }))
}

/** What was typed, without who and when. */
export function draftTexts(fields: ReadonlyMap<string, SavedField>): Draft {
  return Object.fromEntries([...fields].map(([field, { text }]) => [field, text]))
}

/** The last change that a person made to the draft; null while nobody did. */
export function lastSaved(
  fields: ReadonlyMap<string, SavedField>,
): (SavedField & { by: { id: string; name: string } }) | null {
  let last: SavedField | null = null
  for (const field of fields.values()) if (field.by && (!last || field.at >= last.at)) last = field
  return last as (SavedField & { by: { id: string; name: string } }) | null
}
