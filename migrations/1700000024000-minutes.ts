import type { MigrationInterface, QueryRunner } from 'typeorm'
import { appendOnly } from '#platform'

/**
 * The minutes of an assembly: versions that stand, the assemblies they were put to, the approval by a decision, and the
 * signatures. The hash of a version is of its text, the database checks; an approved text is the last one there is.
 */
export class Minutes1700000024000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await this.versions(db)
    await this.approval(db)
    await this.noVersionAfterApproval(db)
    await appendOnly(
      db,
      ...['minutes', 'minutes_versions', 'minutes_offers', 'minutes_papers'],
      ...['minutes_approvals', 'minutes_signatures'],
    )
  }

  private async versions(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE minutes (
        id uuid PRIMARY KEY,
        assembly_id uuid NOT NULL CONSTRAINT minutes_once UNIQUE REFERENCES assemblies,
        drafted_at timestamptz NOT NULL,
        drafted_by uuid NOT NULL REFERENCES people
      )`)
    await db.query(`
      CREATE TABLE minutes_versions (
        minutes_id uuid NOT NULL CONSTRAINT minutes_versions_minutes REFERENCES minutes,
        number smallint NOT NULL CONSTRAINT minutes_versions_number CHECK (number > 0),
        kind text NOT NULL CONSTRAINT minutes_versions_kind CHECK (kind IN ('drafted','edited','regenerated')),
        section text,
        content jsonb NOT NULL,
        text text NOT NULL,
        hash char(64) NOT NULL CONSTRAINT minutes_versions_hash
          CHECK (hash = encode(sha256(convert_to(text, 'UTF8')), 'hex')),
        recorded_at timestamptz NOT NULL,
        recorded_by uuid NOT NULL REFERENCES people,
        PRIMARY KEY (minutes_id, number),
        CONSTRAINT minutes_versions_of_hash UNIQUE (minutes_id, number, hash),
        CONSTRAINT minutes_versions_section CHECK ((kind = 'edited') = (section IS NOT NULL))
      )`)
    await db.query(`
      CREATE TABLE minutes_offers (
        id uuid PRIMARY KEY,
        minutes_id uuid NOT NULL CONSTRAINT minutes_offers_minutes REFERENCES minutes,
        assembly_id uuid NOT NULL REFERENCES assemblies,
        motion_id uuid NOT NULL REFERENCES motions,
        offered_at timestamptz NOT NULL,
        offered_by uuid NOT NULL REFERENCES people
      )`)
    await db.query(`CREATE INDEX minutes_offers_of ON minutes_offers (minutes_id, offered_at)`)
    await db.query(`
      CREATE TABLE minutes_papers (
        minutes_id uuid NOT NULL,
        version smallint NOT NULL,
        kind text NOT NULL CONSTRAINT minutes_papers_kind CHECK (kind IN ('offered','signed')),
        sha256 char(64) NOT NULL,
        file_id uuid REFERENCES files,
        made_at timestamptz NOT NULL,
        PRIMARY KEY (minutes_id, version, kind),
        CONSTRAINT minutes_papers_version FOREIGN KEY (minutes_id, version) REFERENCES minutes_versions,
        CONSTRAINT minutes_papers_file CHECK ((kind = 'signed') = (file_id IS NOT NULL))
      )`)
  }

  /** Each names the hash of the text, so that it can be of no other one. */
  private async approval(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE minutes_approvals (
        minutes_id uuid PRIMARY KEY,
        version smallint NOT NULL,
        hash char(64) NOT NULL,
        offer_id uuid NOT NULL CONSTRAINT minutes_approvals_offer REFERENCES minutes_offers,
        decision_id uuid NOT NULL REFERENCES decisions,
        decision_number text NOT NULL,
        approved_on date NOT NULL,
        recorded_at timestamptz NOT NULL,
        recorded_by uuid NOT NULL REFERENCES people,
        CONSTRAINT minutes_approvals_text UNIQUE (minutes_id, version, hash),
        CONSTRAINT minutes_approvals_version FOREIGN KEY (minutes_id, version, hash)
          REFERENCES minutes_versions (minutes_id, number, hash)
      )`)
    await db.query(`
      CREATE TABLE minutes_signatures (
        minutes_id uuid NOT NULL,
        office text NOT NULL CONSTRAINT minutes_signatures_office CHECK (office IN ('chair','secretary')),
        version smallint NOT NULL,
        hash char(64) NOT NULL,
        person_id uuid NOT NULL REFERENCES people,
        name text NOT NULL,
        signed_at timestamptz NOT NULL,
        CONSTRAINT minutes_signatures_once PRIMARY KEY (minutes_id, office),
        CONSTRAINT minutes_signatures_two_people UNIQUE (minutes_id, person_id),
        CONSTRAINT minutes_signatures_text FOREIGN KEY (minutes_id, version, hash)
          REFERENCES minutes_approvals (minutes_id, version, hash)
      )`)
  }

  private async noVersionAfterApproval(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE FUNCTION refuse_version_after_approval() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_advisory_xact_lock(hashtextextended('minutes ' || NEW.minutes_id::text, 0));
        IF EXISTS (SELECT FROM minutes_approvals WHERE minutes_id = NEW.minutes_id) THEN
          RAISE EXCEPTION 'these minutes are approved' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
      END $$`)
    await db.query(`
      CREATE TRIGGER minutes_versions_before_approval BEFORE INSERT ON minutes_versions
      FOR EACH ROW EXECUTE FUNCTION refuse_version_after_approval()`)
    await db.query(`
      CREATE FUNCTION refuse_approval_of_older_version() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_advisory_xact_lock(hashtextextended('minutes ' || NEW.minutes_id::text, 0));
        IF EXISTS (SELECT FROM minutes_versions WHERE minutes_id = NEW.minutes_id AND number > NEW.version) THEN
          RAISE EXCEPTION 'there is a later version of these minutes' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
      END $$`)
    await db.query(`
      CREATE TRIGGER minutes_approvals_of_last BEFORE INSERT ON minutes_approvals
      FOR EACH ROW EXECUTE FUNCTION refuse_approval_of_older_version()`)
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only')
  }
}
