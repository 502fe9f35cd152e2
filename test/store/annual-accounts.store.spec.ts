import { randomUUID } from 'node:crypto'
import type { INestApplicationContext } from '@nestjs/common'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AccountsOffering, AccountsRecording, AnnualAccounts, AnnualAccountsModule } from '#annual-accounts'
import { Ballots, Polls } from '#assemblies'
import { People } from '#identity'
import { RuleViolated } from '#kernel'
import { Members } from '#members'
import { Clock, Database, type Role, Upload, Visitor } from '#platform'
import { Statutes } from '#statutes'
import { demoStatutes } from '../../apps/demo/statutes.js'
import { assemblyModules, startContext } from '../support/context.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { samplePdf } from '../support/sample-files.js'

const HELD_ON = '2020-05-16'
const YEAR = 2019

let database: TestDatabase
let app: INestApplicationContext
let accounts: AnnualAccounts
let recording: AccountsRecording
let offering: AccountsOffering
let director: Visitor
let secretary: Visitor
let chair: Visitor
let reviewers: Visitor[]
let delegates: Visitor[]
let assemblyId: string

const query = (sql: string, params: unknown[] = []) => database.owner.query(sql, params)
const known = async () => (await accounts.of(YEAR))!
const pdf = (text: string) => new Upload(`${text}.pdf`, samplePdf(text))
const hashOf = async () => (await known()).latest!.sha256
const outcome = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'done',
    (error: unknown) => {
      if (error instanceof RuleViolated) return error.violations[0]!.code
      throw error
    },
  )
const on = (day: string) => app.get(Clock).moveTo(new Date(`${day}T12:00:00+02:00`))

async function person(role: Role, name: string, scopeId: string | null = null): Promise<Visitor> {
  const email = `${name}@example.org`
  return app.get(Database).transaction(async (tx) => {
    const personId = await app.get(People).add(tx, { name, email })
    const assigned = { personId, role, from: '2019-01-01', by: null }
    await app.get(People).assign(tx, scopeId ? { ...assigned, scopeId } : assigned)
    return new Visitor(personId, name, email, [{ role, scopeId }])
  })
}

async function newAssembly(): Promise<string> {
  const id = randomUUID()
  await query(
    `INSERT INTO assemblies (id, title, kind, held_on, starts_at, place)
     VALUES ($1, 'ALV', 'ordinary', $2, '2020-05-16T10:00:00+02:00', 'Zaal')`,
    [id, HELD_ON],
  )
  return id
}

async function vote(motionId: string, choice: string, assembly = assemblyId): Promise<string> {
  const poll = await app.get(Polls).open(assembly, motionId, chair)
  for (const { personId, roles } of delegates)
    await app.get(Ballots).cast(poll, roles[0]!.scopeId!, choice, personId)
  await app.get(Polls).close(poll, chair)
  await app.get(Polls).declare(poll, chair)
  const [{ year, sequence }] = await query('SELECT year, sequence FROM decisions WHERE poll_id = $1', [poll])
  return `${year}-${String(sequence).padStart(2, '0')}`
}

beforeAll(async () => {
  database = await createTestDatabase('empty')
  app = await startContext(database.url, [...assemblyModules, AnnualAccountsModule])
  accounts = app.get(AnnualAccounts)
  recording = app.get(AccountsRecording)
  offering = app.get(AccountsOffering)
  await app.get(Database).transaction((tx) => app.get(Statutes).record(tx, demoStatutes))
  director = await person('director', 'bestuurder')
  secretary = await person('secretary', 'secretaris')
  chair = await person('chair', 'voorzitter')
  reviewers = [await person('auditCommittee', 'kas-1'), await person('auditCommittee', 'kas-2')]
  delegates = []
  for (const number of [1, 2, 3]) {
    const member = { number, name: `Lid ${number}`, kind: 'voting' as const, on: '2019-01-01', by: null }
    const id = await app.get(Database).transaction((tx) => app.get(Members).admit(tx, member))
    delegates.push(await person('delegate', `lid-${number}`, id))
  }
  assemblyId = await newAssembly()
  await on('2020-03-01')
}, 120_000)

