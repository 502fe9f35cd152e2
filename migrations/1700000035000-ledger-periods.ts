import type { MigrationInterface, QueryRunner } from 'typeorm'
import { appendOnly } from '#platform'

/** The first groups follow the RGS (Referentie Grootboekschema); the last group is our own subdivision. */
const CHART: readonly [code: string, name: string, side: 'debit' | 'credit'][] = [
  ['BLimBan', 'Bank', 'debit'],
  ['BVorSub', 'Te ontvangen subsidie', 'debit'],
  ['BVorGar', 'Te ontvangen van wie garant staat', 'debit'],
  ['BVorVsc', 'Voorschotten aan de wijken', 'debit'],
  ['BVorOvr', 'Overige vorderingen', 'debit'],
  ['BEivOreRis', 'Reserve risicomarge', 'credit'],
  ['BEivOreEga', 'Egalisatiereserve', 'credit'],
  ['BEivOvr', 'Overige reserves', 'credit'],
  ['BSchGar', 'Gestorte garanties', 'credit'],
  ['BSchCre', 'Te betalen aan uitvoerders en leveranciers', 'credit'],
  ['BSchOvs', 'Overige schulden', 'credit'],
  ['BSchOvsUit', 'Te betalen uitkeringen van de risicomarge', 'credit'],
  ['WOvbSub', 'Subsidie van de gemeente', 'credit'],
  ['WOvbGar', 'Bijdragen van wie garant staat', 'credit'],
  ['WOvbOvr', 'Overige opbrengsten', 'credit'],
  ['WKprUit', 'Uitvoering in de wijken', 'debit'],
  ['WKprInn', 'Innovatie', 'debit'],
  ['WBedOrg', 'Serviceteam, directie en organisatie', 'debit'],
  ['WBedOvkRis', 'Gebruik van de risicomarge', 'debit'],
  ['WBedOvkTrm', 'Toevoeging aan de reserve risicomarge', 'debit'],
  ['WBedOvr', 'Overige kosten', 'debit'],
]

/**
 * The ledger's accounts, projects, closed periods with their balances, the chain of seals, and budgets. An entry is
 * whole when it is booked: afterwards nothing can be added to it, and nothing can be booked in a closed period.
 */
