import {
  Check,
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  type Relation,
  Unique,
} from 'typeorm'
import { bigintColumn } from '#platform'
import {
  MarginMotionRow,
  MarginReserveRow,
  MarginUseReversalRow,
  MarginUseRow,
  PreInvestmentAnswerRow,
  PreInvestmentRow,
  YearCloseConfirmationRow,
} from './margin-entities.js'

/** A proposal to divide the unspent margin of a year, with its inputs as they were frozen. */
@Entity('distributions')
@Unique('distributions_request', ['requestKey'])
@Index('distributions_year', ['year'])
@Check('distributions_amount', 'amount_cents > 0')
export class DistributionRow {
  @PrimaryColumn('uuid') id!: string
  @Column('smallint') year!: number
  /** Canonical JSON; `sha256` is its hash. */
  @Column('text') inputs!: string
  @Column('char', { length: 64 }) sha256!: string
  @Column('bigint', { name: 'amount_cents', transformer: bigintColumn }) amountCents!: bigint
  @Column('date', { name: 'reference_day' }) referenceDay!: string
  @Column('uuid', { name: 'request_key' }) requestKey!: string
  @Column('timestamptz', { name: 'proposed_at' }) proposedAt!: Date
  @Column('uuid', { name: 'proposed_by' }) proposedBy!: string
}

@Entity('distribution_parts')
@Check('distribution_parts_part', 'part_cents >= 0')
@Check('distribution_parts_weight', 'weight >= 0')
export class DistributionPartRow {
  @PrimaryColumn('uuid', { name: 'distribution_id' }) distributionId!: string
  @ManyToOne(() => DistributionRow)
  @JoinColumn({ name: 'distribution_id' })
  distribution!: Relation<DistributionRow>
  @PrimaryColumn('uuid', { name: 'member_id' }) memberId!: string
  @Column('bigint', { name: 'share_cents', transformer: bigintColumn }) shareCents!: bigint
  /** What the part is in proportion to: the guarantee, or the guarantee × the days it was carried. */
  @Column('bigint', { transformer: bigintColumn }) weight!: bigint
  @Column('bigint', { name: 'part_cents', transformer: bigintColumn }) partCents!: bigint
}

/** What a pre-investment earns back, before the rest is divided. */
@Entity('distribution_pre_parts')
@Check('distribution_pre_parts_part', 'part_cents >= 0 AND part_cents <= outstanding_cents')
export class DistributionPrePartRow {
  @PrimaryColumn('uuid', { name: 'distribution_id' }) distributionId!: string
  @ManyToOne(() => DistributionRow)
  @JoinColumn({ name: 'distribution_id' })
  distribution!: Relation<DistributionRow>
  @PrimaryColumn('uuid', { name: 'member_id' }) memberId!: string
  @Column('bigint', { name: 'outstanding_cents', transformer: bigintColumn }) outstandingCents!: bigint
  @Column('bigint', { name: 'part_cents', transformer: bigintColumn }) partCents!: bigint
}

/** What a member has against a proposal; it stays with the proposal. */
@Entity('distribution_objections')
@Unique('distribution_objections_request', ['requestKey'])
@Index('distribution_objections_distribution', ['distributionId', 'recordedAt'])
@Check('distribution_objections_reason', 'length(trim(reason)) > 0')
export class DistributionObjectionRow {
  @PrimaryColumn('uuid') id!: string
  @Column('uuid', { name: 'distribution_id' }) distributionId!: string
  @ManyToOne(() => DistributionRow)
  @JoinColumn({ name: 'distribution_id' })
  distribution!: Relation<DistributionRow>
  @Column('uuid', { name: 'member_id' }) memberId!: string
  @Column('text') reason!: string
  /** Of the delegate who wrote it. */
  @Column('text') name!: string
  @Column('uuid', { name: 'request_key' }) requestKey!: string
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date
  @Column('uuid', { name: 'recorded_by' }) recordedBy!: string
}

@Entity('distribution_withdrawals')
@Check('distribution_withdrawals_reason', 'length(trim(reason)) > 0')
export class DistributionWithdrawalRow {
  @PrimaryColumn('uuid', { name: 'distribution_id' }) distributionId!: string
  @ManyToOne(() => DistributionRow)
  @JoinColumn({ name: 'distribution_id' })
  distribution!: Relation<DistributionRow>
  @Column('text') reason!: string
  @Column('timestamptz', { name: 'withdrawn_at' }) withdrawnAt!: Date
  @Column('uuid', { name: 'withdrawn_by' }) withdrawnBy!: string
}

/** That a distribution was booked: once, and one for each year. */
@Entity('distribution_postings')
@Unique('distribution_postings_once_a_year', ['year'])
export class DistributionPostingRow {
  @PrimaryColumn('uuid', { name: 'distribution_id' }) distributionId!: string
  @ManyToOne(() => DistributionRow)
  @JoinColumn({ name: 'distribution_id' })
  distribution!: Relation<DistributionRow>
  @Column('smallint') year!: number
  @Column('uuid', { name: 'decision_id' }) decisionId!: string
  @Column('uuid', { name: 'entry_id' }) entryId!: string
  @Column('timestamptz', { name: 'posted_at' }) postedAt!: Date
  @Column('uuid', { name: 'posted_by' }) postedBy!: string
}

/** How the year was closed when its distribution was booked: canonical JSON, with its hash. */
@Entity('distribution_closings')
export class DistributionClosingRow {
  @PrimaryColumn('uuid', { name: 'distribution_id' }) distributionId!: string
  @ManyToOne(() => DistributionRow)
  @JoinColumn({ name: 'distribution_id' })
  distribution!: Relation<DistributionRow>
  @Column('text') content!: string
  @Column('char', { length: 64 }) sha256!: string
}

export const riskMarginEntities = [
  DistributionClosingRow,
  DistributionRow,
  DistributionPartRow,
  DistributionWithdrawalRow,
  DistributionPostingRow,
  DistributionPrePartRow,
  DistributionObjectionRow,
  MarginReserveRow,
  MarginUseRow,
  MarginUseReversalRow,
  YearCloseConfirmationRow,
  MarginMotionRow,
  PreInvestmentRow,
  PreInvestmentAnswerRow,
]
