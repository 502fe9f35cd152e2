import { Check, Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation, Unique } from 'typeorm'
import type { ReportEventKind } from '../rules/course.js'
import type { Section } from '../rules/report-template.js'

@Entity({ name: 'quarterly_reports' })
@Unique('quarterly_reports_one_per_quarter', ['agreementId', 'quarter'])
@Check('quarterly_reports_quarter', `quarter ~ '^[0-9]{4}-Q[1-4]$'`)
export class QuarterlyReportRow {
  @PrimaryColumn('uuid') id!: string
  @Column('uuid', { name: 'agreement_id' }) agreementId!: string
  @Column('text') quarter!: string
}

@Entity({ name: 'report_fields' })
@Check('report_fields_revision', 'revision >= 0')
@Check('report_fields_saved_by', '(revision = 0) = (saved_by IS NULL)')
export class ReportFieldRow {
  @PrimaryColumn('uuid', { name: 'report_id' }) reportId!: string
  @PrimaryColumn('text') field!: string
  /** As typed, also where it is no amount. */
  @Column('text') text!: string
  /** Goes up by one at every change, so that nobody overwrites what he has not seen; 0 is what was filled in beforehand. */
  @Column('integer') revision!: number
  @Column('timestamptz', { name: 'saved_at' }) savedAt!: Date
  @Column('uuid', { name: 'saved_by', nullable: true }) savedBy!: string | null

  @ManyToOne(() => QuarterlyReportRow)
  @JoinColumn({ name: 'report_id', foreignKeyConstraintName: 'report_fields_report_id_fkey' })
  report?: Relation<QuarterlyReportRow>
}

@Entity({ name: 'report_annexes' })
export class ReportAnnexRow {
  @PrimaryColumn('uuid', { name: 'report_id' }) reportId!: string
  @PrimaryColumn('uuid', { name: 'file_id' }) fileId!: string
  @Column('timestamptz', { name: 'added_at' }) addedAt!: Date
  @Column('uuid', { name: 'added_by' }) addedBy!: string

  @ManyToOne(() => QuarterlyReportRow)
  @JoinColumn({ name: 'report_id', foreignKeyConstraintName: 'report_annexes_report_id_fkey' })
  report?: Relation<QuarterlyReportRow>
}

@Entity({ name: 'report_versions' })
@Unique('report_versions_number', ['reportId', 'number'])
@Check('report_versions_number_positive', 'number > 0')
@Check('report_versions_sha256', `sha256 = encode(sha256(convert_to(content, 'UTF8')), 'hex')`)
export class ReportVersionRow {
  @PrimaryColumn('uuid') id!: string
  @Column('uuid', { name: 'report_id' }) reportId!: string
  @Column('smallint') number!: number
  /** Canonical JSON, as text: the very bytes that the hash is of. */
  @Column('text') content!: string
  @Column('char', { length: 64 }) sha256!: string
  @Column('timestamptz', { name: 'submitted_at' }) submittedAt!: Date
  @Column('uuid', { name: 'submitted_by' }) submittedBy!: string

  @ManyToOne(() => QuarterlyReportRow)
  @JoinColumn({ name: 'report_id', foreignKeyConstraintName: 'report_versions_report_id_fkey' })
  report?: Relation<QuarterlyReportRow>
}

@Entity({ name: 'report_events' })
@Check('report_events_number_positive', 'number > 0')
@Check(
  'report_events_kind',
  `kind IN ('completed','changed','submitted','withdrawn','approved','returned','answered','closed','reopened')`,
)
@Check('report_events_version', `(kind IN ('completed','changed')) = (version IS NULL)`)
@Check(
  'report_events_text',
  `kind NOT IN ('withdrawn','returned','answered','reopened') OR length(trim(text)) > 0`,
)
@Check(
  'report_events_sections',
  `kind NOT IN ('approved','returned','answered','reopened') OR cardinality(sections) > 0`,
)
export class ReportEventRow {
  @PrimaryColumn('uuid', { name: 'report_id' }) reportId!: string
  /** The place of the event among those of its report. */
  @PrimaryColumn('integer') number!: number
  @Column('text') kind!: ReportEventKind
  @Column('smallint', { nullable: true }) version!: number | null
  @Column('text', { array: true, default: [] }) sections!: Section[]
  @Column('text', { default: '' }) text!: string
  @Column('timestamptz') at!: Date
  @Column('uuid', { name: 'person_id' }) personId!: string

  @ManyToOne(() => QuarterlyReportRow)
  @JoinColumn({ name: 'report_id', foreignKeyConstraintName: 'report_events_report_id_fkey' })
  report?: Relation<QuarterlyReportRow>
}

export const accountabilityEntities = [
  QuarterlyReportRow,
  ReportFieldRow,
  ReportAnnexRow,
  ReportVersionRow,
  ReportEventRow,
]
