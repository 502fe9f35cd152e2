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
import type { LegalForm } from '../rules/details.js'
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
@Check(
  'member_details_legal_form',
  `legal_form IN ('stichting','vereniging','cooperatie','bv','kerk','eenmanszaak','anders')`,
)
@Check('member_details_chamber_number', `chamber_number ~ '^[0-9]{8}$'`)
@Check('member_details_rsin', `rsin ~ '^[0-9]{9}$'`)
@Check('member_details_iban', `iban ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{8,30}$'`)
@Check('member_details_contact_email', 'contact_email = lower(contact_email)')
export class MemberDetailsRow extends RecordedRow {
  @Column('date', { name: 'holds_from' }) holdsFrom!: string
  @Column('text') name!: string
  @Column('boolean', { default: false }) founder!: boolean
  @Column('text', { nullable: true }) note!: string | null
  @Column('text', { name: 'legal_form', nullable: true }) legalForm!: LegalForm | null
  @Column('text', { name: 'chamber_number', nullable: true }) chamberNumber!: string | null
  @Column('text', { nullable: true }) rsin!: string | null
  @Column('text', { nullable: true }) street!: string | null
  @Column('text', { name: 'postal_code', nullable: true }) postalCode!: string | null
  @Column('text', { nullable: true }) city!: string | null
  @Column('text', { nullable: true }) iban!: string | null
  @Column('smallint', { array: true, default: () => "'{}'" }) neighbourhoods!: number[]
  @Column('text', { name: 'contact_name', nullable: true }) contactName!: string | null
  @Column('text', { name: 'contact_email', nullable: true }) contactEmail!: string | null
  @Column('text', { name: 'contact_phone', nullable: true }) contactPhone!: string | null
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
@Index('member_periods_details', ['detailsId'])
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
  @Column('uuid', { name: 'details_id' }) detailsId!: string
  @ManyToOne(() => MemberDetailsRow)
  @JoinColumn({ name: 'details_id', referencedColumnName: 'id' })
  details!: Relation<MemberDetailsRow>
  @Column('smallint', { array: true, default: () => "'{}'" }) neighbourhoods!: number[]
  @Column('daterange') holds!: string
  @Column('tstzrange') known!: string
}

export const membersEntities = [MemberRow, MemberDetailsRow, MemberEventRow, MemberPeriodRow]
