/**
 * The room: 5,000 clients that follow it live, and how long it takes until 99% of them have an update, from the commit
 * of the act on: notify, read, render once, send to all. The limit: a bare server that writes the same bytes to as
 * many sockets, in turns in the same run. And what a client costs in memory.
 */
import { fork } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Signer } from '@fastify/cookie'
import pg from 'pg'
import 'reflect-metadata'
import { migrate, prepareQueueTables, sha256Hex } from '#platform'
import { demoStatutes } from '../../dist/apps/demo/statutes.js'
import { migrations } from '../../dist/migrations/index.js'
import { median, percentile, report } from './support/table.mjs'
import { startWeb } from './support/web.mjs'

const CLIENTS = 5000
const ROUNDS = 9
const SECRET = randomBytes(32).toString('hex')
const VISITORS = 50

const url = process.env.DATABASE_URL
await migrate(url, migrations, prepareQueueTables)
const db = new pg.Client({ connectionString: url })
await db.connect()
const { assemblyId, itemIds, personId, cookies } = await makeRoom()
const web = await startWeb({ DATABASE_URL: url, SAMEN_DEMO: '1', SESSION_SECRET: SECRET, LOG_LEVEL: 'error' })
const path = `/alv/${assemblyId}/zaal/stroom`

const bytes = await firstMessage()
const empty = memoryOf(web.pid)
const room = await clientsOf(Number(new URL(web.url).port), cookies)
await pause(1_000)
const perClient = (memoryOf(web.pid) - empty) / CLIENTS

const bareServer = fork(fileURLToPath(new URL('support/bare-fan-out.mjs', import.meta.url)))
const [{ port }] = await once(bareServer, 'message')
bareServer.send({ bytes })
await pause(100)
const bareEmpty = memoryOf(bareServer.pid)
const bare = await clientsOf(port, ['none'])
await pause(1_000)
const barePerClient = (memoryOf(bareServer.pid) - bareEmpty) / CLIENTS

const times = { room: [], bare: [] }
for (let round = 0; round < ROUNDS; round++) {
  times.bare.push(await timeUntilMostHaveIt(bare, async () => bareServer.send({ write: true })))
  times.room.push(await timeUntilMostHaveIt(room, () => moveTo(itemIds[round % itemIds.length])))
  await pause(300)
}
for (const child of [room, bare, bareServer]) child.kill('SIGKILL')
await web.stop()
await db.end()

const [value, limit] = [median(times.room), median(times.bare)]
report([
  {
    name: 'update until 99% have it',
    value,
    unit: 'ms',
    limit,
    ratio: value / limit,
    aim: '≤ 2.00',
    note: `${CLIENTS} clients, ${bytes.length} bytes`,
  },
  { name: 'the slowest round', value: Math.max(...times.room), unit: 'ms', limit: Math.max(...times.bare) },
  {
    name: 'memory per client',
    value: perClient / 1024,
    unit: 'kB',
    limit: barePerClient / 1024,
    ratio: perClient / barePerClient,
    aim: '≤ 64 kB',
  },
])

/** An assembly that is under way, with ten items, and people who are signed in. */
async function makeRoom() {
  for (const { key, value, article, source, holdsFrom } of demoStatutes)
    await db.query(
      `INSERT INTO statute_settings (id, key, value, article, source, holds_from, recorded_at)
       VALUES ($1, $2, $3, $4, $5, $6, now())`,
      [randomUUID(), key, JSON.stringify(value), article, source, holdsFrom],
    )
  const assemblyId = randomUUID()
  await db.query(
    `INSERT INTO assemblies (id, title, kind, held_on, starts_at, place, convened_on)
     VALUES ($1, 'Meting', 'ordinary', current_date, now() - interval '1 hour', 'hier', current_date - 14)`,
    [assemblyId],
  )
  const itemIds = Array.from({ length: 10 }, () => randomUUID())
  for (const [index, id] of itemIds.entries())
    await db.query(
      `INSERT INTO agenda_items (id, assembly_id, position, title, explanation, type, minutes, added_at)
       VALUES ($1, $2, $3, 'Punt van de meting', '', 'discussion', 10, now())`,
      [id, assemblyId, index + 1],
    )
  const signer = new Signer(SECRET)
  const people = Array.from({ length: VISITORS }, () => ({
    id: randomUUID(),
    session: randomBytes(24).toString('base64url'),
  }))
  for (const [index, { id, session }] of people.entries()) {
    await db.query('INSERT INTO people (id, name, email) VALUES ($1, $2, $3)', [
      ...[id, `Lid ${index}`, `lid-${index}@example.org`],
    ])
    await db.query(
      `INSERT INTO sessions (id_hash, person_id, data, expires_at)
       VALUES ($1, $2, jsonb_build_object('passport', $2::uuid, 'cookie', jsonb_build_object('originalMaxAge', 86400000,
         'maxAge', 86400000, 'expires', now() + interval '1 day', 'path', '/', 'httpOnly', true, 'sameSite', 'lax',
         'secure', false)), now() + interval '1 day')`,
      [sha256Hex(session), id],
    )
  }
  const cookies = people.map(({ session }) => `sessie=${encodeURIComponent(signer.sign(session))}`)
  return { assemblyId, itemIds, personId: people[0].id, cookies }
}

/** The chair goes to an item: the log and the announcement, in one transaction. */
async function moveTo(itemId) {
  await db.query('BEGIN')
  await db.query(
    `INSERT INTO agenda_progress (assembly_id, item_id, kind, at, recorded_by) VALUES ($1, $2, 'begun', now(), $3)`,
    [assemblyId, itemId, personId],
  )
  await db.query(`SELECT pg_notify('samen_live', $1)`, [`assembly:${assemblyId}`])
  await db.query('COMMIT')
}

/** What the room sends, to write the same bytes bare. */
async function firstMessage() {
  const { body } = await fetch(`${web.url}${path}`, { headers: { cookie: cookies[0] } })
  let text = ''
  for await (const chunk of body) {
    text += Buffer.from(chunk).toString('latin1')
    const found = /data: \{.*\n\n/.exec(text)
    if (found) return found[0]
  }
  throw new Error('The stream said nothing')
}

async function clientsOf(port, cookies) {
  const child = fork(fileURLToPath(new URL('support/live-clients.mjs', import.meta.url)))
  child.send({ connect: { port, path, cookies, count: CLIENTS } })
  await once(child, 'message')
  return child
}

async function timeUntilMostHaveIt(clients, act) {
  clients.send({ expect: CLIENTS })
  await once(clients, 'message')
  const received = once(clients, 'message')
  const start = performance.timeOrigin + performance.now()
  await act()
  const [{ instants }] = await received
  return percentile(
    instants.map((instant) => instant - start),
    0.99,
  )
}

/** Resident memory of a process, in bytes. */
function memoryOf(pid) {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) * 1024
}
