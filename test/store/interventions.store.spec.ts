import { randomUUID } from 'node:crypto'
import type { INestApplicationContext } from '@nestjs/common'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { termsToJson, usualTerms } from '#agreements'
import { Ballots, Polls } from '#assemblies'
import { People } from '#identity'
import {
  InterventionActs,
  InterventionDailyWork,
  InterventionStarting,
  InterventionStartPage,
  Interventions,
  InterventionsModule,
} from '#interventions'
import { RuleViolated } from '#kernel'
import { Members } from '#members'
import { Clock, Database, type Role, Upload, Visitor } from '#platform'
import { Statutes } from '#statutes'
import { demoStatutes } from '../../apps/demo/statutes.js'
import { assemblyModules, startContext } from '../support/context.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { samplePdf, samplePng } from '../support/sample-files.js'

type Asked = Parameters<InterventionActs['act']>[1]

let database: TestDatabase
let app: INestApplicationContext
let interventions: Interventions
let acts: InterventionActs
let counterpartyId: string
let staff: Visitor
let lead: Visitor
let director: Visitor
let chair: Visitor
let treasurer: Visitor
let coordinator: Visitor
let both: Visitor
let delegates: Visitor[]

const query = (sql: string, params: unknown[] = []) => database.owner.query(sql, params)
const on = (day: string) => app.get(Clock).moveTo(new Date(`${day}T12:00:00+01:00`))
const known = async (id: string) => (await interventions.find(id))!
const stateOf = async (id: string) => (await known(id)).now.state
const outcome = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'done',
    (error: unknown) => {
      if (error instanceof RuleViolated) return error.violations[0]!.code
      return (error as Error).name
    },
  )

async function asking(id: string, act: Asked['act'], more: Partial<Asked> = {}): Promise<Asked> {
  const { events } = await known(id)
  const empty = { reason: 'Omdat het zo is.', meetsOn: null, meetsAt: null, dueOn: null, assemblyId: null }
  return { act, seen: events.length, ...empty, ...more }
}

async function act(
  id: string,
  by: Visitor,
  what: Asked['act'],
  more: Partial<Asked> = {},
  files: Upload[] = [],
) {
  return acts.act(id, await asking(id, what, more), files, by)
}

async function begin(by: Visitor, more: { about?: string; uploads?: Upload[] } = {}): Promise<string> {
  const id = randomUUID()
  const given = { id, subject: 'Te laat', reason: 'Alles komt te laat.', about: '', uploads: [], ...more }
  await app.get(InterventionStarting).start('oost', given, by)
  return id
}

async function person(name: string, ...held: [Role, string?][]): Promise<Visitor> {
  const email = `${name}@example.org`
  return app.get(Database).transaction(async (tx) => {
    const personId = await app.get(People).add(tx, { name, email })
    for (const [role, scopeId] of held)
      await app
        .get(People)
        .assign(tx, { personId, role, from: '2019-01-01', by: null, ...(scopeId && { scopeId }) })
    const roles = held.map(([role, scopeId = null]) => ({ role, scopeId }))
    return new Visitor(personId, name, email, roles)
  })
}

async function agreement(): Promise<void> {
  const [district, agreementId] = [randomUUID(), randomUUID()]
  counterpartyId = randomUUID()
  const terms = termsToJson({
    ...{
      ...usualTerms,
      wijkbudgetCents: 100n,
      clauses: [{ id: 'c1', heading: 'Verslag', text: 'Elk kwartaal.' }],
    },
    lines: [{ id: 'staf', label: 'Personeel', budgetCents: 100n }],
    indicators: [
      {
        id: 'uniek',
        label: 'Bereik',
        kind: 'unique',
        unit: '',
        target: '9',
        better: 'higher',
        due: 'quarter',
      },
    ],
  })
  await query(
    `INSERT INTO accounting_districts (id, slug, name, weight, position) VALUES ($1, 'oost', 'Oost', 1, 1)`,
    [district],
  )
  await query(`INSERT INTO counterparties (id, name) VALUES ($1, 'Wijkcoöperatie Oost')`, [counterpartyId])
  await query(
    `INSERT INTO agreements (id, area_slug, area_name, accounting_district_id, counterparty_id, starts_on, ends_on)
     VALUES ($1, 'oost', 'Oost', $2, $3, '2020-01-01', '2020-12-31')`,
    [agreementId, district, counterpartyId],
  )
  await query(
    `INSERT INTO agreement_versions (id, agreement_id, number, holds_from, terms, signed_on)
     VALUES ($1, $2, 1, '2020-01-01', $3, '2019-12-01')`,
    [randomUUID(), agreementId, JSON.stringify(terms)],
  )
}

