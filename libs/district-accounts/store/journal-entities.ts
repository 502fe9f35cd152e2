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
import type { Cents, Day } from '#kernel'
import { bigintColumn } from '#platform'
import type { JournalFormat } from '../rules/journal.js'

/** To which line of the agreement an account of the wijk's own books belongs; the latest is the last word. */
@Entity('district_account_mappings')
@Index('district_account_mappings_of', ['agreementId', 'account', 'id'])
export class AccountMappingRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' }) id!: string
  @Column('uuid', { name: 'agreement_id' }) agreementId!: string
  @Column('text') account!: string
  /** Null: it has nothing to do with this subsidy. */
  @Column('text', { name: 'line_id', nullable: true }) lineId!: string | null
  @Column('timestamptz', { name: 'mapped_at' }) mappedAt!: Date
  @Column('uuid', { name: 'mapped_by' }) mappedBy!: string
}

/** A line as an upload keeps it: amounts as strings of cents. */
export interface UploadedLine {
  onDay: Day
  account: string
  accountName: string
  description: string
  document: string
  cents: string
}

/** A journal that is being looked at; gone when it is kept, thrown away, or thirty days old. */
@Entity('district_journal_uploads')
@Unique('district_journal_uploads_file', ['agreementId', 'quarter', 'sha256'])
@Check('district_journal_uploads_quarter', `quarter ~ '^[0-9]{4}-Q[1-4]$'`)
@Check('district_journal_uploads_format', `format IN ('csv','xaf')`)
export class JournalUploadRow {
  @PrimaryColumn('uuid') id!: string
  @Column('uuid', { name: 'agreement_id' }) agreementId!: string
  /** The last quarter that it is about; it begins on 1 January. */
  @Column('text') quarter!: string
  @Column('text') format!: JournalFormat
  @Column('text', { name: 'file_name' }) fileName!: string
  @Column('char', { length: 64 }) sha256!: string
  @Column('jsonb') lines!: UploadedLine[]
  @Column('jsonb', { name: 'balance_accounts' }) balanceAccounts!: string[]
  @Column('timestamptz', { name: 'uploaded_at' }) uploadedAt!: Date
  @Column('uuid', { name: 'uploaded_by' }) uploadedBy!: string
}

/** A wijk's journal from 1 January through a quarter; the highest number of a year counts. */
@Entity('district_journals')
@Unique('district_journals_number', ['agreementId', 'year', 'number'])
@Check('district_journals_positive', 'number > 0')
@Check('district_journals_quarter', `quarter ~ '^[0-9]{4}-Q[1-4]$'`)
@Check('district_journals_format', `format IN ('csv','xaf')`)
@Check('district_journals_left_out', 'left_out >= 0')
export class DistrictJournalRow {
  @PrimaryColumn('uuid') id!: string
  @Column('uuid', { name: 'agreement_id' }) agreementId!: string
  @Column('smallint') year!: number
  @Column('smallint') number!: number
  @Column('text') quarter!: string
  @Column('text') format!: JournalFormat
  @Column('text', { name: 'file_name' }) fileName!: string
  @Column('char', { length: 64 }) sha256!: string
  /** Of the mapping that it was kept with. */
  @Column('char', { name: 'mapping_sha256', length: 64 }) mappingSha256!: string
  /** Lines of the file outside the period. */
  @Column('integer', { name: 'left_out' }) leftOut!: number
  @Column('timestamptz', { name: 'kept_at' }) keptAt!: Date
  @Column('uuid', { name: 'kept_by' }) keptBy!: string
}

@Entity('district_journal_lines')
export class DistrictJournalLineRow {
  @PrimaryColumn('uuid', { name: 'journal_id' }) journalId!: string
  @ManyToOne(() => DistrictJournalRow)
  @JoinColumn({ name: 'journal_id' })
  journal?: Relation<DistrictJournalRow>
  @PrimaryColumn('integer') position!: number
  @Column('date', { name: 'on_day' }) onDay!: Day
  @Column('text') account!: string
  @Column('text', { name: 'account_name' }) accountName!: string
  @Column('text', { name: 'line_id', nullable: true }) lineId!: string | null
  @Column('text') description!: string
  @Column('text') document!: string
  @Column('bigint', { transformer: bigintColumn }) cents!: Cents
}

export const journalEntities = [
  AccountMappingRow,
  JournalUploadRow,
  DistrictJournalRow,
  DistrictJournalLineRow,
]