export class LedgerPeriods1700000035000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await this.accounts(db)
    await this.entries(db)
    await this.postings(db)
    await this.periods(db)
    await this.booking(db)
    await this.balancing(db)
    await this.seals(db)
    await this.budgets(db)
    await appendOnly(
      db,
      ...['ledger_accounts', 'ledger_closings', 'ledger_snapshots', 'ledger_seals', 'ledger_sealed_entries'],
      ...['ledger_checks', 'ledger_budgets', 'ledger_budget_lines', 'ledger_budget_adoptions'],
    )
  }

  private async accounts(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE ledger_accounts (
        code text PRIMARY KEY CONSTRAINT ledger_accounts_code CHECK (code ~ '^[BW][A-Za-z]{0,12}$'),
        name text NOT NULL CONSTRAINT ledger_accounts_name CHECK (length(trim(name)) > 0),
        side text NOT NULL CONSTRAINT ledger_accounts_side CHECK (side IN ('debit','credit')),
        added_at timestamptz NOT NULL DEFAULT now(),
        added_by uuid REFERENCES people
      )`)
    for (const [code, name, side] of CHART)
      await db.query('INSERT INTO ledger_accounts (code, name, side) VALUES ($1, $2, $3)', [code, name, side])
    await db.query(`
      INSERT INTO ledger_accounts (code, name, side) SELECT DISTINCT account, account, 'debit' FROM postings
      ON CONFLICT DO NOTHING`)
  }

  /** `sequence` is the order of booking; `salt` goes when the texts of an entry are erased (see docs/adr/0030). */
  private async entries(db: QueryRunner): Promise<void> {
    await db.query('CREATE SEQUENCE journal_entries_sequence')
    await db.query('GRANT USAGE ON SEQUENCE journal_entries_sequence TO samen_app')
    await db.query(`
      ALTER TABLE journal_entries
        ADD COLUMN sequence bigint NOT NULL DEFAULT nextval('journal_entries_sequence'),
        ADD COLUMN transaction_id bigint NOT NULL DEFAULT 0,
        ADD COLUMN salt uuid DEFAULT gen_random_uuid(),
        ADD COLUMN reverses uuid REFERENCES journal_entries,
        ADD CONSTRAINT journal_entries_sequence_once UNIQUE (sequence),
        ADD CONSTRAINT journal_entries_reverses UNIQUE (reverses),
        ADD CONSTRAINT journal_entries_day UNIQUE (id, on_day)`)
    await db.query(`
      ALTER TABLE journal_entries ALTER COLUMN sequence DROP DEFAULT,
        ALTER COLUMN transaction_id DROP DEFAULT, ALTER COLUMN salt DROP DEFAULT`)
    await db.query('DROP TRIGGER journal_entries_erase_only ON journal_entries')
    await db.query(
      `CREATE TRIGGER journal_entries_erase_only BEFORE UPDATE ON journal_entries
       FOR EACH ROW EXECUTE FUNCTION refuse_all_but_erasing_persons('description', 'document', 'salt')`,
    )
    await db.query(`
      CREATE FUNCTION forget_salt() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN NEW.salt := NULL; RETURN NEW; END $$`)
    await db.query(
      `CREATE TRIGGER journal_entries_forget_salt BEFORE UPDATE ON journal_entries
       FOR EACH ROW WHEN (OLD.description <> NEW.description OR OLD.document <> NEW.document)
       EXECUTE FUNCTION forget_salt()`,
    )
  }

  /** A posting repeats the day of its entry, so that a balance on a day is read from one index. */
  private async postings(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE postings ADD COLUMN on_day date,
        ADD COLUMN accounting_district_id uuid REFERENCES accounting_districts,
        ADD FOREIGN KEY (account) REFERENCES ledger_accounts`)
    await db.query('ALTER TABLE postings DISABLE TRIGGER postings_append_only')
    await db.query(
      'UPDATE postings p SET on_day = e.on_day FROM journal_entries e WHERE e.id = p.entry_id AND p.on_day IS NULL',
    )
    await db.query('ALTER TABLE postings ENABLE TRIGGER postings_append_only')
    await db.query(`
      ALTER TABLE postings ALTER COLUMN on_day SET NOT NULL,
        DROP CONSTRAINT postings_entry_id_fkey,
        ADD FOREIGN KEY (entry_id, on_day) REFERENCES journal_entries (id, on_day)`)
    await db.query('DROP INDEX postings_account_member')
    await db.query(
      'CREATE INDEX postings_account_day ON postings (account, on_day, accounting_district_id, member_id, cents)',
    )
    await db.query('CREATE INDEX postings_day ON postings (on_day, account, accounting_district_id, cents)')
    await db.query(
      'CREATE INDEX postings_member ON postings (member_id, account, on_day, cents) WHERE member_id IS NOT NULL',
    )
  }

  private async periods(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE ledger_closings (
        last_day date PRIMARY KEY,
        first_day date NOT NULL CONSTRAINT ledger_closings_first UNIQUE,
        closed_at timestamptz NOT NULL,
        closed_by uuid NOT NULL REFERENCES people,
        CONSTRAINT ledger_closings_order CHECK (first_day < last_day)
      )`)
    await db.query(`
      CREATE TABLE ledger_snapshots (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        last_day date NOT NULL REFERENCES ledger_closings,
        account text NOT NULL REFERENCES ledger_accounts,
        accounting_district_id uuid REFERENCES accounting_districts,
        member_id uuid REFERENCES members,
        cents bigint NOT NULL CONSTRAINT ledger_snapshots_cents CHECK (cents <> 0)
      )`)
    await db.query(
      'CREATE INDEX ledger_snapshots_day ON ledger_snapshots (last_day, account, accounting_district_id, member_id, cents)',
    )
  }

  /**
   * Whoever books holds the ledger with others, whoever closes a period or looks how far there is to seal holds it
   * alone: so no entry comes into a closed period, and none before one that was sealed.
   */
  private async booking(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE FUNCTION book_entry() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF current_setting('transaction_isolation') <> 'read committed' THEN
          RAISE EXCEPTION 'Entries are booked under READ COMMITTED, to see which periods are closed';
        END IF;
        PERFORM pg_advisory_xact_lock_shared(730106);
        IF NEW.on_day <= (SELECT max(last_day) FROM ledger_closings) THEN
          RAISE EXCEPTION 'The period of % is closed', NEW.on_day
            USING ERRCODE = 'check_violation', CONSTRAINT = 'journal_entries_open_period';
        END IF;
        NEW.sequence := nextval('journal_entries_sequence');
        NEW.transaction_id := pg_current_xact_id()::text::bigint;
        NEW.salt := gen_random_uuid();
        RETURN NEW;
      END $$`)
    await db.query(`
      CREATE TRIGGER journal_entries_book BEFORE INSERT ON journal_entries
      FOR EACH ROW EXECUTE FUNCTION book_entry()`)
    await db.query(`
      CREATE FUNCTION only_with_own_entry() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF EXISTS (
          SELECT 1 FROM added a JOIN journal_entries e ON e.id = a.entry_id
          WHERE e.transaction_id <> pg_current_xact_id()::text::bigint
        ) THEN
          RAISE EXCEPTION 'Nothing is added to an entry that was booked before'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'postings_own_entry';
        END IF;
        RETURN NULL;
      END $$`)
    await db.query(`
      CREATE TRIGGER postings_own_entry AFTER INSERT ON postings REFERENCING NEW TABLE AS added
      FOR EACH STATEMENT EXECUTE FUNCTION only_with_own_entry()`)
  }

  /** Once for each entry instead of once for each of its lines: an entry of many lines is looked at once. */
  private async balancing(db: QueryRunner): Promise<void> {
    await db.query('DROP TRIGGER postings_balance ON postings')
    await db.query('DROP FUNCTION entry_balances()')
    await db.query(`
      CREATE FUNCTION entry_balances() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE lines bigint; total numeric;
      BEGIN
        SELECT count(*), coalesce(sum(cents), 0) INTO lines, total FROM postings WHERE entry_id = NEW.id;
        IF total <> 0 OR lines < 2 THEN
          RAISE EXCEPTION 'Journal entry % does not balance', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'postings_balance';
        END IF;
        RETURN NULL;
      END $$`)
    await db.query(`
      CREATE CONSTRAINT TRIGGER postings_balance AFTER INSERT ON journal_entries
      DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION entry_balances()`)
  }

  private async seals(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE ledger_seals (
        number integer PRIMARY KEY CONSTRAINT ledger_seals_number CHECK (number > 0),
        first_sequence bigint NOT NULL,
        last_sequence bigint NOT NULL CONSTRAINT ledger_seals_last UNIQUE,
        entries integer NOT NULL CONSTRAINT ledger_seals_entries CHECK (entries > 0),
        previous_sha256 char(64) NOT NULL CONSTRAINT ledger_seals_previous UNIQUE,
        sha256 char(64) NOT NULL CONSTRAINT ledger_seals_sha256 UNIQUE,
        sealed_at timestamptz NOT NULL,
        CONSTRAINT ledger_seals_order CHECK (first_sequence <= last_sequence)
      )`)
    await db.query(`
      CREATE TABLE ledger_sealed_entries (
        entry_id uuid PRIMARY KEY REFERENCES journal_entries,
        seal integer NOT NULL REFERENCES ledger_seals,
        year smallint NOT NULL,
        number integer NOT NULL CONSTRAINT ledger_sealed_entries_positive CHECK (number > 0),
        text_sha256 char(64) NOT NULL,
        CONSTRAINT ledger_sealed_entries_number UNIQUE (year, number)
      )`)
    await db.query('CREATE INDEX ledger_sealed_entries_seal ON ledger_sealed_entries (seal)')
    await db.query(`
      CREATE TABLE ledger_checks (
        id uuid PRIMARY KEY,
        checked_at timestamptz NOT NULL,
        checked_by uuid REFERENCES people,
        entries bigint NOT NULL,
        postings bigint NOT NULL,
        seals integer NOT NULL,
        last_sha256 char(64),
        unsealed bigint NOT NULL,
        erased bigint NOT NULL,
        findings jsonb NOT NULL
      )`)
    await db.query('CREATE INDEX ledger_checks_moment ON ledger_checks (checked_at)')
  }

  private async budgets(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE ledger_budgets (
        id uuid PRIMARY KEY,
        year smallint NOT NULL,
        name text NOT NULL,
        sha256 char(64) NOT NULL,
        note text NOT NULL,
        request_key uuid NOT NULL CONSTRAINT ledger_budgets_request UNIQUE,
        proposed_at timestamptz NOT NULL,
        proposed_by uuid REFERENCES people,
        CONSTRAINT ledger_budgets_year UNIQUE (id, year)
      )`)
    await db.query(`
      CREATE TABLE ledger_budget_lines (
        budget_id uuid NOT NULL REFERENCES ledger_budgets,
        position smallint NOT NULL,
        account text NOT NULL REFERENCES ledger_accounts,
        accounting_district_id uuid REFERENCES accounting_districts,
        description text NOT NULL,
        cents bigint NOT NULL,
        PRIMARY KEY (budget_id, position)
      )`)
    await db.query(`
      CREATE TABLE ledger_budget_adoptions (
        budget_id uuid PRIMARY KEY,
        year smallint NOT NULL,
        version smallint NOT NULL CONSTRAINT ledger_budget_adoptions_positive CHECK (version > 0),
        adopted_at timestamptz NOT NULL,
        adopted_by uuid REFERENCES people,
        CONSTRAINT ledger_budget_adoptions_version UNIQUE (year, version),
        FOREIGN KEY (budget_id, year) REFERENCES ledger_budgets (id, year)
      )`)
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only')
  }
}
