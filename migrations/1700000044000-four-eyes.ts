import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * Two acts of two people that only the application kept apart: confirming a settlement of advances, and confirming an own
 * bank account. The database now refuses it too, as it does for lines of the bank, payees and calls.
 */
export class FourEyes1700000044000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE FUNCTION refuse_own_confirmation() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        first_person uuid;
      BEGIN
        IF TG_TABLE_NAME = 'advance_settlement_confirmations' THEN
          SELECT proposed_by INTO first_person FROM advance_settlements WHERE id = NEW.settlement_id;
        ELSE
          SELECT recorded_by INTO first_person FROM bank_accounts WHERE iban = NEW.iban;
        END IF;
        IF first_person = NEW.confirmed_by THEN
          RAISE EXCEPTION 'whoever proposed % does not confirm it', TG_TABLE_NAME
            USING ERRCODE = 'check_violation', CONSTRAINT = TG_TABLE_NAME || '_other_person';
        END IF;
        RETURN NEW;
      END $$`)
    for (const table of ['advance_settlement_confirmations', 'bank_account_confirmations'])
      await db.query(`
        CREATE TRIGGER ${table}_other_person BEFORE INSERT ON ${table}
        FOR EACH ROW EXECUTE FUNCTION refuse_own_confirmation()`)
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only')
  }
}
