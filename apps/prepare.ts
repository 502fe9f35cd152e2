import { type Config, migrate, prepareQueueTables } from '#platform'
import { migrations } from '../migrations/index.js'
import { loadDemoOnce } from './demo/load-demo.js'

/** Brings the database up to date and, in the demo, fills it once. Safe to repeat and to race. */
export async function prepare(config: Config): Promise<void> {
  await migrate(config.databaseUrl, migrations, prepareQueueTables)
  if (config.demo) await loadDemoOnce(config)
}
