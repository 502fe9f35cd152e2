import type { MigrationInterface, QueryRunner } from 'typeorm'
import { appendOnly } from '#platform'

/** Who acts for a member, who holds an office, and what was recorded of it; roles can end sooner than was said. */
export class MandatesAndOffices1700000013000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await this.endings(db)
    await this.mandates(db)
    await this.offices(db)
    await this.fromRoles(db)
    await appendOnly(db, 'mandates', 'mandate_events', 'office_terms', 'office_endings')
  }

  /** An assignment may have several endings: the last recorded counts, and null takes an end back. */
  private async endings(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE role_endings
        DROP CONSTRAINT role_endings_pkey,
        ADD sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        ALTER ends_on DROP NOT NULL`)
    await db.query(`CREATE INDEX role_endings_assignment ON role_endings (assignment_id, sequence)`)
  }

  private async mandates(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE mandates (
        id uuid PRIMARY KEY,
        member_id uuid NOT NULL REFERENCES members,
        person_id uuid NOT NULL REFERENCES people,
        function text NOT NULL CONSTRAINT mandates_function CHECK (function IN ('delegate','substitute')),
        holds_from date NOT NULL,
        holds_until date,
        reason text NOT NULL DEFAULT '',
        request_key uuid CONSTRAINT mandates_request UNIQUE,
        proposed_by uuid REFERENCES people,
        proposed_at timestamptz NOT NULL,
        CONSTRAINT mandates_days CHECK (holds_until > holds_from)
      )`)
    await db.query(`CREATE INDEX mandates_member ON mandates (member_id)`)
    await db.query(`CREATE INDEX mandates_person ON mandates (person_id)`)
    await db.query(`
      CREATE TABLE mandate_events (
        sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        mandate_id uuid NOT NULL REFERENCES mandates,
        type text NOT NULL CONSTRAINT mandate_events_type
          CHECK (type IN ('confirmed','refused','withdrawn','ended','continued')),
        on_day date,
        cause text CONSTRAINT mandate_events_cause CHECK (cause IN ('successor','membership','request')),
        assignment_id uuid REFERENCES role_assignments,
        reason text NOT NULL DEFAULT '',
        recorded_by uuid REFERENCES people,
        recorded_at timestamptz NOT NULL,
        CONSTRAINT mandate_events_on_day CHECK ((type IN ('confirmed','ended')) = (on_day IS NOT NULL)),
        CONSTRAINT mandate_events_ended CHECK ((type = 'ended') = (cause IS NOT NULL)),
        CONSTRAINT mandate_events_confirmed CHECK ((type = 'confirmed') = (assignment_id IS NOT NULL))
      )`)
    await db.query(`CREATE INDEX mandate_events_mandate ON mandate_events (mandate_id)`)
    await db.query(`
      CREATE UNIQUE INDEX mandate_events_decided_once ON mandate_events (mandate_id)
      WHERE type IN ('confirmed','refused','withdrawn')`)
  }

  private async offices(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE office_terms (
        id uuid PRIMARY KEY,
        office text NOT NULL CONSTRAINT office_terms_office
          CHECK (office IN ('chair','director','secretary','ambassador','auditCommittee')),
        person_id uuid NOT NULL REFERENCES people,
        assignment_id uuid NOT NULL CONSTRAINT office_terms_assignment UNIQUE REFERENCES role_assignments,
        holds_from date NOT NULL,
        holds_until date,
        appointed_by text CONSTRAINT office_terms_appointed_by CHECK (appointed_by IN ('assembly','founders','other')),
        decision text NOT NULL DEFAULT '',
        note text NOT NULL DEFAULT '',
        request_key uuid CONSTRAINT office_terms_request UNIQUE,
        recorded_by uuid REFERENCES people,
        recorded_at timestamptz NOT NULL,
        CONSTRAINT office_terms_days CHECK (holds_until > holds_from)
      )`)
    await db.query(`CREATE INDEX office_terms_person ON office_terms (person_id)`)
    await db.query(`
      CREATE TABLE office_endings (
        term_id uuid PRIMARY KEY REFERENCES office_terms,
        ends_on date NOT NULL,
        reason text NOT NULL CONSTRAINT office_endings_reason CHECK (length(trim(reason)) > 0),
        recorded_by uuid NOT NULL REFERENCES people,
        recorded_at timestamptz NOT NULL
      )`)
  }

  /** Roles that were given before mandates and terms were kept: of two at once the later is a substitute. */
  private async fromRoles(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TEMPORARY TABLE held ON COMMIT DROP AS
      SELECT a.*, gen_random_uuid() AS new_id, e.ends_on, e.recorded_at AS ended_at, e.recorded_by AS ended_by,
        row_number() OVER (PARTITION BY a.role, a.scope_id ORDER BY a.holds_from, a.id) AS place
      FROM role_assignments a LEFT JOIN role_endings e ON e.assignment_id = a.id
      WHERE (a.role = 'delegate' AND a.scope_id IN (SELECT id FROM members))
         OR a.role IN ('chair','director','secretary','auditCommittee')`)
    await db.query(`
      INSERT INTO mandates (id, member_id, person_id, function, holds_from, proposed_by, proposed_at)
      SELECT new_id, scope_id, person_id, CASE WHEN EXISTS (
          SELECT FROM held earlier WHERE earlier.role = 'delegate' AND earlier.scope_id = held.scope_id
            AND earlier.place < held.place AND (earlier.ends_on IS NULL OR earlier.ends_on > held.holds_from))
        THEN 'substitute' ELSE 'delegate' END, holds_from, recorded_by, recorded_at
      FROM held WHERE role = 'delegate'`)
    await db.query(`
      INSERT INTO mandate_events (mandate_id, type, on_day, assignment_id, recorded_by, recorded_at)
      SELECT new_id, 'confirmed', holds_from, id, recorded_by, recorded_at FROM held WHERE role = 'delegate'`)
    await db.query(`
      INSERT INTO mandate_events (mandate_id, type, on_day, cause, recorded_by, recorded_at)
      SELECT new_id, 'ended', ends_on, 'request', ended_by, ended_at
      FROM held WHERE role = 'delegate' AND ends_on IS NOT NULL`)
    await db.query(`
      INSERT INTO office_terms (id, office, person_id, assignment_id, holds_from, holds_until, recorded_by, recorded_at)
      SELECT new_id, role, person_id, id, holds_from, ends_on, recorded_by, recorded_at
      FROM held WHERE role <> 'delegate' AND (ends_on IS NULL OR ends_on > holds_from)`)
    await db.query('DROP TABLE held')
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only')
  }
}
