import type { Day } from '#kernel'
import type { Tx } from '#platform'
import type { MandateEvent, MandateRecord } from '../rules/mandate.js'
import { MandateEventRow, MandateRow } from './entities.js'

export type StoredEvent = MandateEvent & { by: string | null; reason: string }

/** A mandate with what happened to it, and the role that came of it. */
export interface StoredMandate extends MandateRecord {
  reason: string
  proposedBy: string | null
  assignmentId: string | null
  events: readonly StoredEvent[]
}

/** Which mandates to read; nothing given means all. */
export interface MandateFilter {
  id?: string
  memberIds?: readonly string[]
  personId?: string
  requestKey?: string
  /** Only those that nobody decided about yet. */
  undecided?: boolean
  /** Only those that can have held on this day. */
  day?: Day
}

/** Whoever decides who acts for a member waits here for the other, until the transaction ends. */
export async function lockMandatesOf(tx: Tx, memberId: string): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 5))', [memberId])
}

type Row = Omit<StoredMandate, 'events'> & {
  events: {
    type: string
    on: Day | null
    cause: string | null
    reason: string
    by: string | null
    at: string
  }[]
}

/** The mandates that match, in order of proposal, each with its events in order of recording. */
export async function readMandates(tx: Tx, where: MandateFilter): Promise<StoredMandate[]> {
  const rows: Row[] = await tx.query(
    `SELECT m.id, m.member_id AS "memberId", m.person_id AS "personId", m.function, m.holds_from AS "from",
       m.holds_until AS until, m.reason, m.proposed_by AS "proposedBy", m.proposed_at AS "proposedAt",
       happened."assignmentId", coalesce(happened.events, '[]') AS events
     FROM mandates m LEFT JOIN LATERAL (
       SELECT jsonb_agg(jsonb_build_object('type', e.type, 'on', e.on_day, 'cause', e.cause, 'reason', e.reason,
           'by', e.recorded_by, 'at', e.recorded_at) ORDER BY e.sequence) AS events,
         min(e.assignment_id::text) AS "assignmentId"
       FROM mandate_events e WHERE e.mandate_id = m.id) happened ON true
     WHERE ($1::uuid IS NULL OR m.id = $1) AND ($2::uuid[] IS NULL OR m.member_id = ANY($2))
       AND ($3::uuid IS NULL OR m.person_id = $3) AND ($4::uuid IS NULL OR m.request_key = $4)
       AND (NOT $5 OR NOT EXISTS (SELECT FROM mandate_events e
         WHERE e.mandate_id = m.id AND e.type IN ('confirmed','refused','withdrawn')))
       AND ($6::date IS NULL OR (m.holds_from <= $6 AND (m.holds_until IS NULL OR m.holds_until > $6)))
     ORDER BY m.proposed_at, m.id`,
    [
      where.id ?? null,
      where.memberIds ?? null,
      where.personId ?? null,
      where.requestKey ?? null,
      where.undecided ?? false,
      where.day ?? null,
    ],
  )
  return rows.map((row) => ({
    ...row,
    events: row.events.map((event) => ({ ...event, at: new Date(event.at) }) as StoredEvent),
  }))
}

export async function insertMandate(tx: Tx, row: MandateRow): Promise<void> {
  await tx.getRepository(MandateRow).insert(row)
}

type NewEvent = Pick<MandateEventRow, 'mandateId' | 'type' | 'recordedBy' | 'recordedAt'> &
  Partial<MandateEventRow>

export async function insertMandateEvent(tx: Tx, event: NewEvent): Promise<void> {
  await tx
    .getRepository(MandateEventRow)
    .insert({ onDay: null, cause: null, assignmentId: null, reason: '', ...event })
}
