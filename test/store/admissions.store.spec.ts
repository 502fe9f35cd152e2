import { type INestApplicationContext, Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Admissions, AdmissionsModule, Applying, Assessing, Criteria, Deciding } from '#admissions'
import { AssembliesModule } from '#assemblies'
import { IdentityModule, People } from '#identity'
import { RuleViolated } from '#kernel'
import { Members } from '#members'
import { NoticesModule } from '#notices'
import { Clock, type Config, Database, Ids, loadConfig, PlatformModule, Visitor } from '#platform'
import { Statutes } from '#statutes'
import { demoStatutes } from '../../apps/demo/statutes.js'
import { entities } from '../../apps/entities.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'

@Module({})
class TestModule {
  static with(config: Config) {
    const domain = [NoticesModule, IdentityModule, AssembliesModule, AdmissionsModule]
    return { module: TestModule, imports: [PlatformModule.with(config, entities), ...domain] }
  }
}

let database: TestDatabase
let app: INestApplicationContext
let applying: Applying
let assessing: Assessing
let deciding: Deciding
const visitors: Record<'assessor' | 'colleague' | 'director', Visitor> = {} as never

beforeAll(async () => {
  database = await createTestDatabase('empty')
  const settings = { DATABASE_URL: database.url, SAMEN_DEMO: '1', LOG_LEVEL: 'error', DATABASE_POOL: '20' }
  app = await NestFactory.createApplicationContext(TestModule.with(loadConfig(settings)), {
    logger: ['error'],
    abortOnError: false,
  })
  applying = app.get(Applying)
  assessing = app.get(Assessing)
  deciding = app.get(Deciding)
  await app.get(Clock).moveTo(new Date('2020-02-15T12:00:00+01:00'))
  await app.get(Database).transaction(async (tx) => {
    await app.get(Statutes).record(tx, demoStatutes)
    const criterion = {
      key: 'geen-winst',
      kind: 'supporting' as const,
      text: 'Geen winst.',
      article: 'artikel 5',
    }
    await app
      .get(Criteria)
      .record(tx, [{ ...criterion, position: 1, applies: true, holdsFrom: '2019-01-01' }], null)
    for (const [key, role] of [
      ['assessor', 'serviceTeam'],
      ['colleague', 'serviceTeam'],
      ['director', 'director'],
    ] as const) {
      const personId = await app.get(People).add(tx, { name: key, email: `${key}@example.org` })
      visitors[key] = new Visitor(personId, key, `${key}@example.org`, [{ role, scopeId: null }])
    }
  })
})

afterAll(async () => {
  await app?.close()
  await database?.drop()
})

let made = 0
/** A complete application of a new organisation that waits for assessment. */
async function submitted(email = `nieuw-${++made}@example.org`): Promise<string> {
  const draft = {
    naam: `Organisatie ${made}`,
    rechtsvorm: 'eenmanszaak',
    kvk: '12345678',
    straat: 'Straat 1',
    postcode: '3500 AA',
    plaats: 'Utrecht',
    soort: 'supporting',
    contactNaam: 'Contact',
    contactEmail: email,
    afgevaardigdeNaam: 'Afgevaardigde',
    afgevaardigdeEmail: email,
    'criterium.geen-winst': 'Alles gaat naar de buurt.',
    onderschrijft: 'ja',
  }
  return app.get(Database).transaction((tx) => applying.receiveOnPaper(tx, draft))
}

const met = { 'geen-winst': { finding: 'met' as const, note: '' } }
const advise = (who: Visitor, id: string) =>
  assessing.assess(who, id, { version: 1, findings: met, outcome: 'adviseAdmission', message: '' })
const ask = (who: Visitor, id: string) =>
  assessing.assess(who, id, { version: 1, findings: met, outcome: 'askedBack', message: 'Wie tekent?' })
const admitIt = (id: string) => deciding.decide(visitors.director, id, { outcome: 'admitted', reason: '' })
const refuseIt = (id: string) =>
  deciding.decide(visitors.director, id, { outcome: 'refused', reason: 'Nee.' })

