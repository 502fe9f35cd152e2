import { Check, Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm'
import { bigintColumn } from '#platform'
import { type MovementType, movementTypes } from '../rules/movements.js'

@Entity('subsidy_years')
@Check('subsidy_years_awarded', 'awarded_cents >= 0')
@Check('subsidy_years_base', 'guarantee_base_cents >= 0')
export class SubsidyYearRow {
  @PrimaryColumn('smallint') year!: number
  @Column('bigint', { name: 'awarded_cents', transformer: bigintColumn }) awardedCents!: bigint
  @Column('bigint', { name: 'guarantee_base_cents', transformer: bigintColumn }) guaranteeBaseCents!: bigint
}

/** One step in the life of a guarantee. A pledge that was paid in stays pledged: `paidIn` is part of it. */
@Entity('guarantee_movements')
@Unique('guarantee_movements_request', ['requestKey'])
@Index('guarantee_movements_member', ['memberId', 'onDay'])
@Index('guarantee_movements_day', ['onDay'])
@Index('guarantee_movements_answer', ['refersTo'], {
  unique: true,
  where: `type IN ('accepted','increased','offerRefused','offerWithdrawn')`,
})
@Check('guarantee_movements_type', `type IN (${movementTypes.map((type) => `'${type}'`).join(',')})`)
@Check('guarantee_movements_cents', 'cents > 0')
export class GuaranteeMovementRow {
  @PrimaryColumn('uuid') id!: string
  @Column('uuid', { name: 'member_id' }) memberId!: string
  @Column('text') type!: MovementType
  @Column('bigint', { transformer: bigintColumn }) cents!: bigint
  @Column('date', { name: 'on_day' }) onDay!: string
  @Column('text') document!: string
  @Column('uuid', { name: 'request_key' }) requestKey!: string
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date
  @Column('uuid', { name: 'recorded_by', nullable: true }) recordedBy!: string | null
  @Column('uuid', { name: 'refers_to', nullable: true }) refersTo!: string | null
  @Column('text', { default: '' }) reason!: string
}

/** What somebody agreed to for one side, as it was signed. */
@Entity('guarantee_signatures')
@Check('guarantee_signatures_side', `side IN ('holder','cooperative')`)
@Check('guarantee_signatures_sha256', `sha256 ~ '^[0-9a-f]{64}$'`)
export class GuaranteeSignatureRow {
  @PrimaryColumn('uuid', { name: 'movement_id' }) movementId!: string
  @PrimaryColumn('text') side!: 'holder' | 'cooperative'
  @Column('text') text!: string
  @Column('char', { length: 64 }) sha256!: string
  @Column('timestamptz', { name: 'signed_at' }) signedAt!: Date
  @Column('uuid', { name: 'signed_by' }) signedBy!: string
}

/** The cooperative's decision to release a holder, which works once the holder signs. */
@Entity('guarantee_releases')
@Unique('guarantee_releases_request', ['requestKey'])
@Index('guarantee_releases_member', ['memberId'])
@Check('guarantee_releases_cents', 'cents > 0')
@Check('guarantee_releases_document', 'length(trim(document)) > 0')
@Check('guarantee_releases_reason', 'length(trim(reason)) > 0')
export class GuaranteeReleaseRow {
  @PrimaryColumn('uuid') id!: string
  @Column('uuid', { name: 'member_id' }) memberId!: string
  @Column('bigint', { transformer: bigintColumn }) cents!: bigint
  @Column('text') document!: string
  @Column('text') reason!: string
  @Column('uuid', { name: 'request_key' }) requestKey!: string
  @Column('timestamptz', { name: 'decided_at' }) decidedAt!: Date
  @Column('uuid', { name: 'decided_by' }) decidedBy!: string
}

@Entity('guarantee_release_answers')
@Check('guarantee_release_answers_answer', `answer IN ('signed','declined','withdrawn')`)
@Check('guarantee_release_answers_movement', `(answer = 'signed') = (movement_id IS NOT NULL)`)
export class GuaranteeReleaseAnswerRow {
  @PrimaryColumn('uuid', { name: 'release_id' }) releaseId!: string
  @Column('text') answer!: 'signed' | 'declined' | 'withdrawn'
  @Column('uuid', { name: 'movement_id', nullable: true }) movementId!: string | null
  @Column('text', { default: '' }) reason!: string
  @Column('timestamptz', { name: 'answered_at' }) answeredAt!: Date
  @Column('uuid', { name: 'answered_by' }) answeredBy!: string
}

/** The guarantees of a subsidy year at its last day, frozen for the distribution. */
@Entity('guarantee_snapshots')
@Unique('guarantee_snapshots_version', ['year', 'version'])
@Check('guarantee_snapshots_positive', 'version > 0')
@Check('guarantee_snapshots_sha256', `sha256 ~ '^[0-9a-f]{64}$'`)
export class GuaranteeSnapshotRow {
  @PrimaryColumn('uuid') id!: string
  @Column('smallint') year!: number
  @Column('smallint') version!: number
  @Column('date', { name: 'reference_day' }) referenceDay!: string
  @Column('text') content!: string
  @Column('char', { length: 64 }) sha256!: string
  @Column('timestamptz', { name: 'taken_at' }) takenAt!: Date
  @Column('uuid', { name: 'taken_by', nullable: true }) takenBy!: string | null
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

export const guaranteesEntities = [
  SubsidyYearRow,
  GuaranteeMovementRow,
  GuaranteeSignatureRow,
  GuaranteeReleaseRow,
  GuaranteeReleaseAnswerRow,
  GuaranteeSnapshotRow,
  GuaranteeCapHolderRow,
]
