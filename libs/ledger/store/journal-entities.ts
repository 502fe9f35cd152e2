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
import { bigintColumn } from '#platform'

/** An account of the chart. `side` is where its balance usually stands; on a W account it tells costs from income. */
@Entity('ledger_accounts')
@Check('ledger_accounts_code', `code ~ '^[BW][A-Za-z]{0,12}$'`)
@Check('ledger_accounts_name', 'length(trim(name)) > 0')
@Check('ledger_accounts_side', `side IN ('debit','credit')`)
export class LedgerAccountRow {
  @PrimaryColumn('text') code!: string
  @Column('text') name!: string
  @Column('text') side!: 'debit' | 'credit'
  @Column('timestamptz', { name: 'added_at', default: () => 'now()' }) addedAt!: Date
  @Column('uuid', { name: 'added_by', nullable: true }) addedBy!: string | null
}

/** `sequence`, `transactionId` and `salt` come from the database when the entry is booked. */
@Entity('journal_entries')
@Unique('journal_entries_key', ['idempotencyKey'])
@Unique('journal_entries_sequence_once', ['sequence'])
@Unique('journal_entries_reverses', ['reverses'])
@Unique('journal_entries_day', ['id', 'onDay'])
export class JournalEntryRow {
  @PrimaryColumn('uuid') id!: string
  @Column('text', { name: 'idempotency_key' }) idempotencyKey!: string
  @Column('date', { name: 'on_day' }) onDay!: string
  @Column('text') description!: string
  @Column('text') document!: string
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date
  @Column('uuid', { name: 'recorded_by', nullable: true }) recordedBy!: string | null
  @Column('bigint', { transformer: bigintColumn }) sequence!: bigint
  @Column('bigint', { name: 'transaction_id', transformer: bigintColumn }) transactionId!: bigint
  /** Makes the hash of the texts tell nothing about them; gone when they were erased. */
  @Column('uuid', { nullable: true }) salt!: string | null
  /** The entry that this one undoes. */
  @Column('uuid', { nullable: true }) reverses!: string | null
  @ManyToOne(() => JournalEntryRow) @JoinColumn({ name: 'reverses' }) undone?: Relation<JournalEntryRow>
}

/** Positive cents are a debit, negative a credit; per entry they add up to zero (constraint trigger). */
@Entity('postings')
@Index('postings_entry', ['entryId'])
@Index('postings_account_day', ['account', 'onDay', 'accountingDistrictId', 'memberId', 'cents'])
@Index('postings_day', ['onDay', 'account', 'accountingDistrictId', 'cents'])
@Index('postings_member', ['memberId', 'account', 'onDay', 'cents'], { where: 'member_id IS NOT NULL' })
@Check('postings_account', `account ~ '^[BW][A-Za-z]{0,12}$'`)
@Check('postings_cents', 'cents <> 0')
export class PostingRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' }) id!: string
  @Column('uuid', { name: 'entry_id' }) entryId!: string
  /** The day of the entry. */
  @Column('date', { name: 'on_day' }) onDay!: string
  @ManyToOne(() => JournalEntryRow)
  @JoinColumn([
    { name: 'entry_id', referencedColumnName: 'id' },
    { name: 'on_day', referencedColumnName: 'onDay' },
  ])
  entry!: Relation<JournalEntryRow>
  @Column('text') account!: string
  @ManyToOne(() => LedgerAccountRow) @JoinColumn({ name: 'account' }) accountRow?: Relation<LedgerAccountRow>
  @Column('uuid', { name: 'member_id', nullable: true }) memberId!: string | null
  /** The project: an administrative wijk, or null for the central one. */
  @Column('uuid', { name: 'accounting_district_id', nullable: true }) accountingDistrictId!: string | null
  @Column('bigint', { transformer: bigintColumn }) cents!: bigint
}
