import { Check, Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm'
import { bigintColumn } from '#platform'

/** Payments that are offered to the bank together, as they were frozen. */
@Entity('payment_batches')
@Unique('payment_batches_message', ['messageId'])
@Unique('payment_batches_request', ['requestKey'])
@Unique('payment_batches_number', ['year', 'number'])
@Unique('payment_batches_text', ['id', 'sha256'])
@Check('payment_batches_positive', 'number > 0')
@Check('payment_batches_payments', 'payments > 0')
@Check('payment_batches_cents', 'cents > 0')
@Check('payment_batches_sha256', `sha256 = encode(sha256(convert_to(content, 'UTF8')), 'hex')`)
export class PaymentBatchRow {
  @PrimaryColumn('uuid') id!: string
  @Column('smallint') year!: number
  @Column('integer') number!: number
  @Column('text', { name: 'message_id' }) messageId!: string
  @Column('uuid', { name: 'request_key' }) requestKey!: string
  /** Canonical JSON; `sha256` is its hash. */
  @Column('text') content!: string
  @Column('char', { length: 64 }) sha256!: string
  @Column('integer') payments!: number
  @Column('bigint', { transformer: bigintColumn }) cents!: bigint
  @Column('timestamptz', { name: 'made_at' }) madeAt!: Date
  @Column('uuid', { name: 'made_by' }) madeBy!: string
}

/** One attempt to pay a payable. The next is possible only after this one ended. */
@Entity('payments')
@Unique('payments_end_to_end', ['endToEndId'])
@Unique('payments_place', ['batchId', 'place'])
@Unique('payments_one_live', ['payableId', 'attempt'])
@Check('payments_place_positive', 'place > 0')
@Check('payments_attempt_positive', 'attempt > 0')
@Check('payments_cents', 'cents > 0')
@Check('payments_after', 'coalesce(after_attempt, 0) + 1 = attempt')
export class PaymentRow {
  @PrimaryColumn('uuid') id!: string
  @Column('uuid', { name: 'batch_id' }) batchId!: string
  /** From 1, in the order of the file. */
  @Column('integer') place!: number
  @Column('uuid', { name: 'payable_id' }) payableId!: string
  @Column('smallint') attempt!: number
  /** The attempt that ended before this one; null for the first. */
  @Column('smallint', { name: 'after_attempt', nullable: true }) afterAttempt!: number | null
  @Column('text', { name: 'end_to_end_id' }) endToEndId!: string
  @Column('bigint', { transformer: bigintColumn }) cents!: bigint
  @Column('text') name!: string
  @Column('text') iban!: string
}

@Entity('payment_batch_approvals')
@Unique('payment_batch_approvals_person', ['batchId', 'approvedBy'])
@Check('payment_batch_approvals_place', 'place IN (1, 2)')
@Check('payment_batch_approvals_role', `role IN ('chair','controller','director')`)
export class PaymentBatchApprovalRow {
  @PrimaryColumn('uuid', { name: 'batch_id' }) batchId!: string
  @PrimaryColumn('smallint') place!: number
  @Column('char', { length: 64 }) sha256!: string
  @Column('text') role!: 'chair' | 'controller' | 'director'
  @Column('timestamptz', { name: 'approved_at' }) approvedAt!: Date
  @Column('uuid', { name: 'approved_by' }) approvedBy!: string
}

/** For which organisations somebody approved: each stands in a batch once, so two approvals share none. */
@Entity('payment_batch_organisations')
export class PaymentBatchOrganisationRow {
  @PrimaryColumn('uuid', { name: 'batch_id' }) batchId!: string
  @PrimaryColumn('text') organisation!: string
  @Column('smallint') place!: number
  @Column('text') name!: string
}

/** What became of a batch: one of three, once. */
@Entity('payment_batch_outcomes')
@Check('payment_batch_outcomes_outcome', `outcome IN ('approved','withdrawn','rejected')`)
@Check('payment_batch_outcomes_sha256', `file_sha256 = encode(sha256(convert_to(file, 'UTF8')), 'hex')`)
@Check(
  'payment_batch_outcomes_approved',
  `CASE WHEN outcome = 'approved'
    THEN second_approval = 2 AND second_approval IS NOT NULL AND file IS NOT NULL AND file_sha256 IS NOT NULL
    ELSE second_approval IS NULL AND file IS NULL AND length(trim(reason)) > 0 END`,
)
export class PaymentBatchOutcomeRow {
  @PrimaryColumn('uuid', { name: 'batch_id' }) batchId!: string
  @Column('text') outcome!: 'approved' | 'withdrawn' | 'rejected'
  @Column('smallint', { name: 'second_approval', nullable: true }) secondApproval!: number | null
  @Column('text') reason!: string
  /** The payment file, as it goes to the bank. */
  @Column('text', { nullable: true }) file!: string | null
  @Column('char', { name: 'file_sha256', length: 64, nullable: true }) fileSha256!: string | null
  @Column('timestamptz', { name: 'decided_at' }) decidedAt!: Date
  @Column('uuid', { name: 'decided_by' }) decidedBy!: string
}

@Entity('payment_downloads')
@Index('payment_downloads_batch', ['batchId'])
export class PaymentDownloadRow {
  @PrimaryColumn('uuid') id!: string
  @Column('uuid', { name: 'batch_id' }) batchId!: string
  @Column('timestamptz', { name: 'downloaded_at' }) downloadedAt!: Date
  @Column('uuid', { name: 'downloaded_by' }) downloadedBy!: string
}

/** The bank paid: once for each payment. */
@Entity('payment_settlements')
export class PaymentSettlementRow {
  @PrimaryColumn('uuid', { name: 'payment_id' }) paymentId!: string
  @Column('date', { name: 'paid_on' }) paidOn!: string
  /** The line of the bank statement. */
  @Column('text', { name: 'line_id' }) lineId!: string
  @Column('text') statement!: string
  @Column('uuid', { name: 'entry_id' }) entryId!: string
  @Column('timestamptz', { name: 'settled_at' }) settledAt!: Date
  @Column('uuid', { name: 'settled_by' }) settledBy!: string
}

/** A payment that led to nothing: its batch was withdrawn, the bank refused it, or the money came back. */
@Entity('payment_endings')
@Unique('payment_endings_once', ['payableId', 'attempt'])
@Check('payment_endings_kind', `kind IN ('withdrawn','refusedByBank','returned')`)
@Check('payment_endings_reason', 'length(trim(reason)) > 0')
@Check('payment_endings_booked', `(kind = 'returned') = (entry_id IS NOT NULL)`)
export class PaymentEndingRow {
  @PrimaryColumn('uuid', { name: 'payment_id' }) paymentId!: string
  @Column('uuid', { name: 'payable_id' }) payableId!: string
  @Column('smallint') attempt!: number
  @Column('text') kind!: 'withdrawn' | 'refusedByBank' | 'returned'
  @Column('text') reason!: string
  @Column('date', { name: 'ended_on' }) endedOn!: string
  @Column('text', { name: 'line_id', nullable: true }) lineId!: string | null
  @Column('uuid', { name: 'entry_id', nullable: true }) entryId!: string | null
  @Column('timestamptz', { name: 'ended_at' }) endedAt!: Date
  @Column('uuid', { name: 'ended_by' }) endedBy!: string
}