beforeAll(async () => {
  database = await createTestDatabase('empty')
  app = await startContext(database.url, [...assemblyModules, InterventionsModule])
  interventions = app.get(Interventions)
  acts = app.get(InterventionActs)
  await app.get(Database).transaction((tx) => app.get(Statutes).record(tx, demoStatutes))
  await agreement()
  staff = await person('serviceteam', ['serviceTeam'])
  lead = await person('teamleider', ['teamLead'])
  director = await person('bestuurder', ['director'])
  chair = await person('voorzitter', ['chair'])
  treasurer = await person('penningmeester', ['treasurer', counterpartyId])
  coordinator = await person('coordinator', ['coordinator', counterpartyId])
  both = await person('dubbel', ['coordinator', counterpartyId], ['serviceTeam'])
  delegates = []
  for (const number of [1, 2, 3]) {
    const member = { number, name: `Lid ${number}`, kind: 'voting' as const, on: '2019-01-01', by: null }
    const id = await app.get(Database).transaction((tx) => app.get(Members).admit(tx, member))
    delegates.push(await person(`lid-${number}`, ['delegate', id]))
  }
  await on('2020-02-01')
}, 120_000)

afterAll(async () => {
  await app?.close()
  await database?.drop()
})

describe('beginning a case', () => {
  it('freezes the ladder, takes files, and begins once however often the form is sent', async () => {
    const id = randomUUID()
    const uploads = [new Upload('cijfers.pdf', samplePdf('Cijfers')), new Upload('foto.png', samplePng())]
    const given = { id, subject: 'Bereik', reason: 'Te weinig mensen.', about: 'indicator:uniek', uploads }
    const start = () => app.get(InterventionStarting).start('oost', given, staff)
    await Promise.all([start(), start()])
    expect(await query('SELECT number, about_label FROM intervention_cases')).toEqual([
      { number: 1, about_label: 'Bereik' },
    ])
    expect(await query('SELECT count(*)::int FROM intervention_event_files')).toEqual([{ count: 2 }])
    expect(await known(id)).toMatchObject({
      ...{ reference: 'OOST-1', ladder: usualTerms.ladder, direction: 'toCounterparty' },
      now: { state: 'signalled', dueOn: '2020-02-15' },
    })
    await act(id, staff, 'withdraw')
  })

  it('numbers two that begin at once, and refuses what is not in the agreement or not one’s own', async () => {
    const ids = await Promise.all([begin(staff), begin(treasurer)])
    const cases = await Promise.all(ids.map(known))
    expect(cases.map(({ number }) => number).sort()).toEqual([2, 3])
    expect(cases.map(({ direction }) => direction)).toEqual(['toCounterparty', 'toCooperative'])
    expect(await outcome(begin(staff, { about: 'indicator:niets' }))).toBe('intervention.chooseAbout')
    expect(await outcome(begin(delegates[0]!))).toBe('intervention.notYours')
    expect(await outcome(begin(staff, { uploads: [new Upload('x.exe', Buffer.from('MZ'))] }))).toBe(
      'file.wrongKind',
    )
    expect(await query(`SELECT count(*)::int FROM intervention_cases`)).toEqual([{ count: 3 }])
    await act(ids[0]!, staff, 'withdraw')
    await act(ids[1]!, treasurer, 'withdraw')
  })

  it('needs an agreement that has begun', async () => {
    await on('2019-12-31')
    expect(await outcome(begin(staff))).toBe('intervention.noAgreement')
    await on('2020-02-01')
  })
})

