import type { INestApplicationContext } from '@nestjs/common'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Assemblies, Attendance, Ballots, CheckInCodes, Hall, Polls, Proxies } from '#assemblies'
import { People } from '#identity'
import { RuleViolated } from '#kernel'
import { Members } from '#members'
import { Database, PersonalData, sha256Hex, Upload, Visitor } from '#platform'
import { Statutes } from '#statutes'
import { verifyDecision } from '../../apps/cli/verify/decision.js'
import { demoStatutes } from '../../apps/demo/statutes.js'
import { DecisionEvidence } from '../../libs/assemblies/decisions/decision-evidence.service.js'
import { ProxyLetters } from '../../libs/assemblies/hall/proxy-letters.service.js'
import { formatDecisionNumber } from '../../libs/assemblies/rules/decision-number.js'
import { electorateText } from '../../libs/assemblies/rules/electorate-text.js'
import { presentAt } from '../../libs/assemblies/rules/presence.js'
import { proxiesInForce } from '../../libs/assemblies/rules/proxies.js'
import { readAttendanceLog } from '../../libs/assemblies/store/hall.store.js'
import { readElectors } from '../../libs/assemblies/store/poll.store.js'
import { readProxies } from '../../libs/assemblies/store/proxy.store.js'
import { assemblyModules, startContext } from '../support/context.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { repetitions } from '../support/repetitions.js'
import { samplePdf } from '../support/sample-files.js'

const MEMBERS = 12
const HELD_ON = '2020-02-15'
const ID = (last: number) => `00000000-0000-7000-8000-${last.toString().padStart(12, '0')}`

let database: TestDatabase
let app: INestApplicationContext
let polls: Polls
let proxies: Proxies
let attendance: Attendance
let ballots: Ballots
let chair: Visitor
let secretary: Visitor
/** The delegate of each member: one to twelve may vote, the last supports. */
const delegates: Visitor[] = []
const memberOf = (at: number) => delegates[at]!.scopesOf('delegate')[0]!
let assemblyId: string
let motionId: string
let made = 0

const query = (sql: string, params: unknown[] = []) => database.owner.query(sql, params)
const give = (from: number, to: number, instruction = '') =>
  proxies.grant(
    assemblyId,
    { principalId: memberOf(from), holderId: memberOf(to), instruction },
    delegates[from]!,
  )
const giveAccepted = async (from: number, to: number, instruction = '') => {
  const id = await give(from, to, instruction)
  await proxies.accept(id, delegates[to]!)
  return id
}
const codeOf = (error: unknown): string => {
  if (error instanceof RuleViolated) return error.violations[0]!.code
  throw error
}
const outcome = (attempt: Promise<unknown>) => attempt.then(() => 'done', codeOf)
const openAgain = async (): Promise<string> => {
  const id = ID(800_000 + ++made)
  await query(
    `INSERT INTO motions (id, assembly_id, position, title, question, explanation, decision_type, submitted_at)
     SELECT $1, $2, max(position) + 1, 'Voorstel', 'Vraag?', '', 'ordinary', now() FROM motions WHERE assembly_id = $2`,
    [id, assemblyId],
  )
  return polls.open(assemblyId, id, chair)
}
const electorOf = async (pollId: string, at: number) =>
  (await readElectors(app.get(Database).read, pollId)).find(({ memberId }) => memberId === memberOf(at))!

/** The electorate says exactly what log and proxies say of the moment of opening, and its hash fits. */
async function expectFrozenAsLogged(pollId: string): Promise<void> {
  const { read } = app.get(Database)
  const [{ openedAt, hash }] = await query(
    'SELECT opened_at AS "openedAt", electorate_hash AS hash FROM polls WHERE id = $1',
    [pollId],
  )
  const electors = await readElectors(read, pollId)
  const present = presentAt(await readAttendanceLog(read, assemblyId), openedAt)
  const mayVote = new Set(electors.map(({ memberId }) => memberId))
  const inForce = proxiesInForce(await readProxies(read, assemblyId), openedAt, present, mayVote)
  for (const { memberId, holderId, proxyId, casterIds } of electors) {
    const proxy = inForce.get(memberId)
    expect([holderId, proxyId]).toEqual([proxy?.holderId ?? null, proxy?.id ?? null])
    const voter = delegates.find((one) => one.hasFor('delegate', proxy?.holderId ?? memberId))
    expect(casterIds).toEqual([voter!.personId])
  }
  expect(sha256Hex(electorateText(electors))).toBe(hash)
}

