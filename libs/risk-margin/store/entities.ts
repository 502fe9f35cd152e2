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
export class DistributionPartRow {
  @PrimaryColumn('uuid', { name: 'distribution_id' }) distributionId!: string
  @ManyToOne(() => DistributionRow)
  @JoinColumn({ name: 'distribution_id' })
  distribution!: Relation<DistributionRow>
  @PrimaryColumn('uuid', { name: 'member_id' }) memberId!: string
  @Column('bigint', { name: 'share_cents', transformer: bigintColumn }) shareCents!: bigint
  @Column('bigint', { name: 'part_cents', transformer: bigintColumn }) partCents!: bigint
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

export const riskMarginEntities = [
  DistributionRow,
  DistributionPartRow,
  DistributionWithdrawalRow,
  DistributionPostingRow,
]
