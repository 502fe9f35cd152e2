import type { QueryRunner } from 'typeorm'

/**
 * Declares a table append-only: the application may read and insert, nobody may update, delete
 * or truncate (a trigger also stops the owner, so that a slip in a migration is caught).
 */
export async function appendOnly(db: QueryRunner, ...tables: string[]): Promise<void> {
  for (const table of tables) {
    await db.query(`GRANT SELECT, INSERT ON ${table} TO samen_app`)
    await db.query(
      `CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
       FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`,
    )
  }
}

/** Declares a table whose rows the application may change and remove. */
export async function mutable(db: QueryRunner, ...tables: string[]): Promise<void> {
  for (const table of tables) await db.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ${table} TO samen_app`)
}

/** Declares a table that only grows, but in which the named columns may be filled in later. */
export async function amendable(db: QueryRunner, table: string, ...columns: string[]): Promise<void> {
  await db.query(`GRANT SELECT, INSERT, UPDATE (${columns.join(', ')}) ON ${table} TO samen_app`)
}
