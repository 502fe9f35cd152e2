import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  Adjournments,
  AdvanceVoting,
  Amendments,
  Attendance,
  Ballots,
  Challenges,
  PaperCounts,
  Polls,
  PollVoiding,
  SecondAssemblies,
} from '#assemblies'
import { canonicalJson } from '#kernel'
import { Clock, sha256Hex, Upload, type Visitor } from '#platform'
import { verifyDecision } from '../../apps/cli/verify/decision.js'
import { DecisionEvidence } from '../../libs/assemblies/decisions/decision-evidence.service.js'
import { PaperSheets } from '../../libs/assemblies/polls/paper-sheets.service.js'
import { AssemblyReading } from '../../libs/assemblies/reading.service.js'
import { formatDecisionNumber } from '../../libs/assemblies/rules/decision-number.js'
import { type Convening, outcome, startConvening } from '../support/convening.js'
import { repetitions } from '../support/repetitions.js'

const ID = (last: number) => `00000000-0000-7000-8000-${last.toString().padStart(12, '0')}`
const QUESTION = 'Stelt de ALV het werkplan vast?'
const BEFORE = '2020-02-01T12:00:00+01:00'
const DURING = '2020-02-15T10:30:00+01:00'
const hashOf = (text: string | null) => sha256Hex(canonicalJson({ question: QUESTION, text }))
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
)

let world: Convening
let made = 0
let assemblyId: string
let motionId: string
let hash: string

const get = <T>(token: abstract new (...args: never[]) => T): T => world.app.get(token)
const memberOf = (voter: Visitor) => voter.scopesOf('delegate')[0]!
const vote = (voter: Visitor, choice = 'for', seenHash = hash) =>
  get(AdvanceVoting).cast(motionId, { memberId: memberOf(voter), choice, seenHash }, voter)
const cast = (pollId: string, voter: Visitor, choice = 'for') =>
  get(Ballots).cast(pollId, memberOf(voter), choice, voter.personId)
const open = (method: 'digital' | 'paper' = 'digital') =>
  get(Polls).open(assemblyId, motionId, world.chair, { method })
const ballotsIn = (pollId: string) =>
  world.query(
    `SELECT b.*, a.cast_at AS advance_at FROM ballots b LEFT JOIN advance_ballots a ON a.id = b.advance_id
     WHERE poll_id = $1`,
    [pollId],
  )
const outcomes = async () =>
  (
    await world.query(
      `SELECT o.kind FROM advance_ballot_outcomes o JOIN advance_ballots b ON b.id = o.ballot_id
       WHERE b.motion_id = $1 ORDER BY o.sequence`,
      [motionId],
    )
  ).map(({ kind }: { kind: string }) => kind)
const told = () =>
  world.query(
    `SELECT n.model FROM notices n WHERE n.template = 'assemblies/advance-not-counted' AND n.model->>'path' LIKE $1`,
    [`%${motionId}%`],
  )
const closeAndDeclare = async (pollId: string) => {
  await get(Polls).close(pollId, world.chair)
  return get(Polls).declare(pollId, world.chair)
}

beforeAll(async () => {
  world = await startConvening()
})
afterAll(() => world?.stop())

beforeEach(async () => {
  made++
  ;[assemblyId, motionId] = [ID(2 * made), ID(2 * made + 1)]
  hash = hashOf(null)
  await world.query(
    `INSERT INTO assemblies (id, title, kind, held_on, starts_at, place, convened_on)
     VALUES ($1, 'ALV', 'ordinary', '2020-02-15', '2020-02-15T10:00:00+01:00', 'Zaal', '2020-01-20')`,
    [assemblyId],
  )
  await world.query(
    `INSERT INTO motions (id, assembly_id, position, title, question, explanation, decision_type, submitted_at)
     VALUES ($1, $2, 1, 'Werkplan', $3, '', 'ordinary', '2020-01-19T12:00:00+01:00')`,
    [motionId, assemblyId, QUESTION],
  )
  await world.at(BEFORE)
})

