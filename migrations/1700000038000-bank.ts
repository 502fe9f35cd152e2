import type { MigrationInterface, QueryRunner } from 'typeorm'
import { appendOnly } from '#platform'

/** What names a person in what the bank tells; it goes when the person is erased. */
const WRITTEN = ['counterparty_name', 'description'] as const

/**
 * The cooperative's bank accounts, their statements and lines, and what each line settles: proposed by one person,
 * confirmed by another (docs/adr/0032).
 */
export class Bank1700000038000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await this.accounts(db)
    await this.lines(db)
    await this.proposals(db)
    await appendOnly(
      db,
      ...['bank_accounts', 'bank_account_confirmations', 'bank_imports', 'bank_statements', 'bank_lines'],
      ...['bank_proposals', 'bank_proposal_parts', 'bank_proposal_outcomes', 'bank_settlements'],
    )
    await this.erasure(db)
  }

  private async accounts(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE bank_accounts (
        iban text PRIMARY KEY CONSTRAINT bank_accounts_iban CHECK (iban ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$'),
        name text NOT NULL CONSTRAINT bank_accounts_name CHECK (name <> ''),
        recorded_at timestamptz NOT NULL,
        recorded_by uuid REFERENCES people
      )`)
    await db.query(`
      CREATE TABLE bank_account_confirmations (
        iban text PRIMARY KEY CONSTRAINT bank_account_confirmations_account REFERENCES bank_accounts,
        confirmed_at timestamptz NOT NULL,
        confirmed_by uuid REFERENCES people
      )`)
  }

  private async lines(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE bank_imports (
        id uuid PRIMARY KEY,
        file_name text NOT NULL,
        sha256 char(64) NOT NULL,
        request_key uuid NOT NULL CONSTRAINT bank_imports_request UNIQUE,
        imported_at timestamptz NOT NULL,
        imported_by uuid NOT NULL REFERENCES people
      )`)
    await db.query(`
      CREATE TABLE bank_statements (
        id uuid PRIMARY KEY,
        import_id uuid NOT NULL CONSTRAINT bank_statements_import REFERENCES bank_imports,
        iban text NOT NULL CONSTRAINT bank_statements_account REFERENCES bank_accounts,
        reference text NOT NULL,
        from_day date NOT NULL,
        through_day date NOT NULL,
        opening_cents bigint NOT NULL,
        closing_cents bigint NOT NULL,
        CONSTRAINT bank_statements_once UNIQUE (iban, reference),
        CONSTRAINT bank_statements_order CHECK (from_day <= through_day)
      )`)
    await db.query('CREATE INDEX bank_statements_day ON bank_statements (iban, through_day)')
    await db.query(`
      CREATE TABLE bank_lines (
        id uuid PRIMARY KEY,
        iban text NOT NULL CONSTRAINT bank_lines_account REFERENCES bank_accounts,
        statement_id uuid CONSTRAINT bank_lines_statement REFERENCES bank_statements,
        reference text NOT NULL,
        booked_on date NOT NULL,
        cents bigint NOT NULL CONSTRAINT bank_lines_cents CHECK (cents <> 0),
        counterparty_name text NOT NULL,
        counterparty_iban text NOT NULL,
        description text NOT NULL,
        end_to_end_id text,
        return_reason text,
        reversal boolean NOT NULL,
        bank_reference text NOT NULL,
        request_key uuid CONSTRAINT bank_lines_request UNIQUE,
        entered_at timestamptz NOT NULL,
        entered_by uuid NOT NULL REFERENCES people,
        CONSTRAINT bank_lines_reference UNIQUE (iban, reference),
        CONSTRAINT bank_lines_source CHECK ((statement_id IS NULL) = (request_key IS NOT NULL))
      )`)
    await db.query('CREATE INDEX bank_lines_day ON bank_lines (booked_on)')
    await db.query('CREATE INDEX bank_lines_of_statement ON bank_lines (statement_id)')
  }

  /** Who confirms is another than who proposed: the database sees to it as well. */
  private async proposals(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE bank_proposals (
        id uuid PRIMARY KEY,
        line_id uuid NOT NULL CONSTRAINT bank_proposals_line REFERENCES bank_lines,
        number smallint NOT NULL CONSTRAINT bank_proposals_positive CHECK (number > 0),
        kind text NOT NULL CONSTRAINT bank_proposals_kind CHECK (kind IN ('match','aside')),
        cents bigint NOT NULL CONSTRAINT bank_proposals_cents CHECK (cents <> 0),
        reason text NOT NULL,
        request_key uuid NOT NULL CONSTRAINT bank_proposals_request UNIQUE,
        proposed_at timestamptz NOT NULL,
        proposed_by uuid NOT NULL REFERENCES people,
        CONSTRAINT bank_proposals_number UNIQUE (line_id, number),
        CONSTRAINT bank_proposals_proposer UNIQUE (id, proposed_by),
        CONSTRAINT bank_proposals_reason CHECK (kind = 'match' OR reason <> '')
      )`)
    await db.query(`
      CREATE TABLE bank_proposal_parts (
        proposal_id uuid NOT NULL CONSTRAINT bank_proposal_parts_proposal REFERENCES bank_proposals,
        position smallint NOT NULL,
        item_kind text NOT NULL,
        item_id text NOT NULL,
        label text NOT NULL,
        href text NOT NULL,
        cents bigint NOT NULL CONSTRAINT bank_proposal_parts_cents CHECK (cents <> 0),
        PRIMARY KEY (proposal_id, position)
      )`)
    await db.query(`
      CREATE TABLE bank_proposal_outcomes (
        proposal_id uuid PRIMARY KEY,
        proposed_by uuid NOT NULL,
        outcome text NOT NULL CONSTRAINT bank_proposal_outcomes_outcome
          CHECK (outcome IN ('confirmed','refused','withdrawn')),
        note text NOT NULL,
        decided_at timestamptz NOT NULL,
        decided_by uuid NOT NULL REFERENCES people,
        CONSTRAINT bank_proposal_outcomes_proposal FOREIGN KEY (proposal_id, proposed_by)
          REFERENCES bank_proposals (id, proposed_by),
        CONSTRAINT bank_proposal_outcomes_four_eyes CHECK ((outcome = 'withdrawn') = (decided_by = proposed_by))
      )`)
    await db.query(`
      CREATE TABLE bank_settlements (
        line_id uuid NOT NULL CONSTRAINT bank_settlements_line REFERENCES bank_lines,
        item_kind text NOT NULL,
        item_id text NOT NULL,
        proposal_id uuid NOT NULL CONSTRAINT bank_settlements_proposal REFERENCES bank_proposals,
        cents bigint NOT NULL CONSTRAINT bank_settlements_cents CHECK (cents <> 0),
        PRIMARY KEY (line_id, item_kind, item_id)
      )`)
    await db.query('CREATE INDEX bank_settlements_item ON bank_settlements (item_kind, item_id)')
  }

  private async erasure(db: QueryRunner): Promise<void> {
    await db.query('DROP TRIGGER bank_lines_append_only ON bank_lines')
    await db.query(
      `CREATE TRIGGER bank_lines_append_only BEFORE DELETE OR TRUNCATE ON bank_lines
       FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`,
    )
    await db.query(
      `CREATE TRIGGER bank_lines_erase_only BEFORE UPDATE ON bank_lines
       FOR EACH ROW EXECUTE FUNCTION refuse_all_but_erasing_persons('counterparty_name', 'description')`,
    )
    const replaced = WRITTEN.map(
      (column) => `UPDATE bank_lines SET ${column} = without_texts(${column}, patterns)
        WHERE ${column} ~* array_to_string(patterns, '|');`,
    )
    await db.query('ALTER FUNCTION erase_texts(text[]) RENAME TO erase_texts_before_bank')
    await db.query(`
      CREATE FUNCTION erase_texts(texts text[]) RETURNS void
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET samen.erasing = 'persons' AS $$
      DECLARE
        patterns text[] := text_patterns(texts);
      BEGIN
        IF cardinality(texts) = 0 THEN RETURN; END IF;
        PERFORM erase_texts_before_bank(texts);
        ${replaced.join('\n        ')}
      END $$`)
    await db.query('REVOKE ALL ON FUNCTION erase_texts(text[]) FROM PUBLIC')
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only')
  }
}
