import { randomBytes } from 'node:crypto'
import pg from 'pg'
import type { DataSource } from 'typeorm'
import { inject } from 'vitest'
import { createDataSource } from '#platform'
import { entities } from '../../apps/entities.js'
import { templateDatabase, urlOf } from './template-database.js'

export interface TestDatabase {
  url: string
  /** As the processes work: under the role that can't change registers. */
  application: DataSource
  /** As the owner, for looking behind the curtain. */
  owner: DataSource
  drop(): Promise<void>
}

/** A database of this test file's own, with the real migrations; `demo` has the demo in it. */
export async function createTestDatabase(kind: 'empty' | 'demo' = 'empty'): Promise<TestDatabase> {
  const { databaseUrl: server, run } = inject('services')
  const template = await templateDatabase(server, run, kind)
  const name = `samen_test_${randomBytes(6).toString('hex')}`
  await onServer(server, (admin) => admin.query(`CREATE DATABASE ${name} TEMPLATE ${template}`))
  const url = urlOf(server, name)
  const application = await createDataSource({ url, as: 'application', pool: 20, entities }).initialize()
  const owner = await createDataSource({ url, as: 'owner', pool: 4, entities }).initialize()
  return {
    url,
    application,
    owner,
    drop: async () => {
      await application.destroy()
      await owner.destroy()
      await onServer(server, (admin) => admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`))
    },
  }
}

async function onServer(url: string, work: (admin: pg.Client) => Promise<unknown>): Promise<void> {
  const admin = new pg.Client({ connectionString: url })
  await admin.connect()
  try {
    await work(admin)
  } finally {
    await admin.end()
  }
}
