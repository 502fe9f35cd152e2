import {
  Check,
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  OneToOne,
  PrimaryColumn,
  type Relation,
  Unique,
} from 'typeorm'
import { bigintColumn } from '#platform'
import type { AppliedKind } from '../rules/application-content.js'
import type { DecisionOutcome, ReviewOutcome } from '../rules/application-state.js'
import type { Finding } from '../rules/assessment.js'
import type { Draft } from '../rules/steps.js'
import type { AdmissionOrgan } from '../rules/who-decides.js'

@Entity('criterion_settings')
@Index('criterion_settings_day', ['kind', 'holdsFrom'])
@Check('criterion_settings_key', `key ~ '^[a-z0-9]+(-[a-z0-9]+)*$'`)
@Check('criterion_settings_kind', `kind IN ('voting','supporting')`)
export class CriterionSettingRow {
  @PrimaryColumn('uuid') id!: string
  @Column('text') key!: string
  @Column('text') kind!: AppliedKind
  @Column('text') text!: string
  @Column('text') article!: string
  @Column('smallint') position!: number
  @Column('boolean') applies!: boolean
  @Column('date', { name: 'holds_from' }) holdsFrom!: string
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date
  @Column('uuid', { name: 'recorded_by', nullable: true }) recordedBy!: string | null
}

@Entity('applications')
@Unique('applications_reference', ['reference'])
@Index('applications_saved', ['savedAt'], { where: 'reference IS NULL' })
export class ApplicationRow {
  @PrimaryColumn('uuid') id!: string
  /** Given when it is submitted for the first time. */
  @Column('text', { nullable: true }) reference!: string | null
  /** Where the link to go on with it is mailed to. */
  @Column('text') address!: string
  /** What was typed, field by field, also where it is wrong. */
  @Column('jsonb', { default: {} }) draft!: Draft
  @Column('timestamptz', { name: 'started_at' }) startedAt!: Date
  @Column('timestamptz', { name: 'saved_at' }) savedAt!: Date
}

/** Evidence that was ever added; what is left out of the next version has a moment of removal. */
@Entity('application_files')
@Index('application_files_application', ['applicationId'])
export class ApplicationFileRow {
  @PrimaryColumn('uuid', { name: 'file_id' }) fileId!: string
  @Column('uuid', { name: 'application_id' }) applicationId!: string
  @ManyToOne(() => ApplicationRow)
  @JoinColumn({ name: 'application_id' })
  application?: Relation<ApplicationRow>
  @Column('text') criterion!: string
  @Column('timestamptz', { name: 'added_at' }) addedAt!: Date
  @Column('timestamptz', { name: 'removed_at', nullable: true }) removedAt!: Date | null
}

@Entity('application_versions')
@Unique('application_versions_number', ['applicationId', 'number'])
@Check('application_versions_number_positive', 'number > 0')
@Check('application_versions_sha256', `sha256 = encode(sha256(convert_to(content, 'UTF8')), 'hex')`)
export class ApplicationVersionRow {
  @PrimaryColumn('uuid') id!: string
  @Column('uuid', { name: 'application_id' }) applicationId!: string
  @ManyToOne(() => ApplicationRow)
  @JoinColumn({ name: 'application_id' })
  application?: Relation<ApplicationRow>
  @Column('smallint') number!: number
  /** Canonical JSON, as text: the very bytes that the hash is of. */
  @Column('text') content!: string
  @Column('char', { length: 64 }) sha256!: string
  @Column('timestamptz', { name: 'submitted_at' }) submittedAt!: Date
}

@Entity('criterion_assessments')
@Index('criterion_assessments_version', ['versionId'])
@Check('criterion_assessments_finding', `finding IN ('met','notMet','ask')`)
@Check('criterion_assessments_note', `finding = 'met' OR length(trim(note)) > 0`)
export class CriterionAssessmentRow {
  @PrimaryColumn('uuid') id!: string
  @Column('uuid', { name: 'version_id' }) versionId!: string
  @ManyToOne(() => ApplicationVersionRow)
  @JoinColumn({ name: 'version_id' })
  version?: Relation<ApplicationVersionRow>
  @Column('text') criterion!: string
  @Column('text') finding!: Finding
  @Column('text', { default: '' }) note!: string
  @Column('timestamptz', { name: 'assessed_at' }) assessedAt!: Date
  @Column('uuid', { name: 'assessed_by' }) assessedBy!: string
}

