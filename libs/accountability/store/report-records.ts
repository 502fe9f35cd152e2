import type { EntityManager } from 'typeorm'
import type { Draft } from '../rules/draft.js'
import type { ReviewVerdict } from '../rules/status.js'

/** A verdict of the serviceteam on one version. */
export interface ReportReview {
  verdict: ReviewVerdict
  reason: string
  reviewedAt: Date
  reviewedBy: { id: string; name: string }
}

/** A submitted version with what became of it. */
export interface ReportVersion {
  id: string
  number: number
  content: string
  sha256: string
  submittedAt: Date
  submittedBy: { id: string; name: string }
  review: ReportReview | null
}

/** The draft with its revision; `savedBy` is null as long as nothing was saved. */
export interface SavedDraft {
  typed: Draft
  revision: number
  savedAt: Date | null
  savedBy: { id: string; name: string } | null
}

/** One report of one quarter, with its versions, the newest first. */
export interface ReportRecord {
  id: string
  draft: SavedDraft
  versions: ReportVersion[]
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

/** Reads a report, or null when nobody began it. */
export async function readReport(
  from: EntityManager,
  agreementId: string,
  quarter: string,
): Promise<ReportRecord | null> {
  const rows: {
    id: string
    draft: Draft
    draft_revision: number
    draft_saved_at: Date | null
    draft_saved_by: string | null
    saver: string | null
  }[] = await from.query(
    `SELECT r.id, r.draft, r.draft_revision, r.draft_saved_at, r.draft_saved_by, p.name AS saver
     FROM quarterly_reports r LEFT JOIN people p ON p.id = r.draft_saved_by
     WHERE r.agreement_id = $1 AND r.quarter = $2`,
    [agreementId, quarter],
  )
  const row = rows[0]
  if (!row) return null
  return {
    id: row.id,
    draft: {
      typed: row.draft,
      revision: row.draft_revision,
      savedAt: row.draft_saved_at,
      savedBy: row.draft_saved_by ? { id: row.draft_saved_by, name: row.saver ?? '' } : null,
    },
    versions: await readVersions(from, row.id),
  }
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
    verdict: ReviewVerdict | null
    reason: string
    reviewed_at: Date
    reviewed_by: string
    reviewer: string
  }[] = await from.query(
    `SELECT v.id, v.number, v.content, v.sha256, v.submitted_at, v.submitted_by, s.name AS submitter,
            w.verdict, w.reason, w.reviewed_at, w.reviewed_by, p.name AS reviewer
     FROM report_versions v JOIN people s ON s.id = v.submitted_by
     LEFT JOIN report_reviews w ON w.version_id = v.id
     LEFT JOIN people p ON p.id = w.reviewed_by
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
    review: row.verdict && {
      verdict: row.verdict,
      reason: row.reason,
      reviewedAt: row.reviewed_at,
      reviewedBy: { id: row.reviewed_by, name: row.reviewer },
    },
  }))
}

/** Replaces the draft; the caller holds the lock and has compared the revision. */
export async function writeDraft(
  tx: EntityManager,
  reportId: string,
  draft: Draft,
  by: string,
  at: Date,
): Promise<number> {
  const [rows]: [{ draft_revision: number }[], number] = await tx.query(
    `UPDATE quarterly_reports
     SET draft = $2, draft_revision = draft_revision + 1, draft_saved_by = $3, draft_saved_at = $4
     WHERE id = $1 RETURNING draft_revision`,
    [reportId, JSON.stringify(draft), by, at],
  )
  return rows[0]!.draft_revision
}
