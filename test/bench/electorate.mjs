/**
 * The electorate as of a day, of 5,000 members with ten changes each, against a bare indexed query of a table
 * that holds the current state and nothing else; in turns in the same run. And the pages of the list.
 */
import { randomUUID } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import pg from 'pg'
import 'reflect-metadata'
import { createDataSource, migrate, prepareQueueTables } from '#platform'
import { readRegister, writePeriods } from '../../dist/libs/members/store/periods.store.js'
import { migrations } from '../../dist/migrations/index.js'
import { median, percentile, report } from './support/table.mjs'
import { startWeb } from './support/web.mjs'

const MEMBERS = 5000
const CHANGES = ['kindChanged', 'suspended', 'reinstated', 'kindChanged', 'kindChanged']
const ROUNDS = 60

const url = process.env.DATABASE_URL
await migrate(url, migrations, prepareQueueTables)
const db = new pg.Client({ connectionString: url })
await db.connect()
const register = await createDataSource({ url, as: 'application', pool: 2 }).initialize()
const memberIds = Array.from({ length: MEMBERS }, () => randomUUID())
await fillRegister()
await fillCurrentState()

const times = { bare: [], today: [], halfway: [], knownThen: [] }
const halfway = dayOfChange(5)
for (let round = 0; round < ROUNDS; round++) {
  await timed(times.bare, currentState)
  await timed(times.today, () => electorate('2030-01-01', null))
  await timed(times.halfway, () => electorate(halfway, null))
  await timed(times.knownThen, () => electorate(halfway, new Date(`${dayOfChange(7)}T12:00:00Z`)))
}
const pages = await timePages()
await register.destroy()
await db.end()

const limit = median(times.bare)
const line = (name, values, note) => ({
  name,
  value: median(values),
  unit: 'ms',
  limit,
  ratio: median(values) / limit,
  aim: '≤ 2.00',
  note,
})
report([
  line('electorate today', times.today, `${MEMBERS} members, 10 changes each`),
  line('electorate in the past', times.halfway),
  line('the same as known then', times.knownThen),
  { name: 'members page p50', value: percentile(pages, 0.5), unit: 'ms' },
  { name: 'members page p95', value: percentile(pages, 0.95), unit: 'ms', aim: '< 50 ms' },
])

/** Ten changes of every member, one day a month; of every tenth member the last was recorded wrong first. */
async function fillRegister() {
  const ids = JSON.stringify(memberIds)
  const each = `jsonb_array_elements_text($1::jsonb) WITH ORDINALITY AS m(id, number)`
  await db.query(`INSERT INTO members (id, number) SELECT id::uuid, number FROM ${each}`, [ids])
  await db.query(
    `INSERT INTO member_details (id, member_id, holds_from, name, recorded_at)
     SELECT gen_random_uuid(), id::uuid, $2::date,
       (ARRAY['Stichting','Coöperatie','Vereniging','Buurthuis'])[1 + number % 4] || ' ' || md5(id), $2::timestamptz
     FROM ${each}`,
    [ids, dayOfChange(0)],
  )
  for (let change = 0; change <= 10; change++) {
    const type = change === 0 ? 'admitted' : CHANGES[(change - 1) % CHANGES.length]
    const kind = type === 'admitted' ? 'supporting' : type === 'kindChanged' ? 'voting' : null
    await db.query(
      `INSERT INTO member_events (id, member_id, on_day, type, kind, recorded_at)
       SELECT gen_random_uuid(), id::uuid, $2::date - CASE WHEN $5 = 10 AND number % 10 = 0 THEN 3 ELSE 0 END,
         $3, $4, $2::timestamptz FROM ${each}`,
      [ids, dayOfChange(change), type, kind, change],
    )
    await project(memberIds, dayOfChange(change))
  }
  const wrong = await db.query(
    `INSERT INTO member_events (id, member_id, on_day, type, kind, recorded_at, corrects)
     SELECT gen_random_uuid(), member_id, on_day + 3, type, kind, recorded_at + interval '2 days', id
     FROM member_events WHERE on_day = $1::date - 3 RETURNING member_id`,
    [dayOfChange(10)],
  )
  const corrected = wrong.rows.map(({ member_id: id }) => id)
  await project(corrected, new Date(Date.parse(dayOfChange(10)) + 2 * 86_400_000).toISOString())
  await db.query('VACUUM ANALYZE')
}

function project(ids, recordedAt) {
  return register.transaction((tx) => writePeriods(tx, ids, new Date(recordedAt)))
}

function dayOfChange(change) {
  return new Date(Date.UTC(2019, change, 10)).toISOString().slice(0, 10)
}

/** What a system keeps that only knows today. */
async function fillCurrentState() {
  await db.query(
    `CREATE TABLE current_members AS
     SELECT member_id AS id, number, name, kind, status, true AS may_vote, founder, since, note
     FROM member_periods WHERE holds @> '2030-01-01'::date AND upper_inf(known)`,
  )
  await db.query(`CREATE INDEX ON current_members (number) WHERE status = 'member' AND kind = 'voting'`)
  await db.query('VACUUM ANALYZE current_members')
}

async function currentState() {
  const { rows } = await db.query(
    `SELECT id, number, name, kind, status, may_vote, founder, since, note FROM current_members
     WHERE status = 'member' AND kind = 'voting' ORDER BY number`,
  )
  if (rows.length !== MEMBERS) throw new Error(`${rows.length} electors now, not ${MEMBERS}`)
}

async function electorate(day, knownAt) {
  const electors = (await readRegister(register.manager, day, knownAt)).filter(({ mayVote }) => mayVote)
  if (electors.length !== MEMBERS) throw new Error(`${electors.length} electors on ${day}, not ${MEMBERS}`)
}

async function timed(times, work) {
  const start = performance.now()
  await work()
  times.push(performance.now() - start)
}

/** How long a page of the list takes over HTTP, one after another: found, ordered, paged, and of another day. */
async function timePages() {
  const web = await startWeb({
    DATABASE_URL: url,
    SAMEN_DEMO: '1',
    SESSION_SECRET: randomUUID(),
    LOG_LEVEL: 'error',
  })
  const paths = [
    '',
    '?q=buurt',
    '?q=cooperatie+a1',
    '?volgorde=-naam&pagina=60',
    '?soort=stemlid&volgorde=sinds',
    '?status=alle&pagina=100',
    `?per=${halfway}&bekend=${dayOfChange(7)}`,
    '?q=niemand',
  ]
  const times = []
  for (let round = 0; round < ROUNDS; round++)
    for (const path of paths)
      await timed(round < 5 ? [] : times, async () => {
        const answer = await fetch(`${web.url}/leden${path}`)
        await answer.text()
        if (answer.status !== 200) throw new Error(`/leden${path} answered ${answer.status}`)
      })
  await web.stop()
  return times
}