describe('ballots cast in advance', () => {
  it('go into the poll when it opens, with their own instant, and count for nobody before that', async () => {
    const [voter] = world.delegates
    const { reference, castAt } = await vote(voter!)
    expect(await outcome(vote(voter!, 'against'))).toBe('advance.alreadyCast')
    expect(await outcome(vote(world.delegates[12]!))).toBe('advance.notYourMember')
    await world.at(DURING)
    expect(await outcome(vote(world.delegates[1]!))).toBe('advance.begun')
    const pollId = await open()
    const [ballot] = await ballotsIn(pollId)
    expect(ballot).toMatchObject({ choice: 'for', reference, cast_at: castAt, advance_at: castAt })
    expect(await outcome(cast(pollId, voter!, 'against'))).toBe('ballot.alreadyVoted')
    for (const other of world.delegates.slice(1, 6)) await cast(pollId, other)
    const decision = await closeAndDeclare(pollId)
    const proof = (await get(DecisionEvidence).of(formatDecisionNumber(decision)))!
    const { sound, lines } = verifyDecision(proof.zip)
    expect(lines.join('\n')).toContain('vooraf uitgebracht: 1')
    expect(sound).toBe(true)
  })

  it('are not taken before the 30th day, on a text that changed, or for a member that lost its vote', async () => {
    await world.at('2020-01-15T23:59:59+01:00')
    expect(await outcome(vote(world.delegates[0]!))).toBe('advance.tooEarly')
    await world.at('2020-01-16T00:00:00+01:00')
    expect(await outcome(vote(world.delegates[0]!, 'for', 'old'))).toBe('advance.textChanged')
    expect(await outcome(vote(world.delegates[0]!))).toBe('done')
    // Postponed: cast before the 30th day of the new one.
    await world.query(
      `UPDATE assemblies SET held_on = '2020-03-15', starts_at = '2020-03-15T10:00:00+01:00' WHERE id = $1`,
      [assemblyId],
    )
    await world.at('2020-03-15T10:30:00+01:00')
    expect(await ballotsIn(await open())).toHaveLength(0)
    expect(await outcomes()).toEqual(['tooEarly'])
    expect(await told()).toHaveLength(1)
  })

  it('lapse when the motion is amended, and their voters hear it at once and vote live', async () => {
    const [voter, other] = world.delegates
    await vote(voter!)
    await vote(other!, 'against')
    await world.at(DURING)
    const amendment = ID(9_000 + made)
    const content = { text: 'Een ander werkplan.', reasoning: '', baseNumber: 0 }
    await get(Amendments).offer(motionId, amendment, content, 'functie:chair', world.chair)
    const onAmendment = await get(Polls).open(assemblyId, motionId, world.chair, { amendmentId: amendment })
    expect(await ballotsIn(onAmendment)).toHaveLength(0)
    for (const one of world.delegates.slice(0, 5)) await cast(onAmendment, one)
    await closeAndDeclare(onAmendment)
    expect(await outcomes()).toEqual(['lapsed', 'lapsed'])
    expect(await told()).toHaveLength(2)
    const pollId = await open()
    expect(await ballotsIn(pollId)).toHaveLength(0)
    await cast(pollId, voter!)
    expect(await ballotsIn(pollId)).toMatchObject([{ advance_id: null }])
    expect(await told()).toHaveLength(2)
  })

  it('go into the next poll on the same text when one was voided, and not into a re-vote', async () => {
    const [voter] = world.delegates
    await vote(voter!)
    await world.at(DURING)
    for (const one of world.delegates.slice(0, 6)) await get(Attendance).checkIn(assemblyId, one)
    const wrong = await open()
    await get(PollVoiding).void(wrong, 'Storing.', world.chair)
    const pollId = await open()
    expect(await ballotsIn(pollId)).toHaveLength(1)
    await closeAndDeclare(pollId)
    await get(Challenges).challenge(pollId, 'Verkeerd geteld.', voter!)
    for (const one of world.delegates.slice(1, 6)) await outcome(get(Challenges).support(pollId, one))
    const revote = await get(Challenges).holdRevote(pollId, null, world.chair)
    expect(await ballotsIn(revote)).toHaveLength(0)
    expect(await outcomes()).toEqual(['admitted', 'admitted', 'revote'])
    expect((await told()).map(({ model }: { model: object }) => model)).toMatchObject([{ revote: true }])
    await cast(revote, voter!)
  })

  it('while the poll opens: each that was answered "recorded" is in it, each other was told no', async () => {
    for (let round = 0; round < repetitions(2, 10); round++) {
      const [assembly, motion] = [ID(5_000 + 100 * made + 2 * round), ID(5_001 + 100 * made + 2 * round)]
      await world.at('2020-02-15T09:59:59.900+01:00')
      await world.query(
        `INSERT INTO assemblies (id, title, kind, held_on, starts_at, place, convened_on)
         SELECT $1, title, kind, held_on, starts_at, place, convened_on FROM assemblies WHERE id = $2`,
        [assembly, assemblyId],
      )
      await world.query(
        `INSERT INTO motions (id, assembly_id, position, title, question, explanation, decision_type, submitted_at)
         VALUES ($1, $2, 1, 'Werkplan', $3, '', 'ordinary', '2020-01-19T12:00:00+01:00')`,
        [motion, assembly, QUESTION],
      )
      const voters = world.delegates.slice(0, 12)
      const one = (voter: Visitor) =>
        outcome(
          get(AdvanceVoting).cast(
            motion,
            { memberId: memberOf(voter), choice: 'for', seenHash: hash },
            voter,
          ),
        )
      const answers = voters.map(one)
      const opening = (async () => {
        await get(Clock).moveTo(new Date('2020-02-15T10:00:00+01:00'))
        return get(Polls).open(assembly, motion, world.chair)
      })()
      const late = voters.map(one)
      const pollId = await opening
      const all = await Promise.all([...answers, ...late])
      const recorded = all.filter((answer) => answer === 'done').length
      const kept = await world.query(
        `SELECT b.id, o.kind, p.member_id FROM advance_ballots b
         LEFT JOIN advance_ballot_outcomes o ON o.ballot_id = b.id
         LEFT JOIN ballots p ON p.advance_id = b.id AND p.poll_id = $2 WHERE b.motion_id = $1`,
        [motion, pollId],
      )
      expect(kept).toHaveLength(recorded)
      for (const { kind, member_id } of kept) expect([kind, member_id !== null]).toEqual(['admitted', true])
      const others = all.filter((answer) => answer !== 'done')
      for (const answer of others)
        expect(['advance.alreadyCast', 'advance.begun', 'advance.polled']).toContain(answer)
    }
  })
})