describe('towards the counterparty', () => {
  it('runs to a takeover, by acts and by silence, each done once', async () => {
    const id = await begin(staff, { about: 'clause:c1' })
    const plan = { meetsOn: '2020-02-10', meetsAt: '14:00', reason: '' }
    const asked = await asking(id, 'planConversation', plan)
    const numbers = await Promise.all([acts.act(id, asked, [], staff), acts.act(id, asked, [], staff)])
    expect(numbers).toEqual([2, 2])
    expect((await known(id)).events).toHaveLength(2)
    expect(await outcome(acts.act(id, { ...asked, reason: 'Anders' }, [], staff))).toBe(
      'intervention.changedMeanwhile',
    )
    await act(id, coordinator, 'respond')

    await on('2020-02-11')
    expect(await stateOf(id)).toBe('planDue')
    expect(await outcome(act(id, both, 'extend', { dueOn: '2020-03-10' }))).toBe('intervention.notYours')
    await act(id, lead, 'extend', { dueOn: '2020-03-10' })
    await act(id, treasurer, 'submitPlan', {}, [new Upload('plan.pdf', samplePdf('Plan'))])
    expect(await outcome(act(id, both, 'acceptPlan'))).toBe('intervention.notYours')
    // Both look at the same state before either acts.
    const [accepting, returning] = [await asking(id, 'acceptPlan'), await asking(id, 'returnPlan')]
    const verdicts = await Promise.all([
      outcome(acts.act(id, accepting, [], staff)),
      outcome(acts.act(id, returning, [], lead)),
    ])
    expect(verdicts.filter((one) => one === 'done')).toHaveLength(1)
    expect(verdicts).toContain('intervention.changedMeanwhile')
    if ((await stateOf(id)) === 'improvedPlanDue') {
      await act(id, treasurer, 'submitPlan')
      await act(id, staff, 'acceptPlan')
    }

    await on('2020-04-12')
    expect(await stateOf(id)).toBe('judging')
    await act(id, staff, 'judgeInsufficient')
    await act(id, lead, 'proposeTakeover')
    expect(await outcome(act(id, lead, 'confirmTakeover'))).toBe('intervention.notYours')
    await act(id, director, 'confirmTakeover', { reason: '' })
    await act(id, staff, 'conclude')
    expect(await stateOf(id)).toBe('concluded')
    expect(await outcome(act(id, staff, 'respond'))).toBe('intervention.ended')
    await on('2020-02-01')
  })

  it('tells both parties of each act, and of silence once', async () => {
    const id = await begin(staff)
    const told = async (key: string) =>
      (
        await query(`SELECT to_address AS to FROM notices WHERE key LIKE $1 ORDER BY 1`, [`${key}:${id}%`])
      ).map(({ to }: { to: string }) => to.split('@')[0])
    expect(await told('intervention-step')).toEqual(['coordinator', 'dubbel', 'penningmeester', 'teamleider'])
    const daily = app.get(InterventionDailyWork)
    await on('2020-02-12')
    await Promise.all([daily.doAll('2020-02-12'), daily.doAll('2020-02-12')])
    expect(await told('intervention-reminder')).toEqual(['dubbel', 'serviceteam', 'teamleider'])
    const tasks = await app.get(InterventionStartPage).tasksFor(staff)
    expect(tasks).toMatchObject([{ key: 'interventions.tasks.signalled', dueOn: '2020-02-15' }])
    expect(await app.get(InterventionStartPage).tasksFor(treasurer)).toEqual([])

    await on('2020-02-16')
    for (const day of ['2020-02-16', '2020-02-17']) await daily.doAll(day)
    expect(await stateOf(id)).toBe('lapsed')
    expect(await told('intervention-silence')).toEqual([
      ...['coordinator', 'dubbel', 'penningmeester', 'serviceteam', 'teamleider'],
    ])
    await on('2020-02-01')
  })
})

