import type { MigrationInterface, QueryRunner } from 'typeorm'
import { appendOnly, mutable } from '#platform'

/**
 * The wijken in the cooperative's project administration: what was booked of approved quarters, advances and their
 * settlement, and the journals of the wijken themselves, which are the books underneath and are not booked again.
 */
export class DistrictAccounts1700000042000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await this.bookings(db)
    await this.advances(db)
    await this.settlements(db)
    await this.journals(db)
    await appendOnly(db, 'district_bookings', 'advance_schedules', 'advance_instalments', 'advance_orders')
    await appendOnly(db, 'advance_settlements', 'advance_settlement_confirmations', 'advance_returns')
    await appendOnly(db, 'district_account_mappings', 'district_journals', 'district_journal_lines')
    await mutable(db, 'district_journal_uploads')
    await db.query(`
      INSERT INTO ledger_accounts (code, name, side)
      VALUES ('WResBes', 'Bestemming van het resultaat', 'debit') ON CONFLICT DO NOTHING`)
  }

  /** What moved in a quarter per line of the agreement, with the version of the report that said so. */
  private async bookings(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE district_bookings (
        agreement_id uuid NOT NULL REFERENCES agreements,
        quarter text NOT NULL CONSTRAINT district_bookings_quarter CHECK (quarter ~ '^[0-9]{4}-Q[1-4]$'),
        number smallint NOT NULL CONSTRAINT district_bookings_number CHECK (number > 0),
        line_id text NOT NULL,
        cents bigint NOT NULL CONSTRAINT district_bookings_cents CHECK (cents <> 0),
        report_version smallint NOT NULL,
        report_sha256 char(64) NOT NULL,
        entry_id uuid NOT NULL REFERENCES journal_entries,
        on_day date NOT NULL,
        PRIMARY KEY (agreement_id, quarter, number, line_id)
      )`)
  }

  private async advances(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE advance_schedules (
        id uuid PRIMARY KEY,
        agreement_id uuid NOT NULL REFERENCES agreements,
        year smallint NOT NULL,
        version smallint NOT NULL CONSTRAINT advance_schedules_positive CHECK (version > 0),
        rhythm text NOT NULL CONSTRAINT advance_schedules_rhythm CHECK (rhythm IN ('quarter','month')),
        agreement_version smallint NOT NULL,
        budget_cents bigint NOT NULL CONSTRAINT advance_schedules_budget CHECK (budget_cents >= 0),
        made_at timestamptz NOT NULL,
        made_by uuid REFERENCES people,
        CONSTRAINT advance_schedules_version UNIQUE (agreement_id, year, version)
      )`)
    await db.query(`
      CREATE TABLE advance_instalments (
        schedule_id uuid NOT NULL REFERENCES advance_schedules,
        number smallint NOT NULL CONSTRAINT advance_instalments_number CHECK (number > 0),
        due_on date NOT NULL,
        cents bigint NOT NULL CONSTRAINT advance_instalments_cents CHECK (cents > 0),
        PRIMARY KEY (schedule_id, number)
      )`)
    await db.query(`
      CREATE TABLE advance_orders (
        agreement_id uuid NOT NULL REFERENCES agreements,
        year smallint NOT NULL,
        number smallint NOT NULL,
        due_on date NOT NULL,
        cents bigint NOT NULL CONSTRAINT advance_orders_cents CHECK (cents > 0),
        ordered_at timestamptz NOT NULL,
        ordered_by uuid REFERENCES people,
        paid_on date,
        entry_id uuid REFERENCES journal_entries,
        CONSTRAINT advance_orders_entered CHECK ((paid_on IS NULL) = (entry_id IS NULL)),
        PRIMARY KEY (agreement_id, year, number)
      )`)
  }

  private async settlements(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE advance_settlements (
        id uuid PRIMARY KEY,
        agreement_id uuid NOT NULL REFERENCES agreements,
        year smallint NOT NULL,
        number smallint NOT NULL CONSTRAINT advance_settlements_positive CHECK (number > 0),
        advanced_cents bigint NOT NULL,
        spent_cents bigint NOT NULL,
        budget_cents bigint NOT NULL,
        extra_cents bigint NOT NULL CONSTRAINT advance_settlements_extra CHECK (extra_cents >= 0),
        extra_reason text NOT NULL,
        uncovered_cents bigint NOT NULL,
        balance_cents bigint NOT NULL,
        proposed_at timestamptz NOT NULL,
        proposed_by uuid NOT NULL REFERENCES people,
        CONSTRAINT advance_settlements_reason CHECK (extra_cents = 0 OR extra_reason <> ''),
        CONSTRAINT advance_settlements_number UNIQUE (agreement_id, year, number)
      )`)
    await db.query(`
      CREATE TABLE advance_settlement_confirmations (
        settlement_id uuid PRIMARY KEY REFERENCES advance_settlements,
        entry_id uuid REFERENCES journal_entries,
        confirmed_at timestamptz NOT NULL,
        confirmed_by uuid NOT NULL REFERENCES people
      )`)
    await db.query(`
      CREATE TABLE advance_returns (
        settlement_id uuid PRIMARY KEY REFERENCES advance_settlement_confirmations,
        received_on date NOT NULL,
        entry_id uuid NOT NULL REFERENCES journal_entries,
        recorded_at timestamptz NOT NULL,
        recorded_by uuid NOT NULL REFERENCES people
      )`)
  }

  /** An upload is looked at and then kept or thrown away; what is kept stays with the books. */
  private async journals(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE district_account_mappings (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        agreement_id uuid NOT NULL REFERENCES agreements,
        account text NOT NULL,
        line_id text,
        mapped_at timestamptz NOT NULL,
        mapped_by uuid NOT NULL REFERENCES people
      )`)
    await db.query(
      'CREATE INDEX district_account_mappings_of ON district_account_mappings (agreement_id, account, id)',
    )
    await db.query(`
      CREATE TABLE district_journal_uploads (
        id uuid PRIMARY KEY,
        agreement_id uuid NOT NULL REFERENCES agreements,
        quarter text NOT NULL CONSTRAINT district_journal_uploads_quarter CHECK (quarter ~ '^[0-9]{4}-Q[1-4]$'),
        format text NOT NULL CONSTRAINT district_journal_uploads_format CHECK (format IN ('csv','xaf')),
        file_name text NOT NULL,
        sha256 char(64) NOT NULL,
        lines jsonb NOT NULL,
        balance_accounts jsonb NOT NULL,
        uploaded_at timestamptz NOT NULL,
        uploaded_by uuid NOT NULL REFERENCES people,
        CONSTRAINT district_journal_uploads_file UNIQUE (agreement_id, quarter, sha256)
      )`)
    await db.query(`
      CREATE TABLE district_journals (
        id uuid PRIMARY KEY,
        agreement_id uuid NOT NULL REFERENCES agreements,
        year smallint NOT NULL,
        number smallint NOT NULL CONSTRAINT district_journals_positive CHECK (number > 0),
        quarter text NOT NULL CONSTRAINT district_journals_quarter CHECK (quarter ~ '^[0-9]{4}-Q[1-4]$'),
        format text NOT NULL CONSTRAINT district_journals_format CHECK (format IN ('csv','xaf')),
        file_name text NOT NULL,
        sha256 char(64) NOT NULL,
        mapping_sha256 char(64) NOT NULL,
        left_out integer NOT NULL CONSTRAINT district_journals_left_out CHECK (left_out >= 0),
        kept_at timestamptz NOT NULL,
        kept_by uuid NOT NULL REFERENCES people,
        CONSTRAINT district_journals_number UNIQUE (agreement_id, year, number)
      )`)
    await db.query(`
      CREATE TABLE district_journal_lines (
        journal_id uuid NOT NULL REFERENCES district_journals,
        position integer NOT NULL,
        on_day date NOT NULL,
        account text NOT NULL,
        account_name text NOT NULL,
        line_id text,
        description text NOT NULL,
        document text NOT NULL,
        cents bigint NOT NULL,
        PRIMARY KEY (journal_id, position)
      )`)
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only')
  }
}
