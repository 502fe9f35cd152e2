import type { MigrationInterface, QueryRunner } from 'typeorm'
import { appendOnly } from '#platform'

/**
 * The margin's reserve and what it was used for, what closing a year asks, pre-investments, and what came with proposals:
 * objections, what is earned back first, and shares weighted by days.
 */
export class YearClose1700000040000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await this.reserves(db)
    await this.uses(db)
    await this.closing(db)
    await this.preInvestments(db)
    await this.distributions(db)
    await appendOnly(
      db,
      ...['margin_reserves', 'margin_uses', 'margin_use_reversals', 'year_close_confirmations'],
      ...['margin_motions', 'pre_investments', 'pre_investment_answers', 'distribution_objections'],
      'distribution_pre_parts',
    )
  }

  /** One reserve a year, formed by one entry. */
  private async reserves(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE margin_reserves (
        year smallint PRIMARY KEY REFERENCES subsidy_years,
        cents bigint NOT NULL CONSTRAINT margin_reserves_cents CHECK (cents > 0),
        entry_id uuid NOT NULL CONSTRAINT margin_reserves_entry UNIQUE REFERENCES journal_entries,
        booked_at timestamptz NOT NULL,
        booked_by uuid REFERENCES people
      )`)
  }

  private async uses(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE margin_uses (
        id uuid PRIMARY KEY,
        year smallint NOT NULL REFERENCES margin_reserves,
        number smallint NOT NULL CONSTRAINT margin_uses_number CHECK (number > 0),
        cents bigint NOT NULL CONSTRAINT margin_uses_cents CHECK (cents > 0),
        on_day date NOT NULL,
        reason text NOT NULL CONSTRAINT margin_uses_reason CHECK (length(trim(reason)) > 0),
        document text NOT NULL CONSTRAINT margin_uses_document CHECK (length(trim(document)) > 0),
        decision text,
        entry_id uuid NOT NULL CONSTRAINT margin_uses_entry UNIQUE REFERENCES journal_entries,
        request_key uuid NOT NULL CONSTRAINT margin_uses_request UNIQUE,
        recorded_at timestamptz NOT NULL,
        recorded_by uuid NOT NULL REFERENCES people,
        CONSTRAINT margin_uses_number_once UNIQUE (year, number)
      )`)
    await db.query(`
      CREATE TABLE margin_use_reversals (
        use_id uuid PRIMARY KEY REFERENCES margin_uses,
        reason text NOT NULL CONSTRAINT margin_use_reversals_reason CHECK (length(trim(reason)) > 0),
        entry_id uuid NOT NULL REFERENCES journal_entries,
        reversed_at timestamptz NOT NULL,
        reversed_by uuid NOT NULL REFERENCES people
      )`)
  }

  /** A confirmation is of the judgement as it read: its hash stands with it. */
  private async closing(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE year_close_confirmations (
        id uuid PRIMARY KEY,
        year smallint NOT NULL REFERENCES subsidy_years,
        judgement_sha256 char(64) NOT NULL,
        name text NOT NULL,
        confirmed_at timestamptz NOT NULL,
        confirmed_by uuid NOT NULL REFERENCES people,
        CONSTRAINT year_close_confirmations_once UNIQUE (year, judgement_sha256, confirmed_by)
      )`)
    await db.query(`
      CREATE TABLE margin_motions (
        id uuid PRIMARY KEY,
        year smallint NOT NULL REFERENCES subsidy_years,
        kind text NOT NULL CONSTRAINT margin_motions_kind CHECK (kind IN ('yearCloseWaiver','preInvestmentFirst')),
        item text CONSTRAINT margin_motions_item CHECK ((item IS NOT NULL) = (kind = 'yearCloseWaiver')),
        reason text NOT NULL CONSTRAINT margin_motions_reason CHECK (length(trim(reason)) > 0),
        assembly_id uuid NOT NULL REFERENCES assemblies,
        motion_id uuid NOT NULL REFERENCES motions,
        offered_at timestamptz NOT NULL,
        offered_by uuid NOT NULL REFERENCES people
      )`)
    await db.query('CREATE INDEX margin_motions_year ON margin_motions (year, offered_at)')
  }

  private async preInvestments(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE pre_investments (
        id uuid PRIMARY KEY,
        number integer NOT NULL CONSTRAINT pre_investments_number UNIQUE,
        member_id uuid NOT NULL REFERENCES members,
        kind text NOT NULL CONSTRAINT pre_investments_kind CHECK (kind IN ('money','inKind')),
        cents bigint NOT NULL CONSTRAINT pre_investments_cents CHECK (cents > 0),
        on_day date NOT NULL,
        description text NOT NULL CONSTRAINT pre_investments_description CHECK (length(trim(description)) > 0),
        document text NOT NULL CONSTRAINT pre_investments_document CHECK (length(trim(document)) > 0),
        request_key uuid NOT NULL CONSTRAINT pre_investments_request UNIQUE,
        recorded_at timestamptz NOT NULL,
        recorded_by uuid NOT NULL REFERENCES people
      )`)
    await db.query(`
      CREATE TABLE pre_investment_answers (
        pre_investment_id uuid PRIMARY KEY REFERENCES pre_investments,
        answer text NOT NULL CONSTRAINT pre_investment_answers_answer CHECK (answer IN ('confirmed','refused')),
        note text NOT NULL CONSTRAINT pre_investment_answers_note CHECK (answer = 'confirmed' OR length(trim(note)) > 0),
        name text NOT NULL,
        answered_at timestamptz NOT NULL,
        answered_by uuid NOT NULL REFERENCES people
      )`)
  }

  /** `weight` is what a part is in proportion to: the guarantee, or the guarantee times the days it was carried. */
  private async distributions(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE distribution_parts ADD COLUMN weight bigint')
    await db.query('ALTER TABLE distribution_parts DISABLE TRIGGER distribution_parts_append_only')
    await db.query('UPDATE distribution_parts SET weight = share_cents')
    await db.query('ALTER TABLE distribution_parts ENABLE TRIGGER distribution_parts_append_only')
    await db.query(`
      ALTER TABLE distribution_parts ALTER COLUMN weight SET NOT NULL,
        ADD CONSTRAINT distribution_parts_weight CHECK (weight >= 0)`)
    await db.query(`
      CREATE TABLE distribution_pre_parts (
        distribution_id uuid NOT NULL REFERENCES distributions,
        member_id uuid NOT NULL REFERENCES members,
        outstanding_cents bigint NOT NULL,
        part_cents bigint NOT NULL
          CONSTRAINT distribution_pre_parts_part CHECK (part_cents >= 0 AND part_cents <= outstanding_cents),
        PRIMARY KEY (distribution_id, member_id)
      )`)
    await db.query(`
      CREATE TABLE distribution_objections (
        id uuid PRIMARY KEY,
        distribution_id uuid NOT NULL REFERENCES distributions,
        member_id uuid NOT NULL REFERENCES members,
        reason text NOT NULL CONSTRAINT distribution_objections_reason CHECK (length(trim(reason)) > 0),
        name text NOT NULL,
        request_key uuid NOT NULL CONSTRAINT distribution_objections_request UNIQUE,
        recorded_at timestamptz NOT NULL,
        recorded_by uuid NOT NULL REFERENCES people
      )`)
    await db.query(
      'CREATE INDEX distribution_objections_distribution ON distribution_objections (distribution_id, recorded_at)',
    )
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only')
  }
}
