import pg from 'pg'
import { type DataSource, type DataSourceOptions } from 'typeorm'
import { createDataSource } from './data-source.js'

/** Any number that no other program takes: it serialises migrations of several processes. */
const MIGRATION_LOCK = 730_030

/** Reserved role name could not be made or granted: the owner lacks the right to do so. */
export class RoleMissing extends Error {}

/**
 * Brings the schema up to date as its owner; safe to run from several processes at once and to
 * repeat. `after` runs under the same lock (the queue's own tables are made there).
 * @returns the names of the migrations that were applied.
 * @throws RoleMissing with the SQL to run when the owner may not create roles.
 */
export async function migrate(
  url: string,
  migrations: DataSourceOptions['migrations'],
  after: (client: pg.Client) => Promise<void> = async () => undefined,
): Promise<string[]> {
  const lock = new pg.Client({ connectionString: url })
  await lock.connect()
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK])
    await ensureApplicationRole(lock)
    const source = createDataSource({ url, as: 'owner', migrations, pool: 2 })
    const applied = await runMigrations(source)
    await after(lock)
    return applied
  } finally {
    await lock.end()
  }
}

async function runMigrations(source: DataSource): Promise<string[]> {
  await source.initialize()
  try {
    const applied = await source.runMigrations({ transaction: 'each' })
    return applied.map((migration) => migration.name)
  } finally {
    await source.destroy()
  }
}

async function ensureApplicationRole(client: pg.Client): Promise<void> {
  try {
    await client.query(`
      DO $$ BEGIN
        CREATE ROLE samen_app NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE;
      EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
      END $$`)
    const member = await client.query<{ member: boolean }>(
      `SELECT pg_has_role(current_user, 'samen_app', 'MEMBER') AS member`,
    )
    if (!member.rows[0]?.member) await client.query('GRANT samen_app TO CURRENT_USER')
  } catch (error) {
    throw new RoleMissing(
      `The database user may not create the role samen_app. Have an administrator run: CREATE ROLE samen_app NOLOGIN; GRANT samen_app TO <user>; (${(error as Error).message})`,
    )
  }
}
