import type { INestApplicationContext } from '@nestjs/common'
import type { DataSource } from 'typeorm'
import { EmailConsents } from '#assemblies'
import { People } from '#identity'
import { RuleViolated } from '#kernel'
import { Members } from '#members'
import { Clock, Database, Visitor } from '#platform'
import { Statutes } from '#statutes'
import { demoStatutes } from '../../apps/demo/statutes.js'
import { assemblyModules, startContext } from './context.js'
import { createTestDatabase, type TestDatabase } from './database.js'

/** Voting members, of which the first ten agreed to e-mail; member 13 supports. */
const VOTING = 12
const BY_EMAIL = 10

/** A small cooperative that convenes: twelve votes, two officers, one who supports. */
export interface Convening {
  app: INestApplicationContext
  database: TestDatabase
  /** Of each member, by its number minus one. */
  delegates: Visitor[]
  chair: Visitor
  secretary: Visitor
  query: DataSource['query']
  at(instant: string): Promise<void>
  stop(): Promise<void>
}

export async function startConvening(): Promise<Convening> {
  const database = await createTestDatabase('empty')
  const app = await startContext(database.url, assemblyModules)
  await app.get(Clock).moveTo(new Date('2019-01-01T10:00:00+01:00'))
  const people = await fill(app)
  return {
    ...{ app, database, ...people },
    query: database.owner.query.bind(database.owner),
    at: (instant) => app.get(Clock).moveTo(new Date(instant)),
    stop: async () => {
      await app.close()
      await database.drop()
    },
  }
}

async function fill(app: INestApplicationContext) {
  const [members, people] = [app.get(Members), app.get(People)]
  return app.get(Database).transaction(async (tx) => {
    await app.get(Statutes).record(tx, demoStatutes)
    const delegates: Visitor[] = []
    for (let number = 1; number <= VOTING + 1; number++) {
      const kind = number <= VOTING ? 'voting' : 'supporting'
      const address = { street: `Dorpsstraat ${number}`, postalCode: '3512 AB', city: 'Utrecht' }
      const scopeId = await members.admit(tx, {
        ...{ number, name: `Lid ${number}`, kind, on: '2019-01-01', by: null },
        ...(number === VOTING ? {} : { details: address }),
      })
      const [name, email] = [`Afgevaardigde ${number}`, `lid-${number}@example.org`]
      const personId = await people.add(tx, { name, email })
      await people.assign(tx, { personId, role: 'delegate', scopeId, from: '2019-01-01', by: null })
      delegates.push(new Visitor(personId, name, email, [{ role: 'delegate', scopeId }]))
    }
    const agreed = delegates.slice(0, BY_EMAIL).flatMap((one) => one.scopesOf('delegate'))
    await app.get(EmailConsents).record(tx, agreed, true, null)
    const officer = async (role: 'chair' | 'secretary') => {
      const personId = await people.add(tx, { name: role, email: `${role}@example.org` })
      await people.assign(tx, { personId, role, from: '2019-01-01', by: null })
      return new Visitor(personId, role, `${role}@example.org`, [{ role, scopeId: null }])
    }
    return { delegates, chair: await officer('chair'), secretary: await officer('secretary') }
  })
}

/** `done`, or the code of the rule that was in the way. */
export const outcome = (attempt: Promise<unknown>): Promise<string> =>
  attempt.then(
    () => 'done',
    (error) => {
      if (error instanceof RuleViolated) return error.violations[0]!.code
      throw error
    },
  )
