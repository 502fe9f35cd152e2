import type { MigrationInterface, QueryRunner } from 'typeorm'
import { appendOnly } from '#platform'

/** Ending and pausing a membership: cases, and what happened to them. */
export class Departures1700000010000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE departures (
        id uuid PRIMARY KEY,
        member_id uuid NOT NULL REFERENCES members,
        type text NOT NULL CONSTRAINT departures_type
          CHECK (type IN ('resigned','cancelled','dissolved','merged','expelled','suspended','kindSwitch')),
        reference text NOT NULL CONSTRAINT departures_reference UNIQUE,
        reason text NOT NULL DEFAULT '',
        given_on date NOT NULL,
        known_on date,
        takes_effect_on date,
        appeal_until date,
        to_kind text,
        successor_member_id uuid REFERENCES members,
        member_event_id uuid,
        request_key uuid NOT NULL CONSTRAINT departures_request UNIQUE,
        requested_by uuid NOT NULL REFERENCES people,
        recorded_at timestamptz NOT NULL,
        CONSTRAINT departures_kind CHECK ((type = 'kindSwitch') = (to_kind IS NOT NULL)),
        CONSTRAINT departures_successor CHECK ((type = 'merged') = (successor_member_id IS NOT NULL)),
        CONSTRAINT departures_appeal CHECK ((type = 'expelled') = (appeal_until IS NOT NULL)),
        CONSTRAINT departures_reason CHECK (type = 'resigned' OR length(trim(reason)) > 0)
      )`)
    await db.query(`CREATE INDEX departures_member ON departures (member_id)`)
    await db.query(`
      CREATE TABLE departure_steps (
        id uuid PRIMARY KEY,
        departure_id uuid NOT NULL REFERENCES departures,
        type text NOT NULL CONSTRAINT departure_steps_type CHECK (type IN
          ('appealed','withdrawn','superseded','lifted','lapsed','upheld','overturned','approved','refused')),
        note text NOT NULL DEFAULT '',
        decision_number text,
        on_day date NOT NULL,
        recorded_by uuid NOT NULL REFERENCES people,
        recorded_at timestamptz NOT NULL,
        CONSTRAINT departure_steps_once UNIQUE (departure_id, type),
        CONSTRAINT departure_steps_decision
          CHECK ((type IN ('upheld','overturned')) = (decision_number IS NOT NULL))
      )`)
    await db.query(
      `CREATE UNIQUE INDEX departure_steps_outcome ON departure_steps (departure_id) WHERE type <> 'appealed'`,
    )
    await appendOnly(db, 'departures', 'departure_steps')
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only')
  }
}
