import type { MigrationInterface, QueryRunner } from 'typeorm'
import { appendOnly } from '#platform'

/**
 * Imports of the member register: a file, and what was done with it. What the file holds of persons stands
 * apart and can be removed; that it was imported, by whom and when stays.
 */
export class MemberImports1700000016000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE member_imports (
        id uuid PRIMARY KEY,
        reference text NOT NULL CONSTRAINT member_imports_reference UNIQUE,
        name text NOT NULL,
        bytes integer NOT NULL,
        sha256 text NOT NULL CONSTRAINT member_imports_sha256 CHECK (sha256 ~ '^[0-9a-f]{64}$'),
        effective_on date NOT NULL,
        request_key uuid NOT NULL CONSTRAINT member_imports_request UNIQUE,
        uploaded_by uuid NOT NULL REFERENCES people,
        uploaded_at timestamptz NOT NULL
      )`)
    await db.query(`
      CREATE TABLE member_import_steps (
        sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        import_id uuid NOT NULL REFERENCES member_imports,
        type text NOT NULL CONSTRAINT member_import_steps_type
          CHECK (type IN ('previewed','confirmed','committed','withdrawn')),
        plan_hash text NOT NULL,
        corrected boolean NOT NULL DEFAULT false,
        counts jsonb NOT NULL,
        sensitive integer NOT NULL,
        first_number integer,
        recorded_by uuid NOT NULL REFERENCES people,
        recorded_at timestamptz NOT NULL
      )`)
    await db.query(`CREATE INDEX member_import_steps_import ON member_import_steps (import_id)`)
    await db.query(
      `CREATE UNIQUE INDEX member_import_steps_end ON member_import_steps (import_id)
       WHERE type IN ('committed','withdrawn')`,
    )
    await appendOnly(db, 'member_imports', 'member_import_steps')
    await this.contents(db)
  }

  /** The file, its cells, and each plan that was shown: inserted once, and removed when nobody needs them. */
  private async contents(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE member_import_contents (
        import_id uuid PRIMARY KEY REFERENCES member_imports,
        content bytea NOT NULL,
        sheet bytea NOT NULL
      )`)
    await db.query(`
      CREATE TABLE member_import_plans (
        import_id uuid NOT NULL REFERENCES member_imports,
        plan_hash text NOT NULL,
        revision integer NOT NULL,
        corrections jsonb NOT NULL,
        plan bytea NOT NULL,
        PRIMARY KEY (import_id, revision)
      )`)
    for (const table of ['member_import_contents', 'member_import_plans']) {
      await db.query(`GRANT SELECT, INSERT, DELETE ON ${table} TO samen_app`)
      await db.query(
        `CREATE TRIGGER ${table}_unchanged BEFORE UPDATE OR TRUNCATE ON ${table}
         FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`,
      )
    }
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only')
  }
}
