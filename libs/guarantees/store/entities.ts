import { Check, Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm'
import { bigintColumn } from '#platform'

@Entity('subsidy_years')
@Check('subsidy_years_awarded', 'awarded_cents >= 0')
@Check('subsidy_years_base', 'guarantee_base_cents >= 0')
export class SubsidyYearRow {
  @PrimaryColumn('smallint') year!: number
  @Column('bigint', { name: 'awarded_cents', transformer: bigintColumn }) awardedCents!: bigint
  @Column('bigint', { name: 'guarantee_base_cents', transformer: bigintColumn }) guaranteeBaseCents!: bigint
}

/** What a holder pledged or paid in. A pledge that was paid in stays pledged: `paidIn` is part of it. */
@Entity('guarantee_movements')
@Unique('guarantee_movements_request', ['requestKey'])
@Index('guarantee_movements_member', ['memberId', 'onDay'])
@Check('guarantee_movements_type', `type IN ('pledged','paidIn')`)
@Check('guarantee_movements_cents', 'cents > 0')
export class GuaranteeMovementRow {
  @PrimaryColumn('uuid') id!: string
  @Column('uuid', { name: 'member_id' }) memberId!: string
  @Column('text') type!: 'pledged' | 'paidIn'
  @Column('bigint', { transformer: bigintColumn }) cents!: bigint
  @Column('date', { name: 'on_day' }) onDay!: string
  @Column('text') document!: string
  @Column('uuid', { name: 'request_key' }) requestKey!: string
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date
  @Column('uuid', { name: 'recorded_by', nullable: true }) recordedBy!: string | null
}

/** The member that fills a role under the director's cap, from a day on. */
@Entity('guarantee_cap_holders')
@Index('guarantee_cap_holders_role_day', ['role', 'holdsFrom'])
@Check('guarantee_cap_holders_role', `role IN ('director','contractor')`)
export class GuaranteeCapHolderRow {
  @PrimaryColumn('uuid') id!: string
  @Column('uuid', { name: 'member_id' }) memberId!: string
  @Column('text') role!: 'director' | 'contractor'
  @Column('date', { name: 'holds_from' }) holdsFrom!: string
  @Column('timestamptz', { name: 'recorded_at', default: () => 'now()' }) recordedAt!: Date
  @Column('uuid', { name: 'recorded_by', nullable: true }) recordedBy!: string | null
}

export const guaranteesEntities = [SubsidyYearRow, GuaranteeMovementRow, GuaranteeCapHolderRow]
