import type { MigrationInterface, QueryRunner } from 'typeorm'
import { appendOnly, mutable } from '#platform'

/** Files with their contents apart, erasable by one function only; the evidence with applications; one limiter. */
export class FilesAndEvidence1700000012000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await this.files(db)
    await this.guards(db)
    await this.erasing(db)
    await db.query(`
      CREATE TABLE application_files (
        file_id uuid PRIMARY KEY REFERENCES files,
        application_id uuid NOT NULL REFERENCES applications,
        criterion text NOT NULL,
        added_at timestamptz NOT NULL,
        removed_at timestamptz
      )`)
    await db.query(`CREATE INDEX application_files_application ON application_files (application_id)`)
    await db.query(`CREATE INDEX applications_saved ON applications (saved_at) WHERE reference IS NULL`)
    await mutable(db, 'application_files')
    await this.limiter(db)
  }

  /** Who did what how often is counted in one place; requests and applications need not say whose they are. */
  private async limiter(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE limited_acts (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        purpose text NOT NULL,
        key_hash char(64) NOT NULL,
        at timestamptz NOT NULL
      )`)
    await db.query(`CREATE INDEX limited_acts_key ON limited_acts (purpose, key_hash, at)`)
    await db.query(`ALTER TABLE sign_in_requests DROP COLUMN address_hash, DROP COLUMN client_hash`)
    await db.query(`ALTER TABLE applications DROP COLUMN client_hash`)
    await db.query(`DROP INDEX applications_address`)
    await mutable(db, 'limited_acts')
  }

  private async files(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE files (
        id uuid PRIMARY KEY,
        name text NOT NULL CONSTRAINT files_name CHECK (length(name) BETWEEN 1 AND 200),
        kind text NOT NULL CONSTRAINT files_kind CHECK (kind IN ('pdf','png','jpeg')),
        bytes integer NOT NULL CONSTRAINT files_bytes CHECK (bytes > 0),
        sha256 char(64) NOT NULL CONSTRAINT files_sha256 CHECK (sha256 ~ '^[0-9a-f]{64}$'),
        registered_at timestamptz NOT NULL,
        registered_by uuid
      )`)
    await db.query(`
      CREATE TABLE file_contents (
        file_id uuid PRIMARY KEY CONSTRAINT file_contents_file REFERENCES files,
        content bytea NOT NULL
      )`)
    await db.query(`ALTER TABLE file_contents ALTER content SET STORAGE EXTERNAL`)
    await db.query(`
      CREATE TABLE file_erasures (
        file_id uuid PRIMARY KEY CONSTRAINT file_erasures_file REFERENCES files,
        erased_at timestamptz NOT NULL
      )`)
  }

  /** A content is what its hash says; it is never changed, and removed only once its erasure stands. */
  private async guards(db: QueryRunner): Promise<void> {
    await appendOnly(db, 'files', 'file_erasures')
    await db.query(`REVOKE INSERT ON file_erasures FROM samen_app`)
    await db.query(`GRANT SELECT, INSERT ON file_contents TO samen_app`)
    await db.query(`
      CREATE TRIGGER file_contents_append_only BEFORE UPDATE OR TRUNCATE ON file_contents
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`)
    await db.query(`
      CREATE FUNCTION guard_file_contents() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'DELETE' THEN
          IF EXISTS (SELECT 1 FROM file_erasures WHERE file_id = OLD.file_id) THEN RETURN OLD; END IF;
          RAISE EXCEPTION 'The content of a file goes by erase_file() only' USING ERRCODE = 'restrict_violation';
        END IF;
        IF EXISTS (SELECT 1 FROM files f WHERE f.id = NEW.file_id AND f.bytes = length(NEW.content)
                     AND f.sha256 = encode(sha256(NEW.content), 'hex'))
           AND NOT EXISTS (SELECT 1 FROM file_erasures WHERE file_id = NEW.file_id)
        THEN RETURN NEW; END IF;
        RAISE EXCEPTION 'The content of file % is not what its hash says, or was erased', NEW.file_id
          USING ERRCODE = 'check_violation';
      END $$`)
    await db.query(`
      CREATE TRIGGER file_contents_guarded BEFORE INSERT OR DELETE ON file_contents
      FOR EACH ROW EXECUTE FUNCTION guard_file_contents()`)
  }

  private async erasing(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE FUNCTION erase_file(erased uuid, at timestamptz) RETURNS void
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
      BEGIN
        INSERT INTO file_erasures (file_id, erased_at) VALUES (erased, at) ON CONFLICT DO NOTHING;
        DELETE FROM file_contents WHERE file_id = erased;
      END $$`)
    await db.query(`REVOKE ALL ON FUNCTION erase_file(uuid, timestamptz) FROM PUBLIC`)
    await db.query(`GRANT EXECUTE ON FUNCTION erase_file(uuid, timestamptz) TO samen_app`)
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only')
  }
}
