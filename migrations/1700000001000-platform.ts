import type { MigrationInterface, QueryRunner } from 'typeorm'
import { amendable, appendOnly, mutable } from '#platform'

/** Sessions, secrets, outbox, audit log, and what only the demo uses. */
export class Platform1700000001000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`GRANT USAGE ON SCHEMA public TO samen_app`)
    await db.query(`
      CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'Table % is append-only: record a correction as a new row', TG_TABLE_NAME
          USING ERRCODE = 'restrict_violation';
      END $$`)
    await db.query(`
      CREATE TABLE audit_log (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        at timestamptz NOT NULL,
        recorded_at timestamptz NOT NULL DEFAULT now(),
        actor_id uuid,
        action text NOT NULL,
        subject_kind text NOT NULL,
        subject_id text NOT NULL,
        details jsonb NOT NULL DEFAULT '{}'
      )`)
    await db.query(`CREATE INDEX audit_log_subject ON audit_log (subject_kind, subject_id, id)`)
    await db.query(`
      CREATE TABLE outbox_messages (
        id uuid PRIMARY KEY,
        queue text NOT NULL,
        payload jsonb NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        offered_at timestamptz,
        done_at timestamptz
      )`)
    await db.query(
      `CREATE INDEX outbox_messages_pending ON outbox_messages (queue, id) WHERE done_at IS NULL`,
    )
    await db.query(`
      CREATE TABLE sessions (
        id_hash char(64) PRIMARY KEY,
        person_id uuid,
        data jsonb NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL
      )`)
    await db.query(`CREATE INDEX sessions_person ON sessions (person_id)`)
    await db.query(`CREATE TABLE instance_secrets (name text PRIMARY KEY, secret text NOT NULL)`)
    await db.query(`
      CREATE TABLE demo_clock (
        only_row boolean PRIMARY KEY DEFAULT true CONSTRAINT demo_clock_only_row CHECK (only_row),
        offset_ms bigint NOT NULL
      )`)
    await db.query(`
      CREATE TABLE demo_mails (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        message_id text NOT NULL CONSTRAINT demo_mails_message_id UNIQUE,
        to_name text NOT NULL,
        to_address text NOT NULL,
        subject text NOT NULL,
        text text NOT NULL,
        html text NOT NULL,
        sent_at timestamptz NOT NULL DEFAULT now()
      )`)
    await appendOnly(db, 'audit_log', 'instance_secrets')
    await amendable(db, 'outbox_messages', 'offered_at', 'done_at')
    await mutable(db, 'sessions', 'demo_clock', 'demo_mails')
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only')
  }
}
