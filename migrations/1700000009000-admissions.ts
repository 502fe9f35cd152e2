import type { MigrationInterface, QueryRunner } from 'typeorm'
import { appendOnly, mutable } from '#platform'

/** Applications for membership: drafts as typed, versions that stand, assessments and decisions. */
export class Admissions1700000009000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE criterion_settings (
        id uuid PRIMARY KEY,
        key text NOT NULL CONSTRAINT criterion_settings_key CHECK (key ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
        kind text NOT NULL CONSTRAINT criterion_settings_kind CHECK (kind IN ('voting','supporting')),
        text text NOT NULL,
        article text NOT NULL,
        position smallint NOT NULL,
        applies boolean NOT NULL,
        holds_from date NOT NULL,
        recorded_at timestamptz NOT NULL,
        recorded_by uuid
      )`)
    await db.query(`CREATE INDEX criterion_settings_day ON criterion_settings (kind, holds_from)`)
    await db.query(`
      CREATE TABLE applications (
        id uuid PRIMARY KEY,
        reference text CONSTRAINT applications_reference UNIQUE,
        address text NOT NULL,
        draft jsonb NOT NULL DEFAULT '{}',
        client_hash char(64) NOT NULL,
        started_at timestamptz NOT NULL,
        saved_at timestamptz NOT NULL
      )`)
    await db.query(`CREATE INDEX applications_client ON applications (client_hash, started_at)`)
    await db.query(`CREATE INDEX applications_address ON applications (address, started_at)`)
    await db.query(`
      CREATE TABLE application_versions (
        id uuid PRIMARY KEY,
        application_id uuid NOT NULL REFERENCES applications,
        number smallint NOT NULL CONSTRAINT application_versions_number_positive CHECK (number > 0),
        content text NOT NULL,
        sha256 char(64) NOT NULL CONSTRAINT application_versions_sha256
          CHECK (sha256 = encode(sha256(convert_to(content, 'UTF8')), 'hex')),
        submitted_at timestamptz NOT NULL,
        CONSTRAINT application_versions_number UNIQUE (application_id, number)
      )`)
    await db.query(`
      CREATE TABLE criterion_assessments (
        id uuid PRIMARY KEY,
        version_id uuid NOT NULL REFERENCES application_versions,
        criterion text NOT NULL,
        finding text NOT NULL CONSTRAINT criterion_assessments_finding CHECK (finding IN ('met','notMet','ask')),
        note text NOT NULL DEFAULT '',
        assessed_at timestamptz NOT NULL,
        assessed_by uuid NOT NULL REFERENCES people,
        CONSTRAINT criterion_assessments_note CHECK (finding = 'met' OR length(trim(note)) > 0)
      )`)
    await db.query(`CREATE INDEX criterion_assessments_version ON criterion_assessments (version_id)`)
    await db.query(`
      CREATE TABLE application_reviews (
        version_id uuid PRIMARY KEY CONSTRAINT application_reviews_version REFERENCES application_versions,
        outcome text NOT NULL CONSTRAINT application_reviews_outcome
          CHECK (outcome IN ('askedBack','adviseAdmission','adviseRefusal')),
        message text NOT NULL DEFAULT '',
        reviewed_at timestamptz NOT NULL,
        reviewed_by uuid NOT NULL REFERENCES people,
        CONSTRAINT application_reviews_message CHECK (outcome = 'adviseAdmission' OR length(trim(message)) > 0)
      )`)
    await db.query(`
      CREATE TABLE admission_decisions (
        application_id uuid PRIMARY KEY CONSTRAINT admission_decisions_application REFERENCES applications,
        version_id uuid NOT NULL REFERENCES application_versions,
        outcome text NOT NULL CONSTRAINT admission_decisions_outcome CHECK (outcome IN ('admitted','refused')),
        reason text NOT NULL DEFAULT '',
        organ text NOT NULL CONSTRAINT admission_decisions_organ CHECK (organ IN ('director','assembly')),
        article text NOT NULL,
        decision_id uuid REFERENCES decisions,
        member_id uuid REFERENCES members,
        intended_guarantee_cents bigint NOT NULL CONSTRAINT admission_decisions_guarantee
          CHECK (intended_guarantee_cents >= 0),
        decided_at timestamptz NOT NULL,
        decided_by uuid NOT NULL REFERENCES people,
        CONSTRAINT admission_decisions_member UNIQUE (member_id),
        CONSTRAINT admission_decisions_admitted CHECK ((outcome = 'admitted') = (member_id IS NOT NULL)),
        CONSTRAINT admission_decisions_reason CHECK (outcome = 'admitted' OR length(trim(reason)) > 0),
        CONSTRAINT admission_decisions_assembly CHECK ((organ = 'assembly') = (decision_id IS NOT NULL))
      )`)
    await db.query(`
      CREATE TABLE application_withdrawals (
        application_id uuid PRIMARY KEY CONSTRAINT application_withdrawals_application REFERENCES applications,
        withdrawn_at timestamptz NOT NULL
      )`)
    await appendOnly(
      db,
      'criterion_settings',
      'application_versions',
      'criterion_assessments',
      'application_reviews',
      'admission_decisions',
      'application_withdrawals',
    )
    await mutable(db, 'applications')
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only')
  }
}
