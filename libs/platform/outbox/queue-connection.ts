import { createPostgresBackend, runMigrations as migrateQueue, setDefaultBackendFactory } from 'bullmq'
import { Redis } from 'ioredis'
import pg from 'pg'
import type { Config } from '../config/config.js'
import { applicationPoolOptions } from '../database/data-source.js'

const SCHEMA = 'bullmq'

/** The connection that queues and workers share, and how to end it. */
export interface QueueConnection {
  connection: object
  close(): Promise<void>
}

/**
 * Opens the queue's backend: Redis when it is configured, else BullMQ's own PostgreSQL backend.
 * Also makes that backend the process's default, which is how BullMQ's classes find it.
 */
export function openQueueConnection(config: Pick<Config, 'redisUrl' | 'databaseUrl'>): QueueConnection {
  if (config.redisUrl) {
    setDefaultBackendFactory(undefined)
    const redis = new Redis(config.redisUrl, { maxRetriesPerRequest: null })
    redis.on('error', () => undefined) // BullMQ reports and retries; an unheard 'error' would end the process
    return { connection: redis, close: async () => void redis.disconnect() }
  }
  setDefaultBackendFactory(createPostgresBackend as never)
  const pool = new pg.Pool({
    connectionString: config.databaseUrl,
    max: 6,
    ...applicationPoolOptions(SCHEMA),
  })
  pool.on('error', () => undefined)
  return { connection: pool, close: () => pool.end() }
}

/**
 * Makes or updates the queue's own tables (as the owner) and lets the application use them; BullMQ
 * makes a sequence for each queue when it is first used, hence CREATE.
 */
export async function prepareQueueTables(client: pg.Client): Promise<void> {
  await migrateQueue(client as never)
  await client.query(`
    GRANT USAGE, CREATE ON SCHEMA ${SCHEMA} TO samen_app;
    GRANT ALL ON ALL TABLES IN SCHEMA ${SCHEMA} TO samen_app;
    GRANT ALL ON ALL SEQUENCES IN SCHEMA ${SCHEMA} TO samen_app;
    GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ${SCHEMA} TO samen_app`)
}