beforeAll(async () => {
  database = await createTestDatabase('empty')
  app = await startContext(database.url, assemblyModules)
  polls = app.get(Polls)
  proxies = app.get(Proxies)
  attendance = app.get(Attendance)
  ballots = app.get(Ballots)
  const [members, people, statutes] = [app.get(Members), app.get(People), app.get(Statutes)]
  await app.get(Database).transaction(async (tx) => {
    await statutes.record(tx, demoStatutes)
    for (let number = 1; number <= MEMBERS + 1; number++) {
      const kind = number <= MEMBERS ? 'voting' : 'supporting'
      const scopeId = await members.admit(tx, {
        ...{ number, name: `Lid ${number}`, kind, on: '2019-01-01' },
        by: null,
      })
      const email = `lid-${number}@example.org`
      const personId = await people.add(tx, { name: `Afgevaardigde ${number}`, email })
      await people.assign(tx, { personId, role: 'delegate', scopeId, from: '2019-01-01', by: null })
      delegates.push(new Visitor(personId, `Afgevaardigde ${number}`, email, [{ role: 'delegate', scopeId }]))
    }
    const officer = async (role: 'chair' | 'secretary') => {
      const personId = await people.add(tx, { name: role, email: `${role}@example.org` })
      await people.assign(tx, { personId, role, from: '2019-01-01', by: null })
      return new Visitor(personId, role, `${role}@example.org`, [{ role, scopeId: null }])
    }
    chair = await officer('chair')
    secretary = await officer('secretary')
  })
})

beforeEach(async () => {
  made++
  ;[assemblyId, motionId] = [ID(2 * made), ID(2 * made + 1)]
  await query(
    `INSERT INTO assemblies (id, title, kind, held_on, starts_at, place, convened_on)
     VALUES ($1, 'ALV', 'ordinary', $2, '2020-02-15T10:00:00+01:00', 'Zaal', '2020-01-31')`,
    [assemblyId, HELD_ON],
  )
  await query(
    `INSERT INTO motions (id, assembly_id, position, title, question, explanation, decision_type, submitted_at)
     VALUES ($1, $2, 1, 'Werkplan', 'Stelt de ALV het werkplan vast?', '', 'ordinary', now())`,
    [motionId, assemblyId],
  )
})

afterAll(async () => {
  await app?.close()
  await database?.drop()
})

