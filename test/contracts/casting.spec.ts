import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BuiltProcess, startBuilt } from '../support/built-process.js'
import { makeCrowd, type SignedIn, signInAll, type Voter } from '../support/crowd.mjs'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { repetitions } from '../support/repetitions.js'
import { addMotion, atOnce, Browsers, type Told } from '../support/voting.js'

const VOTERS = 5_000
const AT_ONCE = 200
const SECRET = randomBytes(32).toString('hex')
const CHOICES = ['for', 'against', 'blank']
const choiceOf = ({ number }: Voter) => CHOICES[number % 3]!
/** Every tenth presses twice: the other time at the other process, for something else. */
const pressesTwice = ({ number }: Voter) => number % 10 === 0
const otherChoice = ({ number }: Voter) => CHOICES[(number + 1) % 3]!

describe('5,000 voters over two web processes, 200 at once, while the chair closes', () => {
  let database: TestDatabase
  let processes: BuiltProcess[]
  let voters: Voter[]
  let chair: SignedIn
  let assemblyId: string
  const query = (sql: string, params: unknown[] = []) => database.owner.query(sql, params)

  beforeAll(async () => {
    database = await createTestDatabase('demo')
    voters = await makeCrowd(query, { count: VOTERS, secret: SECRET, firstNumber: 10_000 })
    const [person] = await query(`SELECT person_id AS id FROM role_assignments WHERE role = 'chair'`)
    chair = (await signInAll(query, [person.id], SECRET))[0]!
    assemblyId = (await query('SELECT id FROM assemblies ORDER BY starts_at LIMIT 1'))[0].id
    const env = {
      ...{ DATABASE_URL: database.url, SAMEN_DEMO: '1', SAMEN_WORKER: 'separate', SESSION_SECRET: SECRET },
      ...{ PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'error' },
    }
    processes = await Promise.all([startBuilt('web/main.js', env), startBuilt('web/main.js', env)])
  }, 240_000)
  afterAll(async () => {
    for (const { child } of processes ?? []) child.kill('SIGKILL')
    await database.drop()
  })

  const rounds = repetitions(2, 50)
  it(
    'counts every ballot that was acknowledged, once, and tells everyone else that theirs is not',
    async () => {
      for (let round = 0; round < rounds; round++) await closeWhileCasting((round + 1) / (rounds + 1))
    },
    rounds * 120_000,
  )

  /** The chair closes when this share of the voters has voted. */
  async function closeWhileCasting(share: number): Promise<void> {
    const browsers = processes.map(({ url }) => new Browsers(url))
    const motion = await addMotion(query, assemblyId)
    const opened = await browsers[0]!.post(`/alv/${assemblyId}/stemmingen`, chair, { motion })
    const pollId = opened.location.split('/')[2]!

    const told = new Map<Voter, { choice: string; told: Told }[]>(voters.map((voter) => [voter, []]))
    let recorded = 0
    let closing: Promise<unknown> | null = null
    let recordedBeforeClosing = 0
    const close = () => {
      recordedBeforeClosing = recorded
      closing = browsers[1]!.post(`/stemmingen/${pollId}/sluiting`, chair)
    }
    await atOnce(AT_ONCE, voters, async (voter, worker) => {
      const cast = async (at: number, choice: string) => {
        const answer = await browsers[(worker + at) % 2]!.cast(pollId, voter, choice)
        told.get(voter)!.push({ choice, told: answer })
        if (answer === 'recorded' && ++recorded >= share * VOTERS && !closing) close()
      }
      const second = pressesTwice(voter) ? [cast(1, otherChoice(voter))] : []
      await Promise.all([cast(0, choiceOf(voter)), ...second])
    })
    await closing
    expect((await browsers[0]!.post(`/stemmingen/${pollId}/uitslag`, chair)).status).toBe(303)
    for (const each of browsers) each.close()

    const acknowledged = expectOneAnswerEach(told)
    expect(acknowledged.size).toBeGreaterThanOrEqual(recordedBeforeClosing)
    expect(acknowledged.size).toBeLessThan(VOTERS)
    await expectCounted(pollId, acknowledged)
  }

  /** @returns what each voter who was told so has voted, by member */
  function expectOneAnswerEach(told: Map<Voter, { choice: string; told: Told }[]>): Map<string, string> {
    const acknowledged = new Map<string, string>()
    for (const [voter, answers] of told) {
      const outcomes = answers.map((answer) => answer.told).sort()
      const expected = pressesTwice(voter)
        ? [
            ['alreadyVoted', 'recorded'],
            ['closed', 'recorded'],
            ['closed', 'closed'],
          ]
        : [['recorded'], ['closed']]
      expect(expected).toContainEqual(outcomes)
      const first = answers.find((answer) => answer.told === 'recorded')
      if (first) acknowledged.set(voter.memberId, first.choice)
    }
    return acknowledged
  }

  async function expectCounted(pollId: string, acknowledged: Map<string, string>): Promise<void> {
    const ballots: { memberId: string; choice: string }[] = await query(
      'SELECT member_id AS "memberId", choice FROM ballots WHERE poll_id = $1',
      [pollId],
    )
    expect(ballots.length).toBe(acknowledged.size)
    expect(new Map(ballots.map(({ memberId, choice }) => [memberId, choice]))).toEqual(acknowledged)
    const [{ tally, late }] = await query(
      `SELECT r.tally, (SELECT count(*) FROM ballots b WHERE b.poll_id = p.id AND b.cast_at > p.closed_at) AS late
       FROM poll_results r JOIN polls p ON p.id = r.poll_id WHERE r.poll_id = $1`,
      [pollId],
    )
    const votes = (choice: string) => [...acknowledged.values()].filter((one) => one === choice).length
    expect(tally).toEqual({ for: votes('for'), against: votes('against'), blank: votes('blank'), invalid: 0 })
    expect(late).toBe(0n)
  }
})
