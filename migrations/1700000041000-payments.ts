import type { MigrationInterface, QueryRunner } from 'typeorm'
import { appendOnly } from '#platform'

/**
 * What is to be paid, in which batch it was offered to the bank, who approved that, and what the bank did. A payable
 * is offered again only after the attempt before it ended: its number of attempt is unique, and refers to that end.
 */
export class Payments1700000041000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await this.payables(db)
    await this.payees(db)
    await this.batches(db)
    await this.payments(db)
    await this.approvals(db)
    await this.results(db)
    await appendOnly(
      db,
      ...['payables', 'payee_accounts', 'payee_account_answers', 'payment_batches', 'payments'],
      ...['payment_batch_approvals', 'payment_batch_organisations', 'payment_batch_outcomes'],
      ...['payment_downloads', 'payment_settlements', 'payment_endings'],
    )
  }

  private async payables(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE payables (
        id uuid PRIMARY KEY,
        key text NOT NULL CONSTRAINT payables_key UNIQUE,
        kind text NOT NULL CONSTRAINT payables_kind
          CHECK (kind IN ('riskMargin','preInvestment','advance','callRefund')),
        member_id uuid REFERENCES members,
        payee_id uuid REFERENCES counterparties,
        payee_name text NOT NULL,
        cents bigint NOT NULL CONSTRAINT payables_cents CHECK (cents > 0),
        reference text NOT NULL CONSTRAINT payables_reference CHECK (length(trim(reference)) > 0),
        description text NOT NULL,
        explanation text NOT NULL,
        decision_number text NOT NULL,
        document text NOT NULL,
        debit_account text NOT NULL REFERENCES ledger_accounts,
        accounting_district_id uuid REFERENCES accounting_districts,
        added_at timestamptz NOT NULL,
        added_by uuid REFERENCES people,
        CONSTRAINT payables_payee CHECK (num_nonnulls(member_id, payee_id) >= 1)
      )`)
    await db.query('CREATE INDEX payables_reference_kind ON payables (kind, reference)')
    await db.query('CREATE INDEX payables_member ON payables (member_id)')
  }

  /** Bank accounts of who is no member: one person enters, another confirms. */
  private async payees(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE payee_accounts (
        id uuid PRIMARY KEY,
        payee_id uuid NOT NULL REFERENCES counterparties,
        name text NOT NULL,
        iban text NOT NULL,
        street text,
        building_number text,
        postal_code text,
        town text,
        country char(2) NOT NULL,
        source text NOT NULL CONSTRAINT payee_accounts_source CHECK (length(trim(source)) > 0),
        request_key uuid NOT NULL CONSTRAINT payee_accounts_request UNIQUE,
        entered_at timestamptz NOT NULL,
        entered_by uuid NOT NULL REFERENCES people,
        CONSTRAINT payee_accounts_entered UNIQUE (id, entered_by)
      )`)
    await db.query('CREATE INDEX payee_accounts_payee ON payee_accounts (payee_id)')
    await db.query(`
      CREATE TABLE payee_account_answers (
        account_id uuid PRIMARY KEY,
        answer text NOT NULL CONSTRAINT payee_account_answers_answer CHECK (answer IN ('confirmed','refused')),
        note text NOT NULL,
        entered_by uuid NOT NULL,
        answered_at timestamptz NOT NULL,
        answered_by uuid NOT NULL REFERENCES people,
        FOREIGN KEY (account_id, entered_by) REFERENCES payee_accounts (id, entered_by),
        CONSTRAINT payee_account_answers_another CHECK (answered_by <> entered_by)
      )`)
  }

  private async batches(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE payment_batches (
        id uuid PRIMARY KEY,
        year smallint NOT NULL,
        number integer NOT NULL CONSTRAINT payment_batches_positive CHECK (number > 0),
        message_id text NOT NULL CONSTRAINT payment_batches_message UNIQUE,
        request_key uuid NOT NULL CONSTRAINT payment_batches_request UNIQUE,
        content text NOT NULL,
        sha256 char(64) NOT NULL CONSTRAINT payment_batches_sha256
          CHECK (sha256 = encode(sha256(convert_to(content, 'UTF8')), 'hex')),
        payments integer NOT NULL CONSTRAINT payment_batches_payments CHECK (payments > 0),
        cents bigint NOT NULL CONSTRAINT payment_batches_cents CHECK (cents > 0),
        made_at timestamptz NOT NULL,
        made_by uuid NOT NULL REFERENCES people,
        CONSTRAINT payment_batches_number UNIQUE (year, number),
        CONSTRAINT payment_batches_text UNIQUE (id, sha256)
      )`)
  }

  private async payments(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE payments (
        id uuid PRIMARY KEY,
        batch_id uuid NOT NULL REFERENCES payment_batches,
        place integer NOT NULL CONSTRAINT payments_place_positive CHECK (place > 0),
        payable_id uuid NOT NULL REFERENCES payables,
        attempt smallint NOT NULL CONSTRAINT payments_attempt_positive CHECK (attempt > 0),
        after_attempt smallint,
        end_to_end_id text NOT NULL CONSTRAINT payments_end_to_end UNIQUE,
        cents bigint NOT NULL CONSTRAINT payments_cents CHECK (cents > 0),
        name text NOT NULL,
        iban text NOT NULL,
        CONSTRAINT payments_place UNIQUE (batch_id, place),
        CONSTRAINT payments_one_live UNIQUE (payable_id, attempt),
        CONSTRAINT payments_after CHECK (coalesce(after_attempt, 0) + 1 = attempt)
      )`)
    await db.query(`
      CREATE TABLE payment_endings (
        payment_id uuid PRIMARY KEY REFERENCES payments,
        payable_id uuid NOT NULL,
        attempt smallint NOT NULL,
        kind text NOT NULL CONSTRAINT payment_endings_kind CHECK (kind IN ('withdrawn','refusedByBank','returned')),
        reason text NOT NULL CONSTRAINT payment_endings_reason CHECK (length(trim(reason)) > 0),
        ended_on date NOT NULL,
        line_id text,
        entry_id uuid REFERENCES journal_entries,
        ended_at timestamptz NOT NULL,
        ended_by uuid NOT NULL REFERENCES people,
        CONSTRAINT payment_endings_once UNIQUE (payable_id, attempt),
        FOREIGN KEY (payable_id, attempt) REFERENCES payments (payable_id, attempt),
        CONSTRAINT payment_endings_booked CHECK ((kind = 'returned') = (entry_id IS NOT NULL))
      )`)
    await db.query(`ALTER TABLE payments ADD CONSTRAINT payments_after_ending_fkey
      FOREIGN KEY (payable_id, after_attempt) REFERENCES payment_endings (payable_id, attempt)`)
  }

  /** Two approvals, by two people, of organisations that are not the same: each organisation once in a batch. */
  private async approvals(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE payment_batch_approvals (
        batch_id uuid NOT NULL,
        place smallint NOT NULL CONSTRAINT payment_batch_approvals_place CHECK (place IN (1, 2)),
        sha256 char(64) NOT NULL,
        role text NOT NULL CONSTRAINT payment_batch_approvals_role CHECK (role IN ('chair','controller','director')),
        approved_at timestamptz NOT NULL,
        approved_by uuid NOT NULL REFERENCES people,
        PRIMARY KEY (batch_id, place),
        FOREIGN KEY (batch_id, sha256) REFERENCES payment_batches (id, sha256),
        CONSTRAINT payment_batch_approvals_person UNIQUE (batch_id, approved_by)
      )`)
    await db.query(`
      CREATE TABLE payment_batch_organisations (
        batch_id uuid NOT NULL,
        organisation text NOT NULL,
        place smallint NOT NULL,
        name text NOT NULL,
        PRIMARY KEY (batch_id, organisation),
        FOREIGN KEY (batch_id, place) REFERENCES payment_batch_approvals (batch_id, place)
      )`)
    await db.query(`
      CREATE TABLE payment_batch_outcomes (
        batch_id uuid PRIMARY KEY REFERENCES payment_batches,
        outcome text NOT NULL CONSTRAINT payment_batch_outcomes_outcome
          CHECK (outcome IN ('approved','withdrawn','rejected')),
        second_approval smallint,
        reason text NOT NULL,
        file text,
        file_sha256 char(64) CONSTRAINT payment_batch_outcomes_sha256
          CHECK (file_sha256 = encode(sha256(convert_to(file, 'UTF8')), 'hex')),
        decided_at timestamptz NOT NULL,
        decided_by uuid NOT NULL REFERENCES people,
        FOREIGN KEY (batch_id, second_approval) REFERENCES payment_batch_approvals (batch_id, place),
        CONSTRAINT payment_batch_outcomes_approved CHECK (CASE WHEN outcome = 'approved'
          THEN second_approval = 2 AND second_approval IS NOT NULL AND file IS NOT NULL AND file_sha256 IS NOT NULL
          ELSE second_approval IS NULL AND file IS NULL AND length(trim(reason)) > 0 END)
      )`)
  }

  private async results(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE payment_downloads (
        id uuid PRIMARY KEY,
        batch_id uuid NOT NULL REFERENCES payment_batch_outcomes,
        downloaded_at timestamptz NOT NULL,
        downloaded_by uuid NOT NULL REFERENCES people
      )`)
    await db.query('CREATE INDEX payment_downloads_batch ON payment_downloads (batch_id)')
    await db.query(`
      CREATE TABLE payment_settlements (
        payment_id uuid PRIMARY KEY REFERENCES payments,
        paid_on date NOT NULL,
        line_id text NOT NULL,
        statement text NOT NULL,
        entry_id uuid NOT NULL REFERENCES journal_entries,
        settled_at timestamptz NOT NULL,
        settled_by uuid NOT NULL REFERENCES people
      )`)
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only')
  }
}
