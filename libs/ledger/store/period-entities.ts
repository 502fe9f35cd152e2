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
import { JournalEntryRow, LedgerAccountRow } from './journal-entities.js'

/** A period that was closed: nothing is booked in it any more. There is no way back. */
@Entity('ledger_closings')
@Unique('ledger_closings_first', ['firstDay'])
@Check('ledger_closings_order', 'first_day < last_day')
export class LedgerClosingRow {
  @PrimaryColumn('date', { name: 'last_day' }) lastDay!: string
  @Column('date', { name: 'first_day' }) firstDay!: string
  @Column('timestamptz', { name: 'closed_at' }) closedAt!: Date
  @Column('uuid', { name: 'closed_by' }) closedBy!: string
}

/** The balance of an account, project and member on the last day of a closed period, of everything up to that day. */
@Entity('ledger_snapshots')
@Index('ledger_snapshots_day', ['lastDay', 'account', 'accountingDistrictId', 'memberId', 'cents'])
@Check('ledger_snapshots_cents', 'cents <> 0')
export class LedgerSnapshotRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' }) id!: string
  @Column('date', { name: 'last_day' }) lastDay!: string
  @ManyToOne(() => LedgerClosingRow) @JoinColumn({ name: 'last_day' }) closing?: Relation<LedgerClosingRow>
  @Column('text') account!: string
  @ManyToOne(() => LedgerAccountRow) @JoinColumn({ name: 'account' }) accountRow?: Relation<LedgerAccountRow>
  @Column('uuid', { name: 'accounting_district_id', nullable: true }) accountingDistrictId!: string | null
  @Column('uuid', { name: 'member_id', nullable: true }) memberId!: string | null
  @Column('bigint', { transformer: bigintColumn }) cents!: bigint
}

/** A batch of entries with the hash of these and of all before them. */
@Entity('ledger_seals')
@Unique('ledger_seals_last', ['lastSequence'])
@Unique('ledger_seals_previous', ['previousSha256'])
@Unique('ledger_seals_sha256', ['sha256'])
@Check('ledger_seals_number', 'number > 0')
@Check('ledger_seals_entries', 'entries > 0')
@Check('ledger_seals_order', 'first_sequence <= last_sequence')
export class LedgerSealRow {
  @PrimaryColumn('integer') number!: number
  @Column('bigint', { name: 'first_sequence', transformer: bigintColumn }) firstSequence!: bigint
  @Column('bigint', { name: 'last_sequence', transformer: bigintColumn }) lastSequence!: bigint
  @Column('integer') entries!: number
  @Column('char', { name: 'previous_sha256', length: 64 }) previousSha256!: string
  @Column('char', { length: 64 }) sha256!: string
  @Column('timestamptz', { name: 'sealed_at' }) sealedAt!: Date
}

/** An entry under its seal, with the number that it got in its year. */
@Entity('ledger_sealed_entries')
@Unique('ledger_sealed_entries_number', ['year', 'number'])
@Index('ledger_sealed_entries_seal', ['seal'])
@Check('ledger_sealed_entries_positive', 'number > 0')
export class LedgerSealedEntryRow {
  @PrimaryColumn('uuid', { name: 'entry_id' }) entryId!: string
  @ManyToOne(() => JournalEntryRow) @JoinColumn({ name: 'entry_id' }) entry?: Relation<JournalEntryRow>
  @Column('integer') seal!: number
  @ManyToOne(() => LedgerSealRow) @JoinColumn({ name: 'seal' }) sealRow?: Relation<LedgerSealRow>
  @Column('smallint') year!: number
  @Column('integer') number!: number
  @Column('char', { name: 'text_sha256', length: 64 }) textSha256!: string
}

/** What a check of the whole ledger found. */
@Entity('ledger_checks')
@Index('ledger_checks_moment', ['checkedAt'])
export class LedgerCheckRow {
  @PrimaryColumn('uuid') id!: string
  @Column('timestamptz', { name: 'checked_at' }) checkedAt!: Date
  /** Null when it was the daily one. */
  @Column('uuid', { name: 'checked_by', nullable: true }) checkedBy!: string | null
  @Column('bigint', { transformer: bigintColumn }) entries!: bigint
  @Column('bigint', { transformer: bigintColumn }) postings!: bigint
  @Column('integer') seals!: number
  @Column('char', { name: 'last_sha256', length: 64, nullable: true }) lastSha256!: string | null
  @Column('bigint', { transformer: bigintColumn }) unsealed!: bigint
  @Column('bigint', { transformer: bigintColumn }) erased!: bigint
  @Column('jsonb') findings!: { code: string; params: Record<string, string> }[]
}
