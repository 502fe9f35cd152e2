/**
 * Accepted open ballots per second through HTTP, with signed-in sessions and form tokens, against the
 * same SQL transaction run bare on as many connections, in turns in the same run.
 */
import { randomBytes, randomUUID } from 'node:crypto'
import { Agent, request } from 'node:http'
import { performance } from 'node:perf_hooks'
import { Signer } from '@fastify/cookie'
import Tokens from '@fastify/csrf'
import pg from 'pg'
import 'reflect-metadata'
import { migrate, prepareQueueTables, sha256Hex } from '#platform'
import { insertBallots, readCastings } from '../../dist/libs/assemblies/store/ballot.store.js'
import { migrations } from '../../dist/migrations/index.js'
import { median, percentile, report } from './support/table.mjs'
import { startWeb } from './support/web.mjs'

const CONNECTIONS = 50
const VOTERS = 4000
const ROUNDS = 3
const SECRET = randomBytes(32).toString('hex')

const url = process.env.DATABASE_URL
await migrate(url, migrations, prepareQueueTables)
const db = new pg.Pool({ connectionString: url, max: 4 })
const voters = await makeVoters()
const web = await startWeb({
  DATABASE_URL: url,
  SAMEN_DEMO: '1',
  SESSION_SECRET: SECRET,
  DATABASE_POOL: '30',
  LOG_LEVEL: 'error',
})

const bareRates = []
const httpRates = []
const latencies = []
let refused = 0
let failed = 0
await castThroughHttp(await openPoll(), voters.slice(0, 1000)) // warm up
latencies.length = 0
for (let round = 0; round < ROUNDS; round++) {
  bareRates.push(await castBare(await openPoll()))
  httpRates.push(await castThroughHttp(await openPoll(), voters))
}
await web.stop()
await db.end()

const limit = median(bareRates)
const value = median(httpRates)
report([
  {
    name: 'ballots accepted',
    value,
    unit: 'per s',
    limit,
    ratio: value / limit,
    aim: '≥ 0.40',
    note: `${CONNECTIONS} connections`,
  },
  { name: 'ballot p50', value: percentile(latencies, 0.5), unit: 'ms' },
  { name: 'ballot p99', value: percentile(latencies, 0.99), unit: 'ms', aim: '< 100 ms' },
  { name: 'ballots refused', value: refused, unit: '', aim: '0' },
  { name: 'answers 5xx', value: failed, unit: '', aim: '0' },
])

/** Members with a delegate each, and for each delegate a session with a form token. */
async function makeVoters() {
  const signer = new Signer(SECRET)
  const tokens = new Tokens()
  const made = Array.from({ length: VOTERS }, (_, i) => {
    const session = randomBytes(24).toString('base64url')
    const secret = tokens.secretSync()
    return {
      number: i + 1,
      memberId: randomUUID(),
      personId: randomUUID(),
      roleId: randomUUID(),
      sessionHash: sha256Hex(session),
      cookie: `sessie=${encodeURIComponent(signer.sign(session))}`,
      token: tokens.create(secret),
      secret,
    }
  })
  const rows = JSON.stringify(made.map(({ cookie: _cookie, token: _token, ...row }) => row))
  const given = `jsonb_to_recordset($1::jsonb) AS v(number int, "memberId" uuid, "personId" uuid, "roleId" uuid, "sessionHash" text, secret text)`
  await db.query(`INSERT INTO members (id, number) SELECT "memberId", number FROM ${given}`, [rows])
  await db.query(
    `INSERT INTO people (id, name, email) SELECT "personId", 'Lid ' || number, 'lid-' || number || '@example.org' FROM ${given}`,
    [rows],
  )
  await db.query(
    `INSERT INTO role_assignments (id, person_id, role, scope_id, holds_from) SELECT "roleId", "personId", 'delegate', "memberId", '2019-01-01' FROM ${given}`,
    [rows],
  )
  await db.query(
    `INSERT INTO sessions (id_hash, person_id, data, expires_at)
     SELECT "sessionHash", "personId", jsonb_build_object('passport', "personId", '_csrf', secret,
       'cookie', jsonb_build_object('originalMaxAge', 86400000, 'maxAge', 86400000, 'expires', now() + interval '1 day', 'path', '/', 'httpOnly', true, 'sameSite', 'lax', 'secure', false)),
       now() + interval '1 day' FROM ${given}`,
    [rows],
  )
  return made
}

