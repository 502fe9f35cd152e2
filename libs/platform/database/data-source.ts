import pg from 'pg'
import type { DataSource, DataSourceOptions } from 'typeorm'
import { SharingDataSource } from './asking-once.js'

/** The role under which web and worker run: it can't update or delete in append-only tables. */
export const APPLICATION_ROLE = 'samen_app'

const INT8 = 20
const DATE = 1082

/** bigint columns arrive as bigint and calendar days as 'YYYY-MM-DD', on our own connections only. */
const exactTypes = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => {
    if (oid === INT8 && format !== 'binary') return (value: string) => BigInt(value)
    if (oid === DATE && format !== 'binary') return (value: string) => value
    return pg.types.getTypeParser(oid, format as 'text')
  },
}

/** What a pool of ours always passes to `pg`: exact types and the application's role. */
export function applicationPoolOptions(schema?: string): pg.PoolConfig {
  const searchPath = schema ? ` -c search_path=${schema}` : ''
  return { options: `-c role=${APPLICATION_ROLE}${searchPath}`, keepAlive: true }
}

/**
 * A data source for the processes (`as: 'application'`) or for migrations (`as: 'owner'`).
 * Never synchronises the schema: only migrations change it.
 */
export function createDataSource(options: {
  url: string
  as: 'application' | 'owner'
  pool?: number
  entities?: DataSourceOptions['entities']
  migrations?: DataSourceOptions['migrations']
}): DataSource {
  return new SharingDataSource({
    type: 'postgres',
    url: options.url,
    entities: options.entities ?? [],
    migrations: options.migrations ?? [],
    migrationsTableName: 'migrations',
    synchronize: false,
    logging: false,
    extra: {
      max: options.pool ?? 10,
      types: exactTypes,
      connectionTimeoutMillis: 10_000,
      ...(options.as === 'application' ? applicationPoolOptions() : {}),
    },
  })
}