describe('a proxy', () => {
  it('is given once however often one presses, and its holder is told once', async () => {
    const given = await Promise.all(Array.from({ length: 5 }, () => give(0, 1, 'Stem tegen.')))
    expect(new Set(given).size).toBe(1)
    await Promise.all(Array.from({ length: 5 }, () => proxies.accept(given[0]!, delegates[1]!)))
    const [counts] = await query(
      `SELECT (SELECT count(*)::int FROM proxies WHERE assembly_id = $1) AS given,
         (SELECT count(*)::int FROM proxy_events WHERE proxy_id = $2) AS events,
         (SELECT count(*)::int FROM notices WHERE key LIKE 'assemblies/proxy-asked ' || $3 || '%') AS asked,
         (SELECT count(*)::int FROM notices WHERE key LIKE 'assemblies/proxy-answered ' || $3 || '%') AS answered`,
      [assemblyId, given[0], given[0]],
    )
    expect(counts).toEqual({ given: 1, events: 1, asked: 1, answered: 1 })
  })

  it('is refused to and by who may not, each with its own reason', async () => {
    const supporting = MEMBERS
    expect(await outcome(give(supporting, 1))).toBe('proxy.mayNotVote')
    expect(await outcome(give(0, supporting))).toBe('proxy.holderMayNotVote')
    expect(await outcome(give(0, 0))).toBe('proxy.toItself')
    const stolen = { principalId: memberOf(0), holderId: memberOf(2), instruction: '' }
    expect(await outcome(proxies.grant(assemblyId, stolen, delegates[1]!))).toBe('proxy.notYours')
    await giveAccepted(0, 1)
    expect(await outcome(give(0, 2))).toBe('proxy.alreadyGiven')
    expect(await outcome(give(1, 2))).toBe('proxy.principalHolds')
    expect(await outcome(give(2, 0))).toBe('proxy.holderGave')
    const asked = await give(3, 4)
    await expect(proxies.accept(asked, delegates[3]!)).rejects.toThrow('Not Found')
    await expect(proxies.revoke(asked, delegates[4]!)).rejects.toThrow('Not Found')
    await proxies.decline(asked, delegates[4]!)
    expect(await outcome(proxies.accept(asked, delegates[4]!))).toBe('proxy.over')
    await query('UPDATE assemblies SET ended_at = now() WHERE id = $1', [assemblyId])
    expect(await outcome(give(5, 6))).toBe('assembly.ended')
  })

  it('never exceeds the cap, however many are accepted at once', {
    repeats: repetitions(2, 49),
  }, async () => {
    const asked = await Promise.all([1, 2, 3, 4, 5].map((from) => give(from, 0)))
    const outcomes = await Promise.all(asked.map((id) => outcome(proxies.accept(id, delegates[0]!))))
    expect(outcomes.toSorted()).toEqual(['done', 'done', ...Array(3).fill('proxy.capReached')])
  })

  it('makes no chain when two give each other one at once', { repeats: repetitions(2, 49) }, async () => {
    const both = await Promise.all([outcome(giveAccepted(0, 1)), outcome(giveAccepted(1, 0))])
    const { inForce } = await app.get(Hall).now({ id: assemblyId, heldOn: HELD_ON, endedAt: null })
    expect(inForce.size).toBeLessThanOrEqual(1)
    expect(both.filter((one) => one === 'done')).toHaveLength(inForce.size)
  })

  it('by letter is in force at once, with its scan for those it concerns', async () => {
    const letter = { principalId: memberOf(0), holderId: memberOf(1), instruction: '' }
    const scan = new Upload('brief.pdf', samplePdf('Volmacht'))
    const id = await proxies.enterLetter(assemblyId, letter, scan, secretary)
    expect(await proxies.enterLetter(assemblyId, letter, scan, secretary)).toBe(id)
    const seen = [delegates[0]!, delegates[1]!, delegates[2]!, secretary, chair].map((one) =>
      app.get(ProxyLetters).of(id, one),
    )
    expect((await Promise.all(seen)).map(Boolean)).toEqual([true, true, false, true, true])
    expect(
      await outcome(
        proxies.enterLetter(
          assemblyId,
          { ...letter, principalId: memberOf(3) },
          new Upload('x.pdf', Buffer.from('x')),
          secretary,
        ),
      ),
    ).toBe('file.wrongKind')
    expect((await electorOf(await polls.open(assemblyId, motionId, chair), 0)).holderId).toBe(memberOf(1))
    await proxies.revoke(id, secretary)
    expect((await electorOf(await openAgain(), 0)).holderId).toBeNull()
  })

  it('loses its scan and the names in it when the people of the member are erased', async () => {
    const letter = { principalId: memberOf(7), holderId: memberOf(1), instruction: 'Bel Anna Zonder vooraf.' }
    const id = await proxies.enterLetter(
      assemblyId,
      letter,
      new Upload('b.pdf', samplePdf('Volmacht')),
      secretary,
    )
    await attendance.noteGuest(assemblyId, 'Anna Zonder', secretary)
    await app.get(Database).transaction(async (tx) => {
      const erased = { memberId: memberOf(7), personIds: [], texts: ['Anna Zonder'] }
      await app.get(PersonalData).eraseEverywhere(tx, erased)
    })
    await query(`SELECT erase_texts(ARRAY['Anna Zonder'])`)
    expect((await app.get(ProxyLetters).of(id, secretary))?.content ?? null).toBeNull()
    const [{ instruction }] = await query('SELECT instruction FROM proxies WHERE id = $1', [id])
    expect(instruction).toBe('Bel Geanonimiseerd vooraf.')
    expect((await app.get(Hall).guests(assemblyId))[0]!.name).toMatch(/^Geanonimiseerd \w+$/)
  })
})

