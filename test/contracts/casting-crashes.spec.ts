import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BuiltProcess, startBuilt } from '../support/built-process.js'
import { makeCrowd, type SignedIn, signInAll, type Voter } from '../support/crowd.mjs'
import { type OwnCluster, startOwnCluster } from '../support/own-cluster.mjs'
import { repetitions } from '../support/repetitions.js'
import { addMotion, atOnce, Browsers, type Told } from '../support/voting.js'

const VOTERS = 600
const AT_ONCE = 100
const SECRET = randomBytes(32).toString('hex')
const choiceOf = ({ number }: Voter) => (number % 2 === 0 ? 'for' : 'against')

describe('kill -9 in the middle of casting', () => {
  let cluster: OwnCluster
  let web: BuiltProcess
  let voters: Voter[]
  let chair: SignedIn
  let assemblyId: string

  /** A connection of its own for each statement: the database is killed now and then. */
  const query = async (sql: string, params: unknown[] = []) => {
    const client = new pg.Client({ connectionString: cluster.databaseUrl })
    await client.connect()
    try {
      return (await client.query(sql, params)).rows
    } finally {
      await client.end()
    }
  }
  const startWeb = () =>
    startBuilt('web/main.js', {
      ...{ DATABASE_URL: cluster.databaseUrl, SAMEN_DEMO: '1', SAMEN_PREPARE: '1', SAMEN_WORKER: 'separate' },
      ...{ SESSION_SECRET: SECRET, PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'silent' },
    })

  beforeAll(async () => {
    cluster = await startOwnCluster()
    web = await startWeb()
    voters = await makeCrowd(query, { count: VOTERS, secret: SECRET, firstNumber: 10_000 })
    const [person] = await query(`SELECT person_id AS id FROM role_assignments WHERE role = 'chair'`)
    chair = (await signInAll(query, [person.id], SECRET))[0]!
    assemblyId = (await query('SELECT id FROM assemblies ORDER BY starts_at LIMIT 1'))[0].id
  }, 240_000)
  afterAll(async () => {
    web?.child.kill('SIGKILL')
    await cluster?.remove()
  })

  const crashes: [string, () => Promise<void>, () => Promise<void>][] = [
    [
      'the web process, and another takes its place',
      async () => void (await web.stop('SIGKILL')),
      async () => {
        web = await startWeb()
      },
    ],
    [
      // The web process stays: it finds the database again by itself.
      'PostgreSQL, which starts again on the same data',
      () => cluster.crash(),
      () => cluster.start(),
    ],
  ]
  const rounds = repetitions(1, 20)
  it.each(crashes)(
    'of %s: each acknowledged ballot is there, once',
    async (_, crash, recover) => {
      for (let round = 0; round < rounds; round++)
        await crashWhileCasting((VOTERS * (round + 1)) / (rounds + 2), crash, recover)
    },
    rounds * 60_000 + 60_000,
  )

  async function crashWhileCasting(
    acknowledgedFirst: number,
    crash: () => Promise<void>,
    recover: () => Promise<void>,
  ): Promise<void> {
    const pollId = await openPoll()
    const told = new Map<Voter, Told>()
    let recorded = 0
    let crashing: Promise<void> | null = null
    const before = new Browsers(web.url)
    await atOnce(AT_ONCE, voters, async (voter) => {
      const answer = await before.cast(pollId, voter, choiceOf(voter))
      told.set(voter, answer)
      if (answer === 'recorded' && ++recorded >= acknowledgedFirst) crashing ??= crash()
    })
    await crashing
    before.close()
    await recover()

    const written = await readBallots(pollId)
    const unsure = voters.filter((voter) => told.get(voter) !== 'recorded')
    expect(unsure.length).toBeGreaterThan(0)
    expect([...new Set(told.values())].sort()).toEqual(['recorded', 'unknown'])
    for (const voter of voters)
      if (told.get(voter) === 'recorded') expect(written.get(voter.memberId)).toBe(choiceOf(voter))

    // Who was told nothing tries again: recorded now, or told that the ballot stands; never twice.
    const after = new Browsers(web.url)
    await atOnce(AT_ONCE, unsure, async (voter) => {
      const answer = await after.cast(pollId, voter, choiceOf(voter))
      expect(answer).toBe(written.has(voter.memberId) ? 'alreadyVoted' : 'recorded')
    })
    for (const act of ['sluiting', 'uitslag'])
      expect((await after.post(`/stemmingen/${pollId}/${act}`, chair)).status).toBe(303)
    after.close()
    const [{ tally }] = await query('SELECT tally FROM poll_results WHERE poll_id = $1', [pollId])
    expect(tally).toEqual({ for: VOTERS / 2, against: VOTERS / 2, blank: 0, invalid: 0 })
  }

  async function openPoll(): Promise<string> {
    const browsers = new Browsers(web.url)
    const motion = await addMotion(query, assemblyId)
    const { status, location } = await browsers.post(`/alv/${assemblyId}/stemmingen`, chair, { motion })
    browsers.close()
    expect(status).toBe(303)
    return location.split('/')[2]!
  }

  /** What was written, by member; none is there twice. */
  async function readBallots(pollId: string): Promise<Map<string, string>> {
    const ballots = await query('SELECT member_id, choice FROM ballots WHERE poll_id = $1', [pollId])
    const byMember = new Map(ballots.map(({ member_id, choice }) => [member_id, choice]))
    expect(byMember.size).toBe(ballots.length)
    return byMember
  }
})