const count = { for: 5, against: 2, blank: 1, invalid: 1, present: 10 }
const scan = () => new Upload('telblad.png', PNG)

describe('a poll on paper', () => {
  it('counts what two people entered alike, with the ballots of before, and can be counted again', async () => {
    const [voter] = world.delegates
    await vote(voter!, 'against')
    await world.at(DURING)
    const pollId = await open('paper')
    expect(await outcome(cast(pollId, world.delegates[1]!))).toBe('poll.onPaper')
    const paper = get(PaperCounts)
    const enter = (round: number, who: Visitor, change = {}) =>
      outcome(paper.enter(pollId, round, { ...count, ...change }, who))
    expect(await enter(1, world.secretary)).toBe('poll.notClosed')
    await get(Polls).close(pollId, world.chair)
    expect(await outcome(get(Polls).declare(pollId, world.chair))).toBe('paper.notAgreed')

    expect(await enter(1, world.secretary)).toBe('done')
    expect(await enter(1, world.secretary)).toBe('paper.alreadyCounted')
    expect(await enter(1, world.delegates[1]!)).toBe('paper.notYours')
    // Twelve may vote, one did so in advance.
    expect(await enter(1, world.chair, { present: 12 })).toBe('paper.presentExceedsElectorate')
    expect(await enter(1, world.chair, { for: 4 })).toBe('done')
    expect(await outcome(get(Polls).declare(pollId, world.chair))).toBe('paper.notAgreed')
    // Both at once, twice each: one entry a side.
    const again = [world.secretary, world.chair, world.secretary, world.chair].map((who) => enter(2, who))
    expect((await Promise.all(again)).filter((answer) => answer === 'done').length).toBeGreaterThanOrEqual(2)
    expect(await paper.entries(pollId)).toHaveLength(4)
    expect(await outcome(get(Polls).declare(pollId, world.chair))).toBe('paper.scanNeeded')
    await paper.addScan(pollId, scan(), world.secretary)
    await paper.addScan(pollId, scan(), world.secretary)
    expect(await paper.scans(pollId)).toHaveLength(1)

    const decision = await get(Polls).declare(pollId, world.chair)
    expect(decision.adopted).toBe(true)
    const [result] = await world.query('SELECT * FROM poll_results WHERE poll_id = $1', [pollId])
    expect(result).toMatchObject({
      ...{ tally: { for: 5, against: 3, blank: 1, invalid: 1 }, present: 11, electorate: 12 },
    })
    expect(await enter(2, world.secretary)).toBe('paper.declared')
    const proof = (await get(DecisionEvidence).of(formatDecisionNumber(decision)))!
    const { sound, lines } = verifyDecision(proof.zip)
    expect(lines.join('\n')).toContain('Op papier geteld, door twee mensen ingevoerd.')
    expect(sound).toBe(true)
    const poll = (await get(AssemblyReading).poll(pollId))!
    expect((await get(PaperSheets).ofPoll(poll, 'nl')).subarray(0, 5).toString()).toBe('%PDF-')
  })
})

const later = {
  heldOn: '2020-02-20',
  startsAt: new Date('2020-02-20T19:00:00+01:00'),
  place: 'Buurthuis',
  onlineAddress: null,
}