describe('the electorate of a poll', () => {
  it('gives a represented member to its holder, and keeps it there when the proxy is revoked later', async () => {
    const id = await giveAccepted(0, 1, 'Stem tegen.')
    const pollId = await polls.open(assemblyId, motionId, chair)
    await expectFrozenAsLogged(pollId)
    await proxies.revoke(id, delegates[0]!)
    expect(await outcome(ballots.cast(pollId, memberOf(0), 'for', delegates[0]!.personId))).toBe(
      'ballot.notYourMember',
    )
    await ballots.cast(pollId, memberOf(0), 'against', delegates[1]!.personId)
    const later = await openAgain()
    await expectFrozenAsLogged(later)
    await ballots.cast(later, memberOf(0), 'for', delegates[0]!.personId)
  })

  it('leaves a principal who is there to itself, and its holder again after it left', async () => {
    await giveAccepted(0, 1)
    await attendance.checkIn(assemblyId, delegates[0]!)
    expect((await electorOf(await polls.open(assemblyId, motionId, chair), 0)).holderId).toBeNull()
    await attendance.checkOut(assemblyId, delegates[0]!)
    const later = await openAgain()
    expect((await electorOf(later, 0)).holderId).toBe(memberOf(1))
    await expectFrozenAsLogged(later)
  })

  it('agrees with what is recorded when revoking meets opening', {
    repeats: repetitions(3, 49),
  }, async () => {
    const id = await giveAccepted(0, 1)
    const [pollId] = await Promise.all([
      polls.open(assemblyId, motionId, chair),
      proxies.revoke(id, delegates[0]!),
    ])
    await expectFrozenAsLogged(pollId)
  })

  it('agrees with what is recorded when accepting, revoking and opening meet', {
    repeats: repetitions(3, 49),
  }, async () => {
    const asked = await give(0, 1)
    const other = await give(2, 1)
    const standing = await giveAccepted(3, 4)
    const [pollId, accepted, revoked, answered] = await Promise.all([
      polls.open(assemblyId, motionId, chair),
      outcome(proxies.accept(asked, delegates[1]!)),
      outcome(proxies.revoke(asked, delegates[0]!)),
      outcome(proxies.accept(other, delegates[1]!)),
      outcome(proxies.revoke(standing, delegates[3]!)),
      outcome(proxies.giveBack(standing, delegates[4]!)),
    ])
    expect([revoked, answered]).toEqual(['done', 'done'])
    expect(['done', 'proxy.over']).toContain(accepted)
    await expectFrozenAsLogged(pollId)
    const ends = await query(
      `SELECT count(*)::int AS n FROM proxy_events WHERE proxy_id = $1 AND type IN ('revoked', 'returned')`,
      [standing],
    )
    expect(ends).toEqual([{ n: 1 }])
    const later = await openAgain()
    await expectFrozenAsLogged(later)
    expect([(await electorOf(later, 0)).holderId, (await electorOf(later, 2)).holderId]).toEqual([
      null,
      memberOf(1),
    ])
  })

  it('agrees with the log when checking in and out meets opening', {
    repeats: repetitions(3, 49),
  }, async () => {
    for (const from of [0, 2, 4]) await giveAccepted(from, from + 1)
    await attendance.checkIn(assemblyId, delegates[4]!)
    const [pollId] = await Promise.all([
      polls.open(assemblyId, motionId, chair),
      attendance.checkIn(assemblyId, delegates[0]!),
      attendance.note(assemblyId, memberOf(2), 'in', secretary),
      attendance.checkOut(assemblyId, delegates[4]!),
    ])
    await expectFrozenAsLogged(pollId)
  })

  it('counts a represented member as present when its holder is, or voted for it (BW 2:38)', async () => {
    for (const [from, to] of [
      [0, 1],
      [2, 3],
      [4, 5],
    ] as const)
      await giveAccepted(from, to)
    const pollId = await polls.open(assemblyId, motionId, chair)
    await attendance.checkIn(assemblyId, delegates[1]!) // there: itself and 0
    await ballots.cast(pollId, memberOf(2), 'for', delegates[3]!.personId) // voted from elsewhere for 2 alone
    await polls.close(pollId, chair)
    await attendance.checkIn(assemblyId, delegates[5]!) // too late
    await polls.declare(pollId, chair)
    const [result] = await query('SELECT present, tally FROM poll_results WHERE poll_id = $1', [pollId])
    expect(result).toEqual({ present: 3, tally: { for: 1, against: 0, blank: 0, invalid: 0 } })
  })
})

