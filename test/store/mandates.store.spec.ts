import { randomUUID } from 'node:crypto'
import type { INestApplicationContext } from '@nestjs/common'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { CaseSteps, Cases } from '#departures'
import { People } from '#identity'
import { type Day, RuleViolated } from '#kernel'
import { Appointing, type MandateRequest, MandateStartPage, Mandates } from '#mandates'
import { Members } from '#members'
import { type Appointment, OfficeAppointing, Offices } from '#offices'
import { Clock, Database, migrate, type Role, Visitor } from '#platform'
import { Statutes } from '#statutes'
import { demoStatutes } from '../../apps/demo/statutes.js'
import { domainModules } from '../../apps/domain.modules.js'
import { migrations } from '../../migrations/index.js'
import { startContext } from '../support/context.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { urlOf } from '../support/template-database.js'

let database: TestDatabase
let app: INestApplicationContext
const memberIds: string[] = []

const MEMBERS = 14
const TODAY = '2020-02-17'

beforeAll(async () => {
  database = await createTestDatabase('empty')
  app = await startContext(database.url, domainModules)
  await app.get(Clock).moveTo(new Date('2020-02-17T12:00:00+01:00'))
  await app.get(Database).transaction(async (tx) => {
    await app.get(Statutes).record(tx, demoStatutes)
    for (const [key, role] of [
      ['serviceteam', 'serviceTeam'],
      ['secretaris', 'secretary'],
      ['beheer', 'admin'],
      ['controller', 'controller'],
    ] as const) {
      const personId = await app.get(People).add(tx, { name: key, email: address(key) })
      await app.get(People).assign(tx, { personId, role, from: '2019-01-01', by: null })
    }
    const director = await app.get(People).add(tx, { name: 'bestuurder', email: address('bestuurder') })
    const office = { office: 'director' as const, personId: director, from: '2019-01-01', until: null }
    await app.get(Offices).enter(tx, { ...office, appointedBy: 'founders', by: null })
    for (let number = 1; number <= MEMBERS; number++) {
      const details = { contactName: `contact-${number}`, contactEmail: address(`contact-${number}`) }
      const joined = {
        number,
        name: `Lid ${number}`,
        kind: 'voting',
        on: '2019-01-01',
        details,
        by: null,
      } as const
      const memberId = await app.get(Members).admit(tx, joined)
      const personId = await app
        .get(People)
        .add(tx, { name: `lid-${number}`, email: address(`lid-${number}`) })
      await app.get(Mandates).enter(tx, { memberId, personId, from: '2019-01-01', by: null })
      memberIds.push(memberId)
    }
  })
})

afterAll(async () => {
  await app?.close()
  await database?.drop()
})

const address = (key: string) => `${key}@example.org`
const member = (number: number) => memberIds[number - 1]!

/** The person with today's roles, as a session would have them. */
async function as(key: string): Promise<Visitor> {
  const person = await app.get(People).withAddress(address(key))
  return (await app.get(People).visitor(person!.id))!
}

async function propose(by: string, number: number, who: string, changes: Partial<MandateRequest> = {}) {
  return app.get(Appointing).propose(await as(by), {
    ...{ memberId: member(number), function: 'delegate', name: who, email: address(who), reason: '' },
    ...{ from: TODAY, until: null, requestKey: randomUUID() },
    ...changes,
  })
}
const confirm = async (by: string, id: string) => app.get(Appointing).confirm(await as(by), id)
const delegateOn = async (number: number, day: Day, knownAt?: Date) =>
  (await app.get(Mandates).actingFor(member(number), day, knownAt)).delegate?.name ?? null
const roleHolders = async (number: number, day: Day) =>
  (await app.get(People).holders('delegate', day))
    .filter(({ scopeId }) => scopeId === member(number))
    .map(({ name }) => name)

