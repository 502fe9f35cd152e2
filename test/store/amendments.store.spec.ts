import type { INestApplicationContext } from '@nestjs/common'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Amendments, Ballots, Deeds, Motions, Polls } from '#assemblies'
import { People } from '#identity'
import { RuleViolated } from '#kernel'
import { Members } from '#members'
import { Database, Visitor } from '#platform'
import { Statutes } from '#statutes'
import { verifyDecision } from '../../apps/cli/verify/decision.js'
import { demoStatutes } from '../../apps/demo/statutes.js'
import { DecisionEvidence } from '../../libs/assemblies/decisions/decision-evidence.service.js'
import { formatDecisionNumber } from '../../libs/assemblies/rules/decision-number.js'
import { assemblyModules, startContext } from '../support/context.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { repetitions } from '../support/repetitions.js'

const HELD_ON = '2020-02-15'
const TEXT = 'De ALV stelt het werkplan vast. De bijeenkomst is in maart. De kosten zijn laag.'
const ID = (last: number) => `00000000-0000-7000-8000-${last.toString().padStart(12, '0')}`

let database: TestDatabase
let app: INestApplicationContext
let amendments: Amendments
let motions: Motions
let polls: Polls
let ballots: Ballots
let chair: Visitor
let director: Visitor
/** One to three may vote, the last supports. */
const delegates: Visitor[] = []
const memberOf = (at: number) => delegates[at]!.scopesOf('delegate')[0]!
const forMember = (at: number) => `lid:${memberOf(at)}`
let assemblyId: string
let motionId: string
let made = 1_000
const newId = () => ID(++made)

const query = (sql: string, params: unknown[] = []) => database.owner.query(sql, params)
const codeOf = (error: unknown): string => {
  if (error instanceof RuleViolated) return error.violations[0]!.code
  throw error
}
const outcome = (attempt: Promise<unknown>) => attempt.then(() => 'done', codeOf)
const present = async (): Promise<string> =>
  (
    await query('SELECT text FROM motion_texts WHERE motion_id = $1 ORDER BY number DESC LIMIT 1', [motionId])
  )[0]?.text

async function offer(at: number, text: string, baseNumber = 1, id = newId()): Promise<string> {
  await amendments.offer(
    motionId,
    id,
    { text, baseNumber, reasoning: 'Beter.' },
    forMember(at),
    delegates[at]!,
  )
  return id
}

/** Opens the poll, everyone votes alike, and the chair declares. */
async function decide(amendmentId: string | null, choice: 'for' | 'against') {
  const poll = await polls.open(assemblyId, motionId, chair, { amendmentId })
  for (const at of [0, 1, 2]) await ballots.cast(poll, memberOf(at), choice, delegates[at]!.personId)
  await polls.close(poll, chair)
  return polls.declare(poll, chair)
}

beforeAll(async () => {
  database = await createTestDatabase('empty')
  app = await startContext(database.url, assemblyModules)
  amendments = app.get(Amendments)
  motions = app.get(Motions)
  polls = app.get(Polls)
  ballots = app.get(Ballots)
  const [members, people, statutes] = [app.get(Members), app.get(People), app.get(Statutes)]
  await app.get(Database).transaction(async (tx) => {
    await statutes.record(tx, demoStatutes)
    for (let number = 1; number <= 4; number++) {
      const kind = number <= 3 ? 'voting' : 'supporting'
      const scopeId = await members.admit(tx, {
        ...{ number, name: `Lid ${number}`, kind, on: '2019-01-01' },
        by: null,
      })
      const email = `lid-${number}@example.org`
      const personId = await people.add(tx, { name: `Afgevaardigde ${number}`, email })
      await people.assign(tx, { personId, role: 'delegate', scopeId, from: '2019-01-01', by: null })
      delegates.push(new Visitor(personId, `Afgevaardigde ${number}`, email, [{ role: 'delegate', scopeId }]))
    }
    const officer = async (role: 'chair' | 'director') => {
      const personId = await people.add(tx, { name: role, email: `${role}@example.org` })
      await people.assign(tx, { personId, role, from: '2019-01-01', by: null })
      return new Visitor(personId, role, `${role}@example.org`, [{ role, scopeId: null }])
    }
    chair = await officer('chair')
    director = await officer('director')
  })
})

