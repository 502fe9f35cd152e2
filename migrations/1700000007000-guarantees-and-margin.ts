import type { MigrationInterface, QueryRunner } from 'typeorm'
import { appendOnly, mutable } from '#platform'

/** Subsidy years, guarantees, the ledger, and the distribution of the risk margin. */
export class GuaranteesAndMargin1700000007000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE subsidy_years (
        year smallint PRIMARY KEY,
        awarded_cents bigint NOT NULL CONSTRAINT subsidy_years_awarded CHECK (awarded_cents >= 0),
        guarantee_base_cents bigint NOT NULL CONSTRAINT subsidy_years_base CHECK (guarantee_base_cents >= 0)
      )`)
    await db.query(`
      CREATE TABLE guarantee_movements (
        id uuid PRIMARY KEY,
        member_id uuid NOT NULL REFERENCES members,
        type text NOT NULL CONSTRAINT guarantee_movements_type CHECK (type IN ('pledged','paidIn')),
        cents bigint NOT NULL CONSTRAINT guarantee_movements_cents CHECK (cents > 0),
        on_day date NOT NULL,
        document text NOT NULL,
        request_key uuid NOT NULL CONSTRAINT guarantee_movements_request UNIQUE,
        recorded_at timestamptz NOT NULL,
        recorded_by uuid
      )`)
    await db.query(`CREATE INDEX guarantee_movements_member ON guarantee_movements (member_id, on_day)`)
    // Whom the director's cap binds: the organisation of the director and the contractor, one of each at a time.
    await db.query(`
      CREATE TABLE guarantee_cap_holders (
        id uuid PRIMARY KEY,
        member_id uuid NOT NULL REFERENCES members,
        role text NOT NULL CONSTRAINT guarantee_cap_holders_role CHECK (role IN ('director','contractor')),
        holds_from date NOT NULL,
        recorded_at timestamptz NOT NULL DEFAULT now(),
        recorded_by uuid
      )`)
    await db.query(`CREATE INDEX guarantee_cap_holders_role_day ON guarantee_cap_holders (role, holds_from)`)
    await db.query(`
      CREATE TABLE journal_entries (
        id uuid PRIMARY KEY,
        idempotency_key text NOT NULL CONSTRAINT journal_entries_key UNIQUE,
        on_day date NOT NULL,
        description text NOT NULL,
        document text NOT NULL,
        recorded_at timestamptz NOT NULL,
        recorded_by uuid
      )`)
    await db.query(`
      CREATE TABLE postings (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        entry_id uuid NOT NULL REFERENCES journal_entries,
        account text NOT NULL CONSTRAINT postings_account CHECK (account ~ '^[BW][A-Za-z]{0,12}$'),
        member_id uuid REFERENCES members,
        cents bigint NOT NULL CONSTRAINT postings_cents CHECK (cents <> 0)
      )`)
    await db.query(`CREATE INDEX postings_entry ON postings (entry_id)`)
    await db.query(`CREATE INDEX postings_account_member ON postings (account, member_id)`)
    await db.query(`
      CREATE FUNCTION entry_balances() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF (SELECT coalesce(sum(cents), 0) FROM postings WHERE entry_id = NEW.entry_id) <> 0 THEN
          RAISE EXCEPTION 'Journal entry % does not balance', NEW.entry_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'postings_balance';
        END IF;
        RETURN NULL;
      END $$`)
    await db.query(`
      CREATE CONSTRAINT TRIGGER postings_balance AFTER INSERT ON postings
      DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION entry_balances()`)
    await db.query(`
      CREATE TABLE distributions (
        id uuid PRIMARY KEY,
        year smallint NOT NULL REFERENCES subsidy_years,
        inputs text NOT NULL,
        sha256 char(64) NOT NULL,
        amount_cents bigint NOT NULL CONSTRAINT distributions_amount CHECK (amount_cents > 0),
        reference_day date NOT NULL,
        request_key uuid NOT NULL CONSTRAINT distributions_request UNIQUE,
        proposed_at timestamptz NOT NULL,
        proposed_by uuid NOT NULL REFERENCES people
      )`)
    await db.query(`CREATE INDEX distributions_year ON distributions (year)`)
    await db.query(`
      CREATE TABLE distribution_parts (
        distribution_id uuid NOT NULL REFERENCES distributions,
        member_id uuid NOT NULL REFERENCES members,
        share_cents bigint NOT NULL,
        part_cents bigint NOT NULL CONSTRAINT distribution_parts_part CHECK (part_cents >= 0),
        PRIMARY KEY (distribution_id, member_id)
      )`)
    await db.query(`
      CREATE TABLE distribution_withdrawals (
        distribution_id uuid PRIMARY KEY REFERENCES distributions,
        reason text NOT NULL CONSTRAINT distribution_withdrawals_reason CHECK (length(trim(reason)) > 0),
        withdrawn_at timestamptz NOT NULL,
        withdrawn_by uuid NOT NULL REFERENCES people
      )`)
    await db.query(`
      CREATE TABLE distribution_postings (
        distribution_id uuid PRIMARY KEY REFERENCES distributions,
        year smallint NOT NULL CONSTRAINT distribution_postings_once_a_year UNIQUE,
        decision_id uuid NOT NULL REFERENCES decisions,
        entry_id uuid NOT NULL REFERENCES journal_entries,
        posted_at timestamptz NOT NULL,
        posted_by uuid NOT NULL REFERENCES people
      )`)
    await appendOnly(
      db,
      'guarantee_movements',
      'guarantee_cap_holders',
      'journal_entries',
      'postings',
      'distributions',
      'distribution_parts',
      'distribution_withdrawals',
      'distribution_postings',
    )
    await mutable(db, 'subsidy_years')
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only')
  }
}
