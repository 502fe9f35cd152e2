import { Check, Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation, Unique } from 'typeorm'
import { DecisionRow } from './decision.entity.js'
import { MotionRow } from './entities.js'

/** The offices that can propose by themselves, without a member. */
export type ProposingOrgan = 'chair' | 'secretary' | 'director'

@Entity('amendments')
@Unique('amendments_number', ['motionId', 'number'])
@Unique('amendments_position', ['motionId', 'position'], { deferrable: 'INITIALLY DEFERRED' })
@Check('amendments_proposer_organ', `proposer_organ IN ('chair','secretary','director')`)
@Check('amendments_proposer', 'num_nonnulls(proposer_member_id, proposer_organ) = 1')
@Check('amendments_withdrawal', 'num_nonnulls(withdrawn_at, withdrawn_by) IN (0, 2)')
@Check('amendments_lapse', 'num_nonnulls(lapsed_at, lapsed_by, lapse_reason) IN (0, 3)')
export class AmendmentRow {
  @PrimaryColumn('uuid') id!: string
  @Column('uuid', { name: 'motion_id' }) motionId!: string
  @ManyToOne(() => MotionRow)
  @JoinColumn({ name: 'motion_id', foreignKeyConstraintName: 'amendments_motion' })
  motion!: Relation<MotionRow>
  /** In the order of offering; it keeps it. */
  @Column('smallint') number!: number
  /** Its place in the order of voting. */
  @Column('smallint') position!: number
  @Column('text') title!: string
  @Column('text') question!: string
  /** The text of the motion that it was written for. */
  @Column('text', { name: 'base_text' }) baseText!: string
  /** The whole text that it would give the motion. */
  @Column('text') text!: string
  @Column('text') reasoning!: string
  @Column('uuid', { name: 'proposer_member_id', nullable: true }) proposerMemberId!: string | null
  @Column('text', { name: 'proposer_organ', nullable: true }) proposerOrgan!: ProposingOrgan | null
  @Column('timestamptz', { name: 'submitted_at' }) submittedAt!: Date
  @Column('uuid', { name: 'submitted_by' }) submittedBy!: string
  @Column('timestamptz', { name: 'withdrawn_at', nullable: true }) withdrawnAt!: Date | null
  @Column('uuid', { name: 'withdrawn_by', nullable: true }) withdrawnBy!: string | null
  /** Set aside by the chair, with the reason. */
  @Column('timestamptz', { name: 'lapsed_at', nullable: true }) lapsedAt!: Date | null
  @Column('uuid', { name: 'lapsed_by', nullable: true }) lapsedBy!: string | null
  @Column('text', { name: 'lapse_reason', nullable: true }) lapseReason!: string | null
}

/** One text of a motion; the highest number is the present one. */
@Entity('motion_texts')
@Check('motion_texts_kind', `kind IN ('submitted','changed','amended','restored')`)
@Check('motion_texts_by_amendment', `(kind IN ('amended','restored')) = (amendment_id IS NOT NULL)`)
export class MotionTextRow {
  @PrimaryColumn('uuid', { name: 'motion_id' }) motionId!: string
  @PrimaryColumn('smallint') number!: number
  @ManyToOne(() => MotionRow)
  @JoinColumn({ name: 'motion_id', foreignKeyConstraintName: 'motion_texts_motion' })
  motion!: Relation<MotionRow>
  /** Restored: the text of before an amendment that a re-vote rejected after all. */
  @Column('text') kind!: 'submitted' | 'changed' | 'amended' | 'restored'
  @Column('text') text!: string
  @Column('uuid', { name: 'amendment_id', nullable: true }) amendmentId!: string | null
  @ManyToOne(() => AmendmentRow)
  @JoinColumn({ name: 'amendment_id', foreignKeyConstraintName: 'motion_texts_amendment' })
  amendment!: Relation<AmendmentRow> | null
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date
  @Column('uuid', { name: 'recorded_by' }) recordedBy!: string
}

/** The day of the deed that gives effect to a change of the statutes; the last one entered counts. */
@Entity('decision_deeds')
export class DecisionDeedRow {
  @PrimaryColumn('uuid', { name: 'decision_id' }) decisionId!: string
  @PrimaryColumn('smallint') sequence!: number
  @ManyToOne(() => DecisionRow)
  @JoinColumn({ name: 'decision_id', foreignKeyConstraintName: 'decision_deeds_decision' })
  decision!: Relation<DecisionRow>
  @Column('date', { name: 'deed_on' }) deedOn!: string
  @Column('text') notary!: string
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date
  @Column('uuid', { name: 'recorded_by' }) recordedBy!: string
}
