import type { INestApplicationContext } from '@nestjs/common'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  Assemblies,
  Attendance,
  Ballots,
  Challenges,
  ConflictsOfInterest,
  Polls,
  PollVoiding,
  Proceedings,
  Rulings,
  StandIns,
} from '#assemblies'
import { People } from '#identity'
import { RuleViolated } from '#kernel'
import { Members } from '#members'
import { Clock, Database, type Role, Visitor } from '#platform'
import { Statutes } from '#statutes'
import { verifyDecision } from '../../apps/cli/verify/decision.js'
import { demoStatutes } from '../../apps/demo/statutes.js'
import { DecisionEvidence } from '../../libs/assemblies/decisions/decision-evidence.service.js'
import { formatDecisionNumber } from '../../libs/assemblies/rules/decision-number.js'
import { assemblyModules, startContext } from '../support/context.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { repetitions } from '../support/repetitions.js'

const ELECTORS = 200
const ID = (last: number) => `00000000-0000-7000-8000-${last.toString().padStart(12, '0')}`

let database: TestDatabase
let app: INestApplicationContext
let polls: Polls
let ballots: Ballots
let voiding: PollVoiding
let challenges: Challenges
let conflicts: ConflictsOfInterest
let standIns: StandIns
let chair: Visitor
let director: Visitor
const voters: { memberId: string; personId: string }[] = []
let assemblyId: string
let motionId: string
let made = 0

const query = (sql: string, params: unknown[] = []) => database.owner.query(sql, params)
const delegate = ({ memberId, personId }: { memberId: string; personId: string }) =>
  new Visitor(personId, 'Afgevaardigde', 'x@example.org', [{ role: 'delegate', scopeId: memberId }])
const cast = (pollId: string, at: number, choice = 'for') =>
  ballots.cast(pollId, voters[at]!.memberId, choice, voters[at]!.personId)
const ballotsIn = async (pollId: string) =>
  Number((await query('SELECT count(*)::int AS n FROM ballots WHERE poll_id = $1', [pollId]))[0].n)
const row = async (pollId: string) => (await query('SELECT * FROM polls WHERE id = $1', [pollId]))[0]
const actions = async (pollId: string) =>
  (await query('SELECT action FROM audit_log WHERE subject_id = $1 ORDER BY at, id', [pollId])).map(
    ({ action }: { action: string }) => action,
  )
const inMilliseconds = (pollId: string, milliseconds: number) =>
  query('UPDATE polls SET closes_at = $2 WHERE id = $1', [
    pollId,
    new Date(app.get(Clock).now().getTime() + milliseconds),
  ])

async function codeOf(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt
    return 'done'
  } catch (error) {
    if (error instanceof RuleViolated) return error.violations[0]!.code
    throw error
  }
}

/** How many attempts went well, and how many met which rule. */
async function outcomes(attempts: Promise<unknown>[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const code of await Promise.all(attempts.map(codeOf))) counts[code] = (counts[code] ?? 0) + 1
  return counts
}

/** A poll with these ballots for, closed and declared. */
async function declared(count: number, choice = 'for'): Promise<string> {
  const pollId = await polls.open(assemblyId, motionId, chair)
  await Promise.all(Array.from({ length: count }, (_, at) => cast(pollId, at, choice)))
  await polls.close(pollId, chair)
  await polls.declare(pollId, chair)
  return pollId
}

beforeAll(async () => {
  database = await createTestDatabase('empty')
  app = await startContext(database.url, assemblyModules, 40)
  polls = app.get(Polls)
  ballots = app.get(Ballots)
  voiding = app.get(PollVoiding)
  challenges = app.get(Challenges)
  conflicts = app.get(ConflictsOfInterest)
  standIns = app.get(StandIns)
  const [members, people] = [app.get(Members), app.get(People)]
  await app.get(Database).transaction(async (tx) => {
    await app.get(Statutes).record(tx, demoStatutes)
    for (let number = 1; number <= ELECTORS; number++) {
      const memberId = await members.admit(tx, {
        ...{ number, name: `Lid ${number}`, kind: 'voting', on: '2019-01-01', by: null },
      })
      const personId = await people.add(tx, { name: `Persoon ${number}`, email: `lid-${number}@example.org` })
      await people.assign(tx, { personId, role: 'delegate', scopeId: memberId, from: '2019-01-01', by: null })
      voters.push({ memberId, personId })
    }
    const officer = async (role: Role) => {
      const personId = await people.add(tx, { name: role, email: `${role}@example.org` })
      await people.assign(tx, { personId, role, from: '2019-01-01', by: null })
      return new Visitor(personId, role, `${role}@example.org`, [{ role, scopeId: null }])
    }
    chair = await officer('chair')
    director = await officer('director')
  })
})

