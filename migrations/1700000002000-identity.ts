import type { MigrationInterface, QueryRunner } from 'typeorm'
import { amendable, appendOnly, mutable } from '#platform'

/** People, the roles they hold from and until a day, and one-time sign-ins. */
export class Identity1700000002000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE people (
        id uuid PRIMARY KEY,
        name text NOT NULL,
        email text NOT NULL CONSTRAINT people_email_lower CHECK (email = lower(email)),
        created_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT people_email UNIQUE (email)
      )`)
    await db.query(`
      CREATE TABLE role_assignments (
        id uuid PRIMARY KEY,
        person_id uuid NOT NULL REFERENCES people,
        role text NOT NULL CONSTRAINT role_assignments_role CHECK (role IN (
          'delegate','treasurer','coordinator','serviceTeam','controller','teamLead','director','chair',
          'secretary','auditCommittee','contractor','municipality','admin')),
        scope_id uuid,
        holds_from date NOT NULL,
        recorded_at timestamptz NOT NULL DEFAULT now(),
        recorded_by uuid REFERENCES people,
        CONSTRAINT role_assignments_scope CHECK (
          (role IN ('delegate','treasurer','coordinator')) = (scope_id IS NOT NULL))
      )`)
    await db.query(`CREATE INDEX role_assignments_person ON role_assignments (person_id)`)
    await db.query(
      `CREATE INDEX role_assignments_scope_id ON role_assignments (scope_id) WHERE scope_id IS NOT NULL`,
    )
    await db.query(`
      CREATE TABLE role_endings (
        assignment_id uuid PRIMARY KEY REFERENCES role_assignments,
        ends_on date NOT NULL,
        recorded_at timestamptz NOT NULL DEFAULT now(),
        recorded_by uuid REFERENCES people
      )`)
    await db.query(`
      CREATE TABLE sign_in_requests (
        id uuid PRIMARY KEY,
        address_hash char(64) NOT NULL,
        client_hash char(64) NOT NULL,
        person_id uuid REFERENCES people,
        wrong_codes smallint NOT NULL DEFAULT 0,
        requested_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        used_at timestamptz
      )`)
    await db.query(`CREATE INDEX sign_in_requests_address ON sign_in_requests (address_hash, requested_at)`)
    await db.query(`CREATE INDEX sign_in_requests_client ON sign_in_requests (client_hash, requested_at)`)
    await appendOnly(db, 'role_assignments', 'role_endings')
    await amendable(db, 'sign_in_requests', 'wrong_codes', 'used_at')
    await mutable(db, 'people')
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only')
  }
}
