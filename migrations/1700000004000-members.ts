import type { MigrationInterface, QueryRunner } from 'typeorm'
import { appendOnly } from '#platform'

/** The member register: who belongs, of which kind, since when; facts are added, never changed. */
export class Members1700000004000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE members (
        id uuid PRIMARY KEY,
        number integer NOT NULL CONSTRAINT members_number UNIQUE CONSTRAINT members_number_positive CHECK (number > 0),
        recorded_at timestamptz NOT NULL DEFAULT now()
      )`)
    await db.query(`
      CREATE TABLE member_details (
        id uuid PRIMARY KEY,
        member_id uuid NOT NULL REFERENCES members,
        holds_from date NOT NULL,
        name text NOT NULL CONSTRAINT member_details_name CHECK (length(trim(name)) > 0),
        founder boolean NOT NULL DEFAULT false,
        note text,
        recorded_at timestamptz NOT NULL DEFAULT now(),
        recorded_by uuid
      )`)
    await db.query(
      `CREATE INDEX member_details_member ON member_details (member_id, holds_from, recorded_at)`,
    )
    await db.query(`
      CREATE TABLE member_events (
        sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        id uuid NOT NULL CONSTRAINT member_events_id UNIQUE,
        member_id uuid NOT NULL REFERENCES members,
        on_day date NOT NULL,
        type text NOT NULL CONSTRAINT member_events_type
          CHECK (type IN ('admitted','kindChanged','suspended','reinstated','ended')),
        kind text CONSTRAINT member_events_kind CHECK (kind IN ('voting','supporting')),
        reason text NOT NULL DEFAULT '',
        recorded_at timestamptz NOT NULL DEFAULT now(),
        recorded_by uuid,
        CONSTRAINT member_events_kind_where_needed
          CHECK ((type IN ('admitted','kindChanged')) = (kind IS NOT NULL))
      )`)
    await db.query(`CREATE INDEX member_events_member ON member_events (member_id, on_day, sequence)`)
    await appendOnly(db, 'members', 'member_details', 'member_events')
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only')
  }
}
