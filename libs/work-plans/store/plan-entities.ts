import { Check, Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation, Unique } from 'typeorm'
import type { PlanAnswer } from '../rules/course.js'
import type { Goal } from '../rules/goals.js'

/** The goals of a year as they are being written. */
@Entity('work_plan_drafts')
export class WorkPlanDraftRow {
  @PrimaryColumn('smallint') year!: number
  @Column('jsonb') goals!: Goal[]
  @Column('timestamptz', { name: 'saved_at' }) savedAt!: Date
  @Column('uuid', { name: 'saved_by', nullable: true }) savedBy!: string | null
}

/** A plan as the cooperative says that it was agreed with the gemeente. */
@Entity('work_plan_versions')
@Unique('work_plan_versions_number', ['year', 'version'])
@Unique('work_plan_versions_text', ['id', 'sha256'])
@Check('work_plan_versions_positive', 'version > 0')
@Check('work_plan_versions_sha256', `sha256 = encode(sha256(convert_to(content, 'UTF8')), 'hex')`)
export class WorkPlanVersionRow {
  @PrimaryColumn('uuid') id!: string
  /** A calendar year, as the subsidy is. */
  @Column('smallint') year!: number
  @Column('smallint') version!: number
  /** Canonical JSON, as text: the very bytes that the hash is of. */
  @Column('text') content!: string
  @Column('char', { length: 64 }) sha256!: string
  /** Why there is another version; empty for the first one. */
  @Column('text') reason!: string
  @Column('date', { name: 'agreed_on' }) agreedOn!: string
  @Column('uuid', { name: 'file_id' }) fileId!: string
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date
  @Column('uuid', { name: 'recorded_by' }) recordedBy!: string
}

/** What the gemeente said of a version. */
@Entity('work_plan_answers')
@Check('work_plan_answers_answer', `answer IN ('agreed','refused')`)
@Check('work_plan_answers_note', `answer = 'agreed' OR note <> ''`)
export class WorkPlanAnswerRow {
  @PrimaryColumn('uuid', { name: 'version_id' }) versionId!: string
  @Column('char', { length: 64 }) sha256!: string
  @ManyToOne(() => WorkPlanVersionRow)
  @JoinColumn([
    {
      name: 'version_id',
      referencedColumnName: 'id',
      foreignKeyConstraintName: 'work_plan_answers_text',
    },
    {
      name: 'sha256',
      referencedColumnName: 'sha256',
      foreignKeyConstraintName: 'work_plan_answers_text',
    },
  ])
  version?: Relation<WorkPlanVersionRow>
  @Column('text') answer!: PlanAnswer
  @Column('text') note!: string
  @Column('text') name!: string
  @Column('timestamptz', { name: 'answered_at' }) answeredAt!: Date
  @Column('uuid', { name: 'answered_by' }) answeredBy!: string
}

export const planEntities = [WorkPlanDraftRow, WorkPlanVersionRow, WorkPlanAnswerRow]
