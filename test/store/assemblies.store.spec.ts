import type { INestApplicationContext } from '@nestjs/common'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Assemblies, Attendance, Ballots, Polls, Proceedings } from '#assemblies'
import { People } from '#identity'
import { RuleViolated } from '#kernel'
import { Members } from '#members'
import { Database, sha256Hex, sqlState, Visitor } from '#platform'
import { Statutes } from '#statutes'
import { BadInput } from '../../apps/cli/compute/index.js'
import { verifyDecision } from '../../apps/cli/verify/decision.js'
import { demoStatutes } from '../../apps/demo/statutes.js'
import { DecisionEvidence } from '../../libs/assemblies/decisions/decision-evidence.service.js'
import { formatDecisionNumber } from '../../libs/assemblies/rules/decision-number.js'
import { assemblyModules, startContext } from '../support/context.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { repetitions } from '../support/repetitions.js'

const ELECTORS = 200
const HELD_ON = '2020-02-15'
const ID = (last: number) => `00000000-0000-7000-8000-${last.toString().padStart(12, '0')}`

let database: TestDatabase
let app: INestApplicationContext
let assemblies: Assemblies
let polls: Polls
let proceedings: Proceedings
let attendance: Attendance
let ballots: Ballots
let chair: Visitor
let secondChair: Visitor
/** Each voting member with the person who casts for it. */
const voters: { memberId: string; personId: string }[] = []
let assemblyId: string
let motionId: string
let made = 0

/** What happened to each attempt: `cast`, or the code of the rule that refused it. */
async function outcomes(attempts: Promise<unknown>[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const settled of await Promise.allSettled(attempts)) {
    const code = settled.status === 'fulfilled' ? 'cast' : codeOf(settled.reason)
    counts[code] = (counts[code] ?? 0) + 1
  }
  return counts
}

function codeOf(error: unknown): string {
  if (error instanceof RuleViolated) return error.violations[0]!.code
  throw error
}

const query = (sql: string, params: unknown[] = []) => database.owner.query(sql, params)
const delegateOf = ({ memberId, personId }: { memberId: string; personId: string }) =>
  new Visitor(personId, 'Afgevaardigde', 'x@example.org', [{ role: 'delegate', scopeId: memberId }])
const castAs = (pollId: string, voter: { memberId: string; personId: string }, choice = 'for') =>
  ballots.cast(pollId, voter.memberId, choice, voter.personId)
const ballotsIn = async (pollId: string) =>
  Number((await query('SELECT count(*)::int AS n FROM ballots WHERE poll_id = $1', [pollId]))[0].n)

beforeAll(async () => {
  database = await createTestDatabase('empty')
  app = await startContext(database.url, assemblyModules, 40)
  assemblies = app.get(Assemblies)
  polls = app.get(Polls)
  proceedings = app.get(Proceedings)
  attendance = app.get(Attendance)
  ballots = app.get(Ballots)
  const [members, people, statutes] = [app.get(Members), app.get(People), app.get(Statutes)]
  await app.get(Database).transaction(async (tx) => {
    await statutes.record(tx, demoStatutes)
    for (let number = 1; number <= ELECTORS + 1; number++) {
      const kind = number <= ELECTORS ? 'voting' : 'supporting'
      const memberId = await members.admit(tx, {
        number,
        name: `Lid ${number}`,
        kind,
        on: '2019-01-01',
        by: null,
      })
      const personId = await people.add(tx, {
        name: `Afgevaardigde ${number}`,
        email: `lid-${number}@example.org`,
      })
      await people.assign(tx, { personId, role: 'delegate', scopeId: memberId, from: '2019-01-01', by: null })
      voters.push({ memberId, personId })
    }
    const officer = async (name: string) => {
      const personId = await people.add(tx, { name, email: `${name}@example.org` })
      await people.assign(tx, { personId, role: 'chair', from: '2019-01-01', by: null })
      return new Visitor(personId, name, `${name}@example.org`, [{ role: 'chair', scopeId: null }])
    }
    chair = await officer('voorzitter')
    secondChair = await officer('vicevoorzitter')
  })
})

/** A fresh assembly under way, with one motion on its agenda. */
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

