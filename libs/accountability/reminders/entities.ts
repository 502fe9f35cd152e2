import { Check, Column, Entity, PrimaryColumn, Unique } from 'typeorm'
import type { ReminderKind } from '../rules/reminding.js'

/** A reminder about a report: one that the statutes ask for, or a friendly one of somebody. Only ever added. */
@Entity({ name: 'report_reminders' })
@Unique('report_reminders_once', ['agreementId', 'quarter', 'kind', 'countedFrom', 'dayOffset'])
@Check('report_reminders_kind', `kind IN ('due','returned','friendly')`)
@Check('report_reminders_quarter', `quarter ~ '^[0-9]{4}-Q[1-4]$'`)
@Check('report_reminders_by', `(kind = 'friendly') = (sent_by IS NOT NULL)`)
export class ReportReminderRow {
  @PrimaryColumn('uuid') id!: string
  @Column('uuid', { name: 'agreement_id' }) agreementId!: string
  @Column('text') quarter!: string
  @Column('text') kind!: ReminderKind | 'friendly'
  /** The last day to submit, the day on which it came back, or of a friendly one its own day. */
  @Column('date', { name: 'counted_from' }) countedFrom!: string
  @Column('smallint', { name: 'day_offset' }) dayOffset!: number
  /** The sentence that somebody added; empty without one. */
  @Column('text') sentence!: string
  /** To whom, by name. */
  @Column('jsonb') recipients!: string[]
  @Column('date', { name: 'sent_on' }) sentOn!: string
  @Column('timestamptz', { name: 'sent_at' }) sentAt!: Date
  @Column('uuid', { name: 'sent_by', nullable: true }) sentBy!: string | null
}

export const reportRemindersEntities = [ReportReminderRow]
