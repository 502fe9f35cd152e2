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
import { bigintColumn } from '#platform'

/** A call on the guarantees as it was proposed: frozen. */
@Entity('guarantee_calls')
@Unique('guarantee_calls_request', ['requestKey'])
@Unique('guarantee_calls_number', ['year', 'number'])
@Check('guarantee_calls_positive', 'number > 0')
@Check('guarantee_calls_amount', 'amount_cents > 0')
@Check('guarantee_calls_sha256', `sha256 ~ '^[0-9a-f]{64}$'`)
export class GuaranteeCallRow {
  @PrimaryColumn('uuid') id!: string
  @Column('smallint') year!: number
  @Column('smallint') number!: number
  @Column('bigint', { name: 'amount_cents', transformer: bigintColumn }) amountCents!: bigint
  /** Canonical JSON, as text: the very bytes that the hash is of. */
  @Column('text') inputs!: string
  @Column('char', { length: 64 }) sha256!: string
  @Column('date', { name: 'reference_day' }) referenceDay!: string
  @Column('uuid', { name: 'request_key' }) requestKey!: string
  @Column('timestamptz', { name: 'proposed_at' }) proposedAt!: Date
  @Column('uuid', { name: 'proposed_by' }) proposedBy!: string
}

@Entity('guarantee_call_parts')
@Check('guarantee_call_parts_cents', 'part_cents > 0')
@Check('guarantee_call_parts_room', 'called_before_cents + part_cents <= pledged_cents')
export class GuaranteeCallPartRow {
  @PrimaryColumn('uuid', { name: 'call_id' }) callId!: string
  @ManyToOne(() => GuaranteeCallRow)
  @JoinColumn({ name: 'call_id', foreignKeyConstraintName: 'guarantee_call_parts_call' })
  call?: Relation<GuaranteeCallRow>
  @PrimaryColumn('uuid', { name: 'member_id' }) memberId!: string
  @Column('smallint') position!: number
  @Column('integer', { name: 'member_number' }) number!: number
  @Column('text') name!: string
  @Column('bigint', { name: 'pledged_cents', transformer: bigintColumn }) pledgedCents!: bigint
  @Column('bigint', { name: 'called_before_cents', transformer: bigintColumn }) calledBeforeCents!: bigint
  @Column('bigint', { name: 'part_cents', transformer: bigintColumn }) partCents!: bigint
}

@Entity('guarantee_call_withdrawals')
export class GuaranteeCallWithdrawalRow {
  @PrimaryColumn('uuid', { name: 'call_id' }) callId!: string
  @OneToOne(() => GuaranteeCallRow)
  @JoinColumn({ name: 'call_id', foreignKeyConstraintName: 'guarantee_call_withdrawals_call' })
  call?: Relation<GuaranteeCallRow>
  @Column('text') reason!: string
  @Column('timestamptz', { name: 'withdrawn_at' }) withdrawnAt!: Date
  @Column('uuid', { name: 'withdrawn_by' }) withdrawnBy!: string
}

/** A call that went out: from here on its parts are claims. */
@Entity('guarantee_call_issues')
@Check('guarantee_call_issues_due', 'due_on >= issued_on')
export class GuaranteeCallIssueRow {
  @PrimaryColumn('uuid', { name: 'call_id' }) callId!: string
  @OneToOne(() => GuaranteeCallRow)
  @JoinColumn({ name: 'call_id', foreignKeyConstraintName: 'guarantee_call_issues_call' })
  call?: Relation<GuaranteeCallRow>
  @Column('uuid', { name: 'decision_id' }) decisionId!: string
  @Column('text', { name: 'decision_number' }) decisionNumber!: string
  @Column('date', { name: 'issued_on' }) issuedOn!: string
  @Column('date', { name: 'due_on' }) dueOn!: string
  /** As the statutes said when it went out: days from the due day. */
  @Column('jsonb', { name: 'reminder_days' }) reminderDays!: number[]
  @Column('text') iban!: string
  @Column('text', { name: 'account_name' }) accountName!: string
  @Column('uuid', { name: 'entry_id' }) entryId!: string
  @Column('timestamptz', { name: 'issued_at' }) issuedAt!: Date
  @Column('uuid', { name: 'issued_by' }) issuedBy!: string
}

@Entity('guarantee_call_cancellations')
export class GuaranteeCallCancellationRow {
  @PrimaryColumn('uuid', { name: 'call_id' }) callId!: string
  @OneToOne(() => GuaranteeCallIssueRow)
  @JoinColumn({ name: 'call_id', foreignKeyConstraintName: 'guarantee_call_cancellations_issue' })
  issue?: Relation<GuaranteeCallIssueRow>
  @Column('text') reason!: string
  @Column('uuid', { name: 'entry_id' }) entryId!: string
  @Column('timestamptz', { name: 'cancelled_at' }) cancelledAt!: Date
  @Column('uuid', { name: 'cancelled_by' }) cancelledBy!: string
}

export const callEntities = [
  GuaranteeCallRow,
  GuaranteeCallPartRow,
  GuaranteeCallWithdrawalRow,
  GuaranteeCallIssueRow,
  GuaranteeCallCancellationRow,
]