describe('casting', () => {
  it('fifty parallel casts for one elector leave exactly one ballot', {
    repeats: repetitions(1, 49),
  }, async () => {
    const pollId = await polls.open(assemblyId, motionId, chair)
    const attempts = Array.from({ length: 50 }, (_, at) =>
      castAs(pollId, voters[0]!, at % 2 ? 'for' : 'against'),
    )
    expect(await outcomes(attempts)).toEqual({ cast: 1, 'ballot.alreadyVoted': 49 })
    expect(await ballotsIn(pollId)).toBe(1)
  })

  it('a second attempt hears when the ballot was cast', async () => {
    const pollId = await polls.open(assemblyId, motionId, chair)
    const { reference } = await castAs(pollId, voters[0]!)
    expect(reference).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/)
    await expect(castAs(pollId, voters[0]!, 'against')).rejects.toMatchObject({
      violations: [{ code: 'ballot.alreadyVoted', params: { time: expect.stringMatching(/^\d\d\.\d\d$/) } }],
    })
    const [kept] = await query('SELECT choice, reference FROM ballots WHERE poll_id = $1', [pollId])
    expect(kept).toEqual({ choice: 'for', reference })
  })

  it('closing while 200 are casting counts every acknowledged ballot and refuses the others', {
    repeats: repetitions(2, 49),
  }, async () => {
    const pollId = await polls.open(assemblyId, motionId, chair)
    const early = voters.slice(0, ELECTORS / 2).map((voter) => castAs(pollId, voter))
    const closing = Promise.race(early).then(() => polls.close(pollId, chair))
    // Half of them come while the closing waits for those in flight, half of them after it.
    const during = voters.slice(ELECTORS / 2, (3 * ELECTORS) / 4).map((voter) => castAs(pollId, voter))
    const late = closing.then(() =>
      Promise.all(
        voters.slice((3 * ELECTORS) / 4, ELECTORS).map(async (voter) => castAs(pollId, voter).catch(codeOf)),
      ),
    )
    const { cast = 0, 'poll.closed': refused = 0, ...others } = await outcomes([...early, ...during])
    expect(new Set(await late)).toEqual(new Set(['poll.closed']))
    expect(others).toEqual({})
    expect(cast + refused).toBe((3 * ELECTORS) / 4)
    expect(await ballotsIn(pollId)).toBe(cast)
    await polls.declare(pollId, chair)
    const [result] = await query('SELECT tally, present, electorate FROM poll_results WHERE poll_id = $1', [
      pollId,
    ])
    expect(result).toEqual({
      tally: { for: cast, against: 0, blank: 0, invalid: 0 },
      present: cast,
      electorate: ELECTORS,
    })
    const [afterwards] = await query(
      `SELECT count(*)::int AS n FROM ballots b JOIN polls p ON p.id = b.poll_id
       WHERE b.poll_id = $1 AND b.cast_at > p.closed_at`,
      [pollId],
    )
    expect(afterwards.n).toBe(0)
  })

  it('that goes on and on does not keep the chair from closing', async () => {
    const pollId = await polls.open(assemblyId, motionId, chair)
    let closed = false
    const pressing = voters.slice(0, 30).map(async (voter) => {
      while (!closed) await castAs(pollId, voter).catch(codeOf)
    })
    await new Promise((resolve) => setTimeout(resolve, 200))
    const started = Date.now()
    await polls.close(pollId, chair)
    const waited = Date.now() - started
    closed = true
    await Promise.all(pressing)
    expect(waited).toBeLessThan(5_000)
    expect(await ballotsIn(pollId)).toBe(30)
  })

  it('is refused to a stranger, for a supporting member, for another member, and after closing', async () => {
    const pollId = await polls.open(assemblyId, motionId, chair)
    const [first, second, supporting] = [voters[0]!, voters[1]!, voters[ELECTORS]!]
    expect(
      await outcomes([
        castAs(pollId, { memberId: first.memberId, personId: second.personId }),
        castAs(pollId, supporting),
        castAs(pollId, { memberId: first.memberId, personId: chair.personId }),
      ]),
    ).toEqual({ 'ballot.notYourMember': 3 })
    expect(await outcomes([castAs(pollId, first, 'abstain')])).toEqual({ 'ballot.unknownChoice': 1 })
    await polls.close(pollId, chair)
    expect(await outcomes([castAs(pollId, first)])).toEqual({ 'poll.closed': 1 })
    expect(await ballotsIn(pollId)).toBe(0)
    await expect(castAs(ID(999), first)).rejects.toThrow('Not Found')
  })

  it('voters wait neither for each other nor for another ballot that is not committed', async () => {
    const pollId = await polls.open(assemblyId, motionId, chair)
    const slow = database.application.createQueryRunner()
    await slow.connect()
    await slow.startTransaction()
    try {
      await slow.query('SELECT id FROM polls WHERE id = $1 FOR SHARE', [pollId])
      await slow.query(
        `INSERT INTO ballots (poll_id, member_id, choice, cast_by, cast_at, reference)
         VALUES ($1, $2, 'for', $3, now(), 'x')`,
        [pollId, voters[0]!.memberId, voters[0]!.personId],
      )
      expect(await outcomes([castAs(pollId, voters[1]!)])).toEqual({ cast: 1 })
    } finally {
      await slow.rollbackTransaction()
      await slow.release()
    }
  })

  it('writes the ballot and nothing else', async () => {
    const pollId = await polls.open(assemblyId, motionId, chair)
    const rows = () =>
      query('SELECT (SELECT count(*) FROM audit_log) AS audit, (SELECT count(*) FROM notices) AS notices')
    const before = await rows()
    await castAs(pollId, voters[0]!)
    expect(await rows()).toEqual(before)
  })
})

