import type { MigrationInterface, QueryRunner } from 'typeorm'
import { appendOnly } from '#platform'

/** When a poll goes wrong: challenges of a result, rulings that correct one, conflicts of interest, stand-ins. */
export class ChallengesAndConflicts1700000021000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await this.challenges(db)
    await this.rulings(db)
    await this.officers(db)
    await appendOnly(
      db,
      ...['challenges', 'challenge_supports', 'challenge_majorities', 'rulings'],
      ...['conflicts_of_interest', 'assembly_officers'],
    )
  }

  private async challenges(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE challenges (
        id uuid PRIMARY KEY,
        poll_id uuid NOT NULL CONSTRAINT challenges_once UNIQUE REFERENCES polls,
        assembly_id uuid NOT NULL REFERENCES assemblies,
        reason text NOT NULL CONSTRAINT challenges_reason CHECK (length(trim(reason)) > 0),
        challenged_at timestamptz NOT NULL,
        challenged_by uuid NOT NULL REFERENCES people,
        lapses_at timestamptz NOT NULL CONSTRAINT challenges_lapse CHECK (lapses_at > challenged_at)
      )`)
    await db.query(`CREATE INDEX challenges_of_assembly ON challenges (assembly_id)`)
    await db.query(`
      CREATE TABLE challenge_supports (
        challenge_id uuid NOT NULL REFERENCES challenges,
        member_id uuid NOT NULL REFERENCES members,
        weight integer NOT NULL CONSTRAINT challenge_supports_weight CHECK (weight > 0),
        person_id uuid NOT NULL REFERENCES people,
        supported_at timestamptz NOT NULL,
        PRIMARY KEY (challenge_id, member_id)
      )`)
    await db.query(`
      CREATE TABLE challenge_majorities (
        challenge_id uuid PRIMARY KEY REFERENCES challenges,
        demanding integer NOT NULL,
        present integer NOT NULL,
        reached_at timestamptz NOT NULL
      )`)
  }

  private async rulings(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE rulings (
        id uuid PRIMARY KEY,
        decision_id uuid NOT NULL REFERENCES decisions,
        text text NOT NULL CONSTRAINT rulings_text CHECK (length(trim(text)) > 0),
        reason text NOT NULL CONSTRAINT rulings_reason CHECK (length(trim(reason)) > 0),
        office text NOT NULL CONSTRAINT rulings_office CHECK (office IN ('chair','secretary')),
        ruled_at timestamptz NOT NULL,
        ruled_by uuid NOT NULL REFERENCES people
      )`)
    await db.query(`CREATE INDEX rulings_of_decision ON rulings (decision_id, ruled_at)`)
  }

  private async officers(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE conflicts_of_interest (
        item_id uuid NOT NULL REFERENCES agenda_items,
        person_id uuid NOT NULL REFERENCES people,
        office text NOT NULL CONSTRAINT conflicts_of_interest_office
          CHECK (office IN ('chair','director','secretary','ambassador')),
        reason text NOT NULL CONSTRAINT conflicts_of_interest_reason CHECK (length(trim(reason)) > 0),
        declared_at timestamptz NOT NULL,
        PRIMARY KEY (item_id, person_id)
      )`)
    // The last row of an assembly's office says who stands in: nobody, when there is no person in it.
    await db.query(`
      CREATE TABLE assembly_officers (
        sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        assembly_id uuid NOT NULL REFERENCES assemblies,
        office text NOT NULL CONSTRAINT assembly_officers_office CHECK (office IN ('chair','secretary')),
        person_id uuid REFERENCES people,
        reason text NOT NULL DEFAULT '',
        recorded_at timestamptz NOT NULL,
        recorded_by uuid NOT NULL REFERENCES people
      )`)
    await db.query(`CREATE INDEX assembly_officers_last ON assembly_officers (assembly_id, office, sequence)`)
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only')
  }
}
