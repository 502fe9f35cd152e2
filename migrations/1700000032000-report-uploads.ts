import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * Workbooks of quarterly reports that were uploaded, as they were read: inserted once, shown until they are taken over,
 * and removed after a while. What was taken over stands in the draft; who uploaded what, in the audit log.
 */
export class ReportUploads1700000032000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE report_uploads (
        id uuid PRIMARY KEY,
        agreement_id uuid NOT NULL REFERENCES agreements,
        quarter text NOT NULL CONSTRAINT report_uploads_quarter CHECK (quarter ~ '^[0-9]{4}-Q[1-4]$'),
        name text NOT NULL,
        bytes integer NOT NULL,
        sha256 text NOT NULL CONSTRAINT report_uploads_sha256 CHECK (sha256 ~ '^[0-9a-f]{64}$'),
        template text NOT NULL,
        content jsonb NOT NULL,
        request_key uuid NOT NULL CONSTRAINT report_uploads_request UNIQUE,
        uploaded_by uuid NOT NULL REFERENCES people,
        uploaded_at timestamptz NOT NULL
      )`)
    await db.query(
      `CREATE INDEX report_uploads_report ON report_uploads (agreement_id, quarter, uploaded_at)`,
    )
    await db.query(`CREATE INDEX report_uploads_age ON report_uploads (uploaded_at)`)
    await db.query(`GRANT SELECT, INSERT, DELETE ON report_uploads TO samen_app`)
    await db.query(
      `CREATE TRIGGER report_uploads_unchanged BEFORE UPDATE OR TRUNCATE ON report_uploads
       FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`,
    )
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only')
  }
}
