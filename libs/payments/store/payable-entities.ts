import { Check, Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm'
import { bigintColumn } from '#platform'
import type { PayableKind } from '../rules/payable-state.js'

/** What is to be paid to whom. Where it stands follows from the payments. */
@Entity('payables')
@Unique('payables_key', ['key'])
@Index('payables_reference_kind', ['kind', 'reference'])
@Index('payables_member', ['memberId'])
@Check('payables_kind', `kind IN ('riskMargin','preInvestment','advance','callRefund')`)
@Check('payables_cents', 'cents > 0')
@Check('payables_reference', 'length(trim(reference)) > 0')
@Check('payables_payee', 'num_nonnulls(member_id, payee_id) >= 1')
export class PayableRow {
  @PrimaryColumn('uuid') id!: string
  @Column('text') key!: string
  @Column('text') kind!: PayableKind
  @Column('uuid', { name: 'member_id', nullable: true }) memberId!: string | null
  @Column('uuid', { name: 'payee_id', nullable: true }) payeeId!: string | null
  @Column('text', { name: 'payee_name' }) payeeName!: string
  @Column('bigint', { transformer: bigintColumn }) cents!: bigint
  @Column('text') reference!: string
  @Column('text') description!: string
  /** How the amount was computed, as the payee may read it. */
  @Column('text') explanation!: string
  @Column('text', { name: 'decision_number' }) decisionNumber!: string
  @Column('text') document!: string
  /** Debited when it is paid. */
  @Column('text', { name: 'debit_account' }) debitAccount!: string
  @Column('uuid', { name: 'accounting_district_id', nullable: true }) accountingDistrictId!: string | null
  @Column('timestamptz', { name: 'added_at' }) addedAt!: Date
  @Column('uuid', { name: 'added_by', nullable: true }) addedBy!: string | null
}

/** The bank account of who is no member. */
@Entity('payee_accounts')
@Unique('payee_accounts_request', ['requestKey'])
@Unique('payee_accounts_entered', ['id', 'enteredBy'])
@Index('payee_accounts_payee', ['payeeId'])
@Check('payee_accounts_source', 'length(trim(source)) > 0')
export class PayeeAccountRow {
  @PrimaryColumn('uuid') id!: string
  @Column('uuid', { name: 'payee_id' }) payeeId!: string
  @Column('text') name!: string
  /** Without spaces. */
  @Column('text') iban!: string
  @Column('text', { nullable: true }) street!: string | null
  @Column('text', { name: 'building_number', nullable: true }) buildingNumber!: string | null
  @Column('text', { name: 'postal_code', nullable: true }) postalCode!: string | null
  @Column('text', { nullable: true }) town!: string | null
  @Column('char', { length: 2 }) country!: string
  /** Where it was found: an invoice, a letter. */
  @Column('text') source!: string
  @Column('uuid', { name: 'request_key' }) requestKey!: string
  @Column('timestamptz', { name: 'entered_at' }) enteredAt!: Date
  @Column('uuid', { name: 'entered_by' }) enteredBy!: string
}

/** What another person said of an account that was entered; only a confirmed one is paid to. */
@Entity('payee_account_answers')
@Check('payee_account_answers_answer', `answer IN ('confirmed','refused')`)
@Check('payee_account_answers_another', 'answered_by <> entered_by')
export class PayeeAccountAnswerRow {
  @PrimaryColumn('uuid', { name: 'account_id' }) accountId!: string
  @Column('text') answer!: 'confirmed' | 'refused'
  @Column('text') note!: string
  @Column('uuid', { name: 'entered_by' }) enteredBy!: string
  @Column('timestamptz', { name: 'answered_at' }) answeredAt!: Date
  @Column('uuid', { name: 'answered_by' }) answeredBy!: string
}