async function outcomes(attempts: Promise<unknown>[]): Promise<string[]> {
  const settled = await Promise.allSettled(attempts)
  return settled
    .map((one) => {
      if (one.status === 'fulfilled') return 'done'
      if (!(one.reason instanceof RuleViolated)) throw one.reason
      return one.reason.violations.map(({ code }) => code).join(' ')
    })
    .sort()
}

describe('a successor', () => {
  it('is proposed by the delegate, confirmed by the contact, and follows on its first day', async () => {
    const { id } = await propose('lid-1', 1, 'nieuw-1', { from: '2020-03-01' })
    expect(await delegateOn(1, '2020-04-01')).toBe('lid-1')
    expect(await outcomes([confirm('lid-1', id), confirm('lid-2', id), confirm('serviceteam', id)])).toEqual(
      Array(3).fill('mandate.mayNotConfirm'),
    )
    const before = app.get(Clock).now()
    expect(await app.get(MandateStartPage).tasksFor(await as('contact-1'))).toHaveLength(1)
    await Promise.all(Array.from({ length: 5 }, () => confirm('contact-1', id)))
    expect(await app.get(MandateStartPage).tasksFor(await as('contact-1'))).toEqual([])
    expect([await delegateOn(1, '2020-02-29'), await delegateOn(1, '2020-03-01')]).toEqual([
      'lid-1',
      'nieuw-1',
    ])
    expect([await roleHolders(1, '2020-02-29'), await roleHolders(1, '2020-03-01')]).toEqual([
      ['lid-1'],
      ['nieuw-1'],
    ])
    expect(await delegateOn(1, '2020-03-01', before)).toBe('lid-1')
    expect((await app.get(Mandates).onDay('2020-03-01')).get(member(1))?.delegate?.since).toBe('2020-03-01')
    const mails = await database.owner.query(
      `SELECT template, to_name AS name FROM notices WHERE model->>'path' = $1 ORDER BY template, name`,
      [`/mandaten/${id}`],
    )
    expect(mails.map(({ template, name }: Record<string, string>) => `${template} ${name}`)).toEqual([
      ...['mandates/changed contact-1', 'mandates/changed lid-1', 'mandates/changed lid-1'],
      ...['mandates/changed nieuw-1', 'mandates/proposed contact-1'],
    ])
  })

  it('a double click is one proposal, and two at once for the same function are one', async () => {
    const requestKey = randomUUID()
    const same = await Promise.all([1, 2, 3].map(() => propose('lid-2', 2, 'nieuw-2', { requestKey })))
    expect(new Set(same.map(({ id }) => id)).size).toBe(1)
    await app.get(Appointing).withdraw(await as('lid-2'), same[0]!.id)
    await app.get(Appointing).withdraw(await as('lid-2'), same[0]!.id)
    const attempts = [propose('lid-2', 2, 'nieuw-2'), propose('contact-2', 2, 'ander-2')]
    expect(await outcomes(attempts)).toEqual(['done', 'mandate.proposalRuns'])
    await expect(confirm('contact-2', same[0]!.id)).rejects.toThrow('mandate.decided')
  })

  it('confirming and refusing at once: one of the two', async () => {
    const { id } = await propose('lid-3', 3, 'nieuw-3')
    const refuse = app.get(Appointing).refuse(await as('contact-3'), id, 'Niet besproken')
    expect(await outcomes([confirm('contact-3', id), refuse])).toEqual(['done', 'mandate.decided'])
    const [{ n }] = await database.owner.query(
      `SELECT count(*)::int AS n FROM mandate_events WHERE mandate_id = $1`,
      [id],
    )
    expect(n).toBe(1)
  })

  it('proposed by the contact, is confirmed by the sitting delegate and not by the contact', async () => {
    const { id } = await propose('contact-4', 4, 'nieuw-4')
    await expect(confirm('contact-4', id)).rejects.toThrow('mandate.mayNotConfirm')
    await confirm('lid-4', id)
    await confirm('lid-4', id)
    expect(await roleHolders(4, TODAY)).toEqual(['nieuw-4'])
  })

  it('confirmed late begins late; recorded afterwards by the service team begins when it did', async () => {
    await expect(propose('lid-5', 5, 'nieuw-5', { from: '2020-01-01' })).rejects.toThrow(
      'mandate.startPassed',
    )
    await expect(propose('serviceteam', 5, 'nieuw-5', { from: '2020-01-01' })).rejects.toThrow(
      'backdateReason',
    )
    const { id } = await propose('serviceteam', 5, 'nieuw-5', {
      from: '2020-01-01',
      reason: 'Brief van 2 januari',
    })
    await confirm('contact-5', id)
    expect([await delegateOn(5, '2019-12-31'), await delegateOn(5, '2020-01-01')]).toEqual([
      'lid-5',
      'nieuw-5',
    ])
  })

  it('is named by the name that goes with the address', async () => {
    await expect(propose('lid-6', 6, 'lid-7', { name: 'Iemand anders' })).rejects.toMatchObject({
      violations: [{ code: 'mandate.otherName', params: { name: 'lid-7' } }],
    })
    await expect(propose('lid-6', 7, 'nieuw-6')).rejects.toThrow('mandate.notYours')
  })
})