describe('casting', () => {
  it('all alike records each apart, and a repeat changes nothing', async () => {
    await giveAccepted(1, 0)
    await giveAccepted(2, 0)
    const pollId = await polls.open(assemblyId, motionId, chair)
    await ballots.cast(pollId, memberOf(1), 'against', delegates[0]!.personId)
    const outcomes = await ballots.castAll(pollId, 'for', delegates[0]!.personId)
    expect(outcomes.map(({ memberId, refused }) => [memberId, refused?.code ?? 'recorded'])).toEqual([
      [memberOf(0), 'recorded'],
      [memberOf(1), 'ballot.alreadyVoted'],
      [memberOf(2), 'recorded'],
    ])
    const again = await Promise.all(
      Array.from({ length: 5 }, () => ballots.castAll(pollId, 'blank', delegates[0]!.personId)),
    )
    expect(new Set(again.flat().map(({ refused }) => refused?.code))).toEqual(
      new Set(['ballot.alreadyVoted']),
    )
    const cast = await query('SELECT choice FROM ballots WHERE poll_id = $1 ORDER BY choice', [pollId])
    expect(cast.map(({ choice }: { choice: string }) => choice)).toEqual(['against', 'for', 'for'])
    expect(await outcome(ballots.castAll(pollId, 'for', chair.personId))).toBe('ballot.notYourMember')
    expect(await outcome(ballots.castAll(pollId, 'yes', delegates[3]!.personId))).toBe('ballot.unknownChoice')
    await expect(ballots.castAll(ID(999), 'for', delegates[0]!.personId)).rejects.toThrow('Not Found')
  })

  it('by the secretary takes a member in the hall, marks it, and tells its delegate but not what', async () => {
    await giveAccepted(1, 0)
    const pollId = await polls.open(assemblyId, motionId, chair)
    const enter = (at: number, choice = 'against') => ballots.enter(pollId, memberOf(at), choice, secretary)
    expect(await outcome(enter(0))).toBe('ballot.notPresent')
    expect(await outcome(enter(MEMBERS))).toBe('ballot.noElector')
    await attendance.note(assemblyId, memberOf(0), 'in', secretary)
    expect(await outcome(enter(0, ''))).toBe('ballot.unknownChoice')
    const twice = await Promise.all([outcome(enter(0)), outcome(enter(0)), outcome(enter(1))])
    expect(twice.toSorted()).toEqual(['ballot.alreadyVoted', 'done', 'done'])
    const marked = await query('SELECT DISTINCT entered_by AS by FROM ballots WHERE poll_id = $1', [pollId])
    expect(marked).toEqual([{ by: secretary.personId }])
    const told = await query(
      `SELECT person_id AS who, model::text FROM notices WHERE key LIKE 'assemblies/ballot-entered ' || $1 || '%'`,
      [pollId],
    )
    expect(told.map(({ who }: { who: string }) => who)).toEqual(Array(2).fill(delegates[0]!.personId))
    expect(told[0].model).not.toContain('against')
    const happened = await app.get(Assemblies).happeningsFor(secretary)
    expect(happened.filter(({ key }) => key === 'assemblies.happenings.cast')).toEqual([])
    await polls.close(pollId, chair)
    expect(await outcome(enter(2))).toBe('poll.closed')
    expect(await outcome(enter(0))).toBe('ballot.alreadyVoted')
  })

  it('by proxy and by the secretary stands in the proof, which shows a changed electorate', async () => {
    await giveAccepted(1, 0)
    await attendance.note(assemblyId, memberOf(2), 'in', secretary)
    const pollId = await polls.open(assemblyId, motionId, chair)
    await ballots.castAll(pollId, 'for', delegates[0]!.personId)
    await ballots.enter(pollId, memberOf(2), 'for', secretary)
    await polls.close(pollId, chair)
    const number = formatDecisionNumber(await polls.declare(pollId, chair))
    const { zip } = (await app.get(DecisionEvidence).of(number))!
    const { sound, lines } = verifyDecision(zip)
    expect({ sound, lines: lines.join(' ') }).toEqual({
      sound: true,
      lines: expect.stringContaining('stemmen: 3; met volmacht: 1; ingevoerd door de secretaris: 1.'),
    })
  })
})

