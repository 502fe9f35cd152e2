import type { MigrationInterface, QueryRunner } from 'typeorm'
import { amendable } from '#platform'

/** A motion can have more than one poll: on each amendment, after one that was voided, or held anew after a challenge. */
export class PollsAnew1700000019000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE polls
        DROP CONSTRAINT polls_motion,
        ADD amendment_id uuid,
        ADD closes_at timestamptz,
        ADD voided_at timestamptz,
        ADD voided_by uuid REFERENCES people,
        ADD void_reason text,
        ADD revote_of uuid CONSTRAINT polls_revote_of REFERENCES polls,
        ADD replaced_at timestamptz,
        ADD CONSTRAINT polls_voided CHECK (num_nonnulls(voided_at, voided_by, void_reason) IN (0, 3))`)
    await db.query(`
      CREATE UNIQUE INDEX polls_of_motion ON polls (motion_id)
      WHERE amendment_id IS NULL AND voided_at IS NULL AND replaced_at IS NULL`)
    await db.query(`
      CREATE UNIQUE INDEX polls_of_amendment ON polls (amendment_id)
      WHERE amendment_id IS NOT NULL AND voided_at IS NULL AND replaced_at IS NULL`)
    await db.query(`CREATE UNIQUE INDEX polls_revote_once ON polls (revote_of) WHERE voided_at IS NULL`)
    await db.query(
      `ALTER TABLE decisions ADD replaces_id uuid CONSTRAINT decisions_replaces UNIQUE REFERENCES decisions`,
    )
    await amendable(db, 'polls', 'closes_at', 'voided_at', 'voided_by', 'void_reason', 'replaced_at')
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only')
  }
}
