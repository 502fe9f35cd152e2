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

@Entity('journal_entries')
@Unique('journal_entries_key', ['idempotencyKey'])
export class JournalEntryRow {
  @PrimaryColumn('uuid') id!: string
  @Column('text', { name: 'idempotency_key' }) idempotencyKey!: string
  @Column('date', { name: 'on_day' }) onDay!: string
  @Column('text') description!: string
  @Column('text') document!: string
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date
  @Column('uuid', { name: 'recorded_by', nullable: true }) recordedBy!: string | null
}

/** Positive cents are a debit, negative a credit; per entry they add up to zero (constraint trigger). */
@Entity('postings')
@Index('postings_entry', ['entryId'])
@Index('postings_account_member', ['account', 'memberId'])
@Check('postings_account', `account ~ '^[BW][A-Za-z]{0,12}$'`)
@Check('postings_cents', 'cents <> 0')
export class PostingRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' }) id!: string
  @Column('uuid', { name: 'entry_id' }) entryId!: string
  @ManyToOne(() => JournalEntryRow) @JoinColumn({ name: 'entry_id' }) entry!: Relation<JournalEntryRow>
  @Column('text') account!: string
  @Column('uuid', { name: 'member_id', nullable: true }) memberId!: string | null
  @Column('bigint', { transformer: bigintColumn }) cents!: bigint
}

export const ledgerEntities = [JournalEntryRow, PostingRow]
