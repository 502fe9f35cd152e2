import type { EntityManager } from 'typeorm'
import type { ReportEvent, ReportEventKind } from '../rules/course.js'
import type { Section } from '../rules/report-template.js'

/** An event to write; `by` is the id of the person. */
export interface NewEvent {
  kind: ReportEventKind
  version: number | null
  sections?: readonly Section[]
  text?: string
  at: Date
  by: string
}

/** Adds events to a report, after those it has; the caller holds its lock. */
export async function addEvents(
  tx: EntityManager,
  reportId: string,
  events: readonly NewEvent[],
): Promise<void> {
  for (const { kind, version, sections = [], text = '', at, by } of events) {
    await tx.query(
      `INSERT INTO report_events (report_id, number, kind, version, sections, text, at, person_id)
       SELECT $1, coalesce(max(number), 0) + 1, $2, $3, $4::text[], $5, $6, $7 FROM report_events WHERE report_id = $1`,
      [reportId, kind, version, sections, text, at, by],
    )
  }
}

/** The events of these reports, each report's in order. */
export async function readEvents(
  from: EntityManager,
  reportIds: readonly string[],
): Promise<Map<string, ReportEvent[]>> {
  const rows: {
    report_id: string
    kind: ReportEventKind
    version: number | null
    sections: Section[]
    text: string
    at: Date
    person_id: string
    name: string
  }[] = await from.query(
    `SELECT e.report_id, e.kind, e.version, e.sections, e.text, e.at, e.person_id, p.name
     FROM report_events e JOIN people p ON p.id = e.person_id
     WHERE e.report_id = ANY($1::uuid[]) ORDER BY e.report_id, e.number`,
    [reportIds],
  )
  const events = new Map<string, ReportEvent[]>()
  for (const { report_id, person_id, name, ...event } of rows) {
    const known = events.get(report_id) ?? []
    known.push({ ...event, by: { id: person_id, name } })
    events.set(report_id, known)
  }
  return events
}
