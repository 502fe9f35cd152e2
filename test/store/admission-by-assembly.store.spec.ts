import type { INestApplicationContext } from '@nestjs/common'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Admissions, Applying, Assessing, Deciding } from '#admissions'
import { Ballots, Polls } from '#assemblies'
import { People } from '#identity'
import { Members } from '#members'
import { Database, type Visitor } from '#platform'
import { Statutes } from '#statutes'
import { domainModules } from '../../apps/domain.modules.js'
import { startContext } from '../support/context.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'

let database: TestDatabase
let app: INestApplicationContext
let assemblyId: string
let applicationId: string
const visitors: Record<'serviceTeam' | 'director' | 'chair' | 'secretary', Visitor> = {} as never

beforeAll(async () => {
  database = await createTestDatabase('demo')
  app = await startContext(database.url, domainModules)
  const people = app.get(People)
  for (const [role, address] of [
    ['serviceTeam', 'serviceteam'],
    ['director', 'bestuurder'],
    ['chair', 'voorzitter'],
    ['secretary', 'secretaris'],
  ] as const)
    visitors[role] = (await people.visitor((await people.withAddress(`${address}@example.org`))!.id))!
  ;[{ id: assemblyId }] = await database.owner.query('SELECT id FROM assemblies')
  ;[{ id: applicationId }] = await database.owner.query('SELECT id FROM applications')
  await app.get(Database).transaction((tx) =>
    app.get(Statutes).record(tx, [
      {
        key: 'admissionOrgan',
        value: 'assembly',
        article: 'artikel 6 lid 3',
        source: 'in dit voorbeeld',
        holdsFrom: '2020-01-01',
      },
    ]),
  )
})

afterAll(async () => {
  await app?.close()
  await database?.drop()
})

const words = (name: string) => ({ title: `Toelating van ${name}`, question: 'Stemt u in?', explanation: '' })
const put = () => app.get(Deciding).putToAssembly(visitors.secretary, applicationId, assemblyId, words)
const decide = (who: Visitor, outcome: 'admitted' | 'refused') =>
  app.get(Deciding).decide(who, applicationId, { outcome, reason: 'Nee.' })

/** All who are present vote for, and the chair declares. @returns the number in the register of decisions */
async function adopt(): Promise<void> {
  const [motion] = await database.owner.query('SELECT id FROM motions WHERE authorises_id = $1', [
    applicationId,
  ])
  const pollId = await app.get(Polls).open(assemblyId, motion.id, visitors.chair)
  const electors: { member_id: string; caster_ids: string[] }[] = await database.owner.query(
    `SELECT e.member_id, e.caster_ids FROM electors e
     JOIN attendance_events a ON a.member_id = e.member_id WHERE poll_id = $1`,
    [pollId],
  )
  for (const { member_id, caster_ids } of electors)
    await app.get(Ballots).cast(pollId, member_id, 'for', caster_ids[0]!)
  await app.get(Polls).close(pollId, visitors.chair)
  await app.get(Polls).declare(pollId, visitors.chair)
}

describe('when the statutes let the assembly admit', () => {
  it('an application is put to it after the advice, once', async () => {
    await expect(put()).rejects.toThrow('admission.notAdvised')
    const { content } = (await app.get(Applying).find(applicationId))!.versions[0]!
    await app.get(Assessing).assess(visitors.serviceTeam, applicationId, {
      version: 1,
      findings: Object.fromEntries(content.criteria.map(({ key }) => [key, { finding: 'met', note: '' }])),
      outcome: 'adviseAdmission',
      message: '',
    })
    await Promise.all([put(), put(), put()])
    const motions = await database.owner.query(
      `SELECT title FROM motions WHERE authorises_kind = 'admission' AND authorises_id = $1`,
      [applicationId],
    )
    expect(motions).toEqual([{ title: 'Toelating van Buurtkas De Morgenster' }])
  })

  it('nobody admits before it decided, the director neither', async () => {
    await expect(decide(visitors.director, 'admitted')).rejects.toThrow('admission.noAssemblyDecision')
    await expect(decide(visitors.secretary, 'admitted')).rejects.toThrow('admission.noAssemblyDecision')
  })

  it('what it adopted is recorded as it decided, with the decision of the register', async () => {
    await adopt()
    const file = (await app.get(Admissions).file(applicationId))!
    expect(file.assemblyDecision).toMatchObject({ adopted: true })
    await expect(decide(visitors.secretary, 'refused')).rejects.toThrow('admission.againstDecision')
    await Promise.all([decide(visitors.secretary, 'admitted'), decide(visitors.chair, 'admitted')])
    const [row] = await database.owner.query(
      `SELECT a.organ, a.article, a.member_id, d.adopted, m.authorises_id
       FROM admission_decisions a JOIN decisions d ON d.id = a.decision_id
       JOIN motions m ON m.id = d.motion_id WHERE a.application_id = $1`,
      [applicationId],
    )
    expect(row).toMatchObject({
      organ: 'assembly',
      article: 'artikel 6 lid 3',
      adopted: true,
      authorises_id: applicationId,
    })
    const member = await app.get(Members).find(row.member_id, '2020-02-15')
    expect(member).toMatchObject({ name: 'Buurtkas De Morgenster', kind: 'voting', status: 'member' })
  })
})
