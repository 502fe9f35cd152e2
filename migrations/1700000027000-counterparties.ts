import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * The other party to an agreement need not be a wijkcoöperatie: where none exists the contractor executes, and
 * execution and direction of the whole are contracts too. Those have no administrative wijk.
 */
export class Counterparties1700000027000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE district_cooperatives RENAME TO counterparties`)
    await db.query(
      `ALTER TABLE counterparties RENAME CONSTRAINT district_cooperatives_pkey TO counterparties_pkey`,
    )
    await db.query(
      `ALTER TABLE counterparties RENAME CONSTRAINT district_cooperatives_name TO counterparties_name`,
    )
    await db.query(`ALTER TABLE counterparties
      RENAME CONSTRAINT district_cooperatives_member_id_fkey TO counterparties_member_id_fkey`)
    await db.query(`ALTER TABLE counterparties ADD COLUMN kind text NOT NULL DEFAULT 'districtCooperative'
      CONSTRAINT counterparties_kind CHECK (kind IN ('districtCooperative','partnership','contractor','director'))`)

    await db.query(`ALTER TABLE district_cooperative_participants RENAME TO counterparty_participants`)
    await db.query(
      `ALTER TABLE counterparty_participants RENAME COLUMN district_cooperative_id TO counterparty_id`,
    )
    for (const constraint of ['pkey', 'member_id_fkey']) {
      await db.query(`ALTER TABLE counterparty_participants
        RENAME CONSTRAINT district_cooperative_participants_${constraint} TO counterparty_participants_${constraint}`)
    }
    await db.query(`ALTER TABLE counterparty_participants
      RENAME CONSTRAINT district_cooperative_participants_district_cooperative_id_fkey
      TO counterparty_participants_counterparty_id_fkey`)

    await db.query(`ALTER TABLE agreements RENAME COLUMN district_cooperative_id TO counterparty_id`)
    await db.query(`ALTER TABLE agreements
      RENAME CONSTRAINT agreements_district_cooperative_id_fkey TO agreements_counterparty_id_fkey`)
    await db.query(`ALTER TABLE agreements ADD COLUMN kind text NOT NULL DEFAULT 'district'
      CONSTRAINT agreements_kind CHECK (kind IN ('district','execution','direction'))`)
    await db.query(`ALTER TABLE agreements ALTER COLUMN accounting_district_id DROP NOT NULL`)
    await db.query(`ALTER TABLE agreements ADD CONSTRAINT agreements_district_has_area
      CHECK (kind <> 'district' OR accounting_district_id IS NOT NULL)`)
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only')
  }
}
