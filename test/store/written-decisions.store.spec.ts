import { randomUUID } from 'node:crypto'
import type { INestApplicationContext } from '@nestjs/common'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { People } from '#identity'
import { RuleViolated } from '#kernel'
import { Members } from '#members'
import { Clock, Database, type Role, Visitor } from '#platform'
import { Statutes } from '#statutes'
import {
  WrittenAnswering,
  WrittenDailyWork,
  WrittenDecisions,
  WrittenDecisionsModule,
  WrittenProposing,
} from '#written-decisions'
import { verifyDecision } from '../../apps/cli/verify/decision.js'
import { demoStatutes } from '../../apps/demo/statutes.js'
import { DecisionEvidence } from '../../libs/assemblies/decisions/decision-evidence.service.js'
import { assemblyModules, startContext } from '../support/context.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'

const OPENED = '2020-02-15'
const CLOSES = '2020-02-29'
const proposal = {
  ...{ title: 'Nieuw adres', text: 'De coöperatie verhuist.', reasoning: 'De huur loopt af.' },
  decisionType: 'ordinary' as const,
}

let database: TestDatabase
let app: INestApplicationContext
let written: WrittenDecisions
let proposing: WrittenProposing
let answering: WrittenAnswering
let director: Visitor
let secretary: Visitor
let delegates: Visitor[] = []
let numbers = 0

const query = (sql: string, params: unknown[] = []) => database.owner.query(sql, params)
const known = async (id: string) => (await written.find(id))!
const memberOf = (visitor: Visitor) => visitor.roles[0]!.scopeId!
const answer = (id: string, visitor: Visitor, choice: 'for' | 'against' = 'for') =>
  answering.answer(id, memberOf(visitor), choice, visitor)
const outcome = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'done',
    (error: unknown) => {
      if (error instanceof RuleViolated) return error.violations[0]!.code
      throw error
    },
  )
const on = (day: string) => app.get(Clock).moveTo(new Date(`${day}T12:00:00+01:00`))
const mails = async (template: string) =>
  (await query('SELECT to_address FROM notices WHERE template = $1', [`written-decisions/${template}`]))
    .length

async function person(role: Role, scopeId: string | null): Promise<Visitor> {
  const name = `${role}-${++numbers}`
  const email = `${name}@example.org`
  return app.get(Database).transaction(async (tx) => {
    const personId = await app.get(People).add(tx, { name, email })
    const assigned = { personId, role, from: '2019-01-01', by: null }
    await app.get(People).assign(tx, scopeId ? { ...assigned, scopeId } : assigned)
    return new Visitor(personId, name, email, [{ role, scopeId }])
  })
}

async function admit(day: string): Promise<Visitor> {
  const number = ++numbers
  const member = { number, name: `Lid ${number}`, kind: 'voting' as const, on: day, by: null }
  const id = await app.get(Database).transaction((tx) => app.get(Members).admit(tx, member))
  return person('delegate', id)
}

async function leave(visitor: Visitor, day: string): Promise<void> {
  const ended = { type: 'ended' as const, on: day }
  await app
    .get(Database)
    .transaction((tx) => app.get(Members).record(tx, memberOf(visitor), ended, null, 'opgezegd'))
}

async function opened(decisionType: typeof proposal.decisionType = 'ordinary'): Promise<string> {
  const id = randomUUID()
  await proposing.propose(id, { ...proposal, decisionType }, secretary)
  await proposing.noteKnowledge(id, director)
  await proposing.open(id, CLOSES, secretary)
  return id
}

beforeAll(async () => {
  database = await createTestDatabase('empty')
  app = await startContext(database.url, [...assemblyModules, WrittenDecisionsModule])
  written = app.get(WrittenDecisions)
  proposing = app.get(WrittenProposing)
  answering = app.get(WrittenAnswering)
  await app.get(Database).transaction((tx) => app.get(Statutes).record(tx, demoStatutes))
  director = await person('director', null)
  secretary = await person('secretary', null)
  for (let at = 0; at < 3; at++) delegates.push(await admit('2019-01-01'))
}, 120_000)

