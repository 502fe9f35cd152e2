import type { MigrationInterface, QueryRunner } from 'typeorm'
import { amendable, appendOnly } from '#platform'

/**
 * The member register: who belongs, of which kind, since when. Facts are added, never changed; a fact holds
 * from a day and was recorded at an instant. What a row corrects no longer counts for who knows of the
 * correction; a void row only withdraws.
 */
export class Members1700000004000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE members (
        id uuid PRIMARY KEY,
        number integer NOT NULL CONSTRAINT members_number UNIQUE CONSTRAINT members_number_positive CHECK (number > 0)
      )`)
    await db.query(`
      CREATE TABLE member_details (
        ${recorded('member_details')},
        holds_from date NOT NULL,
        name text NOT NULL CONSTRAINT member_details_name CHECK (length(trim(name)) > 0),
        founder boolean NOT NULL DEFAULT false,
        note text
      )`)
    await db.query(`
      CREATE TABLE member_events (
        ${recorded('member_events')},
        on_day date NOT NULL,
        type text NOT NULL CONSTRAINT member_events_type
          CHECK (type IN ('admitted','kindChanged','suspended','reinstated','ended')),
        kind text CONSTRAINT member_events_kind CHECK (kind IN ('voting','supporting')),
        CONSTRAINT member_events_kind_where_needed
          CHECK ((type IN ('admitted','kindChanged')) = (kind IS NOT NULL))
      )`)
    await appendOnly(db, 'members', 'member_details', 'member_events')
    await this.periods(db)
  }

  /**
   * The register worked out, for reading: what it says (`holds`: on which days) as it was known (`known`: from
   * when until when). Follows from the facts; a new fact ends `known` of what it overtakes and adds rows.
   */
  private async periods(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE member_periods (
        sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        member_id uuid NOT NULL REFERENCES members,
        number integer NOT NULL,
        name text NOT NULL,
        folded_name text NOT NULL,
        founder boolean NOT NULL,
        note text,
        status text NOT NULL CONSTRAINT member_periods_status CHECK (status IN ('member','suspended','former')),
        kind text CONSTRAINT member_periods_kind CHECK (kind IN ('voting','supporting')),
        since date,
        holds daterange NOT NULL CONSTRAINT member_periods_holds CHECK (NOT isempty(holds)),
        known tstzrange NOT NULL
      )`)
    await db.query(`CREATE INDEX member_periods_member ON member_periods (member_id)`)
    await db.query(`CREATE INDEX member_periods_holds_known ON member_periods USING gist (holds, known)`)
    await amendable(db, 'member_periods', 'known')
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only')
  }
}

/** What every fact of the register has: its order, its member, who recorded it when and why, what it corrects. */
function recorded(table: string): string {
  return `
    sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id uuid NOT NULL CONSTRAINT ${table}_id UNIQUE,
    member_id uuid NOT NULL REFERENCES members,
    reason text NOT NULL DEFAULT '',
    recorded_at timestamptz NOT NULL,
    recorded_by uuid,
    corrects uuid CONSTRAINT ${table}_corrected_once UNIQUE,
    void boolean NOT NULL DEFAULT false,
    CONSTRAINT ${table}_of_member UNIQUE (member_id, id),
    CONSTRAINT ${table}_corrects_fkey FOREIGN KEY (member_id, corrects) REFERENCES ${table} (member_id, id),
    CONSTRAINT ${table}_corrects_another CHECK (corrects <> id),
    CONSTRAINT ${table}_void_withdraws CHECK (NOT void OR corrects IS NOT NULL)`
}
