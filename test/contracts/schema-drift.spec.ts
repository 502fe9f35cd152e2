import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../support/database.js'

/**
 * Statements that TypeORM would run although nothing drifted: foreign keys between libraries (their
 * entities don't know each other, on purpose) and what TypeORM can't express.
 */
const accepted = [/DROP CONSTRAINT "\w+_fkey"/, /ADD CONSTRAINT "FK_[0-9a-f]+" FOREIGN KEY/]

describe('entities and migrations', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await createTestDatabase()
  })
  afterAll(() => database.drop())

  it('describe the same schema', async () => {
    const { upQueries } = await database.owner.driver.createSchemaBuilder().log()
    const drift = upQueries
      .map(({ query }) => query)
      .filter((query) => !accepted.some((known) => known.test(query)))
    expect(drift).toEqual([])
  })

  it('never synchronise', () => {
    expect(database.owner.options.synchronize).toBe(false)
    expect(database.application.options.synchronize).toBe(false)
  })
})
