import type { MigrationInterface, QueryRunner } from 'typeorm'
import { amendable, appendOnly } from '#platform'

/** Notices: what is to be mailed stands for ever; how the sending went is filled in once. */
export class Notices1700000008000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE notices (
        id uuid PRIMARY KEY,
        template text NOT NULL,
        person_id uuid,
        to_name text NOT NULL,
        to_address text NOT NULL,
        model jsonb NOT NULL,
        key text NOT NULL CONSTRAINT notices_key UNIQUE,
        written_at timestamptz NOT NULL
      )`)
    await db.query(`CREATE INDEX notices_person ON notices (person_id, written_at)`)
    await db.query(`
      CREATE TABLE notice_deliveries (
        notice_id uuid PRIMARY KEY REFERENCES notices,
        attempts integer NOT NULL DEFAULT 0,
        last_attempt_at timestamptz,
        last_error text,
        sent_at timestamptz,
        refused_at timestamptz
      )`)
    await appendOnly(db, 'notices')
    await amendable(
      db,
      'notice_deliveries',
      'attempts',
      'last_attempt_at',
      'last_error',
      'sent_at',
      'refused_at',
    )
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only')
  }
}