afterAll(async () => {
  await app?.close()
  await database?.drop()
})

describe('the accounts of a year', () => {
  it('are only of years that are over and that the cooperative knew', async () => {
    expect(await accounts.years()).toEqual([YEAR])
    expect(await accounts.of(2018)).toBeNull()
    expect(await accounts.of(2020)).toBeNull()
    expect(await accounts.stateOf(2020)).toEqual({
      drawnUp: null,
      reviewed: null,
      adopted: null,
      discharged: null,
    })
  })

  it('are drawn up and signed, each once; another version begins anew', async () => {
    expect(await outcome(recording.review(YEAR, null, pdf('Verslag'), reviewers[0]!))).toBe(
      'accounts.notDrawnUp',
    )
    await Promise.all([
      recording.drawUp(YEAR, pdf('Eerste'), director),
      recording.drawUp(YEAR, pdf('Eerste'), director),
    ])
    expect((await known()).versions).toHaveLength(1)
    expect(await outcome(recording.sign(YEAR, await hashOf(), secretary))).toBe('accounts.notDirector')
    expect(await outcome(recording.sign(YEAR, 'f'.repeat(64), director))).toBe('accounts.otherText')
    expect(await outcome(recording.review(YEAR, null, pdf('Verslag'), reviewers[0]!))).toBe(
      'accounts.notSigned',
    )
    const hash = await hashOf()
    await Promise.all([recording.sign(YEAR, hash, director), recording.sign(YEAR, hash, director)])
    expect((await known()).step).toBe('review')
    await recording.drawUp(YEAR, pdf('Tweede'), director)
    expect((await known()).step).toBe('sign')
    await recording.sign(YEAR, await hashOf(), director)
  })

  it('are reviewed by two of the kascommissie, and not by who made them', async () => {
    expect(await outcome(recording.signReview(YEAR, 'x', reviewers[1]!))).toBe('accounts.noReport')
    expect(await outcome(recording.review(YEAR, null, pdf('Verslag'), director))).toBe('accounts.ownWork')
    expect(await outcome(recording.review(YEAR, null, pdf('Verslag'), secretary))).toBe(
      'accounts.notReviewer',
    )
    const report = () => recording.review(YEAR, null, pdf('Verslag'), reviewers[0]!)
    await Promise.all([report(), report()])
    expect((await known()).step).toBe('review')
    expect(await outcome(offering.offer(YEAR, assemblyId, secretary))).toBe('accounts.notReviewed')
    const { sha256 } = (await known()).review!
    await recording.signReview(YEAR, sha256, reviewers[0]!)
    expect((await known()).step).toBe('review')
    await recording.signReview(YEAR, sha256, reviewers[1]!)
    expect(await known()).toMatchObject({ step: 'offer', dueOn: '2020-07-31', laidOpen: false })
  })

  it('go on the agenda as two motions, can be taken back, and lie open from the convocation on', async () => {
    await Promise.all([
      offering.offer(YEAR, assemblyId, secretary),
      offering.offer(YEAR, assemblyId, secretary),
    ])
    const motions = `SELECT title, authorises_kind AS kind FROM motions WHERE withdrawn_at IS NULL ORDER BY position`
    expect(await query(motions)).toEqual([
      { title: 'Jaarrekening 2019 vaststellen', kind: 'annualAccounts' },
      { title: 'Decharge over 2019', kind: 'discharge' },
    ])
    expect(await query('SELECT title FROM agenda_papers ORDER BY title')).toEqual([
      { title: 'Jaarrekening 2019' },
      { title: 'Verslag van de kascommissie' },
    ])
    expect(await outcome(recording.drawUp(YEAR, pdf('Derde'), director))).toBe('accounts.onAgenda')
    await offering.takeBack(YEAR, secretary)
    await offering.takeBack(YEAR, secretary)
    expect((await known()).step).toBe('offer')
    await offering.offer(YEAR, assemblyId, secretary)
    expect((await known()).laidOpen).toBe(false)
    await query(`UPDATE assemblies SET convened_on = '2020-05-01' WHERE id = $1`, [assemblyId])
    expect(await known()).toMatchObject({ step: 'adopt', laidOpen: true })
  })

  it('are adopted by one decision and discharged by another', async () => {
    await on(HELD_ON)
    const { adoption, discharge } = await known()
    const adopted = await vote(adoption!.motionId, 'for')
    const state = await accounts.stateOf(YEAR)
    expect(state).toMatchObject({
      adopted: { decision: { number: adopted, adopted: true } },
      discharged: null,
    })
    expect((await known()).step).toBe('discharge')
    expect(await outcome(recording.drawUp(YEAR, pdf('Derde'), director))).toBe('accounts.adopted')

    await vote(discharge!.motionId, 'against')
    expect((await known()).step).toBe('offerDischarge')
    const next = await newAssembly()
    await offering.offerDischarge(YEAR, next, secretary)
    await offering.offerDischarge(YEAR, next, secretary)
    expect((await known()).step).toBe('discharge')
    await query(`UPDATE assemblies SET convened_on = '2020-05-01' WHERE id = $1`, [next])
    const granted = await vote((await known()).discharge!.motionId, 'for', next)
    expect((await known()).step).toBe('done')
    expect(await accounts.stateOf(YEAR)).toMatchObject({
      ...{ drawnUp: { on: '2020-03-01', signed: true }, reviewed: { kind: 'auditCommittee' } },
      discharged: { decision: { number: granted } },
    })
  })

  it('get more time only by an adopted decision, once', async () => {
    const rejected = await query('SELECT year, sequence FROM decisions WHERE NOT adopted')
    const number = `${rejected[0].year}-${String(rejected[0].sequence).padStart(2, '0')}`
    expect(await outcome(recording.extend(YEAR, 2, number, secretary))).toBe('accounts.extensionNotAdopted')
    expect(await outcome(recording.extend(YEAR, 2, 'niets', secretary))).toBe('accounts.extensionNotAdopted')
    const [decision] = await recording.extendingDecisions(YEAR)
    expect(await outcome(recording.extend(YEAR, 5, decision!.number, secretary))).toBe(
      'accounts.extensionMonths',
    )
    await recording.extend(YEAR, 4, decision!.number, secretary)
    await recording.extend(YEAR, 4, decision!.number, secretary)
    expect(await outcome(recording.extend(YEAR, 3, decision!.number, secretary))).toBe(
      'accounts.extendedOnce',
    )
    expect((await known()).terms).toMatchObject({ drawnUpBy: '2020-10-31', adoptedBy: '2020-11-30' })
  })

  it('stand: the application changes and removes nothing, and signs no other file', async () => {
    const tables = ['annual_accounts', 'annual_accounts_signatures', 'annual_accounts_reviews']
    tables.push('annual_accounts_review_signatures', 'annual_accounts_offers', 'annual_accounts_extensions')
    for (const table of tables) {
      const [{ name }] = await query(
        `SELECT column_name AS name FROM information_schema.columns WHERE table_name = $1 LIMIT 1`,
        [table],
      )
      for (const statement of [`DELETE FROM ${table}`, `UPDATE ${table} SET ${name} = ${name}`])
        await expect(database.application.query(statement), statement).rejects.toMatchObject({
          code: '42501',
        })
    }
    const { latest } = await known()
    const other = `INSERT INTO annual_accounts_signatures VALUES ($1, $2, $3, 'x', now())`
    await expect(
      database.application.query(other, [latest!.id, secretary.personId, 'f'.repeat(64)]),
    ).rejects.toMatchObject({ code: '23503' })
  })
})
