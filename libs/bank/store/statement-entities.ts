import {
  Check,
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  OneToOne,
  PrimaryColumn,
  type Relation,
  Unique,
} from 'typeorm'
import { bigintColumn } from '#platform'

/** An account of the cooperative itself. It counts once somebody else confirmed it. */
@Entity('bank_accounts')
@Check('bank_accounts_iban', `iban ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$'`)
@Check('bank_accounts_name', `name <> ''`)
export class BankAccountRow {
  @PrimaryColumn('text') iban!: string
  /** In whose name the account stands. */
  @Column('text') name!: string
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date
  @Column('uuid', { name: 'recorded_by', nullable: true }) recordedBy!: string | null
}

@Entity('bank_account_confirmations')
export class BankAccountConfirmationRow {
  @PrimaryColumn('text') iban!: string
  @OneToOne(() => BankAccountRow)
  @JoinColumn({ name: 'iban', foreignKeyConstraintName: 'bank_account_confirmations_account' })
  account?: Relation<BankAccountRow>
  @Column('timestamptz', { name: 'confirmed_at' }) confirmedAt!: Date
  @Column('uuid', { name: 'confirmed_by', nullable: true }) confirmedBy!: string | null
}

/** A file with statements that was handed in. */
@Entity('bank_imports')
@Unique('bank_imports_request', ['requestKey'])
export class BankImportRow {
  @PrimaryColumn('uuid') id!: string
  @Column('text', { name: 'file_name' }) fileName!: string
  @Column('char', { length: 64 }) sha256!: string
  @Column('uuid', { name: 'request_key' }) requestKey!: string
  @Column('timestamptz', { name: 'imported_at' }) importedAt!: Date
  @Column('uuid', { name: 'imported_by' }) importedBy!: string
}

/** A statement of the bank; its lines carry it from the opening to the closing balance. */
@Entity('bank_statements')
@Unique('bank_statements_once', ['iban', 'reference'])
@Index('bank_statements_day', ['iban', 'throughDay'])
@Check('bank_statements_order', 'from_day <= through_day')
export class BankStatementRow {
  @PrimaryColumn('uuid') id!: string
  @Column('uuid', { name: 'import_id' }) importId!: string
  @ManyToOne(() => BankImportRow)
  @JoinColumn({ name: 'import_id', foreignKeyConstraintName: 'bank_statements_import' })
  import?: Relation<BankImportRow>
  @Column('text') iban!: string
  @ManyToOne(() => BankAccountRow)
  @JoinColumn({ name: 'iban', foreignKeyConstraintName: 'bank_statements_account' })
  account?: Relation<BankAccountRow>
  /** The bank's own name for it. */
  @Column('text') reference!: string
  @Column('date', { name: 'from_day' }) fromDay!: string
  @Column('date', { name: 'through_day' }) throughDay!: string
  @Column('bigint', { name: 'opening_cents', transformer: bigintColumn }) openingCents!: bigint
  @Column('bigint', { name: 'closing_cents', transformer: bigintColumn }) closingCents!: bigint
}

/** One movement on an account: from a statement, or entered by hand (then it has a request key). */
@Entity('bank_lines')
@Unique('bank_lines_reference', ['iban', 'reference'])
@Unique('bank_lines_request', ['requestKey'])
@Index('bank_lines_day', ['bookedOn'])
@Index('bank_lines_of_statement', ['statementId'])
@Check('bank_lines_cents', 'cents <> 0')
@Check('bank_lines_source', '(statement_id IS NULL) = (request_key IS NOT NULL)')
export class BankLineRow {
  @PrimaryColumn('uuid') id!: string
  @Column('text') iban!: string
  @ManyToOne(() => BankAccountRow)
  @JoinColumn({ name: 'iban', foreignKeyConstraintName: 'bank_lines_account' })
  account?: Relation<BankAccountRow>
  @Column('uuid', { name: 'statement_id', nullable: true }) statementId!: string | null
  @ManyToOne(() => BankStatementRow)
  @JoinColumn({ name: 'statement_id', foreignKeyConstraintName: 'bank_lines_statement' })
  statement?: Relation<BankStatementRow>
  @Column('text') reference!: string
  @Column('date', { name: 'booked_on' }) bookedOn!: string
  @Column('bigint', { transformer: bigintColumn }) cents!: bigint
  @Column('text', { name: 'counterparty_name' }) counterpartyName!: string
  @Column('text', { name: 'counterparty_iban' }) counterpartyIban!: string
  @Column('text') description!: string
  @Column('text', { name: 'end_to_end_id', nullable: true }) endToEndId!: string | null
  @Column('text', { name: 'return_reason', nullable: true }) returnReason!: string | null
  @Column('boolean') reversal!: boolean
  @Column('text', { name: 'bank_reference' }) bankReference!: string
  @Column('uuid', { name: 'request_key', nullable: true }) requestKey!: string | null
  @Column('timestamptz', { name: 'entered_at' }) enteredAt!: Date
  @Column('uuid', { name: 'entered_by' }) enteredBy!: string
}

export const statementEntities = [
  BankAccountRow,
  BankAccountConfirmationRow,
  BankImportRow,
  BankStatementRow,
  BankLineRow,
]
