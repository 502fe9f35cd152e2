import type { MigrationInterface, QueryRunner } from 'typeorm'
import { amendable, appendOnly, mutable } from '#platform'

/**
 * Assemblies, motions, polls and decisions. The electorate is frozen in `electors`; the primary
 * key of `ballots` is what makes voting twice impossible.
 */
export class Assemblies1700000005000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE assemblies (
        id uuid PRIMARY KEY,
        title text NOT NULL,
        kind text NOT NULL CONSTRAINT assemblies_kind CHECK (kind IN ('ordinary','extraordinary')),
        held_on date NOT NULL,
        starts_at timestamptz NOT NULL,
        ended_at timestamptz,
        place text NOT NULL,
        convened_on date NOT NULL
      )`)
    await db.query(`
      CREATE TABLE motions (
        id uuid PRIMARY KEY,
        assembly_id uuid NOT NULL REFERENCES assemblies,
        position smallint NOT NULL,
        title text NOT NULL,
        question text NOT NULL,
        explanation text NOT NULL,
        decision_type text NOT NULL CONSTRAINT motions_decision_type
          CHECK (decision_type IN ('ordinary','statuteChange','distribution')),
        authorises_kind text,
        authorises_id uuid,
        submitted_at timestamptz NOT NULL,
        submitted_by uuid,
        CONSTRAINT motions_position UNIQUE (assembly_id, position),
        CONSTRAINT motions_authorises CHECK ((authorises_kind IS NULL) = (authorises_id IS NULL))
      )`)
    await db.query(`
      CREATE UNIQUE INDEX motions_authorises_once ON motions (authorises_kind, authorises_id)
      WHERE authorises_id IS NOT NULL`)
    await db.query(`
      CREATE TABLE attendances (
        assembly_id uuid NOT NULL REFERENCES assemblies,
        member_id uuid NOT NULL REFERENCES members,
        person_id uuid NOT NULL REFERENCES people,
        checked_in_at timestamptz NOT NULL,
        PRIMARY KEY (assembly_id, member_id)
      )`)
    await db.query(`
      CREATE TABLE polls (
        id uuid PRIMARY KEY,
        motion_id uuid NOT NULL CONSTRAINT polls_motion UNIQUE REFERENCES motions,
        assembly_id uuid NOT NULL REFERENCES assemblies,
        rule jsonb NOT NULL,
        opened_at timestamptz NOT NULL,
        opened_by uuid NOT NULL,
        closed_at timestamptz,
        closed_by uuid,
        CONSTRAINT polls_closed CHECK ((closed_at IS NULL) = (closed_by IS NULL))
      )`)
    await db.query(`CREATE INDEX polls_assembly ON polls (assembly_id)`)
    await db.query(`CREATE INDEX polls_open ON polls (id) WHERE closed_at IS NULL`)
    await db.query(`
      CREATE TABLE electors (
        poll_id uuid NOT NULL REFERENCES polls,
        member_id uuid NOT NULL REFERENCES members,
        member_number integer NOT NULL,
        member_name text NOT NULL,
        weight integer NOT NULL CONSTRAINT electors_weight CHECK (weight > 0),
        caster_ids uuid[] NOT NULL,
        PRIMARY KEY (poll_id, member_id)
      )`)
    await db.query(`
      CREATE TABLE ballots (
        poll_id uuid NOT NULL,
        member_id uuid NOT NULL,
        choice text NOT NULL CONSTRAINT ballots_choice CHECK (choice IN ('for','against','blank')),
        cast_by uuid NOT NULL,
        cast_at timestamptz NOT NULL,
        reference text NOT NULL,
        CONSTRAINT ballots_one_per_elector PRIMARY KEY (poll_id, member_id),
        CONSTRAINT ballots_elector FOREIGN KEY (poll_id, member_id) REFERENCES electors
      )`)
    await db.query(`CREATE INDEX ballots_cast_by ON ballots (cast_by, cast_at)`)
    await db.query(`
      CREATE TABLE poll_results (
        poll_id uuid PRIMARY KEY REFERENCES polls,
        tally jsonb NOT NULL,
        present integer NOT NULL,
        electorate integer NOT NULL,
        base integer NOT NULL,
        needed integer NOT NULL,
        quorum_needed integer,
        quorum_reached boolean NOT NULL,
        adopted boolean NOT NULL,
        reason text NOT NULL,
        declared_at timestamptz NOT NULL,
        declared_by uuid NOT NULL
      )`)
    await db.query(`
      CREATE TABLE decisions (
        id uuid PRIMARY KEY,
        year smallint NOT NULL,
        sequence smallint NOT NULL,
        poll_id uuid NOT NULL CONSTRAINT decisions_poll UNIQUE REFERENCES polls,
        motion_id uuid NOT NULL REFERENCES motions,
        assembly_id uuid NOT NULL REFERENCES assemblies,
        title text NOT NULL,
        question text NOT NULL,
        adopted boolean NOT NULL,
        authorises_kind text,
        authorises_id uuid,
        decided_on date NOT NULL,
        recorded_at timestamptz NOT NULL,
        CONSTRAINT decisions_number UNIQUE (year, sequence)
      )`)
    await db.query(`CREATE INDEX decisions_authorises ON decisions (authorises_kind, authorises_id)`)
    await appendOnly(db, 'attendances', 'electors', 'ballots', 'poll_results', 'decisions')
    await amendable(db, 'polls', 'closed_at', 'closed_by')
    await mutable(db, 'assemblies', 'motions')
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only')
  }
}
