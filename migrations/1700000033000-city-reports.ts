import type { MigrationInterface, QueryRunner } from 'typeorm'
import { appendOnly, mutable } from '#platform'

/**
 * What the city cooperative makes of the reports of its wijken: figures per line to add up, its own reports (of a quarter
 * to the ALV, of a year as annual report) with final versions, and the effects it measures in the city.
 */
export class CityReports1700000033000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await this.figures(db)
    await this.reports(db)
    await this.effects(db)
    await appendOnly(
      db,
      'city_report_versions',
      'city_report_offers',
      'effect_indicators',
      'effect_measurements',
    )
    await mutable(db, 'city_reports')
  }

  /**
   * The lines of the version of each report that counts, read by the database from the signed text itself: no other
   * writer can make them differ from it. A reading, not a register: a withdrawal brings the version before back.
   */
  private async figures(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE report_figures (
        report_id uuid NOT NULL REFERENCES quarterly_reports,
        line_id text NOT NULL,
        agreement_id uuid NOT NULL REFERENCES agreements,
        quarter text NOT NULL,
        budget_cents bigint NOT NULL,
        actual_cents bigint NOT NULL,
        forecast_cents bigint NOT NULL,
        PRIMARY KEY (report_id, line_id)
      )`)
    await db.query('CREATE INDEX report_figures_of_quarter ON report_figures (quarter)')
    await db.query(`
      CREATE FUNCTION read_report_figures(report uuid) RETURNS void LANGUAGE sql AS $$
        DELETE FROM report_figures WHERE report_id = report;
        INSERT INTO report_figures
          (report_id, line_id, agreement_id, quarter, budget_cents, actual_cents, forecast_cents)
        SELECT r.id, line->>'id', r.agreement_id, r.quarter, (line->>'budgetCents')::bigint,
          (line->>'actualCents')::bigint, (line->>'forecastCents')::bigint
        FROM quarterly_reports r
        JOIN LATERAL (
          SELECT content FROM report_versions v WHERE v.report_id = r.id
            AND NOT EXISTS (SELECT FROM report_events e
              WHERE e.report_id = r.id AND e.kind = 'withdrawn' AND e.version = v.number)
          ORDER BY number DESC LIMIT 1) latest ON true
        CROSS JOIN jsonb_array_elements(coalesce(latest.content::jsonb->'lines', '[]')) line
        WHERE r.id = report
      $$`)
    await db.query(`
      CREATE FUNCTION keep_report_figures() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = public, pg_temp AS $$
      BEGIN
        PERFORM read_report_figures(NEW.report_id);
        RETURN NULL;
      END $$`)
    await db.query(`
      CREATE TRIGGER report_versions_figures AFTER INSERT ON report_versions
      FOR EACH ROW EXECUTE FUNCTION keep_report_figures()`)
    await db.query(`
      CREATE TRIGGER report_events_figures AFTER INSERT ON report_events
      FOR EACH ROW WHEN (NEW.kind = 'withdrawn') EXECUTE FUNCTION keep_report_figures()`)
    await db.query('SELECT read_report_figures(id) FROM quarterly_reports')
    await db.query('GRANT SELECT ON report_figures TO samen_app')
  }

  private async reports(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE city_reports (
        id uuid PRIMARY KEY,
        period text NOT NULL CONSTRAINT city_reports_one_per_period UNIQUE
          CONSTRAINT city_reports_period CHECK (period ~ '^[0-9]{4}(-Q[1-4])?$'),
        draft jsonb NOT NULL DEFAULT '{}',
        draft_revision integer NOT NULL DEFAULT 0,
        draft_saved_at timestamptz,
        draft_saved_by uuid REFERENCES people
      )`)
    await db.query(`
      CREATE TABLE city_report_versions (
        id uuid PRIMARY KEY,
        report_id uuid NOT NULL REFERENCES city_reports,
        number smallint NOT NULL CONSTRAINT city_report_versions_number_positive CHECK (number > 0),
        content text NOT NULL,
        sha256 char(64) NOT NULL CONSTRAINT city_report_versions_sha256
          CHECK (sha256 = encode(sha256(convert_to(content, 'UTF8')), 'hex')),
        finalised_at timestamptz NOT NULL,
        finalised_by uuid NOT NULL REFERENCES people,
        copies smallint NOT NULL CONSTRAINT city_report_versions_copies CHECK (copies >= 0),
        CONSTRAINT city_report_versions_number UNIQUE (report_id, number)
      )`)
    await db.query(`
      CREATE TABLE city_report_offers (
        version_id uuid NOT NULL REFERENCES city_report_versions,
        assembly_id uuid NOT NULL REFERENCES assemblies,
        item_id uuid NOT NULL REFERENCES agenda_items,
        offered_at timestamptz NOT NULL,
        offered_by uuid NOT NULL REFERENCES people,
        PRIMARY KEY (version_id, assembly_id)
      )`)
  }

  /** Percentages in tenths; a correction of a measurement is another one of the same year. */
  private async effects(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE effect_indicators (
        id text PRIMARY KEY,
        position smallint NOT NULL CONSTRAINT effect_indicators_position UNIQUE,
        label text NOT NULL,
        baseline_year smallint NOT NULL,
        baseline_tenths smallint NOT NULL,
        target_year smallint NOT NULL,
        target_tenths smallint NOT NULL,
        source text NOT NULL,
        CONSTRAINT effect_indicators_share
          CHECK (baseline_tenths BETWEEN 0 AND 1000 AND target_tenths BETWEEN 0 AND 1000)
      )`)
    await db.query(`
      CREATE TABLE effect_measurements (
        id uuid PRIMARY KEY,
        indicator_id text NOT NULL REFERENCES effect_indicators,
        year smallint NOT NULL,
        tenths smallint NOT NULL CONSTRAINT effect_measurements_share CHECK (tenths BETWEEN 0 AND 1000),
        source text NOT NULL CONSTRAINT effect_measurements_source CHECK (length(trim(source)) > 0),
        recorded_at timestamptz NOT NULL,
        recorded_by uuid NOT NULL REFERENCES people
      )`)
    await db.query(
      'CREATE INDEX effect_measurements_of ON effect_measurements (indicator_id, year, recorded_at)',
    )
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only')
  }
}
