import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * What the register holds of an organisation besides its name: identifiers, address, IBAN, buurten and the
 * registered contact; and the roles of that contact and of the ambassadeursgroep.
 */
export class MemberDetails1700000011000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE role_assignments
        DROP CONSTRAINT role_assignments_role,
        DROP CONSTRAINT role_assignments_scope,
        ADD CONSTRAINT role_assignments_role CHECK (role IN (
          'delegate','contact','treasurer','coordinator','serviceTeam','controller','teamLead','director','chair',
          'secretary','auditCommittee','ambassador','contractor','municipality','admin')),
        ADD CONSTRAINT role_assignments_scope CHECK (
          (role IN ('delegate','contact','treasurer','coordinator')) = (scope_id IS NOT NULL))`)
    await db.query(`
      ALTER TABLE member_details
        ADD legal_form text CONSTRAINT member_details_legal_form CHECK (
          legal_form IN ('stichting','vereniging','cooperatie','bv','kerk','eenmanszaak','anders')),
        ADD chamber_number text CONSTRAINT member_details_chamber_number CHECK (chamber_number ~ '^[0-9]{8}$'),
        ADD rsin text CONSTRAINT member_details_rsin CHECK (rsin ~ '^[0-9]{9}$'),
        ADD street text,
        ADD postal_code text,
        ADD city text,
        ADD iban text CONSTRAINT member_details_iban CHECK (iban ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{8,30}$'),
        ADD neighbourhoods smallint[] NOT NULL DEFAULT '{}',
        ADD contact_name text,
        ADD contact_email text CONSTRAINT member_details_contact_email CHECK (contact_email = lower(contact_email)),
        ADD contact_phone text`)
    for (const table of ['member_details', 'member_events'])
      await db.query(
        `ALTER TABLE ${table} ADD CONSTRAINT ${table}_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES people`,
      )
    await this.periods(db)
  }

  /** A period says which details hold in it, and in which buurten the member is rooted then. */
  private async periods(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE member_periods
        ADD details_id uuid,
        ADD neighbourhoods smallint[] NOT NULL DEFAULT '{}'`)
    await db.query(`
      UPDATE member_periods p SET details_id = (
        SELECT d.id FROM member_details d
        WHERE d.member_id = p.member_id AND NOT d.void AND d.name = p.name
        ORDER BY d.holds_from <= lower(p.holds) DESC, d.holds_from DESC, d.sequence DESC LIMIT 1)`)
    await db.query(`
      ALTER TABLE member_periods
        ALTER details_id SET NOT NULL,
        ADD CONSTRAINT member_periods_details_fkey FOREIGN KEY (details_id) REFERENCES member_details (id)`)
    await db.query(`CREATE INDEX member_periods_details ON member_periods (details_id)`)
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only')
  }
}