afterAll(async () => {
  await app?.close()
  await database?.drop()
})

beforeEach(() => on(OPENED))

describe('decisions without a meeting', () => {
  it('go from the proposal over the board to one decision with its proof', async () => {
    const id = randomUUID()
    await proposing.propose(id, proposal, secretary)
    await proposing.propose(id, proposal, secretary)
    expect(await outcome(proposing.open(id, CLOSES, secretary))).toBe('written.boardFirst')
    expect(await outcome(proposing.noteKnowledge(id, secretary))).toBe('written.onlyBoard')
    expect(await outcome(answer(id, delegates[0]!))).toBe('written.notOpen')
    await proposing.noteKnowledge(id, director)
    await proposing.noteKnowledge(id, director)
    expect(await outcome(proposing.open(id, OPENED, secretary))).toBe('written.closesTooSoon')
    await proposing.open(id, CLOSES, secretary)
    await proposing.open(id, CLOSES, secretary)
    expect(await outcome(proposing.open(id, '2020-03-01', secretary))).toBe('written.opened')
    expect(await outcome(proposing.withdraw(id, 'Toch niet', secretary))).toBe('written.opened')
    expect(await mails('asked')).toBe(3)

    await answer(id, delegates[0]!)
    await answer(id, delegates[0]!)
    expect(await outcome(answer(id, delegates[0]!, 'against'))).toBe('written.answeredAlready')
    expect(await outcome(answering.answer(id, memberOf(delegates[1]!), 'for', delegates[0]!))).toBe(
      'written.notYourMember',
    )
    await answer(id, delegates[1]!)
    expect((await known(id)).state).toBe('open')
    await answer(id, delegates[2]!)
    await answer(id, delegates[2]!)

    const { state, outcome: ended } = await known(id)
    expect(state).toBe('adopted')
    const number = `${ended!.year}-${String(ended!.sequence).padStart(2, '0')}`
    const proof = (await app.get(DecisionEvidence).of(number))!
    const { sound, lines } = verifyDecision(proof.zip)
    expect(lines.join('\n')).toContain('Alle leden die mogen stemmen, zijn voor')
    expect(sound).toBe(true)
    expect((await app.get(DecisionEvidence).of(number))!.hash).toBe(proof.hash)
    expect(await mails('outcome')).toBe(3)
  })

  it('end with the first "against"; later answers are refused and not recorded', async () => {
    const id = await opened()
    await answer(id, delegates[0]!)
    await answer(id, delegates[1]!, 'against')
    expect(await known(id)).toMatchObject({
      state: 'notTaken',
      outcome: { reason: 'against', adopted: false },
    })
    expect(await outcome(answer(id, delegates[2]!))).toBe('written.closed')
    expect(await written.answers(id)).toHaveLength(2)
  })

  it('give one decision when the last two answer at the same moment, with double clicks', async () => {
    const id = await opened()
    await answer(id, delegates[0]!)
    const last = [delegates[1]!, delegates[2]!, delegates[1]!, delegates[2]!]
    expect(await Promise.all(last.map((one) => outcome(answer(id, one))))).toEqual([
      'done',
      'done',
      'done',
      'done',
    ])
    const rows = await query('SELECT adopted FROM decisions WHERE written_decision_id = $1', [id])
    expect(rows).toEqual([{ adopted: true }])
  })

  it('give one outcome when the last "for" meets an "against"', async () => {
    const id = await opened()
    await answer(id, delegates[0]!)
    const ends = await Promise.all([
      outcome(answer(id, delegates[1]!)),
      outcome(answer(id, delegates[2]!, 'against')),
    ])
    expect(ends[1]).toBe('done')
    const rows = await query('SELECT adopted FROM decisions WHERE written_decision_id = $1', [id])
    expect(rows).toEqual([{ adopted: false }])
  })

  it('fail when a member is silent after the closing day, and remind it before', async () => {
    const id = await opened()
    const daily = app.get(WrittenDailyWork)
    await answer(id, delegates[0]!)
    const before = await mails('reminder')
    for (const [day, more] of [
      ['2020-02-21', 0],
      ['2020-02-22', 2],
      ['2020-02-23', 2],
      ['2020-02-27', 4],
      ['2020-02-29', 4],
    ] as const) {
      await on(day)
      await daily.doAll(day)
      await daily.doAll(day)
      expect(await mails('reminder'), day).toBe(before + more)
    }
    await answer(id, delegates[1]!)
    await on('2020-03-01')
    expect((await known(id)).state).toBe('ended')
    expect(await outcome(answer(id, delegates[2]!))).toBe('written.closed')
    await Promise.all([daily.doAll('2020-03-01'), daily.doAll('2020-03-01')])
    expect(await known(id)).toMatchObject({ state: 'notTaken', outcome: { reason: 'silent', asOf: CLOSES } })
    const { outcome: ended } = await known(id)
    const number = `${ended!.year}-${String(ended!.sequence).padStart(2, '0')}`
    expect(verifyDecision((await app.get(DecisionEvidence).of(number))!.zip).sound).toBe(true)
  })

  it('need who was admitted meanwhile, and not who left', async () => {
    const id = await opened()
    for (const one of delegates) if (one !== delegates[2]) await answer(id, one)
    const newcomer = await admit(OPENED)
    await app.get(WrittenDailyWork).doAll(OPENED)
    const asked = await query(`SELECT 1 FROM notices WHERE key LIKE $1 AND to_address = $2`, [
      `written-asked:${id}%`,
      newcomer.email,
    ])
    expect(asked).toHaveLength(1)
    await leave(delegates[2]!, OPENED)
    await app.get(WrittenDailyWork).doAll(OPENED)
    expect((await known(id)).state).toBe('open')
    await answer(id, newcomer)
    const { state, outcome: ended } = await known(id)
    expect(state).toBe('adopted')
    expect(ended!.electorate.map(({ memberId }) => memberId).sort()).toEqual(
      [delegates[0]!, delegates[1]!, newcomer].map(memberOf).sort(),
    )
    expect(await outcome(answer(id, delegates[2]!))).toBe('written.closed')
    delegates = [delegates[0]!, delegates[1]!, newcomer]
  })

  it('are not possible for what the statutes exclude', async () => {
    await app.get(Database).transaction((tx) =>
      app.get(Statutes).record(tx, [
        {
          key: 'writtenDecisions',
          value: ['ordinary'],
          article: 'artikel 19',
          source: 'test',
          holdsFrom: '2019-01-01',
        },
      ]),
    )
    const statuteChange = { ...proposal, decisionType: 'statuteChange' as const }
    expect(await outcome(proposing.propose(randomUUID(), statuteChange, secretary))).toBe('written.excluded')
  })

  it('keep every step: the application changes and removes nothing, and answers nothing after the outcome', async () => {
    const tables = [
      'written_decisions',
      'written_decision_knowledge',
      'written_decision_openings',
      'written_decision_answers',
      'written_decision_outcomes',
    ]
    for (const table of tables) {
      await expect(database.application.query(`DELETE FROM ${table}`), table).rejects.toMatchObject({
        code: '42501',
      })
    }
    await expect(
      database.application.query(`UPDATE written_decision_answers SET choice = 'for'`),
    ).rejects.toMatchObject({ code: '42501' })
    const id = await opened()
    await answer(id, delegates[0]!, 'against')
    const late = `INSERT INTO written_decision_answers VALUES ($1, $2, 'for', gen_random_uuid(), now(), $3)`
    const values = [id, memberOf(delegates[1]!), delegates[1]!.personId]
    await expect(database.application.query(late, values)).rejects.toMatchObject({ code: '23001' })
    const unknown = randomUUID()
    await proposing.propose(unknown, proposal, secretary)
    const early = `INSERT INTO written_decision_openings VALUES ($1, '2020-02-15', '2020-02-29', 'x', now(), $2)`
    await expect(database.application.query(early, [unknown, secretary.personId])).rejects.toMatchObject({
      code: '23503',
    })
  })
})
