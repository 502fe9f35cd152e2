import type { MigrationInterface, QueryRunner } from 'typeorm'
import { appendOnly } from '#platform'

/**
 * Decisions without a meeting (BW 2:40 lid 2): proposed, known to the board, opened, answered by every member that may
 * vote, and recorded in the register of decisions, which until now held only what an assembly decided.
 */
export class WrittenDecisions1700000025000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await this.course(db)
    await this.answers(db)
    await this.register(db)
    await this.noAnswerAfterOutcome(db)
    await appendOnly(
      db,
      ...['written_decisions', 'written_decision_knowledge', 'written_decision_openings'],
      ...['written_decision_electors', 'written_decision_answers', 'written_decision_outcomes'],
      'written_decision_withdrawals',
    )
  }

  /** Each step refers to the one that the law wants before it: nothing opens without the board's knowledge. */
  private async course(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE written_decisions (
        id uuid PRIMARY KEY,
        title text NOT NULL,
        text text NOT NULL,
        reasoning text NOT NULL,
        decision_type text NOT NULL CONSTRAINT written_decisions_type
          CHECK (decision_type IN ('ordinary','statuteChange','distribution')),
        proposer_member_id uuid REFERENCES members,
        proposer_office text CONSTRAINT written_decisions_office
          CHECK (proposer_office IN ('chair','secretary','director')),
        proposed_at timestamptz NOT NULL,
        proposed_by uuid NOT NULL REFERENCES people,
        CONSTRAINT written_decisions_proposer CHECK (num_nonnulls(proposer_member_id, proposer_office) = 1)
      )`)
    await db.query(`
      CREATE TABLE written_decision_knowledge (
        written_decision_id uuid PRIMARY KEY REFERENCES written_decisions,
        noted_at timestamptz NOT NULL,
        noted_by uuid NOT NULL REFERENCES people
      )`)
    await db.query(`
      CREATE TABLE written_decision_openings (
        written_decision_id uuid PRIMARY KEY REFERENCES written_decision_knowledge,
        opened_on date NOT NULL,
        closes_on date NOT NULL,
        article text NOT NULL,
        opened_at timestamptz NOT NULL,
        opened_by uuid NOT NULL REFERENCES people,
        CONSTRAINT written_decision_openings_days CHECK (closes_on > opened_on)
      )`)
    await db.query(`
      CREATE TABLE written_decision_withdrawals (
        written_decision_id uuid PRIMARY KEY REFERENCES written_decisions,
        reason text NOT NULL,
        withdrawn_at timestamptz NOT NULL,
        withdrawn_by uuid NOT NULL REFERENCES people
      )`)
  }

  private async answers(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE written_decision_electors (
        written_decision_id uuid NOT NULL REFERENCES written_decision_openings,
        member_id uuid NOT NULL REFERENCES members,
        member_number integer NOT NULL,
        member_name text NOT NULL,
        PRIMARY KEY (written_decision_id, member_id)
      )`)
    await db.query(`
      CREATE TABLE written_decision_answers (
        written_decision_id uuid NOT NULL REFERENCES written_decision_openings,
        member_id uuid NOT NULL REFERENCES members,
        choice text NOT NULL CONSTRAINT written_decision_answers_choice CHECK (choice IN ('for','against')),
        reference uuid NOT NULL CONSTRAINT written_decision_answers_reference UNIQUE,
        answered_at timestamptz NOT NULL,
        answered_by uuid NOT NULL REFERENCES people,
        CONSTRAINT written_decision_answers_once PRIMARY KEY (written_decision_id, member_id)
      )`)
  }

  /** A decision comes from a poll in an assembly, or else from all members without a meeting. */
  private async register(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE decisions
        ALTER poll_id DROP NOT NULL,
        ALTER motion_id DROP NOT NULL,
        ALTER assembly_id DROP NOT NULL,
        ADD written_decision_id uuid CONSTRAINT decisions_written UNIQUE REFERENCES written_decisions,
        ADD written_decision_type text,
        ADD CONSTRAINT decisions_written_type
          CHECK (num_nonnulls(written_decision_id, written_decision_type) IN (0, 2)),
        ADD CONSTRAINT decisions_origin
          CHECK (num_nonnulls(poll_id, motion_id, assembly_id) = CASE WHEN written_decision_id IS NULL THEN 3 ELSE 0 END)`)
    await db.query(`
      CREATE TABLE written_decision_outcomes (
        written_decision_id uuid PRIMARY KEY REFERENCES written_decision_openings,
        decision_id uuid NOT NULL REFERENCES decisions,
        adopted boolean NOT NULL,
        reason text NOT NULL CONSTRAINT written_decision_outcomes_reason
          CHECK (reason IN ('unanimous','against','silent','nobody')),
        as_of date NOT NULL,
        electorate jsonb NOT NULL,
        recorded_at timestamptz NOT NULL,
        CONSTRAINT written_decision_outcomes_adopted CHECK (adopted = (reason = 'unanimous'))
      )`)
  }

  private async noAnswerAfterOutcome(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE FUNCTION refuse_answer_after_outcome() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_advisory_xact_lock(hashtextextended('written decision ' || NEW.written_decision_id::text, 0));
        IF EXISTS (SELECT FROM written_decision_outcomes WHERE written_decision_id = NEW.written_decision_id) THEN
          RAISE EXCEPTION 'this decision has its outcome' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
      END $$`)
    await db.query(`
      CREATE TRIGGER written_decision_answers_before_outcome BEFORE INSERT ON written_decision_answers
      FOR EACH ROW EXECUTE FUNCTION refuse_answer_after_outcome()`)
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only')
  }
}