/** A fresh assembly with one open poll in which every voter is an elector. */
async function openPoll() {
  const [assemblyId, motionId, pollId] = [randomUUID(), randomUUID(), randomUUID()]
  await db.query(
    `INSERT INTO assemblies (id, title, kind, held_on, starts_at, place, convened_on) VALUES ($1, 'Meting', 'ordinary', current_date, now(), 'hier', current_date - 14)`,
    [assemblyId],
  )
  await db.query(
    `INSERT INTO motions (id, assembly_id, position, title, question, explanation, decision_type, submitted_at) VALUES ($1, $2, 1, 'Meting', 'Meting?', '', 'ordinary', now())`,
    [motionId, assemblyId],
  )
  await db.query(
    `INSERT INTO polls (id, motion_id, assembly_id, rule, opened_at, opened_by) VALUES ($1, $2, $3, '{}', now(), $4)`,
    [pollId, motionId, assemblyId, voters?.[0]?.personId ?? randomUUID()],
  )
  await db.query(
    `INSERT INTO electors (poll_id, member_id, member_number, member_name, weight, caster_ids)
     SELECT $1, a.scope_id, m.number, 'Lid ' || m.number, 1, ARRAY[a.person_id]
     FROM role_assignments a JOIN members m ON m.id = a.scope_id`,
    [pollId],
  )
  await db.query('ANALYZE electors')
  await db.query('CHECKPOINT')
  return pollId
}

/** Runs the work of each voter on 50 workers. @returns how many were done per second. */
async function onConnections(list, makeWorker) {
  let next = 0
  const workers = await Promise.all(Array.from({ length: CONNECTIONS }, makeWorker))
  const start = performance.now()
  await Promise.all(
    workers.map(async (work) => {
      while (next < list.length) await work(list[next++])
    }),
  )
  return (list.length / (performance.now() - start)) * 1000
}

async function castBare(pollId) {
  const pool = new pg.Pool({ connectionString: url, max: CONNECTIONS, options: '-c role=samen_app' })
  const rate = await onConnections(voters, async () => {
    const client = await pool.connect()
    const tx = { query: (sql, params) => client.query(sql, params).then(({ rows }) => rows) }
    return async ({ memberId, personId }) => {
      await tx.query('START TRANSACTION')
      await readCastings(tx, pollId, [memberId])
      await insertBallots(tx, [
        { pollId, memberId, choice: 'for', castBy: personId, castAt: new Date(), reference: 'BARE' },
      ])
      await tx.query('COMMIT')
    }
  })
  pool.on('error', () => undefined)
  void pool.end()
  return rate
}

async function castThroughHttp(pollId, list) {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
  const rate = await onConnections(list, async () => async ({ memberId, cookie, token }) => {
    const start = performance.now()
    const { status, location } = await post(agent, `/stemmingen/${pollId}/stem`, cookie, {
      _csrf: token,
      member: memberId,
      choice: 'for',
    })
    latencies.push(performance.now() - start)
    if (status >= 500) failed++
    else if (status !== 303 || !location.startsWith(`/stemmingen/${pollId}`)) refused++
  })
  agent.destroy()
  return rate
}

function post(agent, path, cookie, fields) {
  const body = new URLSearchParams(fields).toString()
  return new Promise((resolve, reject) => {
    const sent = request(
      new URL(path, web.url),
      {
        method: 'POST',
        agent,
        headers: {
          cookie,
          'content-type': 'application/x-www-form-urlencoded',
          'content-length': Buffer.byteLength(body),
        },
      },
      (answer) => {
        answer.resume()
        answer.on('end', () =>
          resolve({ status: answer.statusCode, location: answer.headers.location ?? '' }),
        )
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}