async function advised(email?: string): Promise<string> {
  const id = await submitted(email)
  await advise(visitors.assessor, id)
  return id
}

/** `done`, or the code of the rule that refused, sorted. */
async function outcomes(acts: Promise<unknown>[]): Promise<string[]> {
  const settled = await Promise.allSettled(acts)
  return settled
    .map((one) => {
      if (one.status === 'fulfilled') return 'done'
      if (one.reason instanceof RuleViolated) return one.reason.violations[0]!.code
      throw one.reason
    })
    .sort()
}

async function count(sql: string, params: unknown[] = []): Promise<number> {
  const [row] = await database.owner.query(`SELECT count(*)::int AS n FROM ${sql}`, params)
  return row.n
}

describe('starting', () => {
  it('twice with the same form is one application and one mail', async () => {
    const id = app.get(Ids).next()
    const start = () => applying.start(id, { name: 'A', email: 'start@example.org' }, 'client-1')
    expect(await Promise.all([start(), start(), start()])).toEqual([true, true, true])
    expect(await count('applications WHERE id = $1', [id])).toBe(1)
    expect(
      await count(`notices WHERE template = 'admissions/resume' AND to_address = 'start@example.org'`),
    ).toBe(1)
  })

  it('is limited per client and per address', async () => {
    const start = (email: string, client: string) =>
      applying.start(app.get(Ids).next(), { name: 'A', email }, client)
    const sameAddress = await Promise.all(
      Array.from({ length: 8 }, (_, at) => start('veel@example.org', `client-a${at}`)),
    )
    expect(sameAddress.filter(Boolean)).toHaveLength(5)
    expect(await start('veel@example.org', 'client-later')).toBe(false)
    const sameClient = await Promise.all(
      Array.from({ length: 25 }, (_, at) => start(`adres-${at}@example.org`, 'client-b')),
    )
    expect(sameClient.filter(Boolean)).toHaveLength(20)
  })
})

describe('submitting', () => {
  it('says what is missing and keeps what was typed', async () => {
    const id = app.get(Ids).next()
    await applying.start(id, { name: 'Half', email: 'half@example.org' }, 'client-2')
    const wrong = await applying.saveStep(id, 'organisatie', { naam: 'Half', kvk: '123' })
    expect(wrong.map(({ code }) => code)).toContain('admission.wrong.kvk')
    expect((await applying.find(id))?.draft.kvk).toBe('123')
    expect((await applying.submit(id)).length).toBeGreaterThan(5)
    expect(await count('application_versions WHERE application_id = $1', [id])).toBe(0)
  })

  it('again answers with the version that waits', async () => {
    const id = await submitted()
    expect(await Promise.all([applying.submit(id), applying.submit(id)])).toEqual([[], []])
    expect(await count('application_versions WHERE application_id = $1', [id])).toBe(1)
    await expect(applying.saveStep(id, 'steun', {})).rejects.toThrow('admission.notOpen')
  })

  it('gives each its own reference', async () => {
    await Promise.all([submitted(), submitted(), submitted()])
    const rows: { reference: string }[] = await database.owner.query(
      'SELECT reference FROM applications WHERE reference IS NOT NULL',
    )
    expect(new Set(rows.map(({ reference }) => reference)).size).toBe(rows.length)
    expect(rows[0]!.reference).toMatch(/^A-2020-\d{3}$/)
  })

  it('after a question needs an answer, and is a new version', async () => {
    const id = await submitted()
    await ask(visitors.assessor, id)
    expect((await applying.submit(id)).map(({ code }) => code)).toEqual(['admission.missing.antwoord'])
    expect(await applying.submit(id, 'De voorzitter.')).toEqual([])
    const { versions, state } = (await applying.find(id))!
    expect([state, versions[0]?.number, versions[0]?.content.answer]).toEqual([
      'submitted',
      2,
      'De voorzitter.',
    ])
  })
})