describe('attendance', () => {
  it('knows a code only of its own assembly and member', async () => {
    const codes = app.get(CheckInCodes)
    const code = await codes.codeOf(assemblyId, memberOf(0))
    expect(await codes.codeOf(assemblyId, memberOf(0))).toBe(code)
    expect(await codes.memberOf(assemblyId, code)).toBe(memberOf(0))
    expect(await codes.memberOf(ID(1), code)).toBeNull()
    expect(await codes.memberOf(assemblyId, code.replace(memberOf(0), memberOf(1)))).toBeNull()
    expect(await codes.memberOf(assemblyId, 'x')).toBeNull()
    expect(await codes.addressOf(assemblyId, memberOf(0))).toMatch(
      new RegExp(`^http://.*/alv/${assemblyId}/binnen/${code.replace('.', '[.]')}$`),
    )
  })

  it('is a log in which double clicks leave one line', async () => {
    const press = () => attendance.note(assemblyId, memberOf(0), 'in', secretary)
    await Promise.all([press(), press(), attendance.checkIn(assemblyId, delegates[0]!), press()])
    await Promise.all([
      attendance.checkOut(assemblyId, delegates[0]!),
      attendance.checkOut(assemblyId, delegates[0]!),
    ])
    await press()
    const log = await readAttendanceLog(app.get(Database).read, assemblyId)
    expect(log.map(({ kind }) => kind)).toEqual(['in', 'out', 'in'])
  })

  it('of supporting members and guests changes no quorum', async () => {
    const now = () => app.get(Hall).now({ id: assemblyId, heldOn: HELD_ON, endedAt: null })
    await attendance.checkIn(assemblyId, delegates[0]!)
    const before = (await now()).quorum
    expect(before).toMatchObject({
      present: 1,
      represented: 0,
      electorate: MEMBERS,
      needed: 4,
      reached: false,
    })
    await attendance.note(assemblyId, memberOf(MEMBERS), 'in', secretary)
    for (let press = 0; press < 2; press++) await attendance.noteGuest(assemblyId, 'Gemeente', secretary)
    expect((await now()).quorum).toEqual(before)
    const [guest, ...others] = await app.get(Hall).guests(assemblyId)
    expect(others).toEqual([])
    await attendance.guestLeaves(assemblyId, guest!.id, secretary)
    await attendance.noteGuest(assemblyId, 'Gemeente', secretary)
    expect((await app.get(Hall).guests(assemblyId))[0]).toMatchObject({ leftAt: null, cameAt: guest!.cameAt })
    await giveAccepted(1, 0)
    expect((await now()).quorum).toMatchObject({ present: 1, represented: 1 })
  })
})
