import type { MigrationInterface, QueryRunner } from 'typeorm'
import { appendOnly } from '#platform'

/** Where the assembly is on its agenda, and who asked for and had the floor: both as logs, for the minutes. */
export class Speakers1700000022000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE agenda_progress (
        sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        assembly_id uuid NOT NULL CONSTRAINT agenda_progress_assembly REFERENCES assemblies,
        item_id uuid NOT NULL CONSTRAINT agenda_progress_item REFERENCES agenda_items,
        kind text NOT NULL CONSTRAINT agenda_progress_kind CHECK (kind IN ('begun','ended')),
        at timestamptz NOT NULL,
        recorded_by uuid NOT NULL REFERENCES people
      )`)
    await db.query(`CREATE INDEX agenda_progress_log ON agenda_progress (assembly_id, sequence)`)
    await db.query(`
      CREATE TABLE floor_events (
        sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        assembly_id uuid NOT NULL CONSTRAINT floor_events_assembly REFERENCES assemblies,
        item_id uuid NOT NULL CONSTRAINT floor_events_item REFERENCES agenda_items,
        member_id uuid REFERENCES members,
        guest_id uuid CONSTRAINT floor_events_guest REFERENCES assembly_guests,
        kind text NOT NULL CONSTRAINT floor_events_kind
          CHECK (kind IN ('asked','withdrawn','placed','given','ended')),
        place smallint,
        at timestamptz NOT NULL,
        person_id uuid REFERENCES people,
        recorded_by uuid NOT NULL REFERENCES people,
        CONSTRAINT floor_events_speaker CHECK (num_nonnulls(member_id, guest_id) = 1),
        CONSTRAINT floor_events_place CHECK ((kind = 'placed') = (place IS NOT NULL))
      )`)
    await db.query(`CREATE INDEX floor_events_log ON floor_events (assembly_id, item_id, sequence)`)
    await appendOnly(db, 'agenda_progress', 'floor_events')
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only')
  }
}
