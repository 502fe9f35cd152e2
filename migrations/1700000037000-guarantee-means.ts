import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Which columns of which register are emptied or cleaned when the people of a member are erased. */
const ERASABLE = {
  guarantee_means: ['equity_cents', 'income_cents', 'remark', 'erased'],
  guarantee_certificates: ['content'],
  guarantee_statements: ['content'],
}

/** What members declare of their means, certificates of guarantees, and the statement of each year. */
export class GuaranteeMeans1700000037000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await this.means(db)
    await this.certificates(db)
    for (const [table, columns] of Object.entries(ERASABLE)) await onlyErasable(db, table, columns)
    await this.erasure(db)
  }

  /** `sequence` is the order of declaring: the last one of a year counts. */
  private async means(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE guarantee_means (
        sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        id uuid NOT NULL CONSTRAINT guarantee_means_id UNIQUE,
        member_id uuid NOT NULL REFERENCES members,
        year smallint NOT NULL,
        accounts_year smallint NOT NULL,
        equity_cents bigint,
        income_cents bigint CONSTRAINT guarantee_means_income CHECK (income_cents >= 0),
        remark text NOT NULL CONSTRAINT guarantee_means_remark CHECK (length(remark) <= 500),
        erased boolean NOT NULL DEFAULT false,
        request_key uuid NOT NULL CONSTRAINT guarantee_means_request UNIQUE,
        declared_at timestamptz NOT NULL,
        declared_by uuid REFERENCES people,
        CONSTRAINT guarantee_means_accounts CHECK (accounts_year BETWEEN year - 3 AND year),
        CONSTRAINT guarantee_means_amount CHECK (erased OR equity_cents IS NOT NULL OR income_cents IS NOT NULL)
      )`)
    await db.query('CREATE INDEX guarantee_means_year ON guarantee_means (year, member_id, sequence)')
  }

  /** The text that a certificate or a statement was made from; empty once it was erased, its hash stays. */
  private async certificates(db: QueryRunner): Promise<void> {
    const isHashOfContent = `content = '' OR sha256 = encode(sha256(convert_to(content, 'UTF8')), 'hex')`
    await db.query(`
      CREATE TABLE guarantee_certificates (
        id uuid PRIMARY KEY,
        member_id uuid NOT NULL REFERENCES members,
        on_day date NOT NULL,
        content text NOT NULL,
        sha256 char(64) NOT NULL CONSTRAINT guarantee_certificates_sha256 UNIQUE,
        code char(16) NOT NULL CONSTRAINT guarantee_certificates_code UNIQUE,
        issued_at timestamptz NOT NULL,
        issued_by uuid REFERENCES people,
        CONSTRAINT guarantee_certificates_content CHECK (${isHashOfContent})
      )`)
    await db.query('CREATE INDEX guarantee_certificates_member ON guarantee_certificates (member_id, on_day)')
    await db.query(`
      CREATE TABLE guarantee_statements (
        member_id uuid NOT NULL REFERENCES members,
        year smallint NOT NULL,
        content text NOT NULL,
        sha256 char(64) NOT NULL,
        certificate_id uuid REFERENCES guarantee_certificates,
        made_at timestamptz NOT NULL,
        PRIMARY KEY (member_id, year),
        CONSTRAINT guarantee_statements_content CHECK (${isHashOfContent})
      )`)
  }

  /**
   * What a member declared goes when its people are erased; a remark that names somebody is cleaned before. A
   * certificate or statement that names them can't be changed without its hash: its text goes as a whole.
   */
  private async erasure(db: QueryRunner): Promise<void> {
    await db.query('ALTER FUNCTION erase_texts(text[]) RENAME TO erase_texts_before_certificates')
    await db.query(`
      CREATE FUNCTION erase_texts(texts text[]) RETURNS void
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET samen.erasing = 'persons' AS $$
      DECLARE
        patterns text[] := text_patterns(texts);
        json_patterns text[] := text_patterns(ARRAY(SELECT trim(BOTH '"' FROM to_json(t)::text) FROM unnest(texts) AS t));
      BEGIN
        IF cardinality(texts) = 0 THEN RETURN; END IF;
        PERFORM erase_texts_before_certificates(texts);
        UPDATE guarantee_means SET remark = left(without_texts(remark, patterns), 500)
        WHERE remark ~* array_to_string(patterns, '|');
        UPDATE guarantee_certificates SET content = '' WHERE content ~* array_to_string(json_patterns, '|');
        UPDATE guarantee_statements SET content = '' WHERE content ~* array_to_string(json_patterns, '|');
      END $$`)
    await db.query('REVOKE ALL ON FUNCTION erase_texts(text[]) FROM PUBLIC')
    await db.query(`
      CREATE FUNCTION erase_guarantee_means(of_member uuid) RETURNS void
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET samen.erasing = 'persons' AS $$
      BEGIN
        IF NOT EXISTS (SELECT FROM member_erasures WHERE member_id = of_member) THEN
          RAISE EXCEPTION 'Only of a member that is erased' USING ERRCODE = 'restrict_violation';
        END IF;
        UPDATE guarantee_means SET equity_cents = NULL, income_cents = NULL, remark = '', erased = true
        WHERE member_id = of_member AND NOT erased;
      END $$`)
    await db.query('REVOKE ALL ON FUNCTION erase_guarantee_means(uuid) FROM PUBLIC')
    await db.query('GRANT EXECUTE ON FUNCTION erase_guarantee_means(uuid) TO samen_app')
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only')
  }
}

/** Append-only, but for what erasing people empties. */
async function onlyErasable(db: QueryRunner, table: string, columns: readonly string[]): Promise<void> {
  await db.query(`GRANT SELECT, INSERT ON ${table} TO samen_app`)
  await db.query(
    `CREATE TRIGGER ${table}_append_only BEFORE DELETE OR TRUNCATE ON ${table}
     FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`,
  )
  await db.query(
    `CREATE TRIGGER ${table}_erase_only BEFORE UPDATE ON ${table}
     FOR EACH ROW EXECUTE FUNCTION refuse_all_but_erasing_persons(${columns.map((name) => `'${name}'`).join(', ')})`,
  )
}