describe('a poll', () => {
  it('is one for two chairs who open it at once, with one electorate and one notice each', {
    repeats: repetitions(0, 19),
  }, async () => {
    const opened = await Promise.all(
      Array.from({ length: 10 }, (_, at) => polls.open(assemblyId, motionId, at % 2 ? chair : secondChair)),
    )
    expect(new Set(opened).size).toBe(1)
    const [counts] = await query(
      `SELECT (SELECT count(*)::int FROM polls WHERE motion_id = $1) AS polls,
         (SELECT count(*)::int FROM electors WHERE poll_id::text = $2) AS electors,
         (SELECT count(*)::int FROM notices WHERE key LIKE 'assemblies/poll-opened ' || $2 || '%') AS notices,
         (SELECT count(*)::int FROM audit_log WHERE subject_id = $2 AND action = 'poll.opened') AS audit`,
      [motionId, opened[0]],
    )
    expect(counts).toEqual({ polls: 1, electors: ELECTORS, notices: ELECTORS, audit: 1 })
  })

  it('freezes electorate and rule: what changes later changes nothing', async () => {
    const pollId = await polls.open(assemblyId, motionId, chair)
    const [{ rule }] = await query('SELECT rule FROM polls WHERE id = $1', [pollId])
    expect(rule).toEqual({
      asOf: HELD_ON,
      majority: { fraction: '1/2', strict: true, base: 'cast', article: 'artikel 18 lid 1' },
      quorum: { required: { fraction: '1/3', strict: false }, article: 'artikel 18 lid 2' },
      blank: { counts: 'excluded', article: 'artikel 18 lid 3' },
      tie: { means: 'rejected', article: 'artikel 18 lid 4' },
      votesPerMember: { votes: 1, article: 'artikel 17 lid 1' },
    })
    await app.get(Database).transaction((tx) =>
      app.get(Statutes).record(tx, [
        {
          ...demoStatutes[0]!,
          value: { fraction: '1/1', strict: false, base: 'electorate' },
          holdsFrom: '2019-01-01',
        },
      ]),
    )
    for (const voter of voters.slice(0, 67)) await castAs(pollId, voter)
    await polls.close(pollId, chair)
    expect((await polls.declare(pollId, chair)).adopted).toBe(true)
    await app
      .get(Database)
      .transaction((tx) => app.get(Statutes).record(tx, [{ ...demoStatutes[0]!, holdsFrom: '2019-01-01' }]))
  })

  it('declared ten times at once is one decision', { repeats: repetitions(0, 19) }, async () => {
    const pollId = await polls.open(assemblyId, motionId, chair)
    await polls.close(pollId, chair)
    await polls.close(pollId, secondChair)
    const declared = await Promise.all(Array.from({ length: 10 }, () => polls.declare(pollId, chair)))
    expect(new Set(declared.map(({ id }) => id)).size).toBe(1)
    const found = await query('SELECT adopted FROM decisions WHERE poll_id = $1', [pollId])
    expect(found).toEqual([{ adopted: false }])
  })

  it('can not be declared while it is open, nor opened before the assembly begins or after it ended', async () => {
    const pollId = await polls.open(assemblyId, motionId, chair)
    await expect(polls.declare(pollId, chair)).rejects.toThrow('poll.notClosed')
    await expect(proceedings.end(assemblyId, chair)).rejects.toThrow('assembly.pollsUnfinished')
    await query(
      `INSERT INTO motions (id, assembly_id, position, title, question, explanation, decision_type, submitted_at)
       VALUES ($1, $2, 2, 'Begroting', 'Stelt de ALV de begroting vast?', '', 'ordinary', now())`,
      [ID(500_000 + made), assemblyId],
    )
    await query(`UPDATE assemblies SET starts_at = '2120-01-01' WHERE id = $1`, [assemblyId])
    await expect(polls.open(assemblyId, ID(500_000 + made), chair)).rejects.toThrow('assembly.notBegun')
    await query(`UPDATE assemblies SET ended_at = now() WHERE id = $1`, [assemblyId])
    await expect(polls.open(assemblyId, ID(500_000 + made), chair)).rejects.toThrow('assembly.ended')
  })

  it('counts who checked in before it closed as present, and who voted; nobody twice', async () => {
    const visitor = ({ personId, memberId }: { personId: string; memberId: string }) =>
      new Visitor(personId, '', '', [{ role: 'delegate', scopeId: memberId }])
    const pollId = await polls.open(assemblyId, motionId, chair)
    for (const voter of voters.slice(0, 3)) await attendance.checkIn(assemblyId, visitor(voter))
    await attendance.checkIn(assemblyId, visitor(voters[0]!))
    await castAs(pollId, voters[2]!)
    await castAs(pollId, voters[3]!)
    await polls.close(pollId, chair)
    await attendance.checkIn(assemblyId, visitor(voters[4]!))
    await polls.declare(pollId, chair)
    const [result] = await query('SELECT present FROM poll_results WHERE poll_id = $1', [pollId])
    expect(result.present).toBe(4)
  })
})