beforeEach(async () => {
  made++
  ;[assemblyId, motionId] = [ID(2 * made), ID(2 * made + 1)]
  await query(
    `INSERT INTO assemblies (id, title, kind, held_on, starts_at, place, convened_on)
     VALUES ($1, 'ALV', 'ordinary', '2020-02-15', '2020-02-15T10:00:00+01:00', 'Zaal', '2020-01-31')`,
    [assemblyId],
  )
  await query(
    `INSERT INTO motions (id, assembly_id, position, title, question, explanation, decision_type, submitted_at,
       authorises_kind, authorises_id)
     VALUES ($1, $2, 1, 'Werkplan', 'Stelt de ALV het werkplan vast?', '', 'ordinary', now(), 'test', $1)`,
    [motionId, assemblyId],
  )
})

afterAll(async () => {
  await app?.close()
  await database?.drop()
})

describe('the announced end of a poll', () => {
  it('closes it exactly: each ballot is before it, or is refused', {
    repeats: repetitions(1, 19),
  }, async () => {
    const pollId = await polls.open(assemblyId, motionId, chair, { minutes: 5 })
    await inMilliseconds(pollId, 150)
    const attempts = voters.map(async (_, at) => {
      await new Promise((resolve) => setTimeout(resolve, at * 2))
      return cast(pollId, at)
    })
    const { done = 0, 'poll.closed': refused = 0, ...others } = await outcomes(attempts)
    expect(others).toEqual({})
    expect(done + refused).toBe(ELECTORS)
    expect(await ballotsIn(pollId)).toBe(done)
    expect(await codeOf(cast(pollId, ELECTORS - 1))).toMatch(/poll.closed|ballot.alreadyVoted/)
    // Nobody pressed "close": declaring closes it at the announced instant.
    await polls.declare(pollId, chair)
    const { closed_at, closes_at } = await row(pollId)
    expect(closed_at).toEqual(closes_at)
    const [result] = await query('SELECT tally FROM poll_results WHERE poll_id = $1', [pollId])
    expect(result.tally.for).toBe(done)
    const [late] = await query(
      'SELECT count(*)::int AS n FROM ballots b JOIN polls p ON p.id = b.poll_id WHERE p.id = $1 AND b.cast_at >= p.closed_at',
      [pollId],
    )
    expect(late.n).toBe(0)
  })

  it('moves to later while the poll is open, once for a double click, and not after it passed', async () => {
    const pollId = await polls.open(assemblyId, motionId, chair, { minutes: 5 })
    const end = (await row(pollId)).closes_at as Date
    const extend = () => voiding.extend(pollId, 10, end.toISOString(), chair)
    expect(await outcomes([extend(), extend()])).toEqual({ done: 2 })
    const later = (await row(pollId)).closes_at as Date
    expect(later.getTime() - end.getTime()).toBe(600_000)
    expect(await codeOf(voiding.extend(pollId, 0, later.toISOString(), chair))).toBe('poll.minutesWrong')
    await inMilliseconds(pollId, -1)
    const passed = (await row(pollId)).closes_at as Date
    expect(await codeOf(voiding.extend(pollId, 10, passed.toISOString(), chair))).toBe('poll.extendTooLate')
    expect(await codeOf(cast(pollId, 0))).toBe('poll.closed')
  })
})

describe('voiding', () => {
  it('while 200 are casting: what was recorded is kept, counts for nothing, and the others are told', {
    repeats: repetitions(1, 19),
  }, async () => {
    const pollId = await polls.open(assemblyId, motionId, chair)
    const attempts = voters.map((_, at) => cast(pollId, at))
    const voided = Promise.race(attempts).then(() => voiding.void(pollId, 'Verkeerd voorstel.', chair))
    const { done = 0, 'poll.voided': refused = 0, ...others } = await outcomes(attempts)
    await voided
    expect(others).toEqual({})
    expect(done + refused).toBe(ELECTORS)
    expect(await ballotsIn(pollId)).toBe(done)
    expect(await codeOf(polls.declare(pollId, chair))).toBe('poll.voided')
    await voiding.void(pollId, 'Nog eens.', chair)
    expect((await row(pollId)).void_reason).toBe('Verkeerd voorstel.')
    const again = await polls.open(assemblyId, motionId, chair)
    expect(again).not.toBe(pollId)
    await cast(again, 0)
    const [told] = await query(`SELECT count(*)::int AS n FROM notices WHERE key LIKE $1`, [
      `assemblies/poll-voided ${pollId}%`,
    ])
    expect(told.n).toBe(ELECTORS)
  })

  it('needs a reason, and comes too late after the declaration', async () => {
    const pollId = await polls.open(assemblyId, motionId, chair)
    expect(await codeOf(voiding.void(pollId, ' ', chair))).toBe('poll.voidReasonNeeded')
    await polls.close(pollId, chair)
    await polls.declare(pollId, chair)
    expect(await codeOf(voiding.void(pollId, 'Toch niet.', chair))).toBe('poll.voidTooLate')
  })

  it('closing, voiding and casting at once end in one of both, for everyone', {
    repeats: repetitions(1, 9),
  }, async () => {
    const pollId = await polls.open(assemblyId, motionId, chair)
    const attempts = voters.map((_, at) => cast(pollId, at))
    const acts = [polls.close(pollId, chair), voiding.void(pollId, 'Fout.', chair)]
    const { done = 0, ...refused } = await outcomes(attempts)
    await Promise.all(acts)
    expect(Object.keys(refused).every((code) => ['poll.closed', 'poll.voided'].includes(code))).toBe(true)
    expect(await ballotsIn(pollId)).toBe(done)
    expect((await row(pollId)).voided_at).not.toBeNull()
  })
})

