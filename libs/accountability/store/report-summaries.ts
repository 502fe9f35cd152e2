import type { EntityManager } from 'typeorm'
import { type Course, courseOf } from '../rules/course.js'
import { type ReportStatus, statusOf } from '../rules/status.js'
import { readEvents } from './report-events.js'

/** Where a report stands, without its content. */
export interface ReportSummary {
  agreementId: string
  quarter: string
  status: ReportStatus
  course: Course
}

/** All reports that were begun, of these agreements. */
export async function readSummaries(
  from: EntityManager,
  agreementIds: readonly string[],
): Promise<ReportSummary[]> {
  const rows: { id: string; agreement_id: string; quarter: string; draft_saved: boolean }[] =
    await from.query(
      `SELECT r.id, r.agreement_id, r.quarter,
              EXISTS (SELECT 1 FROM report_fields f WHERE f.report_id = r.id AND f.revision > 0)
                OR EXISTS (SELECT 1 FROM report_annexes a WHERE a.report_id = r.id) AS draft_saved
       FROM quarterly_reports r WHERE r.agreement_id = ANY($1::uuid[])`,
      [agreementIds],
    )
  const events = await readEvents(
    from,
    rows.map(({ id }) => id),
  )
  return rows.map((row) => {
    const course = courseOf(events.get(row.id) ?? [])
    return {
      agreementId: row.agreement_id,
      quarter: row.quarter,
      status: statusOf(course, row.draft_saved),
      course,
    }
  })
}

/** What others hear of: a submission, a withdrawal, a verdict, the close of a quarter, or its reopening. */
export interface ToldEvent {
  kind: 'submitted' | 'withdrawn' | 'returned' | 'closed' | 'reopened'
  at: Date
  agreementId: string
  quarter: string
  version: number
  byName: string
}

/** The latest of these agreements, newest first. */
export async function readToldEvents(
  from: EntityManager,
  agreementIds: readonly string[],
  limit: number,
): Promise<ToldEvent[]> {
  return from.query(
    `SELECT e.kind, e.at, r.agreement_id AS "agreementId", r.quarter, e.version, p.name AS "byName"
     FROM report_events e JOIN quarterly_reports r ON r.id = e.report_id JOIN people p ON p.id = e.person_id
     WHERE r.agreement_id = ANY($1::uuid[])
       AND e.kind IN ('submitted', 'withdrawn', 'returned', 'closed', 'reopened')
     ORDER BY e.at DESC, e.number DESC LIMIT $2`,
    [agreementIds, limit],
  )
}

/** The newest version that was not withdrawn, of every report of these quarters. */
export interface LiveVersion {
  reportId: string
  agreementId: string
  quarter: string
  number: number
  sha256: string
  content: string
}

export async function readLiveVersions(
  from: EntityManager,
  quarters: readonly string[],
): Promise<LiveVersion[]> {
  return from.query(
    `SELECT DISTINCT ON (r.quarter, r.agreement_id) r.id AS "reportId", r.agreement_id AS "agreementId", r.quarter,
            v.number, v.sha256, v.content
     FROM quarterly_reports r JOIN report_versions v ON v.report_id = r.id
     WHERE r.quarter = ANY($1::text[]) AND NOT EXISTS (
       SELECT 1 FROM report_events e
       WHERE e.report_id = r.id AND e.version = v.number AND e.kind = 'withdrawn')
     ORDER BY r.quarter, r.agreement_id, v.number DESC`,
    [quarters],
  )
}

/** Which report a version is of. */
export async function addressOfVersion(
  from: EntityManager,
  versionId: string,
): Promise<{ area: string; quarter: string } | null> {
  const rows: { area: string; quarter: string }[] = await from.query(
    `SELECT a.area_slug AS area, r.quarter FROM report_versions v
     JOIN quarterly_reports r ON r.id = v.report_id JOIN agreements a ON a.id = r.agreement_id WHERE v.id = $1`,
    [versionId],
  )
  return rows[0] ?? null
}
