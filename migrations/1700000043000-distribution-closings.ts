import type { MigrationInterface, QueryRunner } from 'typeorm'
import { appendOnly } from '#platform'

/** How a year was closed when its margin was booked: what the proof of a payout shows of it. */
export class DistributionClosings1700000043000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE distribution_closings (
        distribution_id uuid PRIMARY KEY REFERENCES distributions,
        content text NOT NULL,
        sha256 char(64) NOT NULL
      )`)
    await appendOnly(db, 'distribution_closings')
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only')
  }
}