describe('a challenge at once', () => {
  it('leads to the re-vote when the majority of the votes present demands it', async () => {
    const first = await declared(70)
    const inForce = () =>
      app.get(Database).transaction((tx) => app.get(Assemblies).decisionAuthorising(tx, 'test', motionId))
    expect((await inForce())?.adopted).toBe(true)
    await challenges.challenge(first, 'De verbinding viel weg.', delegate(voters[0]!))
    // Disputed, it permits nothing; and the assembly waits.
    expect(await inForce()).toBeNull()
    expect(await codeOf(app.get(Proceedings).end(assemblyId, chair))).toBe('assembly.challengePending')
    expect(await codeOf(challenges.holdRevote(first, null, chair))).toBe('challenge.notDemanded')
    // 70 votes present: 36 are more than half; all at once, some twice.
    const supporters = [...voters.slice(1, 36), ...voters.slice(1, 20)]
    expect(await outcomes(supporters.map((voter) => challenges.support(first, delegate(voter))))).toEqual({
      done: 54,
    })
    const [majority] = await query('SELECT demanding, present FROM challenge_majorities')
    expect(majority).toEqual({ demanding: 36, present: 70 })
    expect(await inForce()).toBeNull()

    const opened = await Promise.all([1, 2, 3].map(() => challenges.holdRevote(first, null, chair)))
    expect(new Set(opened).size).toBe(1)
    const second = opened[0]!
    expect((await row(second)).revote_of).toBe(first)
    expect(await inForce()).toBeNull()
    await Promise.all(Array.from({ length: 70 }, (_, at) => cast(second, at, 'against')))
    await polls.close(second, chair)
    const replacing = await polls.declare(second, chair)
    expect((await inForce())?.adopted).toBe(false)
    const [old, latest] = await query(
      'SELECT id, adopted, replaces_id FROM decisions WHERE motion_id = $1 ORDER BY sequence',
      [motionId],
    )
    expect([old.adopted, latest.adopted, latest.replaces_id]).toEqual([true, false, old.id])
    expect(await actions(first)).toContain('poll.revoteDemanded')

    const proof = (await app.get(DecisionEvidence).of(formatDecisionNumber(replacing)))!
    expect(verifyDecision(proof.zip).sound).toBe(true)
    await app.get(Proceedings).end(assemblyId, chair)
  })

  it('without enough support lapses, and then the decision stands', async () => {
    const pollId = await declared(70)
    await challenges.challenge(pollId, 'Ik twijfel.', delegate(voters[0]!))
    const poll = { id: pollId, assemblyId, heldOn: '2020-02-15', replacedAt: null, endedAt: null } as never
    expect((await challenges.dispute(poll, delegate(voters[1]!)))?.standing).toBe('challenged')
    await query('ALTER TABLE challenges DISABLE TRIGGER USER')
    await query(
      `UPDATE challenges SET lapses_at = challenged_at + interval '1 millisecond' WHERE poll_id = $1`,
      [pollId],
    )
    await query('ALTER TABLE challenges ENABLE TRIGGER USER')
    expect((await challenges.dispute(poll, delegate(voters[1]!)))?.standing).toBe('inForce')
    expect(await codeOf(challenges.support(pollId, delegate(voters[1]!)))).toBe('challenge.lapsed')
    await app.get(Proceedings).end(assemblyId, chair)
  })

  it('is for who could vote and is there, with a reason, before the assembly goes on', async () => {
    const pollId = await declared(10)
    const dispute = (at: number, reason = 'x') => challenges.challenge(pollId, reason, delegate(voters[at]!))
    expect(await codeOf(challenges.challenge(pollId, 'x', chair))).toBe('challenge.notVoter')
    expect(await codeOf(dispute(50))).toBe('challenge.notThere')
    expect(await codeOf(dispute(0, ' '))).toBe('challenge.reasonNeeded')
    await app.get(Attendance).checkIn(assemblyId, delegate(voters[0]!))
    await app.get(Attendance).checkOut(assemblyId, delegate(voters[0]!))
    expect(await codeOf(dispute(0))).toBe('challenge.notThere')
    const next = ID(900_000 + made)
    await query(
      `INSERT INTO motions (id, assembly_id, position, title, question, explanation, decision_type, submitted_at)
       VALUES ($1, $2, 2, 'Begroting', 'Stelt de ALV de begroting vast?', '', 'ordinary', now())`,
      [next, assemblyId],
    )
    const opened = await polls.open(assemblyId, next, chair)
    expect(opened).toBeTruthy()
    expect(await codeOf(dispute(1))).toBe('challenge.tooLate')
  })
})

