import type { MigrationInterface, QueryRunner } from 'typeorm'
import { appendOnly } from '#platform'

/** Which columns of which register hold what somebody wrote. */
const WRITTEN = { intervention_cases: 'subject', intervention_events: 'reason' }

/** Interventions, both ways: a case with the ladder it began with, and everything that was done in it. */
export class Interventions1700000029000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await this.cases(db)
    await this.events(db)
    await appendOnly(db, 'intervention_cases', 'intervention_events', 'intervention_event_files')
    await this.erasure(db)
  }

  private async cases(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE intervention_cases (
        id uuid PRIMARY KEY,
        agreement_id uuid NOT NULL REFERENCES agreements,
        agreement_version_id uuid NOT NULL REFERENCES agreement_versions,
        number smallint NOT NULL CONSTRAINT intervention_cases_number_positive CHECK (number > 0),
        direction text NOT NULL CONSTRAINT intervention_cases_direction
          CHECK (direction IN ('toCounterparty','toCooperative')),
        subject text NOT NULL CONSTRAINT intervention_cases_subject CHECK (length(trim(subject)) > 0),
        about_kind text,
        about_id text,
        about_label text,
        ladder jsonb NOT NULL,
        started_at timestamptz NOT NULL,
        started_by uuid NOT NULL REFERENCES people,
        CONSTRAINT intervention_cases_number UNIQUE (agreement_id, number),
        CONSTRAINT intervention_cases_about CHECK (
          (about_kind IS NULL AND about_id IS NULL AND about_label IS NULL)
          OR (about_kind IN ('indicator','line','clause') AND about_id IS NOT NULL AND about_label IS NOT NULL))
      )`)
  }

  private async events(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE intervention_events (
        id uuid PRIMARY KEY,
        case_id uuid NOT NULL CONSTRAINT intervention_events_case REFERENCES intervention_cases,
        number smallint NOT NULL CONSTRAINT intervention_events_number_positive CHECK (number > 0),
        act text NOT NULL,
        actor text NOT NULL CONSTRAINT intervention_events_actor
          CHECK (actor IN ('staff','director','counterparty','chair')),
        reason text NOT NULL DEFAULT '',
        meets_on date,
        meets_at text CONSTRAINT intervention_events_meets_at CHECK (meets_at ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
        due_on date,
        assembly_id uuid REFERENCES assemblies,
        motion_id uuid REFERENCES motions,
        recorded_at timestamptz NOT NULL,
        recorded_by uuid NOT NULL REFERENCES people,
        CONSTRAINT intervention_events_number UNIQUE (case_id, number),
        CONSTRAINT intervention_events_assembly CHECK ((act = 'putToAssembly') = (assembly_id IS NOT NULL))
      )`)
    await db.query(`
      CREATE TABLE intervention_event_files (
        event_id uuid NOT NULL CONSTRAINT intervention_event_files_event REFERENCES intervention_events,
        file_id uuid NOT NULL REFERENCES files,
        PRIMARY KEY (event_id, file_id)
      )`)
  }

  /** Who is named in a subject or a reason goes when the person is erased. */
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
    await db.query('ALTER FUNCTION erase_texts(text[]) RENAME TO erase_texts_before_interventions')
    await db.query(`
      CREATE FUNCTION erase_texts(texts text[]) RETURNS void
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET samen.erasing = 'persons' AS $$
      DECLARE
        patterns text[] := text_patterns(texts);
      BEGIN
        IF cardinality(texts) = 0 THEN RETURN; END IF;
        PERFORM erase_texts_before_interventions(texts);
        ${replaced.join('\n        ')}
      END $$`)
    await db.query('REVOKE ALL ON FUNCTION erase_texts(text[]) FROM PUBLIC')
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only')
  }
}