describe('decisions', () => {
  it('can be counted again from their proof, which shows every change', async () => {
    await attendance.checkIn(assemblyId, delegateOf(voters[9]!))
    const pollId = await polls.open(assemblyId, motionId, chair)
    for (const [at, voter] of voters.slice(0, 5).entries())
      await castAs(pollId, voter, at < 3 ? 'for' : at === 3 ? 'against' : 'blank')
    await polls.close(pollId, chair)
    const decision = await polls.declare(pollId, chair)
    const number = formatDecisionNumber(decision)
    const proof = (await app.get(DecisionEvidence).of(number))!
    expect(verifyDecision(proof.zip)).toMatchObject({ sound: true })
    expect(verifyDecision(proof.zip).lines.join(' ')).toContain(proof.hash)
    expect((await app.get(DecisionEvidence).of(number))!.zip.equals(proof.zip)).toBe(true)
    expect(await app.get(DecisionEvidence).of('1999-01')).toBeNull()

    const files = unzipSync(proof.zip)
    const ballotsFile = strFromU8(files['stemmen.json']!).replace('"against"', '"for"')
    const changed = { ...files, 'stemmen.json': strToU8(ballotsFile) }
    expect(verifyDecision(zipSync(changed))).toMatchObject({ sound: false })
    const manifest = JSON.parse(strFromU8(files['manifest.json']!))
    manifest.files['stemmen.json'] = sha256Hex(ballotsFile)
    const forged = { ...changed, 'manifest.json': strToU8(JSON.stringify(manifest)) }
    expect(verifyDecision(zipSync(forged)).lines.join('\n')).toMatch(/opnieuw geteld is het against 0.*for 4/)
    for (const wrong of [Buffer.from('geen zip'), zipSync({ 'a.json': strToU8('{}') })])
      expect(() => verifyDecision(wrong)).toThrow(BadInput)
  })

  it('are numbered without gaps when polls are declared at once', async () => {
    const opened: string[] = []
    for (let position = 2; position <= 7; position++) {
      const id = ID(600_000 + 10 * made + position)
      await query(
        `INSERT INTO motions (id, assembly_id, position, title, question, explanation, decision_type, submitted_at)
         VALUES ($1, $2, $3, 'Voorstel', 'Vraag?', '', 'ordinary', now())`,
        [id, assemblyId, position],
      )
      opened.push(await polls.open(assemblyId, id, chair))
    }
    for (const id of opened) await polls.close(id, chair)
    await Promise.all(opened.map((id) => polls.declare(id, chair)))
    const rows: { sequence: number }[] = await query('SELECT sequence FROM decisions ORDER BY year, sequence')
    expect(rows.map(({ sequence }) => sequence)).toEqual(rows.map((_, at) => at + 1))
  })

  it('authorise what their motion was about, and only a motion without a poll can be withdrawn', async () => {
    const database = app.get(Database)
    const authorises = { kind: 'distribution', id: ID(700_000 + made) }
    const submit = () =>
      database.transaction((tx) =>
        assemblies.submitMotion(tx, {
          assemblyId,
          title: 'Risicomarge 2019',
          question: 'Keert de ALV de risicomarge uit?',
          explanation: '',
          decisionType: 'distribution',
          authorises,
          submittedBy: chair.personId,
        }),
      )
    const submitted = await Promise.all([submit(), submit(), submit()])
    expect(new Set(submitted.map(({ motionId }) => motionId)).size).toBe(1)
    const withdraw = () =>
      database.transaction((tx) => assemblies.withdrawMotion(tx, authorises.kind, authorises.id))
    await withdraw()
    await withdraw()

    const { motionId } = await submit()
    const pollId = await polls.open(assemblyId, motionId, chair)
    await expect(withdraw()).rejects.toThrow('motion.pollOpened')
    const decided = () => assemblies.decisionAuthorising(database.read, authorises.kind, authorises.id)
    expect(await decided()).toBeNull()
    for (const voter of voters.slice(0, 70)) await castAs(pollId, voter)
    await polls.close(pollId, chair)
    await polls.declare(pollId, chair)
    expect(await decided()).toMatchObject({ adopted: true, number: expect.stringMatching(/^\d{4}-\d{2,}$/) })
  })
})

