import { Check, Column, Entity, Index, PrimaryGeneratedColumn, Unique } from 'typeorm'
import { bigintColumn } from '#platform'

/** What a member declared of its means for a year; the last one of the year counts. Confidential. */
@Entity('guarantee_means')
@Unique('guarantee_means_id', ['id'])
@Unique('guarantee_means_request', ['requestKey'])
@Index('guarantee_means_year', ['year', 'memberId', 'sequence'])
@Check('guarantee_means_income', 'income_cents >= 0')
@Check('guarantee_means_remark', 'length(remark) <= 500')
@Check('guarantee_means_accounts', 'accounts_year BETWEEN year - 3 AND year')
@Check('guarantee_means_amount', 'erased OR equity_cents IS NOT NULL OR income_cents IS NOT NULL')
export class GuaranteeMeansRow {
  /** The order of declaring. */
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' }) sequence!: string
  @Column('uuid') id!: string
  @Column('uuid', { name: 'member_id' }) memberId!: string
  @Column('smallint') year!: number
  @Column('smallint', { name: 'accounts_year' }) accountsYear!: number
  @Column('bigint', { name: 'equity_cents', nullable: true, transformer: bigintColumn })
  equityCents!: bigint | null
  @Column('bigint', { name: 'income_cents', nullable: true, transformer: bigintColumn })
  incomeCents!: bigint | null
  @Column('text') remark!: string
  @Column('boolean', { default: false }) erased!: boolean
  @Column('uuid', { name: 'request_key' }) requestKey!: string
  @Column('timestamptz', { name: 'declared_at' }) declaredAt!: Date
  @Column('uuid', { name: 'declared_by', nullable: true }) declaredBy!: string | null
}