describe('a conflict of interest (BW 2:44 lid 6)', () => {
  it('keeps the officer from every act on that decision, and nobody else', async () => {
    await conflicts.declare(assemblyId, motionId, 'Mijn broer voert het uit.', chair)
    await conflicts.declare(assemblyId, motionId, 'Nog eens.', chair)
    const [first] = await query('SELECT reason FROM conflicts_of_interest WHERE item_id = $1', [motionId])
    expect(first.reason).toBe('Mijn broer voert het uit.')
    expect(await codeOf(polls.open(assemblyId, motionId, chair))).toBe('conflict.keepsOut')
    const deputy = new Visitor(voters[3]!.personId, 'Waarnemer', 'x@example.org', [
      { role: 'delegate', scopeId: voters[3]!.memberId },
      { role: 'chair', scopeId: assemblyId },
    ])
    await standIns.appoint(
      assemblyId,
      { office: 'chair', personId: deputy.personId, reason: 'Belang' },
      director,
    )
    expect((await standIns.of(assemblyId)).map(({ office, name }) => [office, name])).toEqual([
      ['chair', 'Persoon 4'],
    ])
    const pollId = await polls.open(assemblyId, motionId, deputy, { minutes: 5 })
    const end = ((await row(pollId)).closes_at as Date).toISOString()
    for (const act of [
      () => voiding.extend(pollId, 5, end, chair),
      () => voiding.void(pollId, 'x', chair),
      () => polls.close(pollId, chair),
    ])
      expect(await codeOf(act())).toBe('conflict.keepsOut')
    await polls.close(pollId, deputy)
    expect(await codeOf(polls.declare(pollId, chair))).toBe('conflict.keepsOut')
    const decision = await polls.declare(pollId, deputy)
    expect(await codeOf(conflicts.declare(assemblyId, motionId, 'Te laat.', director))).toBe(
      'conflict.decided',
    )
    const number = formatDecisionNumber(decision)
    const ruling = { id: ID(700_000 + made), text: 'Het jaartal is 2020.', reason: 'Typefout.' }
    expect(await codeOf(app.get(Rulings).rule(number, ruling, chair))).toBe('conflict.keepsOut')
    await app.get(Rulings).rule(number, ruling, deputy)
    await app.get(Rulings).rule(number, ruling, deputy)
    const proof = verifyDecision((await app.get(DecisionEvidence).of(number))!.zip)
    expect(proof.sound).toBe(true)
    expect(proof.lines).toContain('Rectificatie: Het jaartal is 2020.')
  })

  it('leaves the ballot of the member alone, unless the statutes say otherwise', async () => {
    const officer = new Visitor(voters[5]!.personId, 'Ambassadeur', 'x@example.org', [
      { role: 'ambassador', scopeId: null },
    ])
    await conflicts.declare(assemblyId, motionId, 'Ik word er beter van.', officer)
    const pollId = await polls.open(assemblyId, motionId, chair)
    await cast(pollId, 5)
    expect(await ballotsIn(pollId)).toBe(1)
    await voiding.void(pollId, 'Opnieuw.', chair)
    await app.get(Database).transaction((tx) =>
      app.get(Statutes).record(tx, [
        {
          ...demoStatutes.find(({ key }) => key === 'conflictedMayVote')!,
          ...{ value: false, holdsFrom: '2020-02-15' },
        },
      ]),
    )
    const again = await polls.open(assemblyId, motionId, chair)
    expect(await codeOf(cast(again, 5))).toBe('ballot.notYourMember')
    await cast(again, 6)
  })
})