const content = {
  title: 'Werkplan',
  question: 'Stemt de ALV in?',
  text: TEXT,
  reasoning: '',
  decisionType: 'ordinary' as const,
}

beforeEach(async () => {
  ;[assemblyId, motionId] = [newId(), newId()]
  await query(
    `INSERT INTO assemblies (id, title, kind, held_on, starts_at, place, convened_on)
     VALUES ($1, 'ALV', 'ordinary', $2, '2020-02-15T10:00:00+01:00', 'Zaal', '2020-01-31')`,
    [assemblyId, HELD_ON],
  )
  await motions.submit(assemblyId, motionId, content, 'functie:chair', chair)
})

afterAll(async () => {
  await app?.close()
  await database?.drop()
})

describe('a motion', () => {
  it('is submitted once however often one presses, by members when the chair allows it', async () => {
    const id = newId()
    const submit = (at: number) => motions.submit(assemblyId, id, content, forMember(at), delegates[at]!)
    expect(await outcome(submit(0))).toBe('motion.notAllowedNow')
    await motions.allow(assemblyId, true, chair)
    expect(await outcome(submit(3))).toBe('motion.noProposer')
    await Promise.all([submit(0), submit(0), submit(0)])
    const [{ motions: count, texts }] = await query(
      `SELECT (SELECT count(*)::int FROM motions WHERE id = $1) AS motions,
         (SELECT count(*)::int FROM motion_texts WHERE motion_id = $1) AS texts`,
      [id],
    )
    expect([count, texts]).toEqual([1, 1])
    await motions.change(id, { ...content, text: 'Anders.' }, delegates[0]!)
    expect(await outcome(motions.change(id, content, delegates[1]!))).toBe('motion.notYours')
    const texts_ = await query('SELECT text, kind FROM motion_texts WHERE motion_id = $1 ORDER BY number', [
      id,
    ])
    expect(texts_).toEqual([
      { text: TEXT, kind: 'submitted' },
      { text: 'Anders.', kind: 'changed' },
    ])
  })

  it('is withdrawn by who proposed it before its poll opens, and stays in the record', async () => {
    expect(await outcome(motions.withdraw(motionId, 'Niet nodig', delegates[0]!))).toBe('motion.notYours')
    await motions.withdraw(motionId, 'Niet nodig', chair)
    await motions.withdraw(motionId, 'Nog eens', chair)
    const [row] = await query('SELECT title, withdrawal_reason AS reason FROM motions WHERE id = $1', [
      motionId,
    ])
    expect(row).toEqual({ title: 'Werkplan', reason: 'Niet nodig' })
    expect(await outcome(polls.open(assemblyId, motionId, chair))).toBe('motion.withdrawn')
    expect(await outcome(offer(0, `${TEXT} En meer.`))).toBe('motion.withdrawn')
  })
})

