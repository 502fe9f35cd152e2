import pg from 'pg'
import { loadConfig, migrate, prepareQueueTables } from '#platform'
import { loadDemoOnce } from '../../apps/demo/load-demo.js'
import { migrations } from '../../migrations/index.js'

const PREPARING = 730_032

export function urlOf(serverUrl: string, database: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${database}`
  return url.toString()
}

/**
 * The name of a database to clone in a few milliseconds: migrated and empty, or with the demo in
 * it. Who comes first in this run makes them; the others wait.
 */
export async function templateDatabase(
  serverUrl: string,
  run: string,
  kind: 'empty' | 'demo',
): Promise<string> {
  const names = { empty: `samen_empty_${run}`, demo: `samen_demo_${run}` }
  const admin = new pg.Client({ connectionString: serverUrl })
  await admin.connect()
  try {
    await admin.query('SELECT pg_advisory_lock($1)', [PREPARING])
    const ready = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [names.demo])
    if (ready.rowCount === 0) await prepare(admin, serverUrl, names)
    return names[kind]
  } finally {
    await admin.end()
  }
}

async function prepare(
  admin: pg.Client,
  serverUrl: string,
  names: { empty: string; demo: string },
): Promise<void> {
  const filling = `${names.demo}_filling`
  for (const name of [names.empty, filling]) await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
  await admin.query(`CREATE DATABASE ${names.empty}`)
  await migrate(urlOf(serverUrl, names.empty), migrations, prepareQueueTables)
  await admin.query(`CREATE DATABASE ${filling} TEMPLATE ${names.empty}`)
  await loadDemoOnce(loadConfig({ DATABASE_URL: urlOf(serverUrl, filling), SAMEN_DEMO: '1' }))
  await admin.query(`ALTER DATABASE ${filling} RENAME TO ${names.demo}`)
}