describe('assessing', () => {
  it('by two at once ends once; the other hears who was first', async () => {
    const id = await submitted()
    expect(await outcomes([advise(visitors.assessor, id), ask(visitors.colleague, id)])).toEqual([
      'admission.alreadyReviewed',
      'done',
    ])
    expect(
      await count(
        'application_reviews r JOIN application_versions v ON v.id = r.version_id WHERE v.application_id = $1',
        [id],
      ),
    ).toBe(1)
  })

  it('the same again changes nothing', async () => {
    const id = await submitted()
    await advise(visitors.assessor, id)
    await advise(visitors.assessor, id)
    expect(
      await count(
        'criterion_assessments c JOIN application_versions v ON v.id = c.version_id WHERE v.application_id = $1',
        [id],
      ),
    ).toBe(1)
  })
})

describe('deciding', () => {
  it('at once in two ways gives one decision, and one member at most', async () => {
    const id = await advised()
    const before = await count('members')
    expect(await outcomes([admitIt(id), refuseIt(id)])).toEqual(['admission.alreadyDecided', 'done'])
    const { decision } = (await applying.find(id))!
    expect(await count('members')).toBe(before + (decision!.outcome === 'admitted' ? 1 : 0))
  })

  it('ten times the same is one member with one delegate and one welcome', async () => {
    const id = await advised('welkom@example.org')
    const before = await count('members')
    expect(await outcomes(Array.from({ length: 10 }, () => admitIt(id)))).toEqual(Array(10).fill('done'))
    expect(await count('members')).toBe(before + 1)
    const person = await app.get(People).withAddress('welkom@example.org')
    expect(await count('role_assignments WHERE person_id = $1', [person!.id])).toBe(1)
    expect(
      await count(`notices WHERE template = 'admissions/admitted' AND to_address = 'welkom@example.org'`),
    ).toBe(1)
  })

  it('on five organisations at once gives five numbers, and people are not doubled', async () => {
    const ids = await Promise.all(Array.from({ length: 5 }, () => advised('dezelfde@example.org')))
    expect(await outcomes(ids.map(admitIt))).toEqual(Array(5).fill('done'))
    const members = await app.get(Members).asOf('2020-02-15')
    expect(new Set(members.map(({ number }) => number)).size).toBe(members.length)
    expect(await count(`people WHERE email = 'dezelfde@example.org'`)).toBe(1)
  })

  it('is not for the serviceteam, nor before the advice', async () => {
    const id = await submitted()
    await expect(admitIt(id)).rejects.toThrow('admission.notAdvised')
    await advise(visitors.assessor, id)
    await expect(deciding.decide(visitors.assessor, id, { outcome: 'admitted', reason: '' })).rejects.toThrow(
      'admission.notYourDecision',
    )
    await expect(deciding.decide(visitors.director, id, { outcome: 'refused', reason: ' ' })).rejects.toThrow(
      'admission.refusalReason',
    )
  })

  it('shows who looks alike', async () => {
    const id = await submitted()
    const file = await app.get(Admissions).file(id)
    expect(file?.duplicates[0]?.reasons).toEqual(expect.arrayContaining(['chamberNumber', 'address']))
  })
})

describe('withdrawing', () => {
  it('is possible until the decision, and again changes nothing', async () => {
    const id = await submitted()
    await applying.withdraw(id)
    await applying.withdraw(id)
    expect((await applying.find(id))?.state).toBe('withdrawn')
    await expect(advise(visitors.assessor, id)).rejects.toThrow('admission.notWaiting')
    const decided = await advised()
    await admitIt(decided)
    await expect(applying.withdraw(decided)).rejects.toThrow('admission.closed')
  })
})

describe('the registers', () => {
  it.each([
    'criterion_settings',
    'application_versions',
    'criterion_assessments',
    'application_reviews',
    'admission_decisions',
    'application_withdrawals',
  ])('%s can neither be changed nor emptied', async (table) => {
    await expect(database.application.query(`DELETE FROM ${table}`)).rejects.toMatchObject({ code: '42501' })
    await expect(database.owner.query(`DELETE FROM ${table}`)).rejects.toMatchObject({ code: '23001' })
  })
})
