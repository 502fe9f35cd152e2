import type { MigrationInterface, QueryRunner } from 'typeorm'
import { appendOnly } from '#platform'

/**
 * The accounts of a financial year (BW 2:58, 2:48): versions as drawn up, the directors' signatures, reviews, the
 * motions to adopt them and to discharge the board, and an extension by the assembly.
 */
export class AnnualAccounts1700000026000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await this.drawnUp(db)
    await this.reviewed(db)
    await this.decided(db)
    await appendOnly(
      db,
      ...['annual_accounts', 'annual_accounts_signatures', 'annual_accounts_reviews'],
      ...['annual_accounts_review_signatures', 'annual_accounts_offers', 'annual_accounts_extensions'],
    )
  }

  private async drawnUp(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE annual_accounts (
        id uuid PRIMARY KEY,
        year smallint NOT NULL,
        version smallint NOT NULL CONSTRAINT annual_accounts_version_positive CHECK (version > 0),
        file_id uuid NOT NULL REFERENCES files,
        sha256 char(64) NOT NULL,
        drawn_up_at timestamptz NOT NULL,
        drawn_up_by uuid NOT NULL REFERENCES people,
        CONSTRAINT annual_accounts_version UNIQUE (year, version),
        CONSTRAINT annual_accounts_file UNIQUE (id, sha256)
      )`)
    await db.query(`
      CREATE TABLE annual_accounts_signatures (
        accounts_id uuid NOT NULL,
        person_id uuid NOT NULL REFERENCES people,
        sha256 char(64) NOT NULL,
        name text NOT NULL,
        signed_at timestamptz NOT NULL,
        PRIMARY KEY (accounts_id, person_id),
        CONSTRAINT annual_accounts_signatures_text FOREIGN KEY (accounts_id, sha256)
          REFERENCES annual_accounts (id, sha256)
      )`)
  }

  private async reviewed(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE annual_accounts_reviews (
        id uuid PRIMARY KEY,
        accounts_id uuid NOT NULL REFERENCES annual_accounts,
        kind text NOT NULL CONSTRAINT annual_accounts_reviews_kind CHECK (kind IN ('auditCommittee','auditor')),
        auditor text,
        file_id uuid NOT NULL REFERENCES files,
        sha256 char(64) NOT NULL,
        submitted_at timestamptz NOT NULL,
        submitted_by uuid NOT NULL REFERENCES people,
        CONSTRAINT annual_accounts_reviews_auditor CHECK ((kind = 'auditor') = (auditor IS NOT NULL)),
        CONSTRAINT annual_accounts_reviews_file UNIQUE (id, sha256)
      )`)
    await db.query(`
      CREATE INDEX annual_accounts_reviews_of ON annual_accounts_reviews (accounts_id, submitted_at)`)
    await db.query(`
      CREATE TABLE annual_accounts_review_signatures (
        review_id uuid NOT NULL,
        person_id uuid NOT NULL REFERENCES people,
        sha256 char(64) NOT NULL,
        name text NOT NULL,
        signed_at timestamptz NOT NULL,
        PRIMARY KEY (review_id, person_id),
        CONSTRAINT annual_accounts_review_signatures_text FOREIGN KEY (review_id, sha256)
          REFERENCES annual_accounts_reviews (id, sha256)
      )`)
  }

  /** Adoption and discharge each have an offer, and so a motion and a decision, of their own (BW 2:58). */
  private async decided(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE annual_accounts_offers (
        id uuid PRIMARY KEY,
        accounts_id uuid NOT NULL REFERENCES annual_accounts,
        kind text NOT NULL CONSTRAINT annual_accounts_offers_kind CHECK (kind IN ('annualAccounts','discharge')),
        assembly_id uuid NOT NULL REFERENCES assemblies,
        motion_id uuid NOT NULL REFERENCES motions,
        offered_at timestamptz NOT NULL,
        offered_by uuid NOT NULL REFERENCES people
      )`)
    await db.query(`
      CREATE INDEX annual_accounts_offers_of ON annual_accounts_offers (accounts_id, kind, offered_at)`)
    await db.query(`
      CREATE TABLE annual_accounts_extensions (
        year smallint CONSTRAINT annual_accounts_extended_once PRIMARY KEY,
        months smallint NOT NULL CONSTRAINT annual_accounts_extensions_months CHECK (months BETWEEN 1 AND 4),
        decision_id uuid NOT NULL REFERENCES decisions,
        decision_number text NOT NULL,
        decided_on date NOT NULL,
        recorded_at timestamptz NOT NULL,
        recorded_by uuid NOT NULL REFERENCES people
      )`)
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only')
  }
}
