import type { MigrationInterface, QueryRunner } from 'typeorm'
import { appendOnly, mutable } from '#platform'

const SECTIONS = `ARRAY['story','money','indicators','means','people','risks']`

/**
 * Quarterly reports by section: each field of a draft with its own revision, annexes, and everything that happens to
 * a report as an event, from which its status follows.
 */
export class ReportSections1700000031000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await this.drafts(db)
    await this.events(db)
    await this.carryOver(db)
    await appendOnly(db, 'report_events')
    await mutable(db, 'report_fields', 'report_annexes')
    await this.erasure(db)
  }

  /** Who is named in a draft, a question, an answer or a reason goes when the person is erased. */
  private async erasure(db: QueryRunner): Promise<void> {
    await db.query('DROP TRIGGER report_events_append_only ON report_events')
    await db.query(`
      CREATE TRIGGER report_events_append_only BEFORE DELETE OR TRUNCATE ON report_events
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`)
    await db.query(`
      CREATE TRIGGER report_events_erase_only BEFORE UPDATE ON report_events
      FOR EACH ROW EXECUTE FUNCTION refuse_all_but_erasing_persons('text')`)
    const erased = ['report_fields', 'report_events'].map(
      (table) => `UPDATE ${table} SET text = without_texts(text, patterns)
        WHERE text ~* array_to_string(patterns, '|');`,
    )
    // The function that replaced names in the drafts of before goes on with the fields; all else in it stays.
    const functions: { definition: string }[] = await db.query(
      `SELECT pg_get_functiondef(oid) AS definition FROM pg_proc WHERE prosrc LIKE '%UPDATE quarterly_reports SET draft%'`,
    )
    for (const { definition } of functions)
      await db.query(
        definition.replace(/UPDATE quarterly_reports SET draft =[^;]*;/, () => erased.join('\n        ')),
      )
  }

  private async drafts(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE report_fields (
        report_id uuid NOT NULL REFERENCES quarterly_reports,
        field text NOT NULL,
        text text NOT NULL,
        revision integer NOT NULL CONSTRAINT report_fields_revision CHECK (revision >= 0),
        saved_at timestamptz NOT NULL,
        saved_by uuid REFERENCES people,
        PRIMARY KEY (report_id, field),
        CONSTRAINT report_fields_saved_by CHECK ((revision = 0) = (saved_by IS NULL))
      )`)
    await db.query(`
      CREATE TABLE report_annexes (
        report_id uuid NOT NULL REFERENCES quarterly_reports,
        file_id uuid NOT NULL REFERENCES files,
        added_at timestamptz NOT NULL,
        added_by uuid NOT NULL REFERENCES people,
        PRIMARY KEY (report_id, file_id)
      )`)
  }

  private async events(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE report_events (
        report_id uuid NOT NULL REFERENCES quarterly_reports,
        number integer NOT NULL CONSTRAINT report_events_number_positive CHECK (number > 0),
        kind text NOT NULL CONSTRAINT report_events_kind CHECK (kind IN ('completed','changed','submitted',
          'withdrawn','approved','returned','answered','closed','reopened')),
        version smallint,
        sections text[] NOT NULL DEFAULT '{}',
        text text NOT NULL DEFAULT '',
        at timestamptz NOT NULL,
        person_id uuid NOT NULL REFERENCES people,
        PRIMARY KEY (report_id, number),
        CONSTRAINT report_events_version_fkey FOREIGN KEY (report_id, version)
          REFERENCES report_versions (report_id, number),
        CONSTRAINT report_events_version CHECK ((kind IN ('completed','changed')) = (version IS NULL)),
        CONSTRAINT report_events_text
          CHECK (kind NOT IN ('withdrawn','returned','answered','reopened') OR length(trim(text)) > 0),
        CONSTRAINT report_events_sections
          CHECK (kind NOT IN ('approved','returned','answered','reopened') OR cardinality(sections) > 0)
      )`)
  }

  /** Drafts and verdicts of before: a verdict was on all sections at once, an approval closed the quarter. */
  private async carryOver(db: QueryRunner): Promise<void> {
    await db.query(`
      INSERT INTO report_fields (report_id, field, text, revision, saved_at, saved_by)
      SELECT r.id, d.key, d.value, 1, r.draft_saved_at, r.draft_saved_by
      FROM quarterly_reports r, jsonb_each_text(r.draft) d WHERE r.draft_saved_by IS NOT NULL AND d.value <> ''`)
    await db.query(`
      INSERT INTO report_events (report_id, number, kind, version, sections, text, at, person_id)
      SELECT report_id, row_number() OVER (PARTITION BY report_id ORDER BY version, step), kind, version,
        CASE WHEN kind = 'closed' THEN '{}' ELSE ${SECTIONS} END, text, at, person_id
      FROM (
        SELECT report_id, 1 AS step, 'submitted' AS kind, number AS version, '' AS text, submitted_at AS at,
          submitted_by AS person_id
        FROM report_versions
        UNION ALL
        SELECT v.report_id, 2, w.verdict, v.number, w.reason, w.reviewed_at, w.reviewed_by
        FROM report_reviews w JOIN report_versions v ON v.id = w.version_id
        UNION ALL
        SELECT v.report_id, 3, 'closed', v.number, '', w.reviewed_at, w.reviewed_by
        FROM report_reviews w JOIN report_versions v ON v.id = w.version_id WHERE w.verdict = 'approved'
      ) told`)
    await db.query('DROP TABLE report_reviews')
    await db.query(`
      ALTER TABLE quarterly_reports DROP COLUMN draft, DROP COLUMN draft_revision, DROP COLUMN draft_saved_at,
        DROP COLUMN draft_saved_by`)
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only')
  }
}
