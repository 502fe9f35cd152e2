import {
  Check,
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  PrimaryGeneratedColumn,
  type Relation,
  Unique,
} from 'typeorm'
import type { MemberKind, MembershipEvent } from '../rules/membership.js'

@Entity('members')
@Unique('members_number', ['number'])
@Check('members_number_positive', 'number > 0')
export class MemberRow {
  @PrimaryColumn('uuid') id!: string
  @Column('integer') number!: number
  @Column('timestamptz', { name: 'recorded_at', default: () => 'now()' }) recordedAt!: Date
}

@Entity('member_details')
@Index('member_details_member', ['memberId', 'holdsFrom', 'recordedAt'])
@Check('member_details_name', 'length(trim(name)) > 0')
export class MemberDetailsRow {
  @PrimaryColumn('uuid') id!: string
  @Column('uuid', { name: 'member_id' }) memberId!: string
  @ManyToOne(() => MemberRow) @JoinColumn({ name: 'member_id' }) member!: Relation<MemberRow>
  @Column('date', { name: 'holds_from' }) holdsFrom!: string
  @Column('text') name!: string
  @Column('boolean', { default: false }) founder!: boolean
  @Column('text', { nullable: true }) note!: string | null
  @Column('timestamptz', { name: 'recorded_at', default: () => 'now()' }) recordedAt!: Date
  @Column('uuid', { name: 'recorded_by', nullable: true }) recordedBy!: string | null
}

@Entity('member_events')
@Index('member_events_member', ['memberId', 'onDay', 'sequence'])
@Unique('member_events_id', ['id'])
@Check('member_events_type', `type IN ('admitted','kindChanged','suspended','reinstated','ended')`)
@Check('member_events_kind', `kind IN ('voting','supporting')`)
@Check('member_events_kind_where_needed', `(type IN ('admitted','kindChanged')) = (kind IS NOT NULL)`)
export class MemberEventRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' }) sequence!: string
  @Column('uuid') id!: string
  @Column('uuid', { name: 'member_id' }) memberId!: string
  @ManyToOne(() => MemberRow) @JoinColumn({ name: 'member_id' }) member!: Relation<MemberRow>
  @Column('date', { name: 'on_day' }) onDay!: string
  @Column('text') type!: MembershipEvent['type']
  @Column('text', { nullable: true }) kind!: MemberKind | null
  @Column('text', { default: '' }) reason!: string
  @Column('timestamptz', { name: 'recorded_at', default: () => 'now()' }) recordedAt!: Date
  @Column('uuid', { name: 'recorded_by', nullable: true }) recordedBy!: string | null
}

export const membersEntities = [MemberRow, MemberDetailsRow, MemberEventRow]