describe('towards the cooperative', () => {
  async function newAssembly(heldOn: string): Promise<string> {
    const id = randomUUID()
    await query(
      `INSERT INTO assemblies (id, title, kind, held_on, starts_at, place)
       VALUES ($1, 'ALV', 'ordinary', $2, $3, 'Zaal')`,
      [id, heldOn, `${heldOn}T10:00:00+01:00`],
    )
    return id
  }

  it('comes to mediation by silence, and to the ALV, whose decision ends it', async () => {
    const id = await begin(treasurer)
    expect(await outcome(act(id, staff, 'respond'))).toBe('intervention.notYours')
    await on('2020-02-16')
    expect(await stateOf(id)).toBe('mediating')
    expect(await outcome(act(id, director, 'settle'))).toBe('intervention.notYours')
    await act(id, chair, 'endMediation')
    expect(await outcome(act(id, delegates[0]!, 'respond'))).toBe('NotFoundException')

    const assemblyId = await newAssembly('2020-03-14')
    expect(await outcome(act(id, treasurer, 'putToAssembly', { assemblyId: randomUUID() }))).toBe(
      'intervention.chooseAssembly',
    )
    const asked = await asking(id, 'putToAssembly', { assemblyId })
    await Promise.all([acts.act(id, asked, [], treasurer), acts.act(id, asked, [], treasurer)])
    const motions = await query(`SELECT id FROM motions WHERE authorises_kind = 'intervention'`)
    expect(motions).toHaveLength(1)
    expect(await known(id)).toMatchObject({
      atAssembly: true,
      now: { state: 'onAgenda', dueOn: '2020-03-14' },
    })
    expect((await interventions.visibleTo(delegates[0]!)).map((one) => one.id)).toEqual([id])

    await query(`UPDATE assemblies SET convened_on = '2020-02-20' WHERE id = $1`, [assemblyId])
    await on('2020-03-14')
    const poll = await app.get(Polls).open(assemblyId, motions[0].id, chair)
    expect(await outcome(act(id, treasurer, 'withdraw'))).toBe('motion.pollOpened')
    for (const { personId, roles } of delegates)
      await app.get(Ballots).cast(poll, roles[0]!.scopeId!, 'for', personId)
    await app.get(Polls).close(poll, chair)
    await app.get(Polls).declare(poll, chair)
    const { now } = await known(id)
    expect(now.state).toBe('decided')
    expect(now.moments.at(-1)).toMatchObject({ kind: 'decision', adopted: true, number: '2020-01' })
    const daily = app.get(InterventionDailyWork)
    for (const day of ['2020-03-14', '2020-03-15']) await daily.doAll(day)
    const [{ count }] = await query(
      `SELECT count(*)::int FROM notices WHERE key LIKE 'intervention-decided:%'`,
    )
    expect(count).toBe(5)
    await on('2020-02-01')
  })

  it('leaves the agenda when it is resolved before the vote', async () => {
    const id = await begin(coordinator)
    await on('2020-03-17')
    expect(await stateOf(id)).toBe('assemblyOpen')
    await act(id, chair, 'putToAssembly', { assemblyId: await newAssembly('2020-04-14') })
    await act(id, coordinator, 'resolve')
    const motion = `SELECT withdrawn_at FROM motions WHERE authorises_kind = 'intervention' ORDER BY submitted_at DESC LIMIT 1`
    expect((await query(motion))[0].withdrawn_at).not.toBeNull()
    expect(await known(id)).toMatchObject({ atAssembly: false, now: { state: 'resolved' } })
    await on('2020-02-01')
  })
})

describe('the register', () => {
  it('stands: the application changes and removes nothing', async () => {
    for (const table of ['intervention_cases', 'intervention_events', 'intervention_event_files']) {
      const column = table === 'intervention_event_files' ? 'file_id' : 'id'
      for (const statement of [`DELETE FROM ${table}`, `UPDATE ${table} SET ${column} = ${column}`])
        await expect(database.application.query(statement), statement).rejects.toMatchObject({
          code: '42501',
        })
    }
    const forged = `INSERT INTO intervention_events (id, case_id, number, act, actor, recorded_at, recorded_by)
      SELECT gen_random_uuid(), case_id, number, act, actor, recorded_at, recorded_by FROM intervention_events LIMIT 1`
    await expect(database.application.query(forged)).rejects.toMatchObject({ code: '23505' })
  })

  it('lets the names of erased people go, and nothing else', async () => {
    const id = await begin(staff)
    await act(id, staff, 'respond', { reason: 'Gesproken met Tante Truus uit de Adelaarstraat.' })
    await query(`SELECT erase_texts(ARRAY['Tante Truus'])`)
    expect((await known(id)).events[1]!.reason).toBe('Gesproken met Geanonimiseerd uit de Adelaarstraat.')
    await expect(
      query(`UPDATE intervention_events SET reason = 'x' WHERE case_id = $1`, [id]),
    ).rejects.toMatchObject({
      code: '23001',
    })
  })
})
