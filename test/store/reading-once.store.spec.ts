import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Database } from '#platform'
import { createTestDatabase, type TestDatabase } from '../support/database.js'

let test: TestDatabase
let database: Database

beforeAll(async () => {
  test = await createTestDatabase('empty')
  database = new Database(test.application)
})

afterAll(async () => {
  await test?.drop()
})

/** Each time that the database answers it answers something else. */
const asked = async (value: unknown = 1): Promise<{ answer: string; value: string }> => {
  const [row] = await database.read.query('SELECT gen_random_uuid() AS answer, $1::text AS value', [value])
  return row
}
const twice = <T>(work: () => Promise<T>) => Promise.all([work(), work()])

describe('reading once for a page', () => {
  it('asks the same question once, also when the first answer is there already', async () => {
    const [first, again, later] = await database.readingOnce(async () => {
      const [one, other] = await twice(asked)
      return [one, other, await asked()]
    })
    expect(again).toEqual(first)
    expect(later).toEqual(first)
  })

  it('takes other values for another question, amounts too', async () => {
    const [cents, more] = await database.readingOnce(() => Promise.all([asked(5n), asked(6n)]))
    expect([cents.value, more.value]).toEqual(['5', '6'])
    expect(cents.answer).not.toBe(more.answer)
  })

  it('gives everyone rows of their own', async () => {
    const [first, again] = await database.readingOnce(() => twice(asked))
    first.value = 'veranderd'
    expect(again.value).toBe('1')
  })

  it('forgets when the page is there, and shares nothing between two pages', async () => {
    const pages = await twice(() => database.readingOnce(() => asked()))
    const later = await database.readingOnce(() => asked())
    expect(new Set([...pages, later].map(({ answer }) => answer)).size).toBe(3)
    const [first, again] = await twice(asked)
    expect(first.answer).not.toBe(again.answer)
  })

  it('asks in a transaction each time: there an answer may change', async () => {
    await database.readingOnce(() =>
      database.transaction(async (tx) => {
        const count = async () => (await tx.query('SELECT count(*)::int AS n FROM instance_secrets'))[0].n
        const before = await count()
        await tx.query("INSERT INTO instance_secrets (name, secret) VALUES ('proef', 'geheim')")
        expect(await count()).toBe(before + 1)
      }),
    )
  })

  it('gives a refusal to all who asked', async () => {
    const wrong = () => database.read.query('SELECT nothing FROM nowhere')
    const answers = await database.readingOnce(() => Promise.allSettled([wrong(), wrong()]))
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  })
})
