/**
 * Accepted open ballots per second through HTTP, with signed-in sessions and form tokens, against the
 * same SQL transaction run bare on as many connections, in turns in the same run.
 */
import { randomBytes, randomUUID } from 'node:crypto'
import { Agent, request } from 'node:http'
import { performance } from 'node:perf_hooks'
import pg from 'pg'
import 'reflect-metadata'
import { migrate, prepareQueueTables } from '#platform'
import { insertBallots, readCastings } from '../../dist/libs/assemblies/store/ballot.store.js'
import { migrations } from '../../dist/migrations/index.js'
import { makeCrowd } from '../support/crowd.mjs'
import { median, percentile, report } from './support/table.mjs'
import { startWeb } from './support/web.mjs'

const CONNECTIONS = 200
const VOTERS = 4000
const ROUNDS = 3
const SECRET = randomBytes(32).toString('hex')

const url = process.env.DATABASE_URL
await migrate(url, migrations, prepareQueueTables)
const db = new pg.Pool({ connectionString: url, max: 4 })
const run = async (sql, params) => (await db.query(sql, params)).rows
const voters = await makeCrowd(run, { count: VOTERS, secret: SECRET })
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
const bareLatencies = []
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
    aim: '≥ 0.50',
    note: `${CONNECTIONS} connections`,
  },
  latencyLine('ballot p50', 0.5),
  latencyLine('ballot p99', 0.99),
  { name: 'ballots refused', value: refused, unit: '', aim: '0' },
  { name: 'answers 5xx', value: failed, unit: '', aim: '0' },
])

function latencyLine(name, share) {
  const [value, limit] = [percentile(latencies, share), percentile(bareLatencies, share)]
  return { name, value, unit: 'ms', limit, ratio: value / limit, aim: '≤ 2.00' }
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
    [pollId, motionId, assemblyId, voters[0].personId],
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

/** Runs the work of each voter on as many workers as there are connections. @returns how many were done per second. */
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
  const clients = []
  const rate = await onConnections(voters, async () => {
    const client = await pool.connect()
    clients.push(client)
    const tx = { query: (sql, params) => client.query(sql, params).then(({ rows }) => rows) }
    return async ({ memberId, personId }) => {
      const start = performance.now()
      await tx.query('START TRANSACTION')
      await readCastings(tx, pollId, [memberId])
      await insertBallots(tx, [
        {
          pollId,
          memberId,
          choice: 'for',
          castBy: personId,
          castAt: new Date(),
          reference: 'BARE',
          enteredBy: null,
        },
      ])
      await tx.query('COMMIT')
      bareLatencies.push(performance.now() - start)
    }
  })
  for (const client of clients) client.release()
  await pool.end()
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
