import {
  Check,
  Column,
  Entity,
  JoinColumn,
  ManyToOne,
  OneToOne,
  PrimaryColumn,
  type Relation,
  Unique,
} from 'typeorm'
import type { Draft } from '../rules/draft.js'
import type { ReviewVerdict } from '../rules/status.js'

@Entity({ name: 'quarterly_reports' })
@Unique('quarterly_reports_one_per_quarter', ['agreementId', 'quarter'])
@Check('quarterly_reports_quarter', `quarter ~ '^[0-9]{4}-Q[1-4]$'`)
export class QuarterlyReportRow {
  @PrimaryColumn('uuid') id!: string
  @Column('uuid', { name: 'agreement_id' }) agreementId!: string
  @Column('text') quarter!: string
  /** What was typed, field by field, also where it is no amount. */
  @Column('jsonb', { default: {} }) draft!: Draft
  /** Goes up by one at every change, so that nobody overwrites what he has not seen. */
  @Column('integer', { name: 'draft_revision', default: 0 }) draftRevision!: number
  @Column('timestamptz', { name: 'draft_saved_at', nullable: true }) draftSavedAt!: Date | null
  @Column('uuid', { name: 'draft_saved_by', nullable: true }) draftSavedBy!: string | null
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

@Entity({ name: 'report_reviews' })
@Check('report_reviews_verdict', `verdict IN ('approved','returned')`)
@Check('report_reviews_reason', `verdict = 'approved' OR length(trim(reason)) > 0`)
export class ReportReviewRow {
  @PrimaryColumn('uuid', { name: 'version_id' }) versionId!: string
  @Column('text') verdict!: ReviewVerdict
  @Column('text', { default: '' }) reason!: string
  @Column('timestamptz', { name: 'reviewed_at' }) reviewedAt!: Date
  @Column('uuid', { name: 'reviewed_by' }) reviewedBy!: string

  @OneToOne(() => ReportVersionRow)
  @JoinColumn({ name: 'version_id', foreignKeyConstraintName: 'report_reviews_version' })
  version?: Relation<ReportVersionRow>
}

export const accountabilityEntities = [QuarterlyReportRow, ReportVersionRow, ReportReviewRow]
