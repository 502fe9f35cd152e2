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
import type { Treatment } from '../rules/claim.js'
import { GuaranteeCallIssueRow, GuaranteeCallPartRow } from './call-entities.js'

const ofClaim = (foreignKeyConstraintName: string) => [
  { name: 'call_id', referencedColumnName: 'callId', foreignKeyConstraintName },
  { name: 'member_id', referencedColumnName: 'memberId', foreignKeyConstraintName },
]

/** What one holder owes on a call that went out. */
@Entity('guarantee_call_claims')
@Unique('guarantee_call_claims_reference', ['reference'])
@Check('guarantee_call_claims_offset', 'offset_cents >= 0')
@Check('guarantee_call_claims_movement', '(offset_cents > 0) = (offset_movement IS NOT NULL)')
export class GuaranteeCallClaimRow {
  @PrimaryColumn('uuid', { name: 'call_id' }) callId!: string
  @ManyToOne(() => GuaranteeCallIssueRow)
  @JoinColumn({ name: 'call_id', foreignKeyConstraintName: 'guarantee_call_claims_issue' })
  issue?: Relation<GuaranteeCallIssueRow>
  @PrimaryColumn('uuid', { name: 'member_id' }) memberId!: string
  @OneToOne(() => GuaranteeCallPartRow)
  @JoinColumn(ofClaim('guarantee_call_claims_part'))
  part?: Relation<GuaranteeCallPartRow>
  @Column('text') reference!: string
  @Column('uuid', { name: 'called_movement' }) calledMovement!: string
  /** Settled from what the holder had paid in. */
  @Column('bigint', { name: 'offset_cents', transformer: bigintColumn }) offsetCents!: bigint
  @Column('uuid', { name: 'offset_movement', nullable: true }) offsetMovement!: string | null
}

/** Money that came in on a claim. */
@Entity('guarantee_call_payments')
@Index('guarantee_call_payments_of', ['callId', 'memberId'])
@Check('guarantee_call_payments_cents', 'cents > 0')
export class GuaranteeCallPaymentRow {
  @PrimaryColumn('uuid', { name: 'bank_line_id' }) bankLineId!: string
  @PrimaryColumn('uuid', { name: 'call_id' }) callId!: string
  @PrimaryColumn('uuid', { name: 'member_id' }) memberId!: string
  @ManyToOne(() => GuaranteeCallClaimRow)
  @JoinColumn(ofClaim('guarantee_call_payments_claim'))
  claim?: Relation<GuaranteeCallClaimRow>
  @Column('bigint', { transformer: bigintColumn }) cents!: bigint
  @Column('date', { name: 'paid_on' }) paidOn!: string
  @Column('uuid', { name: 'movement_id' }) movementId!: string
  @Column('uuid', { name: 'entry_id' }) entryId!: string
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date
  @Column('uuid', { name: 'recorded_by' }) recordedBy!: string
}

/** A reminder that went out, by its day from the due day. */
@Entity('guarantee_call_reminders')
export class GuaranteeCallReminderRow {
  @PrimaryColumn('uuid', { name: 'call_id' }) callId!: string
  @PrimaryColumn('uuid', { name: 'member_id' }) memberId!: string
  @ManyToOne(() => GuaranteeCallClaimRow)
  @JoinColumn(ofClaim('guarantee_call_reminders_claim'))
  claim?: Relation<GuaranteeCallClaimRow>
  @PrimaryColumn('smallint', { name: 'day_offset' }) dayOffset!: number
  @Column('date', { name: 'sent_on' }) sentOn!: string
  @Column('timestamptz', { name: 'sent_at' }) sentAt!: Date
}

/** What one person proposes to do about a holder that does not pay. */
@Entity('guarantee_call_defaults')
@Unique('guarantee_call_defaults_request', ['requestKey'])
@Unique('guarantee_call_defaults_number', ['callId', 'memberId', 'number'])
@Unique('guarantee_call_defaults_recorder', ['id', 'recordedBy'])
@Check('guarantee_call_defaults_positive', 'number > 0')
@Check('guarantee_call_defaults_treatment', `treatment IN ('pursued','writtenOff')`)
@Check('guarantee_call_defaults_cents', 'cents > 0')
@Check('guarantee_call_defaults_reason', `reason <> ''`)
export class GuaranteeCallDefaultRow {
  @PrimaryColumn('uuid') id!: string
  @Column('uuid', { name: 'call_id' }) callId!: string
  @Column('uuid', { name: 'member_id' }) memberId!: string
  @ManyToOne(() => GuaranteeCallClaimRow)
  @JoinColumn(ofClaim('guarantee_call_defaults_claim'))
  claim?: Relation<GuaranteeCallClaimRow>
  @Column('smallint') number!: number
  @Column('text') treatment!: Treatment
  /** What was open when it was recorded. */
  @Column('bigint', { transformer: bigintColumn }) cents!: bigint
  @Column('text') reason!: string
  @Column('uuid', { name: 'request_key' }) requestKey!: string
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date
  @Column('uuid', { name: 'recorded_by' }) recordedBy!: string
}

export type DefaultAnswer = 'confirmed' | 'refused' | 'withdrawn'

/** What another person said of it, or the same one that took it back. */
@Entity('guarantee_call_default_answers')
@Check('guarantee_call_default_answers_answer', `answer IN ('confirmed','refused','withdrawn')`)
@Check('guarantee_call_default_answers_four_eyes', `(answer = 'withdrawn') = (answered_by = recorded_by)`)
export class GuaranteeCallDefaultAnswerRow {
  @PrimaryColumn('uuid', { name: 'default_id' }) defaultId!: string
  @Column('uuid', { name: 'recorded_by' }) recordedBy!: string
  @ManyToOne(() => GuaranteeCallDefaultRow)
  @JoinColumn([
    {
      name: 'default_id',
      referencedColumnName: 'id',
      foreignKeyConstraintName: 'guarantee_call_default_answers_default',
    },
    {
      name: 'recorded_by',
      referencedColumnName: 'recordedBy',
      foreignKeyConstraintName: 'guarantee_call_default_answers_default',
    },
  ])
  default?: Relation<GuaranteeCallDefaultRow>
  @Column('text') answer!: DefaultAnswer
  @Column('text') note!: string
  /** Of what was written off. */
  @Column('uuid', { name: 'entry_id', nullable: true }) entryId!: string | null
  @Column('timestamptz', { name: 'answered_at' }) answeredAt!: Date
  @Column('uuid', { name: 'answered_by' }) answeredBy!: string
}

export const claimEntities = [
  GuaranteeCallClaimRow,
  GuaranteeCallPaymentRow,
  GuaranteeCallReminderRow,
  GuaranteeCallDefaultRow,
  GuaranteeCallDefaultAnswerRow,
]
