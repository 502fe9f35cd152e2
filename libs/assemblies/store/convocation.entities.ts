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
import type { ConvocationContent, ConvocationKind } from '../rules/convocation-content.js'
import { AssemblyRow } from './entities.js'

@Entity('convocations')
@Unique('convocations_sequence', ['assemblyId', 'sequence'])
@Check(
  'convocations_kind',
  `kind IN ('convocation','supplement','postponement','cancellation','continuation')`,
)
export class ConvocationRow {
  @PrimaryColumn('uuid') id!: string
  @Column('uuid', { name: 'assembly_id' }) assemblyId!: string
  @ManyToOne(() => AssemblyRow)
  @JoinColumn({ name: 'assembly_id', foreignKeyConstraintName: 'convocations_assembly' })
  assembly!: Relation<AssemblyRow>
  /** 0 for the convocation, then one more each time; also the SEQUENCE in the calendar (RFC 5545). */
  @Column('smallint') sequence!: number
  @Column('text') kind!: ConvocationKind
  @Column('jsonb') content!: ConvocationContent
  /** SHA-256 of the content as canonical JSON. */
  @Column('char', { name: 'content_hash', length: 64 }) contentHash!: string
  @Column('timestamptz', { name: 'convened_at' }) convenedAt!: Date
  @Column('uuid', { name: 'convened_by' }) convenedBy!: string
}

@Entity('convocation_recipients')
@Check('convocation_recipients_channel', `channel IN ('email','letter')`)
@Check('convocation_recipients_notice', `(channel = 'email') = (notice_key IS NOT NULL)`)
export class ConvocationRecipientRow {
  @PrimaryColumn('uuid', { name: 'convocation_id' }) convocationId!: string
  @PrimaryColumn('smallint') line!: number
  @ManyToOne(() => ConvocationRow)
  @JoinColumn({ name: 'convocation_id', foreignKeyConstraintName: 'convocation_recipients_convocation' })
  convocation!: Relation<ConvocationRow>
  @Column('uuid', { name: 'member_id' }) memberId!: string
  @Column('text', { name: 'member_name' }) memberName!: string
  @Column('boolean') voting!: boolean
  @Column('text') channel!: 'email' | 'letter'
  @Column('uuid', { name: 'person_id', nullable: true }) personId!: string | null
  @Column('text') name!: string
  /** An e-mail address, or the lines of a postal address; empty when none is known. */
  @Column('text') address!: string
  @Column('text', { name: 'notice_key', nullable: true }) noticeKey!: string | null
}

/** The letters of a convocation were brought to the post. */
@Entity('convocation_postings')
export class ConvocationPostingRow {
  @PrimaryColumn('uuid', { name: 'convocation_id' }) convocationId!: string
  @ManyToOne(() => ConvocationRow)
  @JoinColumn({ name: 'convocation_id', foreignKeyConstraintName: 'convocation_postings_convocation' })
  convocation!: Relation<ConvocationRow>
  @Column('timestamptz', { name: 'posted_at' }) postedAt!: Date
  @Column('uuid', { name: 'posted_by' }) postedBy!: string
}

@Entity('email_consents')
@Index('email_consents_member', ['memberId', 'recordedAt'])
export class EmailConsentRow {
  @PrimaryColumn('uuid') id!: string
  @Column('uuid', { name: 'member_id' }) memberId!: string
  @Column('boolean') consents!: boolean
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date
  @Column('uuid', { name: 'recorded_by', nullable: true }) recordedBy!: string | null
}
