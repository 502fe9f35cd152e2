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
import type { SigningOffice } from '../rules/course.js'
import type { MinutesContent } from '../rules/minutes.js'

/** The minutes of one assembly. */
@Entity('minutes')
@Unique('minutes_once', ['assemblyId'])
export class MinutesRow {
  @PrimaryColumn('uuid') id!: string
  @Column('uuid', { name: 'assembly_id' }) assemblyId!: string
  @Column('timestamptz', { name: 'drafted_at' }) draftedAt!: Date
  @Column('uuid', { name: 'drafted_by' }) draftedBy!: string
}

/** What they said from a moment on; the highest number is the present text. */
@Entity('minutes_versions')
@Check('minutes_versions_number', 'number > 0')
@Check('minutes_versions_kind', `kind IN ('drafted','edited','regenerated')`)
@Check('minutes_versions_section', `(kind = 'edited') = (section IS NOT NULL)`)
@Check('minutes_versions_hash', `hash = encode(sha256(convert_to(text, 'UTF8')), 'hex')`)
@Unique('minutes_versions_of_hash', ['minutesId', 'number', 'hash'])
export class MinutesVersionRow {
  @PrimaryColumn('uuid', { name: 'minutes_id' }) minutesId!: string
  @PrimaryColumn('smallint') number!: number
  @ManyToOne(() => MinutesRow)
  @JoinColumn({ name: 'minutes_id', foreignKeyConstraintName: 'minutes_versions_minutes' })
  minutes!: Relation<MinutesRow>
  @Column('text') kind!: 'drafted' | 'edited' | 'regenerated'
  /** The part that was edited. */
  @Column('text', { nullable: true }) section!: string | null
  @Column('jsonb') content!: MinutesContent
  /** The canonical text of the content, as it is signed. */
  @Column('text') text!: string
  /** SHA-256 of the text. */
  @Column('char', { length: 64 }) hash!: string
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date
  @Column('uuid', { name: 'recorded_by' }) recordedBy!: string
}

/** An assembly that was asked to approve them; the motion there authorises this row. */
@Entity('minutes_offers')
@Index('minutes_offers_of', ['minutesId', 'offeredAt'])
export class MinutesOfferRow {
  @PrimaryColumn('uuid') id!: string
  @Column('uuid', { name: 'minutes_id' }) minutesId!: string
  @ManyToOne(() => MinutesRow)
  @JoinColumn({ name: 'minutes_id', foreignKeyConstraintName: 'minutes_offers_minutes' })
  minutes!: Relation<MinutesRow>
  @Column('uuid', { name: 'assembly_id' }) assemblyId!: string
  @Column('uuid', { name: 'motion_id' }) motionId!: string
  @Column('timestamptz', { name: 'offered_at' }) offeredAt!: Date
  @Column('uuid', { name: 'offered_by' }) offeredBy!: string
}

/** A PDF that went out: with an agenda, or signed. The signed one is kept as the file it is. */
@Entity('minutes_papers')
@Check('minutes_papers_kind', `kind IN ('offered','signed')`)
@Check('minutes_papers_file', `(kind = 'signed') = (file_id IS NOT NULL)`)
export class MinutesPaperRow {
  @PrimaryColumn('uuid', { name: 'minutes_id' }) minutesId!: string
  @PrimaryColumn('smallint') version!: number
  @PrimaryColumn('text') kind!: 'offered' | 'signed'
  @ManyToOne(() => MinutesVersionRow)
  @JoinColumn([
    {
      name: 'minutes_id',
      referencedColumnName: 'minutesId',
      foreignKeyConstraintName: 'minutes_papers_version',
    },
    { name: 'version', referencedColumnName: 'number', foreignKeyConstraintName: 'minutes_papers_version' },
  ])
  of!: Relation<MinutesVersionRow>
  /** SHA-256 of the file. */
  @Column('char', { length: 64 }) sha256!: string
  @Column('uuid', { name: 'file_id', nullable: true }) fileId!: string | null
  @Column('timestamptz', { name: 'made_at' }) madeAt!: Date
}

/** The adopted decision by which an assembly approved this very text. */
@Entity('minutes_approvals')
@Unique('minutes_approvals_text', ['minutesId', 'version', 'hash'])
export class MinutesApprovalRow {
  @PrimaryColumn('uuid', { name: 'minutes_id' }) minutesId!: string
  @Column('smallint') version!: number
  @Column('char', { length: 64 }) hash!: string
  @ManyToOne(() => MinutesVersionRow)
  @JoinColumn([
    {
      name: 'minutes_id',
      referencedColumnName: 'minutesId',
      foreignKeyConstraintName: 'minutes_approvals_version',
    },
    {
      name: 'version',
      referencedColumnName: 'number',
      foreignKeyConstraintName: 'minutes_approvals_version',
    },
    { name: 'hash', referencedColumnName: 'hash', foreignKeyConstraintName: 'minutes_approvals_version' },
  ])
  of!: Relation<MinutesVersionRow>
  @Column('uuid', { name: 'offer_id' }) offerId!: string
  @ManyToOne(() => MinutesOfferRow)
  @JoinColumn({ name: 'offer_id', foreignKeyConstraintName: 'minutes_approvals_offer' })
  offer!: Relation<MinutesOfferRow>
  @Column('uuid', { name: 'decision_id' }) decisionId!: string
  @Column('text', { name: 'decision_number' }) decisionNumber!: string
  @Column('date', { name: 'approved_on' }) approvedOn!: string
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date
  @Column('uuid', { name: 'recorded_by' }) recordedBy!: string
}

/** The chair's and the secretary's word that this is the approved text. */
@Entity('minutes_signatures')
@Check('minutes_signatures_office', `office IN ('chair','secretary')`)
@Unique('minutes_signatures_two_people', ['minutesId', 'personId'])
export class MinutesSignatureRow {
  @PrimaryColumn('uuid', { name: 'minutes_id', primaryKeyConstraintName: 'minutes_signatures_once' })
  minutesId!: string
  @PrimaryColumn('text', { primaryKeyConstraintName: 'minutes_signatures_once' }) office!: SigningOffice
  @Column('smallint') version!: number
  @Column('char', { length: 64 }) hash!: string
  @ManyToOne(() => MinutesApprovalRow)
  @JoinColumn([
    {
      name: 'minutes_id',
      referencedColumnName: 'minutesId',
      foreignKeyConstraintName: 'minutes_signatures_text',
    },
    { name: 'version', referencedColumnName: 'version', foreignKeyConstraintName: 'minutes_signatures_text' },
    { name: 'hash', referencedColumnName: 'hash', foreignKeyConstraintName: 'minutes_signatures_text' },
  ])
  approval!: Relation<MinutesApprovalRow>
  @Column('uuid', { name: 'person_id' }) personId!: string
  /** The name under which the person signed. */
  @Column('text') name!: string
  @Column('timestamptz', { name: 'signed_at' }) signedAt!: Date
}

export const minutesEntities = [
  MinutesRow,
  MinutesVersionRow,
  MinutesOfferRow,
  MinutesPaperRow,
  MinutesApprovalRow,
  MinutesSignatureRow,
]
