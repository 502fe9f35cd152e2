import {
  Check,
  Column,
  Entity,
  JoinColumn,
  ManyToOne,
  OneToOne,
  PrimaryColumn,
  type Relation,
  Unique,
} from 'typeorm'
import { bigintColumn } from '#platform'

/** A proposal to divide the execution budget of a year; the highest version is the last word. */
@Entity('subsidy_divisions')
@Unique('subsidy_divisions_version', ['year', 'version'])
@Check('subsidy_divisions_version_positive', 'version > 0')
@Check('subsidy_divisions_budget', 'budget_cents > 0')
export class SubsidyDivisionRow {
  @PrimaryColumn('uuid') id!: string
  /** The subsidy year: a calendar year. */
  @Column('smallint') year!: number
  @Column('smallint') version!: number
  /** What the wijken can spend together. */
  @Column('bigint', { name: 'budget_cents', transformer: bigintColumn }) budgetCents!: bigint
  /** Why there is another version; empty for the first one. */
  @Column('text') reason!: string
  @Column('timestamptz', { name: 'proposed_at' }) proposedAt!: Date
  @Column('uuid', { name: 'proposed_by', nullable: true }) proposedBy!: string | null
}

/** What one administrative wijk gets in one proposal. */
@Entity('subsidy_division_parts')
@Check('subsidy_division_parts_weight', 'weight >= 0')
@Check('subsidy_division_parts_not_negative', 'key_cents + change_cents >= 0')
@Check('subsidy_division_parts_reason', `change_cents = 0 OR reason <> ''`)
export class SubsidyDivisionPartRow {
  @PrimaryColumn('uuid', { name: 'division_id' }) divisionId!: string
  @ManyToOne(() => SubsidyDivisionRow)
  @JoinColumn({ name: 'division_id' })
  division?: Relation<SubsidyDivisionRow>
  @PrimaryColumn('uuid', { name: 'accounting_district_id' }) accountingDistrictId!: string
  @Column('bigint', { transformer: bigintColumn }) weight!: bigint
  @Column('bigint', { name: 'key_cents', transformer: bigintColumn }) keyCents!: bigint
  @Column('bigint', { name: 'change_cents', transformer: bigintColumn }) changeCents!: bigint
  @Column('text') reason!: string
}

/** That a proposal was agreed with the gemeente. */
@Entity('subsidy_division_agreements')
export class SubsidyDivisionAgreementRow {
  @PrimaryColumn('uuid', { name: 'division_id' }) divisionId!: string
  @OneToOne(() => SubsidyDivisionRow)
  @JoinColumn({ name: 'division_id' })
  division?: Relation<SubsidyDivisionRow>
  @Column('date', { name: 'agreed_on' }) agreedOn!: string
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date
  @Column('uuid', { name: 'recorded_by', nullable: true }) recordedBy!: string | null
}

export const divisionEntities = [SubsidyDivisionRow, SubsidyDivisionPartRow, SubsidyDivisionAgreementRow]
