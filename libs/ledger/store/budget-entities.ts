import { Check, Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation, Unique } from 'typeorm'
import { bigintColumn } from '#platform'
import { LedgerAccountRow } from './journal-entities.js'

/** A budget as it was handed in. */
@Entity('ledger_budgets')
@Unique('ledger_budgets_request', ['requestKey'])
@Unique('ledger_budgets_year', ['id', 'year'])
export class LedgerBudgetRow {
  @PrimaryColumn('uuid') id!: string
  @Column('smallint') year!: number
  /** The name of the file. */
  @Column('text') name!: string
  @Column('char', { length: 64 }) sha256!: string
  /** What a reader has to know about it; empty when there is nothing. */
  @Column('text') note!: string
  @Column('uuid', { name: 'request_key' }) requestKey!: string
  @Column('timestamptz', { name: 'proposed_at' }) proposedAt!: Date
  @Column('uuid', { name: 'proposed_by', nullable: true }) proposedBy!: string | null
}

/** What is expected on an account of a project in the year: income and costs both positive. */
@Entity('ledger_budget_lines')
export class LedgerBudgetLineRow {
  @PrimaryColumn('uuid', { name: 'budget_id' }) budgetId!: string
  @ManyToOne(() => LedgerBudgetRow) @JoinColumn({ name: 'budget_id' }) budget?: Relation<LedgerBudgetRow>
  @PrimaryColumn('smallint') position!: number
  @Column('text') account!: string
  @ManyToOne(() => LedgerAccountRow) @JoinColumn({ name: 'account' }) accountRow?: Relation<LedgerAccountRow>
  @Column('uuid', { name: 'accounting_district_id', nullable: true }) accountingDistrictId!: string | null
  @Column('text') description!: string
  @Column('bigint', { transformer: bigintColumn }) cents!: bigint
}

/** That a budget holds: the highest version of a year is its budget. */
@Entity('ledger_budget_adoptions')
@Unique('ledger_budget_adoptions_version', ['year', 'version'])
@Check('ledger_budget_adoptions_positive', 'version > 0')
export class LedgerBudgetAdoptionRow {
  @PrimaryColumn('uuid', { name: 'budget_id' }) budgetId!: string
  @Column('smallint') year!: number
  @ManyToOne(() => LedgerBudgetRow)
  @JoinColumn([
    { name: 'budget_id', referencedColumnName: 'id' },
    { name: 'year', referencedColumnName: 'year' },
  ])
  budget?: Relation<LedgerBudgetRow>
  @Column('smallint') version!: number
  @Column('timestamptz', { name: 'adopted_at' }) adoptedAt!: Date
  @Column('uuid', { name: 'adopted_by', nullable: true }) adoptedBy!: string | null
}