@Entity('application_reviews')
@Check('application_reviews_outcome', `outcome IN ('askedBack','adviseAdmission','adviseRefusal')`)
@Check('application_reviews_message', `outcome = 'adviseAdmission' OR length(trim(message)) > 0`)
export class ApplicationReviewRow {
  @PrimaryColumn('uuid', { name: 'version_id' }) versionId!: string
  @OneToOne(() => ApplicationVersionRow)
  @JoinColumn({ name: 'version_id', foreignKeyConstraintName: 'application_reviews_version' })
  version?: Relation<ApplicationVersionRow>
  @Column('text') outcome!: ReviewOutcome
  @Column('text', { default: '' }) message!: string
  @Column('timestamptz', { name: 'reviewed_at' }) reviewedAt!: Date
  @Column('uuid', { name: 'reviewed_by' }) reviewedBy!: string
}

@Entity('admission_decisions')
@Unique('admission_decisions_member', ['memberId'])
@Check('admission_decisions_outcome', `outcome IN ('admitted','refused')`)
@Check('admission_decisions_organ', `organ IN ('director','assembly')`)
@Check('admission_decisions_guarantee', 'intended_guarantee_cents >= 0')
@Check('admission_decisions_admitted', `(outcome = 'admitted') = (member_id IS NOT NULL)`)
@Check('admission_decisions_reason', `outcome = 'admitted' OR length(trim(reason)) > 0`)
@Check('admission_decisions_assembly', `(organ = 'assembly') = (decision_id IS NOT NULL)`)
export class AdmissionDecisionRow {
  @PrimaryColumn('uuid', { name: 'application_id' }) applicationId!: string
  @OneToOne(() => ApplicationRow)
  @JoinColumn({ name: 'application_id', foreignKeyConstraintName: 'admission_decisions_application' })
  application?: Relation<ApplicationRow>
  @Column('uuid', { name: 'version_id' }) versionId!: string
  @ManyToOne(() => ApplicationVersionRow)
  @JoinColumn({ name: 'version_id' })
  version?: Relation<ApplicationVersionRow>
  @Column('text') outcome!: DecisionOutcome
  @Column('text', { default: '' }) reason!: string
  @Column('text') organ!: AdmissionOrgan
  @Column('text') article!: string
  /** The decision of the assembly, when that is the organ. */
  @Column('uuid', { name: 'decision_id', nullable: true }) decisionId!: string | null
  @Column('uuid', { name: 'member_id', nullable: true }) memberId!: string | null
  @Column('bigint', { name: 'intended_guarantee_cents', transformer: bigintColumn })
  intendedGuaranteeCents!: bigint
  @Column('timestamptz', { name: 'decided_at' }) decidedAt!: Date
  @Column('uuid', { name: 'decided_by' }) decidedBy!: string
}

@Entity('application_withdrawals')
export class ApplicationWithdrawalRow {
  @PrimaryColumn('uuid', { name: 'application_id' }) applicationId!: string
  @OneToOne(() => ApplicationRow)
  @JoinColumn({ name: 'application_id', foreignKeyConstraintName: 'application_withdrawals_application' })
  application?: Relation<ApplicationRow>
  @Column('timestamptz', { name: 'withdrawn_at' }) withdrawnAt!: Date
}

export const admissionsEntities = [
  CriterionSettingRow,
  ApplicationRow,
  ApplicationFileRow,
  ApplicationVersionRow,
  CriterionAssessmentRow,
  ApplicationReviewRow,
  AdmissionDecisionRow,
  ApplicationWithdrawalRow,
]
