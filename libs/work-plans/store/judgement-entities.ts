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
import type { JudgeAnswer, Verdict } from '../rules/judging.js'
import { WorkPlanVersionRow } from './plan-entities.js'

/** How far a goal was reached, as who carried it out sees it. */
@Entity('work_plan_judgements')
@Unique('work_plan_judgements_number', ['year', 'goalId', 'number'])
@Check('work_plan_judgements_positive', 'number > 0')
@Check('work_plan_judgements_verdict', `verdict IN ('met','partly','notMet')`)
@Check('work_plan_judgements_evidence', `evidence <> ''`)
export class WorkPlanJudgementRow {
  @PrimaryColumn('uuid') id!: string
  @Column('smallint') year!: number
  @Column('text', { name: 'goal_id' }) goalId!: string
  @Column('smallint') number!: number
  /** The version of the plan whose goal was judged. */
  @Column('uuid', { name: 'version_id' }) versionId!: string
  @ManyToOne(() => WorkPlanVersionRow)
  @JoinColumn({ name: 'version_id' })
  version?: Relation<WorkPlanVersionRow>
  @Column('text') verdict!: Verdict
  @Column('text') evidence!: string
  @Column('text') name!: string
  @Column('timestamptz', { name: 'proposed_at' }) proposedAt!: Date
  @Column('uuid', { name: 'proposed_by' }) proposedBy!: string
}

/** A file that shows how far the goal was reached. */
@Entity('work_plan_judgement_files')
export class JudgementFileRow {
  @PrimaryColumn('uuid', { name: 'judgement_id' }) judgementId!: string
  @ManyToOne(() => WorkPlanJudgementRow)
  @JoinColumn({ name: 'judgement_id' })
  judgement?: Relation<WorkPlanJudgementRow>
  @PrimaryColumn('uuid', { name: 'file_id' }) fileId!: string
}

/** What somebody who does not gain by it says of a judgement. */
@Entity('work_plan_judgement_answers')
@Check('work_plan_judgement_answers_answer', `answer IN ('confirmed','disputed')`)
@Check('work_plan_judgement_answers_view', `answer = 'confirmed' OR view <> ''`)
export class JudgementAnswerRow {
  @PrimaryColumn('uuid', { name: 'judgement_id' }) judgementId!: string
  @OneToOne(() => WorkPlanJudgementRow)
  @JoinColumn({ name: 'judgement_id' })
  judgement?: Relation<WorkPlanJudgementRow>
  @Column('text') answer!: JudgeAnswer
  @Column('text') view!: string
  @Column('text') name!: string
  @Column('timestamptz', { name: 'answered_at' }) answeredAt!: Date
  @Column('uuid', { name: 'answered_by' }) answeredBy!: string
}

export const judgementEntities = [WorkPlanJudgementRow, JudgementFileRow, JudgementAnswerRow]
