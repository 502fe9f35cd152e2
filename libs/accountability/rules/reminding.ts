import { addDays, type Day, daysBetween } from '#kernel'
import type { ReportStatus } from './status.js'

/** Of what a reminder counts its days: of the last day to submit, or of the day on which a report came back. */
export type ReminderKind = 'due' | 'returned'

/** A reminder that the statutes ask for: so many days from that day; negative is before it. */
export interface Reminder {
  kind: ReminderKind
  countedFrom: Day
  offset: number
}

/** What a reminder depends on: where the report stands, when it is due and when it came back. */
export interface Remindable {
  status: ReportStatus
  dueOn: Day
  /** When the part that is open came back; null when nothing did. */
  returnedOn: Day | null
}

/** Whether the wijk has to do something: as soon as the report is submitted, reminding stops. */
export function waitsForWijk(status: ReportStatus): boolean {
  return status !== 'submitted' && status !== 'approved'
}

/**
 * The reminder to send today, if any: the latest of the days that have come, unless it or a later one was sent. So who
 * was away for some days gets one reminder, not all that were missed. A report that came back is reminded of that, not
 * of the day on which it was due.
 * @param offsets days from the last day to submit, and from the day on which it came back (the statutes)
 * @param sent what was sent about this report
 */
export function reminderDue(
  report: Remindable,
  offsets: Readonly<Record<ReminderKind, readonly number[]>>,
  sent: readonly Reminder[],
  today: Day,
): Reminder | null {
  if (!waitsForWijk(report.status)) return null
  const kind = report.returnedOn ? 'returned' : 'due'
  const countedFrom = report.returnedOn ?? report.dueOn
  const come = offsets[kind].filter((offset) => addDays(countedFrom, offset) <= today)
  if (come.length === 0) return null
  const offset = Math.max(...come)
  const done = sent.some(
    (one) => one.kind === kind && one.countedFrom === countedFrom && one.offset >= offset,
  )
  return done ? null : { kind, countedFrom, offset }
}

/** How many days a report is late: since it was due, or not at all when it is not the wijk's turn. */
export function daysLate({ status, dueOn, returnedOn }: Remindable, today: Day): number {
  if (!waitsForWijk(status) || returnedOn) return 0
  return Math.max(0, daysBetween(dueOn, today))
}
