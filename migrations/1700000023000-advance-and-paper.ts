import type { MigrationInterface, QueryRunner } from 'typeorm'
import { appendOnly } from '#platform'

/** Votes cast before the assembly, votes counted on paper, adjourning, and a second assembly after a failed quorum. */
export class AdvanceAndPaper1700000023000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await this.advanceBallots(db)
    await this.paperPolls(db)
    await this.adjournments(db)
    await this.secondAssemblies(db)
    await appendOnly(
      db,
      ...['advance_ballots', 'advance_ballot_outcomes', 'paper_counts', 'paper_scans'],
      'assembly_adjournments',
    )
  }

  /** A ballot on one text of a motion; what became of it is in the outcomes. In a poll it is a ballot as any, marked. */
  private async advanceBallots(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE advance_ballots (
        id uuid PRIMARY KEY,
        motion_id uuid NOT NULL CONSTRAINT advance_ballots_motion REFERENCES motions,
        member_id uuid NOT NULL REFERENCES members,
        text_number smallint NOT NULL,
        text_hash char(64) NOT NULL,
        choice text NOT NULL CONSTRAINT advance_ballots_choice CHECK (choice IN ('for','against','blank')),
        cast_by uuid NOT NULL REFERENCES people,
        cast_at timestamptz NOT NULL,
        reference text NOT NULL,
        CONSTRAINT advance_ballots_once UNIQUE (motion_id, member_id, text_number, text_hash)
      )`)
    await db.query(`
      CREATE TABLE advance_ballot_outcomes (
        sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        ballot_id uuid NOT NULL CONSTRAINT advance_ballot_outcomes_ballot REFERENCES advance_ballots,
        poll_id uuid CONSTRAINT advance_ballot_outcomes_poll REFERENCES polls,
        kind text NOT NULL CONSTRAINT advance_ballot_outcomes_kind CHECK (kind IN
          ('admitted','lapsed','notElector','revote','tooEarly','keptOut','twice')),
        at timestamptz NOT NULL,
        CONSTRAINT advance_ballot_outcomes_once UNIQUE (ballot_id, poll_id),
        CONSTRAINT advance_ballot_outcomes_of_poll CHECK (kind = 'lapsed' OR poll_id IS NOT NULL)
      )`)
    await db.query(`
      CREATE UNIQUE INDEX advance_ballot_outcomes_lapse ON advance_ballot_outcomes (ballot_id) WHERE kind = 'lapsed'`)
    await db.query(`
      ALTER TABLE ballots ADD advance_id uuid CONSTRAINT ballots_advance REFERENCES advance_ballots`)
  }

  /** Two entries to a round, of two people; rounds follow each other until two agree. */
  private async paperPolls(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE polls ADD method text NOT NULL DEFAULT 'digital'
        CONSTRAINT polls_method CHECK (method IN ('digital','paper'))`)
    await db.query(`
      CREATE TABLE paper_counts (
        poll_id uuid NOT NULL CONSTRAINT paper_counts_poll REFERENCES polls,
        round smallint NOT NULL,
        side text NOT NULL CONSTRAINT paper_counts_side CHECK (side IN ('secretary','second')),
        office text NOT NULL CONSTRAINT paper_counts_office
          CHECK (office IN ('secretary','chair','director','auditCommittee')),
        person_id uuid NOT NULL REFERENCES people,
        votes_for integer NOT NULL,
        votes_against integer NOT NULL,
        votes_blank integer NOT NULL,
        votes_invalid integer NOT NULL,
        present integer NOT NULL,
        counted_at timestamptz NOT NULL,
        PRIMARY KEY (poll_id, round, side),
        CONSTRAINT paper_counts_two_people UNIQUE (poll_id, round, person_id),
        CONSTRAINT paper_counts_secretary CHECK ((side = 'secretary') = (office = 'secretary')),
        CONSTRAINT paper_counts_counts CHECK (least(votes_for, votes_against, votes_blank, votes_invalid) >= 0
          AND votes_for + votes_against + votes_blank + votes_invalid <= present)
      )`)
    await db.query(`
      CREATE TABLE paper_scans (
        poll_id uuid NOT NULL CONSTRAINT paper_scans_poll REFERENCES polls,
        number smallint NOT NULL,
        file_id uuid NOT NULL REFERENCES files,
        name text NOT NULL,
        sha256 char(64) NOT NULL,
        added_at timestamptz NOT NULL,
        added_by uuid NOT NULL REFERENCES people,
        PRIMARY KEY (poll_id, number),
        CONSTRAINT paper_scans_once UNIQUE (poll_id, sha256)
      )`)
  }

  private async adjournments(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE assemblies ADD resumes_at timestamptz`)
    await db.query(`
      CREATE TABLE assembly_adjournments (
        assembly_id uuid NOT NULL CONSTRAINT assembly_adjournments_assembly REFERENCES assemblies,
        sequence smallint NOT NULL,
        reason text NOT NULL CONSTRAINT assembly_adjournments_reason CHECK (length(trim(reason)) > 0),
        held_on date NOT NULL,
        resumes_at timestamptz NOT NULL,
        adjourned_at timestamptz NOT NULL,
        adjourned_by uuid NOT NULL REFERENCES people,
        PRIMARY KEY (assembly_id, sequence),
        CONSTRAINT assembly_adjournments_later CHECK (resumes_at > adjourned_at)
      )`)
    await db.query(`
      ALTER TABLE convocations DROP CONSTRAINT convocations_kind, ADD CONSTRAINT convocations_kind
        CHECK (kind IN ('convocation','supplement','postponement','cancellation','continuation'))`)
  }

  /** A motion is put to a second assembly once, with what it would authorise. */
  private async secondAssemblies(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE motions ADD second_of uuid CONSTRAINT motions_second_of REFERENCES motions`)
    await db.query(`
      CREATE UNIQUE INDEX motions_second_once ON motions (second_of)
      WHERE second_of IS NOT NULL AND withdrawn_at IS NULL`)
    await db.query(`DROP INDEX motions_authorises_once`)
    await db.query(`
      CREATE UNIQUE INDEX motions_authorises_once ON motions (authorises_kind, authorises_id)
      WHERE authorises_id IS NOT NULL AND withdrawn_at IS NULL AND second_of IS NULL`)
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only')
  }
}