describe('an assembly that is adjourned', () => {
  it('goes on another day with what is left: nothing in between, attendance anew, everyone told', async () => {
    await world.at(DURING)
    const [voter] = world.delegates
    await get(Attendance).checkIn(assemblyId, voter!)
    const pollId = await open()
    const adjourn = (sequence = 0) =>
      outcome(get(Adjournments).adjourn(assemblyId, sequence, { ...later, reason: 'Laat.' }, world.chair))
    expect(await adjourn()).toBe('assembly.pollsUnfinished')
    await closeAndDeclare(pollId)
    await world.at('2020-02-15T10:40:00+01:00')
    expect(await Promise.all([adjourn(), adjourn()])).toEqual(['done', 'done'])
    expect(await adjourn()).toBe('done')
    expect(await get(Adjournments).list(assemblyId)).toHaveLength(1)
    const convened = await world.query('SELECT * FROM convocations WHERE assembly_id = $1', [assemblyId])
    expect(convened).toMatchObject([{ kind: 'continuation', content: { heldOn: '2020-02-20' } }])
    const mails = await world.query(
      `SELECT model FROM notices WHERE template = 'assemblies/assembly-changed' AND model->>'path' = $1`,
      [`/alv/${assemblyId}`],
    )
    expect(mails).toHaveLength(10)
    expect(await outcome(get(Attendance).checkIn(assemblyId, voter!))).toBe('assembly.notToday')
    // What was decided on the first day stays of that day.
    expect((await get(AssemblyReading).poll(pollId))!.heldOn).toBe('2020-02-15')

    await world.at('2020-02-20T19:05:00+01:00')
    await world.query(
      `INSERT INTO motions (id, assembly_id, position, title, question, explanation, decision_type, submitted_at)
       VALUES ($1, $2, 2, 'Begroting', 'Ja?', '', 'ordinary', '2020-01-19T12:00:00+01:00')`,
      [ID(8_000 + made), assemblyId],
    )
    const next = await get(Polls).open(assemblyId, ID(8_000 + made), world.chair)
    const electors = await get(AssemblyReading).rollCall(next)
    expect(electors.some(({ checkedIn }) => checkedIn)).toBe(false)
    await get(Attendance).checkIn(assemblyId, voter!)
    const there = (await get(AssemblyReading).rollCall(next)).filter(({ checkedIn }) => checkedIn)
    expect(there.map(({ memberId }) => memberId)).toEqual([memberOf(voter!)])
  })
})

describe('a second assembly after a failed quorum', () => {
  it('decides on the same motion without a quorum, by the majority of the statutes, once', async () => {
    await world.at(DURING)
    const first = await open()
    await cast(first, world.delegates[0]!)
    const failed = await closeAndDeclare(first)
    expect(failed.adopted).toBe(false)
    const seconds = get(SecondAssemblies)
    const call = (heldOn: string) =>
      seconds.call(
        first,
        { ...later, heldOn, startsAt: new Date(`${heldOn}T19:00:00+01:00`) },
        world.secretary,
      )
    expect(await outcome(call('2020-03-15'))).toBe('second.tooLate')
    const called = await Promise.all([call('2020-03-14'), call('2020-03-14')])
    expect(new Set(called).size).toBe(1)
    const copies = await world.query('SELECT * FROM motions WHERE second_of = $1', [motionId])
    expect(copies).toMatchObject([{ question: QUESTION, assembly_id: called[0] }])
    expect(copies[0].explanation).toContain('artikel 18 lid 7')

    await world.query(`UPDATE assemblies SET convened_on = '2020-02-28' WHERE id = $1`, [called[0]])
    await world.at('2020-03-14T19:05:00+01:00')
    const pollId = await get(Polls).open(called[0]!, copies[0].id, world.chair)
    await cast(pollId, world.delegates[0]!)
    const decision = await closeAndDeclare(pollId)
    expect(decision.adopted).toBe(true)
    const poll = (await get(AssemblyReading).poll(pollId))!
    expect(poll.rule.quorum).toEqual({ required: null, article: 'artikel 18 lid 7' })
    expect(poll.rule.majority).toMatchObject({ fraction: '1/2', strict: true })
  })

  it('is not for a motion whose quorum was there', async () => {
    await world.at(DURING)
    const first = await open()
    for (const voter of world.delegates.slice(0, 6)) await cast(first, voter, 'against')
    await closeAndDeclare(first)
    expect(await outcome(get(SecondAssemblies).call(first, later, world.secretary))).toBe(
      'second.quorumReached',
    )
  })
})