describe('amendments', () => {
  it('come before the motion, in the order of the chair, and the motion is voted on as amended', async () => {
    const first = await offer(0, TEXT.replace('maart', 'april'))
    const second = await offer(1, TEXT.replace('laag', 'begroot'))
    const third = await offer(2, TEXT.replace('maart', 'mei'))
    const gone = await offer(2, `${TEXT} Anders.`)
    await amendments.withdraw(gone, delegates[2]!)
    await amendments.move(second, -1, 2, chair)
    await amendments.move(second, -1, 2, chair)
    expect(await outcome(polls.open(assemblyId, motionId, chair))).toBe('motion.amendmentsPending')
    expect(await outcome(polls.open(assemblyId, motionId, chair, { amendmentId: first }))).toBe(
      'amendment.notItsTurn',
    )
    expect(await decide(second, 'for')).toMatchObject({ adopted: true, title: 'Amendement 2: Werkplan' })
    expect(await present()).toBe(TEXT.replace('laag', 'begroot'))
    // The next one was written for the old text: what it changes is changed in the text of now.
    await decide(first, 'for')
    const amended = TEXT.replace('laag', 'begroot').replace('maart', 'april')
    expect(await present()).toBe(amended)
    // The last one changes the same word.
    expect(await outcome(polls.open(assemblyId, motionId, chair, { amendmentId: third }))).toBe(
      'amendment.conflicts',
    )
    await amendments.setAside(third, 'April is al aangenomen.', chair)
    const decision = await decide(null, 'for')
    expect(decision).toMatchObject({ adopted: true, title: 'Werkplan', text: amended })
    expect(await outcome(offer(0, `${amended} Meer.`, 3))).toBe('amendment.motionInVote')

    const proof = (await app.get(DecisionEvidence).of(formatDecisionNumber(decision)))!
    expect(verifyDecision(proof.zip)).toMatchObject({ sound: true })
    const kinds = await query('SELECT kind FROM motion_texts WHERE motion_id = $1 ORDER BY number', [
      motionId,
    ])
    expect(kinds.map(({ kind }: { kind: string }) => kind)).toEqual(['submitted', 'amended', 'amended'])
  })

  it('that are rejected leave the text as it was', async () => {
    const id = await offer(0, `${TEXT} En meer.`)
    await decide(id, 'against')
    expect(await present()).toBe(TEXT)
    expect(await decide(null, 'for')).toMatchObject({ text: TEXT })
  })

  it('are refused without a change, for another text than the present one, and by who may not vote', async () => {
    expect(await outcome(offer(0, TEXT))).toBe('amendment.sameText')
    expect(await outcome(offer(0, 'Iets.', 7))).toBe('amendment.textChanged')
    expect(await outcome(offer(3, `${TEXT} En meer.`))).toBe('motion.noProposer')
  })

  it('offered while the poll opens either come first or are refused, never both', async () => {
    for (let round = 0; round < repetitions(5, 50); round++) {
      motionId = newId()
      await motions.submit(assemblyId, motionId, content, 'functie:chair', chair)
      const [offered, opened] = await Promise.all([
        outcome(offer(0, `${TEXT} En meer.`)),
        outcome(polls.open(assemblyId, motionId, chair)),
      ])
      expect([
        ['done', 'motion.amendmentsPending'],
        ['amendment.motionInVote', 'done'],
      ]).toContainEqual([offered, opened])
    }
  })

  it('offered together are numbered each, and one press twice offers once', async () => {
    const id = newId()
    await Promise.all([
      ...Array.from({ length: 3 }, () => offer(0, `${TEXT} A.`, 1, id)),
      offer(1, `${TEXT} B.`),
      offer(2, `${TEXT} C.`),
    ])
    const rows = await query('SELECT number, position FROM amendments WHERE motion_id = $1 ORDER BY number', [
      motionId,
    ])
    expect(rows).toEqual([1, 2, 3].map((number) => ({ number, position: number })))
  })

  it('keep their text: only place, withdrawal and lapse are filled in later', async () => {
    await offer(0, `${TEXT} A.`)
    for (const change of [`UPDATE amendments SET text = 'x'`, 'DELETE FROM amendments'])
      await expect(database.application.query(change)).rejects.toMatchObject({ code: '42501' })
  })
})

describe('a change of the statutes', () => {
  it('is not in force until the date of its deed is entered, which may be corrected', async () => {
    await query(`UPDATE motions SET decision_type = 'statuteChange' WHERE id = $1`, [motionId])
    const { id } = await decide(null, 'for')
    const deeds = app.get(Deeds)
    const effect = async () => (await deeds.effectsOf([id])).get(id)
    expect(await effect()).toBe('notYetInForce')
    expect(await outcome(deeds.enter(id, '2019-12-31', 'mr. Jansen', director))).toBe('deed.beforeDecision')
    const [{ on }] = await query('SELECT decided_on AS "on" FROM decisions WHERE id = $1', [id])
    await Promise.all([
      deeds.enter(id, on, 'mr. Jansen', director),
      deeds.enter(id, on, 'mr. Jansen', director),
    ])
    expect(await effect()).toBe('inForceByDeed')
    expect(await deeds.of(id)).toHaveLength(1)
    await deeds.enter(id, on, 'mr. Pietersen', director)
    expect((await deeds.of(id)).map(({ notary }) => notary)).toEqual(['mr. Jansen', 'mr. Pietersen'])
  })
})
