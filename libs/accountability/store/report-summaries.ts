import type { EntityManager } from 'typeorm'
import { type ReportStatus, type ReviewVerdict, statusOf } from '../rules/status.js'

/** Where a report stands, without its content. */
export interface ReportSummary {
  agreementId: string
  quarter: string
  status: ReportStatus
  latest: { number: number; submittedAt: Date; submittedById: string; reviewedAt: Date | null } | null
}

/** All reports that were begun, of these agreements. */
export async function readSummaries(
  from: EntityManager,
  agreementIds: readonly string[],
): Promise<ReportSummary[]> {
  const rows: {
    agreement_id: string
    quarter: string
    draft_saved: boolean
    number: number | null
    submitted_at: Date
    submitted_by: string
    verdict: ReviewVerdict | null
    reviewed_at: Date | null
  }[] = await from.query(
    `SELECT r.agreement_id, r.quarter, r.draft_saved_at IS NOT NULL AS draft_saved,
            v.number, v.submitted_at, v.submitted_by, w.verdict, w.reviewed_at
     FROM quarterly_reports r
     LEFT JOIN LATERAL (
       SELECT * FROM report_versions WHERE report_id = r.id ORDER BY number DESC LIMIT 1) v ON true
     LEFT JOIN report_reviews w ON w.version_id = v.id
     WHERE r.agreement_id = ANY($1::uuid[])`,
    [agreementIds],
  )
  return rows.map((row) => ({
    agreementId: row.agreement_id,
    quarter: row.quarter,
    status: statusOf({
      draftSaved: row.draft_saved,
      latestVerdict: row.number === null ? undefined : row.verdict,
    }),
    latest:
      row.number === null
        ? null
        : {
            number: row.number,
            submittedAt: row.submitted_at,
            submittedById: row.submitted_by,
            reviewedAt: row.reviewed_at,
          },
  }))
}

/** A submission or a verdict, for the start page. */
export interface ReportEvent {
  kind: 'submitted' | ReviewVerdict
  at: Date
  agreementId: string
  quarter: string
  version: number
  byName: string
}

/** The latest submissions and verdicts of these agreements, newest first. */
export async function readEvents(
  from: EntityManager,
  agreementIds: readonly string[],
  limit: number,
): Promise<ReportEvent[]> {
  return from.query(
    `SELECT e.kind, e.at, r.agreement_id AS "agreementId", r.quarter, e.number AS version, p.name AS "byName"
     FROM (
       SELECT 'submitted' AS kind, submitted_at AS at, submitted_by AS by, report_id, number FROM report_versions
       UNION ALL
       SELECT w.verdict, w.reviewed_at, w.reviewed_by, v.report_id, v.number
       FROM report_reviews w JOIN report_versions v ON v.id = w.version_id
     ) e
     JOIN quarterly_reports r ON r.id = e.report_id
     JOIN people p ON p.id = e.by
     WHERE r.agreement_id = ANY($1::uuid[])
     ORDER BY e.at DESC LIMIT $2`,
    [agreementIds, limit],
  )
}
