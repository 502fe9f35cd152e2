import type { NestFastifyApplication } from '@nestjs/platform-fastify'
import { loadConfig } from '#platform'
import { createApp } from '../../apps/web/create-app.js'
import { createTestDatabase, type TestDatabase } from './database.js'
import { HttpClient } from './http-client.js'

export interface TestApp {
  app: NestFastifyApplication
  url: string
  database: TestDatabase
  /** A signed-in HTTP client for one of the demo people (`bestuurder`, `lid-7`), or a passer-by. */
  client(who?: string): Promise<HttpClient>
  /** Makes every session older, as if its person signed in so many minutes ago. */
  signedInAgo(minutes: number): Promise<void>
  stop(): Promise<void>
}

/** The real application on a database of its own, on a free port, by default with the demo in it. */
export async function startTestApp(
  options: { demo?: boolean; database?: TestDatabase; env?: Record<string, string>; port?: number } = {},
): Promise<TestApp> {
  const demo = options.demo ?? true
  const database = options.database ?? (await createTestDatabase(demo ? 'demo' : 'empty'))
  const config = loadConfig({
    DATABASE_URL: database.url,
    PORT: '0',
    HOST: '127.0.0.1',
    SAMEN_DEMO: demo ? '1' : '0',
    MAIL_URL: demo ? undefined : 'smtp://127.0.0.1:1',
    LOG_LEVEL: 'error',
    DATABASE_POOL: '20',
    ...options.env,
  })
  const app = await createApp(config)
  await app.listen(options.port ?? 0, '127.0.0.1')
  const { port } = app.getHttpServer().address() as { port: number }
  const url = `http://127.0.0.1:${port}`
  return {
    app,
    url,
    database,
    client: async (who) => {
      const client = new HttpClient(url)
      if (who) await client.signInAs(who)
      return client
    },
    signedInAgo: async (minutes) => {
      await database.owner.query(
        `UPDATE sessions SET data = jsonb_set(data::jsonb, '{signedInAt}', to_jsonb($1::bigint))`,
        [Date.now() - minutes * 60_000],
      )
    },
    stop: async () => {
      await app.close()
      if (!options.database) await database.drop()
    },
  }
}
