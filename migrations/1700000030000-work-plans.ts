import type { MigrationInterface, QueryRunner } from 'typeorm'
import { appendOnly, mutable } from '#platform'

/**
 * What is agreed with the gemeente for a year: how the subsidy is divided over the wijken, the goals of the plan, and
 * at the end of the year how far each was reached.
 */
export class WorkPlans1700000030000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await this.divisions(db)
    await this.plans(db)
    await this.judgements(db)
    await appendOnly(
      db,
      ...['subsidy_divisions', 'subsidy_division_parts', 'subsidy_division_agreements'],
      ...['work_plan_versions', 'work_plan_answers', 'work_plan_judgements'],
      ...['work_plan_judgement_files', 'work_plan_judgement_answers'],
    )
    await mutable(db, 'work_plan_drafts')
  }

  private async divisions(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE subsidy_divisions (
        id uuid PRIMARY KEY,
        year smallint NOT NULL,
        version smallint NOT NULL CONSTRAINT subsidy_divisions_version_positive CHECK (version > 0),
        budget_cents bigint NOT NULL CONSTRAINT subsidy_divisions_budget CHECK (budget_cents > 0),
        reason text NOT NULL,
        proposed_at timestamptz NOT NULL,
        proposed_by uuid REFERENCES people,
        CONSTRAINT subsidy_divisions_version UNIQUE (year, version)
      )`)
    await db.query(`
      CREATE TABLE subsidy_division_parts (
        division_id uuid NOT NULL REFERENCES subsidy_divisions,
        accounting_district_id uuid NOT NULL REFERENCES accounting_districts,
        weight bigint NOT NULL CONSTRAINT subsidy_division_parts_weight CHECK (weight >= 0),
        key_cents bigint NOT NULL,
        change_cents bigint NOT NULL,
        reason text NOT NULL,
        PRIMARY KEY (division_id, accounting_district_id),
        CONSTRAINT subsidy_division_parts_not_negative CHECK (key_cents + change_cents >= 0),
        CONSTRAINT subsidy_division_parts_reason CHECK (change_cents = 0 OR reason <> '')
      )`)
    await db.query(`
      CREATE TABLE subsidy_division_agreements (
        division_id uuid PRIMARY KEY REFERENCES subsidy_divisions,
        agreed_on date NOT NULL,
        recorded_at timestamptz NOT NULL,
        recorded_by uuid REFERENCES people
      )`)
  }

  private async plans(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE work_plan_drafts (
        year smallint PRIMARY KEY,
        goals jsonb NOT NULL,
        saved_at timestamptz NOT NULL,
        saved_by uuid REFERENCES people
      )`)
    await db.query(`
      CREATE TABLE work_plan_versions (
        id uuid PRIMARY KEY,
        year smallint NOT NULL,
        version smallint NOT NULL CONSTRAINT work_plan_versions_positive CHECK (version > 0),
        content text NOT NULL,
        sha256 char(64) NOT NULL CONSTRAINT work_plan_versions_sha256
          CHECK (sha256 = encode(sha256(convert_to(content, 'UTF8')), 'hex')),
        reason text NOT NULL,
        agreed_on date NOT NULL,
        file_id uuid NOT NULL REFERENCES files,
        recorded_at timestamptz NOT NULL,
        recorded_by uuid NOT NULL REFERENCES people,
        CONSTRAINT work_plan_versions_number UNIQUE (year, version),
        CONSTRAINT work_plan_versions_text UNIQUE (id, sha256)
      )`)
    await db.query(`
      CREATE TABLE work_plan_answers (
        version_id uuid PRIMARY KEY,
        sha256 char(64) NOT NULL,
        answer text NOT NULL CONSTRAINT work_plan_answers_answer CHECK (answer IN ('agreed','refused')),
        note text NOT NULL,
        name text NOT NULL,
        answered_at timestamptz NOT NULL,
        answered_by uuid NOT NULL REFERENCES people,
        CONSTRAINT work_plan_answers_note CHECK (answer = 'agreed' OR note <> ''),
        CONSTRAINT work_plan_answers_text FOREIGN KEY (version_id, sha256)
          REFERENCES work_plan_versions (id, sha256)
      )`)
  }

  private async judgements(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE work_plan_judgements (
        id uuid PRIMARY KEY,
        year smallint NOT NULL,
        goal_id text NOT NULL,
        number smallint NOT NULL CONSTRAINT work_plan_judgements_positive CHECK (number > 0),
        version_id uuid NOT NULL REFERENCES work_plan_versions,
        verdict text NOT NULL CONSTRAINT work_plan_judgements_verdict CHECK (verdict IN ('met','partly','notMet')),
        evidence text NOT NULL CONSTRAINT work_plan_judgements_evidence CHECK (evidence <> ''),
        name text NOT NULL,
        proposed_at timestamptz NOT NULL,
        proposed_by uuid NOT NULL REFERENCES people,
        CONSTRAINT work_plan_judgements_number UNIQUE (year, goal_id, number)
      )`)
    await db.query(`
      CREATE TABLE work_plan_judgement_files (
        judgement_id uuid NOT NULL REFERENCES work_plan_judgements,
        file_id uuid NOT NULL REFERENCES files,
        PRIMARY KEY (judgement_id, file_id)
      )`)
    await db.query(`
      CREATE TABLE work_plan_judgement_answers (
        judgement_id uuid PRIMARY KEY REFERENCES work_plan_judgements,
        answer text NOT NULL
          CONSTRAINT work_plan_judgement_answers_answer CHECK (answer IN ('confirmed','disputed')),
        view text NOT NULL,
        name text NOT NULL,
        answered_at timestamptz NOT NULL,
        answered_by uuid NOT NULL REFERENCES people,
        CONSTRAINT work_plan_judgement_answers_view CHECK (answer = 'confirmed' OR view <> '')
      )`)
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only')
  }
}
