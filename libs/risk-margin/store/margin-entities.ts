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

/** That the margin of a year was set aside, by which entry. */
@Entity('margin_reserves')
@Unique('margin_reserves_entry', ['entryId'])
@Check('margin_reserves_cents', 'cents > 0')
export class MarginReserveRow {
  @PrimaryColumn('smallint') year!: number
  @Column('bigint', { transformer: bigintColumn }) cents!: bigint
  @Column('uuid', { name: 'entry_id' }) entryId!: string
  @Column('timestamptz', { name: 'booked_at' }) bookedAt!: Date
  @Column('uuid', { name: 'booked_by', nullable: true }) bookedBy!: string | null
}

/** One decision to use a part of the margin. */
@Entity('margin_uses')
@Unique('margin_uses_number_once', ['year', 'number'])
@Unique('margin_uses_entry', ['entryId'])
@Unique('margin_uses_request', ['requestKey'])
@Check('margin_uses_number', 'number > 0')
@Check('margin_uses_cents', 'cents > 0')
@Check('margin_uses_reason', 'length(trim(reason)) > 0')
@Check('margin_uses_document', 'length(trim(document)) > 0')
export class MarginUseRow {
  @PrimaryColumn('uuid') id!: string
  @Column('smallint') year!: number
  @ManyToOne(() => MarginReserveRow)
  @JoinColumn({ name: 'year' })
  reserve!: Relation<MarginReserveRow>
  @Column('smallint') number!: number
  @Column('bigint', { transformer: bigintColumn }) cents!: bigint
  @Column('date', { name: 'on_day' }) onDay!: string
  @Column('text') reason!: string
  @Column('text') document!: string
  /** The number of a decision of the ALV or the board, when there is one. */
  @Column('text', { nullable: true }) decision!: string | null
  @Column('uuid', { name: 'entry_id' }) entryId!: string
  @Column('uuid', { name: 'request_key' }) requestKey!: string
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date
  @Column('uuid', { name: 'recorded_by' }) recordedBy!: string
}

@Entity('margin_use_reversals')
@Check('margin_use_reversals_reason', 'length(trim(reason)) > 0')
export class MarginUseReversalRow {
  @PrimaryColumn('uuid', { name: 'use_id' }) useId!: string
  @ManyToOne(() => MarginUseRow)
  @JoinColumn({ name: 'use_id' })
  use!: Relation<MarginUseRow>
  @Column('text') reason!: string
  @Column('uuid', { name: 'entry_id' }) entryId!: string
  @Column('timestamptz', { name: 'reversed_at' }) reversedAt!: Date
  @Column('uuid', { name: 'reversed_by' }) reversedBy!: string
}

/** That somebody who does not gain by it confirmed the judgement of a year, as it read then. */
@Entity('year_close_confirmations')
@Unique('year_close_confirmations_once', ['year', 'judgementSha256', 'confirmedBy'])
export class YearCloseConfirmationRow {
  @PrimaryColumn('uuid') id!: string
  @Column('smallint') year!: number
  @Column('char', { name: 'judgement_sha256', length: 64 }) judgementSha256!: string
  @Column('text') name!: string
  @Column('timestamptz', { name: 'confirmed_at' }) confirmedAt!: Date
  @Column('uuid', { name: 'confirmed_by' }) confirmedBy!: string
}

export type MarginMotionKind = 'yearCloseWaiver' | 'preInvestmentFirst'

/** What the ALV is asked besides the payout: to waive an item of the close, or to let pre-investments go first. */
@Entity('margin_motions')
@Index('margin_motions_year', ['year', 'offeredAt'])
@Check('margin_motions_kind', `kind IN ('yearCloseWaiver','preInvestmentFirst')`)
@Check('margin_motions_item', `(item IS NOT NULL) = (kind = 'yearCloseWaiver')`)
@Check('margin_motions_reason', 'length(trim(reason)) > 0')
export class MarginMotionRow {
  @PrimaryColumn('uuid') id!: string
  @Column('smallint') year!: number
  @Column('text') kind!: MarginMotionKind
  @Column('text', { nullable: true }) item!: string | null
  @Column('text') reason!: string
  @Column('uuid', { name: 'assembly_id' }) assemblyId!: string
  @Column('uuid', { name: 'motion_id' }) motionId!: string
  @Column('timestamptz', { name: 'offered_at' }) offeredAt!: Date
  @Column('uuid', { name: 'offered_by' }) offeredBy!: string
}

/** What a member put into the start-up phase. */
@Entity('pre_investments')
@Unique('pre_investments_number', ['number'])
@Unique('pre_investments_request', ['requestKey'])
@Check('pre_investments_kind', `kind IN ('money','inKind')`)
@Check('pre_investments_cents', 'cents > 0')
@Check('pre_investments_description', 'length(trim(description)) > 0')
@Check('pre_investments_document', 'length(trim(document)) > 0')
export class PreInvestmentRow {
  @PrimaryColumn('uuid') id!: string
  @Column('integer') number!: number
  @Column('uuid', { name: 'member_id' }) memberId!: string
  @Column('text') kind!: 'money' | 'inKind'
  @Column('bigint', { transformer: bigintColumn }) cents!: bigint
  @Column('date', { name: 'on_day' }) onDay!: string
  @Column('text') description!: string
  @Column('text') document!: string
  @Column('uuid', { name: 'request_key' }) requestKey!: string
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date
  @Column('uuid', { name: 'recorded_by' }) recordedBy!: string
}

/** What the kascommissie said of it; only what is confirmed counts. */
@Entity('pre_investment_answers')
@Check('pre_investment_answers_answer', `answer IN ('confirmed','refused')`)
@Check('pre_investment_answers_note', `answer = 'confirmed' OR length(trim(note)) > 0`)
export class PreInvestmentAnswerRow {
  @PrimaryColumn('uuid', { name: 'pre_investment_id' }) preInvestmentId!: string
  @ManyToOne(() => PreInvestmentRow)
  @JoinColumn({ name: 'pre_investment_id' })
  preInvestment!: Relation<PreInvestmentRow>
  @Column('text') answer!: 'confirmed' | 'refused'
  @Column('text') note!: string
  @Column('text') name!: string
  @Column('timestamptz', { name: 'answered_at' }) answeredAt!: Date
  @Column('uuid', { name: 'answered_by' }) answeredBy!: string
}
