import type { MigrationInterface, QueryRunner } from 'typeorm'
import { appendOnly } from '#platform'

/** Which columns of which register hold what somebody wrote. */
const WRITTEN = {
  guarantee_call_withdrawals: 'reason',
  guarantee_call_cancellations: 'reason',
  guarantee_call_defaults: 'reason',
  guarantee_call_default_answers: 'note',
}

/**
 * Calls on the guarantees: frozen when they are proposed, issued once after the ALV adopted them, paid through the bank;
 * and what two people decide about who does not pay.
 */
export class GuaranteeCalls1700000039000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      `INSERT INTO ledger_accounts (code, name, side) VALUES ('WBedOvrAfg', 'Afgeboekte aanspraken op garanties', 'debit')
       ON CONFLICT DO NOTHING`,
    )
    await this.calls(db)
    await this.claims(db)
    await this.defaults(db)
    await appendOnly(
      db,
      ...['guarantee_calls', 'guarantee_call_parts', 'guarantee_call_withdrawals', 'guarantee_call_issues'],
      ...['guarantee_call_claims', 'guarantee_call_payments', 'guarantee_call_cancellations'],
      ...['guarantee_call_defaults', 'guarantee_call_default_answers', 'guarantee_call_reminders'],
    )
    await this.erasure(db)
  }

  private async calls(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE guarantee_calls (
        id uuid PRIMARY KEY,
        year smallint NOT NULL REFERENCES subsidy_years,
        number smallint NOT NULL CONSTRAINT guarantee_calls_positive CHECK (number > 0),
        amount_cents bigint NOT NULL CONSTRAINT guarantee_calls_amount CHECK (amount_cents > 0),
        inputs text NOT NULL,
        sha256 char(64) NOT NULL CONSTRAINT guarantee_calls_sha256 CHECK (sha256 ~ '^[0-9a-f]{64}$'),
        reference_day date NOT NULL,
        request_key uuid NOT NULL CONSTRAINT guarantee_calls_request UNIQUE,
        proposed_at timestamptz NOT NULL,
        proposed_by uuid NOT NULL REFERENCES people,
        CONSTRAINT guarantee_calls_number UNIQUE (year, number)
      )`)
    await db.query(`
      CREATE TABLE guarantee_call_parts (
        call_id uuid NOT NULL CONSTRAINT guarantee_call_parts_call REFERENCES guarantee_calls,
        member_id uuid NOT NULL REFERENCES members,
        position smallint NOT NULL,
        member_number integer NOT NULL,
        name text NOT NULL,
        pledged_cents bigint NOT NULL,
        called_before_cents bigint NOT NULL,
        part_cents bigint NOT NULL CONSTRAINT guarantee_call_parts_cents CHECK (part_cents > 0),
        PRIMARY KEY (call_id, member_id),
        CONSTRAINT guarantee_call_parts_room CHECK (called_before_cents + part_cents <= pledged_cents)
      )`)
    await db.query(`
      CREATE TABLE guarantee_call_withdrawals (
        call_id uuid PRIMARY KEY CONSTRAINT guarantee_call_withdrawals_call REFERENCES guarantee_calls,
        reason text NOT NULL,
        withdrawn_at timestamptz NOT NULL,
        withdrawn_by uuid NOT NULL REFERENCES people
      )`)
  }

  private async claims(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE guarantee_call_issues (
        call_id uuid PRIMARY KEY CONSTRAINT guarantee_call_issues_call REFERENCES guarantee_calls,
        decision_id uuid NOT NULL REFERENCES decisions,
        decision_number text NOT NULL,
        issued_on date NOT NULL,
        due_on date NOT NULL,
        reminder_days jsonb NOT NULL,
        iban text NOT NULL,
        account_name text NOT NULL,
        entry_id uuid NOT NULL REFERENCES journal_entries,
        issued_at timestamptz NOT NULL,
        issued_by uuid NOT NULL REFERENCES people,
        CONSTRAINT guarantee_call_issues_due CHECK (due_on >= issued_on)
      )`)
    await db.query(`
      CREATE TABLE guarantee_call_claims (
        call_id uuid NOT NULL CONSTRAINT guarantee_call_claims_issue REFERENCES guarantee_call_issues,
        member_id uuid NOT NULL,
        reference text NOT NULL CONSTRAINT guarantee_call_claims_reference UNIQUE,
        called_movement uuid NOT NULL REFERENCES guarantee_movements,
        offset_cents bigint NOT NULL CONSTRAINT guarantee_call_claims_offset CHECK (offset_cents >= 0),
        offset_movement uuid REFERENCES guarantee_movements,
        PRIMARY KEY (call_id, member_id),
        CONSTRAINT guarantee_call_claims_part FOREIGN KEY (call_id, member_id)
          REFERENCES guarantee_call_parts (call_id, member_id),
        CONSTRAINT guarantee_call_claims_movement CHECK ((offset_cents > 0) = (offset_movement IS NOT NULL))
      )`)
    await db.query(`
      CREATE TABLE guarantee_call_payments (
        bank_line_id uuid NOT NULL REFERENCES bank_lines,
        call_id uuid NOT NULL,
        member_id uuid NOT NULL,
        cents bigint NOT NULL CONSTRAINT guarantee_call_payments_cents CHECK (cents > 0),
        paid_on date NOT NULL,
        movement_id uuid NOT NULL REFERENCES guarantee_movements,
        entry_id uuid NOT NULL REFERENCES journal_entries,
        recorded_at timestamptz NOT NULL,
        recorded_by uuid NOT NULL REFERENCES people,
        PRIMARY KEY (bank_line_id, call_id, member_id),
        CONSTRAINT guarantee_call_payments_claim FOREIGN KEY (call_id, member_id)
          REFERENCES guarantee_call_claims (call_id, member_id)
      )`)
    await db.query('CREATE INDEX guarantee_call_payments_of ON guarantee_call_payments (call_id, member_id)')
    await db.query(`
      CREATE TABLE guarantee_call_cancellations (
        call_id uuid PRIMARY KEY CONSTRAINT guarantee_call_cancellations_issue REFERENCES guarantee_call_issues,
        reason text NOT NULL,
        entry_id uuid NOT NULL REFERENCES journal_entries,
        cancelled_at timestamptz NOT NULL,
        cancelled_by uuid NOT NULL REFERENCES people
      )`)
    await db.query(`
      CREATE TABLE guarantee_call_reminders (
        call_id uuid NOT NULL,
        member_id uuid NOT NULL,
        day_offset smallint NOT NULL,
        sent_on date NOT NULL,
        sent_at timestamptz NOT NULL,
        PRIMARY KEY (call_id, member_id, day_offset),
        CONSTRAINT guarantee_call_reminders_claim FOREIGN KEY (call_id, member_id)
          REFERENCES guarantee_call_claims (call_id, member_id)
      )`)
  }

  /** Who agrees is another than who proposes: the database sees to it as well. */
  private async defaults(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE guarantee_call_defaults (
        id uuid PRIMARY KEY,
        call_id uuid NOT NULL,
        member_id uuid NOT NULL,
        number smallint NOT NULL CONSTRAINT guarantee_call_defaults_positive CHECK (number > 0),
        treatment text NOT NULL CONSTRAINT guarantee_call_defaults_treatment
          CHECK (treatment IN ('pursued','writtenOff')),
        cents bigint NOT NULL CONSTRAINT guarantee_call_defaults_cents CHECK (cents > 0),
        reason text NOT NULL CONSTRAINT guarantee_call_defaults_reason CHECK (reason <> ''),
        request_key uuid NOT NULL CONSTRAINT guarantee_call_defaults_request UNIQUE,
        recorded_at timestamptz NOT NULL,
        recorded_by uuid NOT NULL REFERENCES people,
        CONSTRAINT guarantee_call_defaults_number UNIQUE (call_id, member_id, number),
        CONSTRAINT guarantee_call_defaults_recorder UNIQUE (id, recorded_by),
        CONSTRAINT guarantee_call_defaults_claim FOREIGN KEY (call_id, member_id)
          REFERENCES guarantee_call_claims (call_id, member_id)
      )`)
    await db.query(`
      CREATE TABLE guarantee_call_default_answers (
        default_id uuid PRIMARY KEY,
        recorded_by uuid NOT NULL,
        answer text NOT NULL CONSTRAINT guarantee_call_default_answers_answer
          CHECK (answer IN ('confirmed','refused','withdrawn')),
        note text NOT NULL,
        entry_id uuid REFERENCES journal_entries,
        answered_at timestamptz NOT NULL,
        answered_by uuid NOT NULL REFERENCES people,
        CONSTRAINT guarantee_call_default_answers_default FOREIGN KEY (default_id, recorded_by)
          REFERENCES guarantee_call_defaults (id, recorded_by),
        CONSTRAINT guarantee_call_default_answers_four_eyes CHECK ((answer = 'withdrawn') = (answered_by = recorded_by))
      )`)
  }

  /** Who is named in a reason goes when the person is erased. */
  private async erasure(db: QueryRunner): Promise<void> {
    for (const [table, column] of Object.entries(WRITTEN)) {
      await db.query(`DROP TRIGGER ${table}_append_only ON ${table}`)
      await db.query(
        `CREATE TRIGGER ${table}_append_only BEFORE DELETE OR TRUNCATE ON ${table}
         FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`,
      )
      await db.query(
        `CREATE TRIGGER ${table}_erase_only BEFORE UPDATE ON ${table}
         FOR EACH ROW EXECUTE FUNCTION refuse_all_but_erasing_persons('${column}')`,
      )
    }
    const replaced = Object.entries(WRITTEN).map(
      ([table, column]) => `UPDATE ${table} SET ${column} = without_texts(${column}, patterns)
        WHERE ${column} ~* array_to_string(patterns, '|');`,
    )
    await db.query('ALTER FUNCTION erase_texts(text[]) RENAME TO erase_texts_before_calls')
    await db.query(`
      CREATE FUNCTION erase_texts(texts text[]) RETURNS void
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET samen.erasing = 'persons' AS $$
      DECLARE
        patterns text[] := text_patterns(texts);
      BEGIN
        IF cardinality(texts) = 0 THEN RETURN; END IF;
        PERFORM erase_texts_before_calls(texts);
        ${replaced.join('\n        ')}
      END $$`)
    await db.query('REVOKE ALL ON FUNCTION erase_texts(text[]) FROM PUBLIC')
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only')
  }
}