describe('the records', () => {
  it.each([
    'ballots',
    'electors',
    'attendance_events',
    'proxies',
    'proxy_events',
    'poll_results',
    'decisions',
  ])('%s are append-only, for the application and for the owner', async (table) => {
    const pollId = await polls.open(assemblyId, motionId, chair)
    await castAs(pollId, voters[0]!)
    for (const sql of [`DELETE FROM ${table}`, `TRUNCATE ${table} CASCADE`]) {
      await expect(database.application.query(sql)).rejects.toSatisfy((error) => sqlState(error) === '42501')
      await expect(database.owner.query(sql)).rejects.toSatisfy((error) => sqlState(error) === '23001')
    }
  })

  it('a cast ballot can not be changed', async () => {
    const pollId = await polls.open(assemblyId, motionId, chair)
    await castAs(pollId, voters[0]!)
    const change = `UPDATE ballots SET choice = 'against' WHERE poll_id = '${pollId}'`
    await expect(database.application.query(change)).rejects.toSatisfy((error) => sqlState(error) === '42501')
    await expect(database.owner.query(change)).rejects.toSatisfy((error) => sqlState(error) === '23001')
  })

  it('the application can not rewrite the rule of a poll', async () => {
    const pollId = await polls.open(assemblyId, motionId, chair)
    await expect(
      database.application.query(`UPDATE polls SET rule = '{}' WHERE id = '${pollId}'`),
    ).rejects.toSatisfy((error) => sqlState(error) === '42501')
  })
})

describe('the start page', () => {
  it('lists ballots to cast per member until they are cast, and then what happened', async () => {
    const { personId } = voters[10]!
    const second = voters[11]!.memberId
    const roles = [voters[10]!.memberId, second].map((scopeId) => ({ role: 'delegate' as const, scopeId }))
    const visitor = new Visitor(personId, '', '', roles)
    const pollId = await polls.open(assemblyId, motionId, chair)
    const toCast = async () =>
      (await assemblies.tasksFor(visitor)).filter(({ href }) => href === `/stemmingen/${pollId}`)
    expect(await toCast()).toMatchObject([
      { key: 'assemblies.tasks.vote', openNow: true, values: { member: 'Lid 11' } },
    ])
    await castAs(pollId, voters[10]!)
    expect(await toCast()).toEqual([])
    const chairTasks = async () =>
      (await assemblies.tasksFor(chair)).filter(({ href }) => href.endsWith(pollId))
    expect(await chairTasks()).toEqual([])
    await polls.close(pollId, chair)
    expect(await chairTasks()).toMatchObject([{ key: 'assemblies.tasks.declare' }])
    await polls.declare(pollId, chair)
    expect(await chairTasks()).toEqual([])
    const keys = (await assemblies.happeningsFor(visitor)).map(({ key }) => key)
    expect(keys).toEqual(
      expect.arrayContaining(['assemblies.happenings.cast', 'assemblies.happenings.rejected']),
    )
  })
})