describe('the statutes', () => {
  it('one person for one member: of two confirmations at once one goes through', async () => {
    const first = await propose('lid-6', 6, 'dubbel')
    const second = await propose('lid-7', 7, 'dubbel')
    const attempts = [confirm('contact-6', first.id), confirm('contact-7', second.id)]
    expect(await outcomes(attempts)).toEqual(['done', 'mandate.tooManyMembers'])
    const acting = [...(await app.get(Mandates).onDay(TODAY)).values()]
    expect(acting.filter(({ delegate }) => delegate?.name === 'dubbel')).toHaveLength(1)
    await expect(propose('lid-8', 8, 'dubbel', { function: 'substitute' })).rejects.toThrow(
      'mandate.tooManyMembers',
    )
  })
})

describe('a substitute', () => {
  it('acts beside the delegate until it ends; nobody is the own substitute', async () => {
    await expect(propose('lid-8', 8, 'lid-8', { function: 'substitute' })).rejects.toThrow(
      'mandate.isDelegate',
    )
    const { id } = await propose('lid-8', 8, 'vervanger-8', { function: 'substitute' })
    await confirm('contact-8', id)
    expect(await roleHolders(8, TODAY)).toEqual(['lid-8', 'vervanger-8'])
    await expect(app.get(Appointing).end(await as('lid-9'), id, { on: TODAY, reason: 'x' })).rejects.toThrow(
      'mayNotEnd',
    )
    const end = { on: '2020-03-01', reason: 'Verhuisd' }
    await app.get(Appointing).end(await as('vervanger-8'), id, end)
    await app.get(Appointing).end(await as('contact-8'), id, end)
    expect([await roleHolders(8, '2020-02-29'), await roleHolders(8, '2020-03-01')]).toEqual([
      ['lid-8', 'vervanger-8'],
      ['lid-8'],
    ])
    await app.get(Appointing).end(await as('contact-8'), id, { on: TODAY, reason: 'Meteen' })
    expect(await roleHolders(8, TODAY)).toEqual(['lid-8'])
  })
})

