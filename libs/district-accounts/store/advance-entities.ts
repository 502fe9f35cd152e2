import { Check, Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation, Unique } from 'typeorm'
import type { Cents, Day } from '#kernel'
import { bigintColumn } from '#platform'
import type { Rhythm } from '../rules/advance-schedule.js'

/** When the wijkbudget of a year is paid ahead; the highest version is the last word. */
@Entity('advance_schedules')
@Unique('advance_schedules_version', ['agreementId', 'year', 'version'])
@Check('advance_schedules_positive', 'version > 0')
@Check('advance_schedules_rhythm', `rhythm IN ('quarter','month')`)
@Check('advance_schedules_budget', 'budget_cents >= 0')
export class AdvanceScheduleRow {
  @PrimaryColumn('uuid') id!: string
  @Column('uuid', { name: 'agreement_id' }) agreementId!: string
  @Column('smallint') year!: number
  @Column('smallint') version!: number
  @Column('text') rhythm!: Rhythm
  /** The version of the agreement that gave the budget. */
  @Column('smallint', { name: 'agreement_version' }) agreementVersion!: number
  @Column('bigint', { name: 'budget_cents', transformer: bigintColumn }) budgetCents!: Cents
  @Column('timestamptz', { name: 'made_at' }) madeAt!: Date
  @Column('uuid', { name: 'made_by', nullable: true }) madeBy!: string | null
}

@Entity('advance_instalments')
@Check('advance_instalments_number', 'number > 0')
@Check('advance_instalments_cents', 'cents > 0')
export class AdvanceInstalmentRow {
  @PrimaryColumn('uuid', { name: 'schedule_id' }) scheduleId!: string
  @ManyToOne(() => AdvanceScheduleRow)
  @JoinColumn({ name: 'schedule_id' })
  schedule?: Relation<AdvanceScheduleRow>
  @PrimaryColumn('smallint') number!: number
  @Column('date', { name: 'due_on' }) dueOn!: Day
  @Column('bigint', { transformer: bigintColumn }) cents!: Cents
}

/** An advance that was handed to the payments; one of the past was entered with its day and entry. */
@Entity('advance_orders')
@Check('advance_orders_cents', 'cents > 0')
@Check('advance_orders_entered', '(paid_on IS NULL) = (entry_id IS NULL)')
export class AdvanceOrderRow {
  @PrimaryColumn('uuid', { name: 'agreement_id' }) agreementId!: string
  @PrimaryColumn('smallint') year!: number
  @PrimaryColumn('smallint') number!: number
  @Column('date', { name: 'due_on' }) dueOn!: Day
  @Column('bigint', { transformer: bigintColumn }) cents!: Cents
  @Column('timestamptz', { name: 'ordered_at' }) orderedAt!: Date
  @Column('uuid', { name: 'ordered_by', nullable: true }) orderedBy!: string | null
  @Column('date', { name: 'paid_on', nullable: true }) paidOn!: Day | null
  @Column('uuid', { name: 'entry_id', nullable: true }) entryId!: string | null
}

/** What a year came to, proposed by the controller; amounts as `settle` gives them. */
@Entity('advance_settlements')
@Unique('advance_settlements_number', ['agreementId', 'year', 'number'])
@Check('advance_settlements_positive', 'number > 0')
@Check('advance_settlements_extra', 'extra_cents >= 0')
@Check('advance_settlements_reason', `extra_cents = 0 OR extra_reason <> ''`)
export class AdvanceSettlementRow {
  @PrimaryColumn('uuid') id!: string
  @Column('uuid', { name: 'agreement_id' }) agreementId!: string
  @Column('smallint') year!: number
  @Column('smallint') number!: number
  @Column('bigint', { name: 'advanced_cents', transformer: bigintColumn }) advancedCents!: Cents
  @Column('bigint', { name: 'spent_cents', transformer: bigintColumn }) spentCents!: Cents
  @Column('bigint', { name: 'budget_cents', transformer: bigintColumn }) budgetCents!: Cents
  @Column('bigint', { name: 'extra_cents', transformer: bigintColumn }) extraCents!: Cents
  @Column('text', { name: 'extra_reason' }) extraReason!: string
  @Column('bigint', { name: 'uncovered_cents', transformer: bigintColumn }) uncoveredCents!: Cents
  @Column('bigint', { name: 'balance_cents', transformer: bigintColumn }) balanceCents!: Cents
  @Column('timestamptz', { name: 'proposed_at' }) proposedAt!: Date
  @Column('uuid', { name: 'proposed_by' }) proposedBy!: string
}

/** That the director agreed with a settlement, and the entry of it; none when there was nothing to book. */
@Entity('advance_settlement_confirmations')
export class SettlementConfirmationRow {
  @PrimaryColumn('uuid', { name: 'settlement_id' }) settlementId!: string
  @Column('uuid', { name: 'entry_id', nullable: true }) entryId!: string | null
  @Column('timestamptz', { name: 'confirmed_at' }) confirmedAt!: Date
  @Column('uuid', { name: 'confirmed_by' }) confirmedBy!: string
}

/** That the bank received what a wijk had to give back. */
@Entity('advance_returns')
export class AdvanceReturnRow {
  @PrimaryColumn('uuid', { name: 'settlement_id' }) settlementId!: string
  @Column('date', { name: 'received_on' }) receivedOn!: Day
  @Column('uuid', { name: 'entry_id' }) entryId!: string
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date
  @Column('uuid', { name: 'recorded_by' }) recordedBy!: string
}

export const advanceEntities = [
  ...[AdvanceScheduleRow, AdvanceInstalmentRow, AdvanceOrderRow],
  ...[AdvanceSettlementRow, SettlementConfirmationRow, AdvanceReturnRow],
]
