import type { MigrationInterface, QueryRunner } from 'typeorm'
import { appendOnly, mutable } from '#platform'

/** Agreements (SLA's) with their versions; quarterly reports: a draft as typed, versions that stand. */
export class AgreementsAndAccountability1700000006000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE district_cooperatives (
        id uuid PRIMARY KEY,
        name text NOT NULL CONSTRAINT district_cooperatives_name UNIQUE,
        member_id uuid REFERENCES members
      )`)
    await db.query(`
      CREATE TABLE district_cooperative_participants (
        district_cooperative_id uuid NOT NULL REFERENCES district_cooperatives,
        member_id uuid NOT NULL REFERENCES members,
        PRIMARY KEY (district_cooperative_id, member_id)
      )`)
    await db.query(`
      CREATE TABLE agreements (
        id uuid PRIMARY KEY,
        area_slug text NOT NULL CONSTRAINT agreements_area_slug UNIQUE
          CONSTRAINT agreements_area_slug_form CHECK (area_slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
        area_name text NOT NULL,
        accounting_district_id uuid NOT NULL REFERENCES accounting_districts,
        district_cooperative_id uuid NOT NULL REFERENCES district_cooperatives,
        starts_on date NOT NULL,
        ends_on date NOT NULL,
        CONSTRAINT agreements_period CHECK (ends_on >= starts_on)
      )`)
    await db.query(`
      CREATE TABLE agreement_neighbourhoods (
        agreement_id uuid NOT NULL REFERENCES agreements,
        neighbourhood_id uuid NOT NULL REFERENCES neighbourhoods,
        PRIMARY KEY (agreement_id, neighbourhood_id)
      )`)
    await db.query(`
      CREATE TABLE agreement_versions (
        id uuid PRIMARY KEY,
        agreement_id uuid NOT NULL REFERENCES agreements,
        number smallint NOT NULL,
        holds_from date NOT NULL,
        terms jsonb NOT NULL,
        signed_on date NOT NULL,
        recorded_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT agreement_versions_number UNIQUE (agreement_id, number)
      )`)
    await db.query(`
      CREATE TABLE quarterly_reports (
        id uuid PRIMARY KEY,
        agreement_id uuid NOT NULL REFERENCES agreements,
        quarter text NOT NULL CONSTRAINT quarterly_reports_quarter CHECK (quarter ~ '^[0-9]{4}-Q[1-4]$'),
        draft jsonb NOT NULL DEFAULT '{}',
        draft_revision integer NOT NULL DEFAULT 0,
        draft_saved_at timestamptz,
        draft_saved_by uuid REFERENCES people,
        CONSTRAINT quarterly_reports_one_per_quarter UNIQUE (agreement_id, quarter)
      )`)
    await db.query(`
      CREATE TABLE report_versions (
        id uuid PRIMARY KEY,
        report_id uuid NOT NULL REFERENCES quarterly_reports,
        number smallint NOT NULL CONSTRAINT report_versions_number_positive CHECK (number > 0),
        content text NOT NULL,
        sha256 char(64) NOT NULL CONSTRAINT report_versions_sha256
          CHECK (sha256 = encode(sha256(convert_to(content, 'UTF8')), 'hex')),
        submitted_at timestamptz NOT NULL,
        submitted_by uuid NOT NULL REFERENCES people,
        CONSTRAINT report_versions_number UNIQUE (report_id, number)
      )`)
    await db.query(`
      CREATE TABLE report_reviews (
        version_id uuid PRIMARY KEY CONSTRAINT report_reviews_version REFERENCES report_versions,
        verdict text NOT NULL CONSTRAINT report_reviews_verdict CHECK (verdict IN ('approved','returned')),
        reason text NOT NULL DEFAULT '',
        reviewed_at timestamptz NOT NULL,
        reviewed_by uuid NOT NULL REFERENCES people,
        CONSTRAINT report_reviews_reason CHECK (verdict = 'approved' OR length(trim(reason)) > 0)
      )`)
    await appendOnly(db, 'agreement_versions', 'report_versions', 'report_reviews')
    await mutable(
      db,
      'district_cooperatives',
      'district_cooperative_participants',
      'agreements',
      'agreement_neighbourhoods',
      'quarterly_reports',
    )
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only')
  }
}
