import type { MigrationInterface, QueryRunner } from 'typeorm'
import { appendOnly } from '#platform'

/** The reminders that were sent about quarterly reports: each that the statutes ask for once, a friendly one once a day. */
export class ReportReminders1700000034000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE report_reminders (
        id uuid PRIMARY KEY,
        agreement_id uuid NOT NULL REFERENCES agreements,
        quarter text NOT NULL CONSTRAINT report_reminders_quarter CHECK (quarter ~ '^[0-9]{4}-Q[1-4]$'),
        kind text NOT NULL CONSTRAINT report_reminders_kind CHECK (kind IN ('due','returned','friendly')),
        counted_from date NOT NULL,
        day_offset smallint NOT NULL,
        sentence text NOT NULL,
        recipients jsonb NOT NULL,
        sent_on date NOT NULL,
        sent_at timestamptz NOT NULL,
        sent_by uuid REFERENCES people,
        CONSTRAINT report_reminders_by CHECK ((kind = 'friendly') = (sent_by IS NOT NULL)),
        CONSTRAINT report_reminders_once UNIQUE (agreement_id, quarter, kind, counted_from, day_offset)
      )`)
    await appendOnly(db, 'report_reminders')
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only')
  }
}