describe('a member that leaves', () => {
  const resign = async (number: number) =>
    app.get(Cases).begin(await as(`lid-${number}`), {
      ...{ memberId: member(number), type: 'resigned', reason: '', requestKey: randomUUID() },
    })

  it('has nobody who acts from that day; when it stays, everybody stays', async () => {
    const { id } = await resign(9)
    expect([await roleHolders(9, '2020-12-31'), await roleHolders(9, '2021-01-01')]).toEqual([['lid-9'], []])
    expect(await delegateOn(9, '2021-01-01')).toBeNull()
    await expect(propose('lid-9', 9, 'nieuw-9')).rejects.toThrow('mandate.memberLeaves')
    const known = app.get(Clock).now()
    await app.get(CaseSteps).take(await as('lid-9'), id, { step: 'withdrawn', note: '' })
    expect(await roleHolders(9, '2021-01-01')).toEqual(['lid-9'])
    expect(await delegateOn(9, '2021-01-01', known)).toBeNull()
  })

  it('while another is confirmed: nobody outlives the membership', async () => {
    const { id } = await propose('lid-10', 10, 'nieuw-10', { from: '2020-03-01' })
    const [, confirmed] = await Promise.allSettled([resign(10), confirm('contact-10', id)])
    expect(await roleHolders(10, '2021-01-01')).toEqual([])
    expect(await delegateOn(10, '2021-01-01')).toBeNull()
    if (confirmed.status === 'rejected') expect(String(confirmed.reason)).toContain('mandate.memberLeaves')
    else expect(await roleHolders(10, '2020-12-31')).toEqual(['nieuw-10'])
  })

  it('suspended, appoints nobody', async () => {
    const { id } = await propose('lid-11', 11, 'nieuw-11')
    await app.get(Cases).begin(await as('bestuurder'), {
      ...{ memberId: member(11), type: 'suspended', reason: 'Omdat', requestKey: randomUUID() },
    })
    await expect(confirm('contact-11', id)).rejects.toThrow('mandate.suspended')
    expect(await roleHolders(11, TODAY)).toEqual(['lid-11'])
  })
})

describe('an office', () => {
  const appoint = async (by: string, who: string, changes: Partial<Appointment> = {}) =>
    app.get(OfficeAppointing).appoint(await as(by), {
      ...{ office: 'auditCommittee', name: who, email: address(who), from: TODAY, until: '2021-02-01' },
      ...{ appointedBy: 'assembly', decision: '', note: '', requestKey: randomUUID() },
      ...changes,
    })
  const inOffice = async (day: Day, role: Role) =>
    (await app.get(People).holders(role, day)).map(({ name }) => name)

  it('is not for a board member, nor for who keeps the books, nor given by the director', async () => {
    await expect(appoint('secretaris', 'bestuurder')).rejects.toThrow('office.conflict')
    await expect(appoint('secretaris', 'controller')).rejects.toThrow('office.conflict')
    await expect(appoint('bestuurder', 'lid-12')).rejects.toThrow('office.mayNotAppoint')
    await expect(appoint('secretaris', 'secretaris')).rejects.toThrow('office.ownAppointment')
    await expect(appoint('secretaris', 'lid-12', { decision: '2020-99' })).rejects.toThrow(
      'office.decisionUnknown',
    )
    await appoint('secretaris', 'lid-12', { decision: 'Notulen ALV 14 februari, punt 3' })
    expect(await inOffice(TODAY, 'auditCommittee')).toEqual(['lid-12'])
  })

  it('two appointments at once do not give one person what does not go together', async () => {
    const attempts = [appoint('secretaris', 'lid-13'), appoint('beheer', 'lid-13', { office: 'ambassador' })]
    expect(await outcomes(attempts)).toEqual(['done', 'office.conflict'])
  })

  it('ambassadors act for a voting member; of two chairs at once one has the seat', async () => {
    const ambassadors = ['lid-14', 'buitenstaander'].map((who) =>
      appoint('secretaris', who, { office: 'ambassador' }),
    )
    expect(await outcomes(ambassadors)).toEqual(['done', 'office.notADelegate'])
    const chairs = [1, 2].map((n) =>
      appoint('secretaris', `voorzitter-${n}`, { office: 'chair', until: null }),
    )
    expect(await outcomes(chairs)).toEqual(['done', 'office.seatsTaken'])
  })

  it('the chair comes from outside: not a delegate, and becomes none', async () => {
    const [chair] = await inOffice(TODAY, 'chair')
    await expect(propose('lid-12', 12, chair!)).rejects.toThrow('mandate.chairIsIndependent')
    const until = '2021-01-01'
    await expect(appoint('secretaris', 'lid-8', { office: 'chair', until })).rejects.toThrow(
      'office.conflict',
    )
  })

  it('ends sooner, once, and can be asked as of a day', async () => {
    const [term] = (await app.get(Offices).onDay(TODAY)).chair
    const known = app.get(Clock).now()
    const end = { on: '2020-06-01', reason: 'Neemt afscheid' }
    const secretary = await as('secretaris')
    await Promise.all([1, 2].map(() => app.get(OfficeAppointing).end(secretary, term!.id, end)))
    await expect(
      app.get(OfficeAppointing).end(secretary, term!.id, { ...end, on: '2020-05-01' }),
    ).rejects.toThrow('office.endedAlready')
    expect([await inOffice('2020-05-31', 'chair'), await inOffice('2020-06-01', 'chair')]).toEqual([
      [term!.name],
      [],
    ])
    expect((await app.get(Offices).onDay('2020-06-01')).chair).toEqual([])
    expect((await app.get(Offices).onDay('2020-06-01', known)).chair).toHaveLength(1)
    expect((await app.get(Offices).expiring('2020-04-01')).map(({ office }) => office)).toEqual(['chair'])
  })
})

