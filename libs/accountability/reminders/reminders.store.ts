import type { Tx } from '#platform'
import { ReportReminderRow } from './entities.js'

/** One at a time, until the transaction ends: the daily work of two processes, and somebody who presses a button. */
export async function lockReminders(tx: Tx): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('report reminders', 0))`)
}

/** Everything that was sent, the first one first. */
export async function readReminders(tx: Tx): Promise<ReportReminderRow[]> {
  return tx.getRepository(ReportReminderRow).find({ order: { sentAt: 'ASC', id: 'ASC' } })
}

export async function insertReminder(tx: Tx, row: ReportReminderRow): Promise<void> {
  await tx.getRepository(ReportReminderRow).insert(row)
}
