import type { MigrationInterface, QueryRunner } from 'typeorm'
import { amendable, appendOnly } from '#platform'

/**
 * Who proposes a motion, its text in versions, amendments to it, and the deed that gives effect to a change of the
 * statutes. What is withdrawn stays in the record.
 */
export class MotionsAndAmendments1700000020000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await this.motions(db)
    await this.amendments(db)
    await this.texts(db)
    await this.votedTexts(db)
    await this.deeds(db)
  }

  /** A withdrawn motion that nobody was convened for goes off the agenda: it loses its place, not its row. */
  private async motions(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE motions
        ALTER position DROP NOT NULL,
        ADD proposer_member_id uuid REFERENCES members,
        ADD proposer_organ text CONSTRAINT motions_proposer_organ
          CHECK (proposer_organ IN ('chair','secretary','director')),
        ADD withdrawn_at timestamptz,
        ADD withdrawn_by uuid REFERENCES people,
        ADD withdrawal_reason text,
        ADD CONSTRAINT motions_proposer CHECK (num_nonnulls(proposer_member_id, proposer_organ) <= 1),
        ADD CONSTRAINT motions_withdrawal CHECK ((withdrawn_at IS NULL) = (withdrawal_reason IS NULL))`)
    await db.query(`DROP INDEX motions_authorises_once`)
    await db.query(`
      CREATE UNIQUE INDEX motions_authorises_once ON motions (authorises_kind, authorises_id)
      WHERE authorises_id IS NOT NULL AND withdrawn_at IS NULL`)
    await db.query(`ALTER TABLE assemblies ADD motions_allowed_at timestamptz`)
  }

  /** Its text replaces the text of the motion, `base_text` is the one it was written for. */
  private async amendments(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE amendments (
        id uuid PRIMARY KEY,
        motion_id uuid NOT NULL CONSTRAINT amendments_motion REFERENCES motions,
        number smallint NOT NULL,
        position smallint NOT NULL,
        title text NOT NULL,
        question text NOT NULL,
        base_text text NOT NULL,
        text text NOT NULL,
        reasoning text NOT NULL,
        proposer_member_id uuid REFERENCES members,
        proposer_organ text CONSTRAINT amendments_proposer_organ
          CHECK (proposer_organ IN ('chair','secretary','director')),
        submitted_at timestamptz NOT NULL,
        submitted_by uuid NOT NULL REFERENCES people,
        withdrawn_at timestamptz,
        withdrawn_by uuid REFERENCES people,
        lapsed_at timestamptz,
        lapsed_by uuid REFERENCES people,
        lapse_reason text,
        CONSTRAINT amendments_number UNIQUE (motion_id, number),
        CONSTRAINT amendments_position UNIQUE (motion_id, position) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT amendments_proposer CHECK (num_nonnulls(proposer_member_id, proposer_organ) = 1),
        CONSTRAINT amendments_withdrawal CHECK (num_nonnulls(withdrawn_at, withdrawn_by) IN (0, 2)),
        CONSTRAINT amendments_lapse CHECK (num_nonnulls(lapsed_at, lapsed_by, lapse_reason) IN (0, 3))
      )`)
    await amendable(
      db,
      'amendments',
      ...['position', 'withdrawn_at', 'withdrawn_by', 'lapsed_at', 'lapsed_by', 'lapse_reason'],
    )
  }

  /** A motion without a row has its question as its text. */
  private async texts(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE motion_texts (
        motion_id uuid NOT NULL CONSTRAINT motion_texts_motion REFERENCES motions,
        number smallint NOT NULL,
        kind text NOT NULL CONSTRAINT motion_texts_kind
          CHECK (kind IN ('submitted','changed','amended','restored')),
        text text NOT NULL,
        amendment_id uuid CONSTRAINT motion_texts_amendment REFERENCES amendments,
        recorded_at timestamptz NOT NULL,
        recorded_by uuid NOT NULL REFERENCES people,
        PRIMARY KEY (motion_id, number),
        CONSTRAINT motion_texts_by_amendment
          CHECK ((kind IN ('amended','restored')) = (amendment_id IS NOT NULL))
      )`)
    await appendOnly(db, 'motion_texts')
  }

  /** The text that was voted on, as it stood when the poll opened. */
  private async votedTexts(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE polls ADD text text, ADD FOREIGN KEY (amendment_id) REFERENCES amendments`)
    await db.query(`ALTER TABLE decisions ADD text text`)
  }

  /** The day of the notarial deed (BW 2:43); a correction is a new row. */
  private async deeds(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE decision_deeds (
        decision_id uuid NOT NULL CONSTRAINT decision_deeds_decision REFERENCES decisions,
        sequence smallint NOT NULL,
        deed_on date NOT NULL,
        notary text NOT NULL,
        recorded_at timestamptz NOT NULL,
        recorded_by uuid NOT NULL REFERENCES people,
        PRIMARY KEY (decision_id, sequence)
      )`)
    await appendOnly(db, 'decision_deeds')
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only')
  }
}