it('makes mandates and terms of the roles that were given before these were kept', async () => {
  const name = `samen_test_${randomUUID().replaceAll('-', '')}`
  const url = urlOf(inject('services').databaseUrl, name)
  await database.owner.query(`CREATE DATABASE ${name}`)
  const here = migrations.findIndex(({ name }) => name.startsWith('MandatesAndOffices'))
  await migrate(url, migrations.slice(0, here))
  const old = new pg.Client({ connectionString: url })
  await old.connect()
  try {
    const id = (n: number) => `00000000-0000-7000-8000-00000000000${n}`
    await old.query(`INSERT INTO members (id, number) VALUES ('${id(1)}', 1)`)
    for (const n of [1, 2, 3, 4])
      await old.query(
        `INSERT INTO people (id, name, email) VALUES ('${id(n)}', 'p${n}', 'p${n}@example.org')`,
      )
    const role = (n: number, role: string, scope: string | null, from: string) =>
      old.query(
        `INSERT INTO role_assignments (id, person_id, role, scope_id, holds_from) VALUES ($1, $1, $2, $3, $4)`,
        [id(n), role, scope, from],
      )
    await role(1, 'delegate', id(1), '2018-01-01')
    await role(2, 'delegate', id(1), '2019-01-01')
    await role(3, 'delegate', id(1), '2019-06-01')
    await role(4, 'chair', null, '2018-01-01')
    await old.query(`INSERT INTO role_endings (assignment_id, ends_on) VALUES ('${id(1)}', '2019-01-01')`)
    await migrate(url, migrations)
    const mandates = await old.query(
      `SELECT p.name, m.function, e.type, e.on_day::text AS day FROM mandates m JOIN people p ON p.id = m.person_id
       JOIN mandate_events e ON e.mandate_id = m.id ORDER BY p.name, e.sequence`,
    )
    expect(mandates.rows.map((row) => Object.values(row).join(' '))).toEqual([
      'p1 delegate confirmed 2018-01-01',
      'p1 delegate ended 2019-01-01',
      'p2 delegate confirmed 2019-01-01',
      'p3 substitute confirmed 2019-06-01',
    ])
    const terms = await old.query(`SELECT office, holds_from::text AS day FROM office_terms`)
    expect(terms.rows).toEqual([{ office: 'chair', day: '2018-01-01' }])
  } finally {
    await old.end()
    await database.owner.query(`DROP DATABASE ${name} WITH (FORCE)`)
  }
})

it.each(['mandates', 'mandate_events', 'office_terms', 'office_endings'])(
  '%s stands for ever',
  async (table) => {
    for (const act of [`UPDATE ${table} SET reason = ''`, `DELETE FROM ${table}`]) {
      if (table === 'office_terms' && act.startsWith('UPDATE')) continue
      await expect(database.application.query(act)).rejects.toMatchObject({ code: '42501' })
      await expect(database.owner.query(act)).rejects.toMatchObject({ code: '23001' })
    }
  },
)
