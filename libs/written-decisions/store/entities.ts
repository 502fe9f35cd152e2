import { Check, Column, Entity, PrimaryColumn, Unique } from 'typeorm'
import type { WrittenType } from '../rules/course.js'
import type { OutcomeReason, WrittenChoice } from '../rules/unanimity.js'

/** A proposal that the members decide on without a meeting. */
@Entity('written_decisions')
@Check('written_decisions_type', `decision_type IN ('ordinary','statuteChange','distribution')`)
@Check('written_decisions_office', `proposer_office IN ('chair','secretary','director')`)
@Check('written_decisions_proposer', 'num_nonnulls(proposer_member_id, proposer_office) = 1')
export class WrittenDecisionRow {
  @PrimaryColumn('uuid') id!: string
  @Column('text') title!: string
  @Column('text') text!: string
  @Column('text') reasoning!: string
  @Column('text', { name: 'decision_type' }) decisionType!: WrittenType
  @Column('uuid', { name: 'proposer_member_id', nullable: true }) proposerMemberId!: string | null
  @Column('text', { name: 'proposer_office', nullable: true }) proposerOffice!: ProposerOffice | null
  @Column('timestamptz', { name: 'proposed_at' }) proposedAt!: Date
  @Column('uuid', { name: 'proposed_by' }) proposedBy!: string
}

export type ProposerOffice = 'chair' | 'secretary' | 'director'

/** A director's word that the board knows of the proposal. */
@Entity('written_decision_knowledge')
export class WrittenKnowledgeRow {
  @PrimaryColumn('uuid', { name: 'written_decision_id' }) writtenDecisionId!: string
  @Column('timestamptz', { name: 'noted_at' }) notedAt!: Date
  @Column('uuid', { name: 'noted_by' }) notedBy!: string
}

/** From when until when the members are asked. */
@Entity('written_decision_openings')
@Check('written_decision_openings_days', 'closes_on > opened_on')
export class WrittenOpeningRow {
  @PrimaryColumn('uuid', { name: 'written_decision_id' }) writtenDecisionId!: string
  @Column('date', { name: 'opened_on' }) openedOn!: string
  /** The last day to answer. */
  @Column('date', { name: 'closes_on' }) closesOn!: string
  /** Where it stands that the members may decide this way. */
  @Column('text') article!: string
  @Column('timestamptz', { name: 'opened_at' }) openedAt!: Date
  @Column('uuid', { name: 'opened_by' }) openedBy!: string
}

@Entity('written_decision_withdrawals')
export class WrittenWithdrawalRow {
  @PrimaryColumn('uuid', { name: 'written_decision_id' }) writtenDecisionId!: string
  @Column('text') reason!: string
  @Column('timestamptz', { name: 'withdrawn_at' }) withdrawnAt!: Date
  @Column('uuid', { name: 'withdrawn_by' }) withdrawnBy!: string
}

/** A member that might vote when it opened. */
@Entity('written_decision_electors')
export class WrittenElectorRow {
  @PrimaryColumn('uuid', { name: 'written_decision_id' }) writtenDecisionId!: string
  @PrimaryColumn('uuid', { name: 'member_id' }) memberId!: string
  @Column('integer', { name: 'member_number' }) memberNumber!: number
  @Column('text', { name: 'member_name' }) memberName!: string
}

/** A member's answer: final. */
@Entity('written_decision_answers')
@Check('written_decision_answers_choice', `choice IN ('for','against')`)
@Unique('written_decision_answers_reference', ['reference'])
export class WrittenAnswerRow {
  @PrimaryColumn('uuid', {
    name: 'written_decision_id',
    primaryKeyConstraintName: 'written_decision_answers_once',
  })
  writtenDecisionId!: string
  @PrimaryColumn('uuid', { name: 'member_id', primaryKeyConstraintName: 'written_decision_answers_once' })
  memberId!: string
  @Column('text') choice!: WrittenChoice
  @Column('uuid') reference!: string
  @Column('timestamptz', { name: 'answered_at' }) answeredAt!: Date
  @Column('uuid', { name: 'answered_by' }) answeredBy!: string
}

/** One of those who had to agree. */
export interface CountedMember {
  memberId: string
  memberNumber: number
  memberName: string
}

/** How it ended, with the members as they were counted. */
@Entity('written_decision_outcomes')
@Check('written_decision_outcomes_reason', `reason IN ('unanimous','against','silent','nobody')`)
@Check('written_decision_outcomes_adopted', `adopted = (reason = 'unanimous')`)
export class WrittenOutcomeRow {
  @PrimaryColumn('uuid', { name: 'written_decision_id' }) writtenDecisionId!: string
  @Column('uuid', { name: 'decision_id' }) decisionId!: string
  @Column('boolean') adopted!: boolean
  @Column('text') reason!: OutcomeReason
  @Column('date', { name: 'as_of' }) asOf!: string
  @Column('jsonb') electorate!: CountedMember[]
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date
}

export const writtenDecisionsEntities = [
  WrittenDecisionRow,
  WrittenKnowledgeRow,
  WrittenOpeningRow,
  WrittenWithdrawalRow,
  WrittenElectorRow,
  WrittenAnswerRow,
  WrittenOutcomeRow,
]
