import type { Day } from '#kernel'
import type { Tx } from '#platform'
import type { Office } from '../rules/offices.js'
import { type Appointer, OfficeEndingRow, OfficeTermRow } from './entities.js'

/** A term with its end by what was known, and the person's name. */
export interface OfficeTerm {
  id: string
  office: Office
  personId: string
  name: string
  email: string
  assignmentId: string
  from: Day
  /** The first day on which it no longer holds; null while it runs on. */
  until: Day | null
  appointedBy: Appointer | null
  decision: string
  note: string
  recordedBy: string | null
  recordedAt: Date
  endReason: string | null
  endedBy: string | null
  endedAt: Date | null
}

/** All who appoint to offices wait here for each other: a person may be appointed to two at once. */
export async function lockOffices(tx: Tx): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock(730033)')
}

/** The terms that match, by start. @param knownAt as they were known then; by all that is known when null */
export async function readTerms(
  tx: Tx,
  where: { id?: string; office?: Office; requestKey?: string; knownAt?: Date } = {},
): Promise<OfficeTerm[]> {
  return tx.query(
    `SELECT t.id, t.office, t.person_id AS "personId", p.name, p.email, t.assignment_id AS "assignmentId",
       t.holds_from AS "from", least(t.holds_until, e.ends_on) AS until, t.appointed_by AS "appointedBy", t.decision,
       t.note, t.recorded_by AS "recordedBy", t.recorded_at AS "recordedAt", e.reason AS "endReason",
       e.recorded_by AS "endedBy", e.recorded_at AS "endedAt"
     FROM office_terms t JOIN people p ON p.id = t.person_id
     LEFT JOIN office_endings e ON e.term_id = t.id AND e.recorded_at <= coalesce($4::timestamptz, 'infinity')
     WHERE ($1::uuid IS NULL OR t.id = $1) AND ($2::text IS NULL OR t.office = $2)
       AND ($3::uuid IS NULL OR t.request_key = $3)
       AND t.recorded_at <= coalesce($4::timestamptz, 'infinity')
     ORDER BY t.holds_from, p.name, t.id`,
    [where.id ?? null, where.office ?? null, where.requestKey ?? null, where.knownAt ?? null],
  )
}

export async function insertTerm(tx: Tx, row: OfficeTermRow): Promise<void> {
  await tx.getRepository(OfficeTermRow).insert(row)
}

export async function insertOfficeEnding(tx: Tx, row: Omit<OfficeEndingRow, 'term'>): Promise<void> {
  await tx.getRepository(OfficeEndingRow).insert(row)
}
