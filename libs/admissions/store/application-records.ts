import type { Tx } from '#platform'
import type { ApplicationContent } from '../rules/application-content.js'
import {
  type ApplicationState,
  type DecisionOutcome,
  type ReviewOutcome,
  stateOf,
} from '../rules/application-state.js'
import type { Finding } from '../rules/assessment.js'
import type { Draft } from '../rules/steps.js'
import type { AdmissionOrgan } from '../rules/who-decides.js'

/** A version as it was sent; `answer` is what was answered to the question that went before. */
export interface SubmittedVersion {
  id: string
  number: number
  content: ApplicationContent & { answer: string }
  sha256: string
  submittedAt: Date
  review: { outcome: ReviewOutcome; message: string; at: Date; byId: string; byName: string } | null
}

/** An application with all that was recorded of it. */
export interface ApplicationRecord {
  id: string
  reference: string | null
  address: string
  draft: Draft
  savedAt: Date
  state: ApplicationState
  /** The latest version first; empty while nothing was submitted. */
  versions: SubmittedVersion[]
  decision: {
    outcome: DecisionOutcome
    reason: string
    organ: AdmissionOrgan
    article: string
    memberId: string | null
    intendedGuaranteeCents: bigint
    at: Date
    byId: string
    byName: string
  } | null
}

interface Row {
  id: string
  reference: string | null
  address: string
  draft: Draft
  savedAt: Date
  withdrawn: boolean
  decision:
    | (Omit<NonNullable<ApplicationRecord['decision']>, 'at' | 'intendedGuaranteeCents'> & {
        at: string
        cents: string
      })
    | null
}

type VersionRow = Omit<SubmittedVersion, 'content' | 'review'> & {
  applicationId: string
  content: string
} & {
  outcome: ReviewOutcome | null
  message: string
  reviewedAt: Date
  byId: string
  byName: string
}

/** One application, or null. @param lock keeps others from acting on it until the transaction ends. */
export async function readApplication(
  tx: Tx,
  id: string,
  lock: 'lock' | 'read' = 'read',
): Promise<ApplicationRecord | null> {
  if (lock === 'lock') await tx.query('SELECT 1 FROM applications WHERE id = $1 FOR UPDATE', [id])
  const [found] = await read(tx, 'a.id = $1', [id])
  return found ?? null
}

/** Every application that was submitted at some time, the latest first. */
export function readSubmitted(tx: Tx): Promise<ApplicationRecord[]> {
  return read(tx, 'a.reference IS NOT NULL', [])
}

/** The applications on which members were admitted. */
export function readOfMembers(tx: Tx, memberIds: readonly string[]): Promise<ApplicationRecord[]> {
  return read(tx, 'd.member_id = ANY($1::uuid[])', [memberIds])
}

async function read(tx: Tx, where: string, params: unknown[]): Promise<ApplicationRecord[]> {
  const rows: Row[] = await tx.query(
    `SELECT a.id, a.reference, a.address, a.draft, a.saved_at AS "savedAt",
            w.application_id IS NOT NULL AS withdrawn,
            CASE WHEN d.application_id IS NOT NULL THEN json_build_object(
              'outcome', d.outcome, 'reason', d.reason, 'organ', d.organ, 'article', d.article,
              'memberId', d.member_id, 'cents', d.intended_guarantee_cents::text, 'at', d.decided_at,
              'byId', d.decided_by, 'byName', p.name) END AS decision
     FROM applications a
     LEFT JOIN admission_decisions d ON d.application_id = a.id
     LEFT JOIN people p ON p.id = d.decided_by
     LEFT JOIN application_withdrawals w ON w.application_id = a.id
     WHERE ${where} ORDER BY a.started_at DESC, a.id DESC`,
    params,
  )
  const versions = await readVersions(
    tx,
    rows.map(({ id }) => id),
  )
  return rows.map(({ withdrawn, decision, ...row }) => {
    const own = versions.filter(({ applicationId }) => applicationId === row.id).map(shownVersion)
    return {
      ...row,
      versions: own,
      decision: decision && decisionOf(decision),
      state: stateOf({
        version: own[0]?.number ?? 0,
        review: own[0]?.review?.outcome ?? null,
        decision: decision?.outcome ?? null,
        withdrawn,
      }),
    }
  })
}

function readVersions(tx: Tx, applicationIds: readonly string[]): Promise<VersionRow[]> {
  return tx.query(
    `SELECT v.id, v.application_id AS "applicationId", v.number, v.content, v.sha256,
            v.submitted_at AS "submittedAt", r.outcome, r.message, r.reviewed_at AS "reviewedAt",
            r.reviewed_by AS "byId", p.name AS "byName"
     FROM application_versions v
     LEFT JOIN application_reviews r ON r.version_id = v.id
     LEFT JOIN people p ON p.id = r.reviewed_by
     WHERE v.application_id = ANY($1::uuid[]) ORDER BY v.number DESC`,
    [applicationIds],
  )
}

function shownVersion(row: VersionRow): SubmittedVersion {
  const { id, number, sha256, submittedAt, outcome, message, reviewedAt, byId, byName } = row
  const content = JSON.parse(row.content) as SubmittedVersion['content']
  return {
    id,
    number,
    sha256,
    submittedAt,
    content: { ...content, intendedGuaranteeCents: BigInt(content.intendedGuaranteeCents) },
    review: outcome && { outcome, message, at: reviewedAt, byId, byName },
  }
}

function decisionOf({ cents, at, ...decision }: NonNullable<Row['decision']>): ApplicationRecord['decision'] {
  return { ...decision, intendedGuaranteeCents: BigInt(cents), at: new Date(at) }
}

/** What was found last of each criterion, of this version or else of an earlier one. */
export interface RecordedFinding {
  criterion: string
  finding: Finding
  note: string
  version: number
  at: Date
  byName: string
}

export function readFindings(tx: Tx, applicationId: string): Promise<RecordedFinding[]> {
  return tx.query(
    `SELECT DISTINCT ON (c.criterion) c.criterion, c.finding, c.note, v.number AS version,
            c.assessed_at AS at, p.name AS "byName"
     FROM criterion_assessments c
     JOIN application_versions v ON v.id = c.version_id
     JOIN people p ON p.id = c.assessed_by
     WHERE v.application_id = $1 ORDER BY c.criterion, v.number DESC, c.assessed_at DESC, c.id DESC`,
    [applicationId],
  )
}

/** The next reference of the year, such as A-2020-001; one at a time until the transaction ends. */
export async function nextReference(tx: Tx, year: string): Promise<string> {
  const prefix = `A-${year}-`
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 1))', [prefix])
  const rows: { used: number }[] = await tx.query(
    'SELECT count(*)::int AS used FROM applications WHERE starts_with(reference, $1)',
    [prefix],
  )
  return `${prefix}${String(rows[0]!.used + 1).padStart(3, '0')}`
}
