import type { MigrationInterface, QueryRunner } from 'typeorm'
import { appendOnly } from '#platform'

const TYPES = [
  ...['offered', 'offerWithdrawn', 'offerRefused', 'accepted', 'increased', 'decreased', 'released'],
  ...['paidIn', 'refunded', 'called', 'callCancelled', 'callPaid', 'callOffset'],
  ...['transferredOut', 'transferredIn'],
]
const ANSWERS = ['accepted', 'increased', 'offerRefused', 'offerWithdrawn']

/** Which columns of which register hold what somebody wrote. */
const WRITTEN = {
  guarantee_movements: ['document', 'reason'],
  guarantee_releases: ['document', 'reason'],
  guarantee_release_answers: ['reason'],
}

/**
 * Guarantees in every step of their life: offered and answered, signed, lowered, released, called, transferred; and
 * the state of a subsidy year as it is frozen for the distribution.
 */
export class GuaranteeMovements1700000036000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await this.movements(db)
    await this.signatures(db)
    await this.releases(db)
    await this.snapshots(db)
    await appendOnly(db, 'guarantee_signatures', 'guarantee_releases', 'guarantee_release_answers')
    await appendOnly(db, 'guarantee_snapshots')
    await this.erasure(db)
  }

  /** What was called a pledge was one that the cooperative had accepted. An offer is answered once. */
  private async movements(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE guarantee_movements DROP CONSTRAINT guarantee_movements_type')
    await db.query('ALTER TABLE guarantee_movements DISABLE TRIGGER guarantee_movements_erase_only')
    await db.query(`UPDATE guarantee_movements SET type = 'accepted' WHERE type = 'pledged'`)
    await db.query('ALTER TABLE guarantee_movements ENABLE TRIGGER guarantee_movements_erase_only')
    await db.query(`
      ALTER TABLE guarantee_movements
        ADD CONSTRAINT guarantee_movements_type CHECK (type IN (${quoted(TYPES)})),
        ADD COLUMN refers_to uuid REFERENCES guarantee_movements,
        ADD COLUMN reason text NOT NULL DEFAULT ''`)
    await db.query(`
      CREATE UNIQUE INDEX guarantee_movements_answer ON guarantee_movements (refers_to)
      WHERE type IN (${quoted(ANSWERS)})`)
    await db.query('CREATE INDEX guarantee_movements_day ON guarantee_movements (on_day)')
  }

  /** Who agreed to what: the text as it was signed, with its hash. A movement has at most one of each side. */
  private async signatures(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE guarantee_signatures (
        movement_id uuid NOT NULL REFERENCES guarantee_movements,
        side text NOT NULL CONSTRAINT guarantee_signatures_side CHECK (side IN ('holder','cooperative')),
        text text NOT NULL,
        sha256 char(64) NOT NULL CONSTRAINT guarantee_signatures_sha256 CHECK (sha256 ~ '^[0-9a-f]{64}$'),
        signed_at timestamptz NOT NULL,
        signed_by uuid NOT NULL REFERENCES people,
        PRIMARY KEY (movement_id, side)
      )`)
  }

  /** The cooperative decides to release a holder; it works once the holder signs. */
  private async releases(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE guarantee_releases (
        id uuid PRIMARY KEY,
        member_id uuid NOT NULL REFERENCES members,
        cents bigint NOT NULL CONSTRAINT guarantee_releases_cents CHECK (cents > 0),
        document text NOT NULL CONSTRAINT guarantee_releases_document CHECK (length(trim(document)) > 0),
        reason text NOT NULL CONSTRAINT guarantee_releases_reason CHECK (length(trim(reason)) > 0),
        request_key uuid NOT NULL CONSTRAINT guarantee_releases_request UNIQUE,
        decided_at timestamptz NOT NULL,
        decided_by uuid NOT NULL REFERENCES people
      )`)
    await db.query('CREATE INDEX guarantee_releases_member ON guarantee_releases (member_id)')
    await db.query(`
      CREATE TABLE guarantee_release_answers (
        release_id uuid PRIMARY KEY REFERENCES guarantee_releases,
        answer text NOT NULL CONSTRAINT guarantee_release_answers_answer
          CHECK (answer IN ('signed','declined','withdrawn')),
        movement_id uuid REFERENCES guarantee_movements,
        reason text NOT NULL DEFAULT '',
        answered_at timestamptz NOT NULL,
        answered_by uuid NOT NULL REFERENCES people,
        CONSTRAINT guarantee_release_answers_movement CHECK ((answer = 'signed') = (movement_id IS NOT NULL))
      )`)
  }

  private async snapshots(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE guarantee_snapshots (
        id uuid PRIMARY KEY,
        year smallint NOT NULL REFERENCES subsidy_years,
        version smallint NOT NULL CONSTRAINT guarantee_snapshots_positive CHECK (version > 0),
        reference_day date NOT NULL,
        content text NOT NULL,
        sha256 char(64) NOT NULL CONSTRAINT guarantee_snapshots_sha256 CHECK (sha256 ~ '^[0-9a-f]{64}$'),
        taken_at timestamptz NOT NULL,
        taken_by uuid REFERENCES people,
        CONSTRAINT guarantee_snapshots_version UNIQUE (year, version)
      )`)
  }

  /** Who is named in a document or a reason goes when the person is erased. */
  private async erasure(db: QueryRunner): Promise<void> {
    await db.query('DROP TRIGGER guarantee_movements_erase_only ON guarantee_movements')
    for (const [table, columns] of Object.entries(WRITTEN)) {
      await db.query(`DROP TRIGGER ${table}_append_only ON ${table}`)
      await db.query(
        `CREATE TRIGGER ${table}_append_only BEFORE DELETE OR TRUNCATE ON ${table}
         FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`,
      )
      await db.query(
        `CREATE TRIGGER ${table}_erase_only BEFORE UPDATE ON ${table}
         FOR EACH ROW EXECUTE FUNCTION refuse_all_but_erasing_persons(${quoted(columns)})`,
      )
    }
    const replaced = Object.entries(WRITTEN).flatMap(([table, columns]) =>
      columns.map(
        (column) => `UPDATE ${table} SET ${column} = without_texts(${column}, patterns)
        WHERE ${column} ~* array_to_string(patterns, '|');`,
      ),
    )
    await db.query('ALTER FUNCTION erase_texts(text[]) RENAME TO erase_texts_before_guarantees')
    await db.query(`
      CREATE FUNCTION erase_texts(texts text[]) RETURNS void
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET samen.erasing = 'persons' AS $$
      DECLARE
        patterns text[] := text_patterns(texts);
      BEGIN
        IF cardinality(texts) = 0 THEN RETURN; END IF;
        PERFORM erase_texts_before_guarantees(texts);
        ${replaced.join('\n        ')}
      END $$`)
    await db.query('REVOKE ALL ON FUNCTION erase_texts(text[]) FROM PUBLIC')
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only')
  }
}

function quoted(values: readonly string[]): string {
  return values.map((value) => `'${value}'`).join(',')
}
