import type { MigrationInterface, QueryRunner } from 'typeorm'
import { amendable, appendOnly } from '#platform'

/** Attendance as a log, proxies, and an electorate that knows who casts for whom; ballots that the secretary entered. */
export class AttendanceAndProxies1700000017000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await this.attendance(db)
    await this.proxies(db)
    await this.polls(db)
    await this.erasure(db)
  }

  /** Coming and going, each with its moment; what stood in the list of before becomes a coming. */
  private async attendance(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE attendance_events (
        sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        assembly_id uuid NOT NULL REFERENCES assemblies,
        member_id uuid NOT NULL REFERENCES members,
        kind text NOT NULL CONSTRAINT attendance_events_kind CHECK (kind IN ('in','out')),
        at timestamptz NOT NULL,
        person_id uuid REFERENCES people,
        recorded_by uuid NOT NULL REFERENCES people,
        by_secretary boolean NOT NULL
      )`)
    await db.query(
      `CREATE INDEX attendance_events_member ON attendance_events (assembly_id, member_id, at, sequence)`,
    )
    await db.query(`
      INSERT INTO attendance_events (assembly_id, member_id, kind, at, person_id, recorded_by, by_secretary)
      SELECT assembly_id, member_id, 'in', checked_in_at, person_id, person_id, false
      FROM attendances ORDER BY checked_in_at, member_id`)
    await db.query(`DROP TABLE attendances`)
    await appendOnly(db, 'attendance_events')
    await db.query(`
      CREATE TABLE assembly_guests (
        id uuid PRIMARY KEY,
        assembly_id uuid NOT NULL REFERENCES assemblies,
        name text NOT NULL CONSTRAINT assembly_guests_name CHECK (length(name) BETWEEN 1 AND 120),
        came_at timestamptz NOT NULL,
        left_at timestamptz,
        recorded_by uuid NOT NULL REFERENCES people,
        CONSTRAINT assembly_guests_once UNIQUE (assembly_id, name)
      )`)
    await amendable(db, 'assembly_guests', 'left_at')
  }

  private async proxies(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE proxies (
        id uuid PRIMARY KEY,
        assembly_id uuid NOT NULL REFERENCES assemblies,
        principal_id uuid NOT NULL REFERENCES members,
        holder_id uuid NOT NULL REFERENCES members,
        instruction text NOT NULL,
        by_letter boolean NOT NULL,
        file_id uuid REFERENCES files,
        granted_at timestamptz NOT NULL,
        granted_by uuid NOT NULL REFERENCES people,
        CONSTRAINT proxies_to_another CHECK (principal_id <> holder_id),
        CONSTRAINT proxies_letter CHECK (by_letter = (file_id IS NOT NULL))
      )`)
    await db.query(`CREATE INDEX proxies_assembly ON proxies (assembly_id)`)
    await db.query(`CREATE INDEX proxies_principal ON proxies (principal_id)`)
    await db.query(`CREATE INDEX proxies_holder ON proxies (holder_id)`)
    await db.query(`
      CREATE TABLE proxy_events (
        sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        proxy_id uuid NOT NULL REFERENCES proxies,
        type text NOT NULL CONSTRAINT proxy_events_type
          CHECK (type IN ('accepted','declined','revoked','returned')),
        at timestamptz NOT NULL,
        recorded_by uuid NOT NULL REFERENCES people
      )`)
    await db.query(`CREATE UNIQUE INDEX proxy_events_answered_once ON proxy_events (proxy_id)
      WHERE type IN ('accepted','declined')`)
    await db.query(`CREATE UNIQUE INDEX proxy_events_ended_once ON proxy_events (proxy_id)
      WHERE type IN ('declined','revoked','returned')`)
    await appendOnly(db, 'proxy_events')
    await this.guardProxies(db)
  }

  /** Append-only, but an erasure may empty the instruction, in which someone can be named. */
  private async guardProxies(db: QueryRunner): Promise<void> {
    await db.query(`GRANT SELECT, INSERT ON proxies TO samen_app`)
    await db.query(`
      CREATE TRIGGER proxies_append_only BEFORE DELETE OR TRUNCATE ON proxies
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`)
    await db.query(`
      CREATE TRIGGER proxies_erase_only BEFORE UPDATE ON proxies
      FOR EACH ROW EXECUTE FUNCTION refuse_all_but_erasing_persons('instruction')`)
  }

  /** Who is named in an instruction or came as a guest goes when the person is erased. */
  private async erasure(db: QueryRunner): Promise<void> {
    await db.query('ALTER FUNCTION erase_texts(text[]) RENAME TO erase_texts_before_hall')
    await db.query(`
      CREATE FUNCTION erase_texts(texts text[]) RETURNS void
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET samen.erasing = 'persons' AS $$
      DECLARE
        patterns text[] := text_patterns(texts);
      BEGIN
        IF cardinality(texts) = 0 THEN RETURN; END IF;
        PERFORM erase_texts_before_hall(texts);
        UPDATE proxies SET instruction = without_texts(instruction, patterns)
        WHERE instruction ~* array_to_string(patterns, '|');
        -- Two guests of one assembly never have one name, also when both are erased.
        UPDATE assembly_guests SET name = left(without_texts(name, patterns), 100) || ' ' || right(id::text, 12)
        WHERE name ~* array_to_string(patterns, '|');
      END $$`)
    await db.query('REVOKE ALL ON FUNCTION erase_texts(text[]) FROM PUBLIC')
  }

  private async polls(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE polls ADD electorate_hash char(64)
        CONSTRAINT polls_electorate_hash CHECK (electorate_hash ~ '^[0-9a-f]{64}$')`)
    await db.query(`
      ALTER TABLE electors ADD holder_id uuid REFERENCES members, ADD proxy_id uuid REFERENCES proxies,
        ADD CONSTRAINT electors_holder CHECK ((holder_id IS NULL) = (proxy_id IS NULL))`)
    await db.query(`ALTER TABLE ballots ADD entered_by uuid REFERENCES people`)
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only')
  }
}
