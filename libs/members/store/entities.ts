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
import type { MemberKind, MemberStatus, MembershipEvent } from '../rules/membership.js'

@Entity('members')
@Unique('members_number', ['number'])
@Check('members_number_positive', 'number > 0')
export class MemberRow {
  @PrimaryColumn('uuid') id!: string
  @Column('integer') number!: number
}

/** A row of the register that says who recorded it, when and why, and which row it corrects. */
abstract class RecordedRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' }) sequence!: string
  @Column('uuid') id!: string
  @Column('uuid', { name: 'member_id' }) memberId!: string
  @ManyToOne(() => MemberRow) @JoinColumn({ name: 'member_id' }) member!: Relation<MemberRow>
  @Column('text', { default: '' }) reason!: string
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date
  @Column('uuid', { name: 'recorded_by', nullable: true }) recordedBy!: string | null
  @Column('uuid', { nullable: true }) corrects!: string | null
  @Column('boolean', { default: false }) void!: boolean
}

@Entity('member_details')
@Unique('member_details_id', ['id'])
@Unique('member_details_of_member', ['memberId', 'id'])
@Unique('member_details_corrected_once', ['corrects'])
@Check('member_details_name', 'length(trim(name)) > 0')
@Check('member_details_corrects_another', 'corrects <> id')
@Check('member_details_void_withdraws', 'NOT void OR corrects IS NOT NULL')
export class MemberDetailsRow extends RecordedRow {
  @Column('date', { name: 'holds_from' }) holdsFrom!: string
  @Column('text') name!: string
  @Column('boolean', { default: false }) founder!: boolean
  @Column('text', { nullable: true }) note!: string | null
}

@Entity('member_events')
@Unique('member_events_id', ['id'])
@Unique('member_events_of_member', ['memberId', 'id'])
@Unique('member_events_corrected_once', ['corrects'])
@Check('member_events_type', `type IN ('admitted','kindChanged','suspended','reinstated','ended')`)
@Check('member_events_kind', `kind IN ('voting','supporting')`)
@Check('member_events_kind_where_needed', `(type IN ('admitted','kindChanged')) = (kind IS NOT NULL)`)
@Check('member_events_corrects_another', 'corrects <> id')
@Check('member_events_void_withdraws', 'NOT void OR corrects IS NOT NULL')
export class MemberEventRow extends RecordedRow {
  @Column('date', { name: 'on_day' }) onDay!: string
  @Column('text') type!: MembershipEvent['type']
  @Column('text', { nullable: true }) kind!: MemberKind | null
}

/** The register worked out: what it says on which days (`holds`), as known from when until when (`known`). */
@Entity('member_periods')
@Index('member_periods_member', ['memberId'])
@Index('member_periods_holds_known', ['holds', 'known'], { spatial: true })
@Check('member_periods_status', `status IN ('member','suspended','former')`)
@Check('member_periods_kind', `kind IN ('voting','supporting')`)
@Check('member_periods_holds', 'NOT isempty(holds)')
export class MemberPeriodRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' }) sequence!: string
  @Column('uuid', { name: 'member_id' }) memberId!: string
  @ManyToOne(() => MemberRow) @JoinColumn({ name: 'member_id' }) member!: Relation<MemberRow>
  @Column('integer') number!: number
  @Column('text') name!: string
  @Column('text', { name: 'folded_name' }) foldedName!: string
  @Column('boolean') founder!: boolean
  @Column('text', { nullable: true }) note!: string | null
  @Column('text') status!: Exclude<MemberStatus, 'none'>
  @Column('text', { nullable: true }) kind!: MemberKind | null
  @Column('date', { nullable: true }) since!: string | null
  @Column('daterange') holds!: string
  @Column('tstzrange') known!: string
}

export const membersEntities = [MemberRow, MemberDetailsRow, MemberEventRow, MemberPeriodRow]
