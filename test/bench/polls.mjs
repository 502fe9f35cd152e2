/**
 * Opening a poll for 5,000 electors through HTTP, against bare inserts of the same rows in one transaction. And the
 * time from close to verdict, through HTTP, for 5,000 and for 1,000,000 ballots, against the bare sum of the same
 * ballots with bare inserts of the same notices; in turns in the same run.
 */
import { randomBytes, randomUUID } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import pg from 'pg'
import { makeCrowd, signInAll } from '../support/crowd.mjs'
import { median, report } from './support/table.mjs'
import { startWeb } from './support/web.mjs'

const ELECTORS = 5000
const MANY = 1_000_000
const ROUNDS = 5
const ROUNDS_OF_MANY = 2
const SECRET = randomBytes(32).toString('hex')

const url = process.env.DATABASE_URL
const env = {
  DATABASE_URL: url,
  SAMEN_DEMO: '1',
  SAMEN_PREPARE: '1',
  SESSION_SECRET: SECRET,
  LOG_LEVEL: 'error',
}
const web = await startWeb(env)
// Filling in a million electors checks no references.
const db = new pg.Pool({ connectionString: url, max: 2, options: '-c session_replication_role=replica' })
const bare = new pg.Client({ connectionString: url, options: '-c role=samen_app' })
await bare.connect()
const run = async (sql, params) => (await db.query(sql, params)).rows
await makeCrowd(run, { count: ELECTORS, secret: SECRET, firstNumber: 10_000 })
const { assemblyId, chair } = await findAssembly()

const times = { open: [], bareOpen: [], verdict: [], bareVerdict: [], manyVerdict: [], bareManyVerdict: [] }
await measure({ open: [], bareOpen: [], verdict: [], bareVerdict: [] }) // warm up
for (let round = 0; round < ROUNDS; round++) await measure(times)
for (let round = 0; round < ROUNDS_OF_MANY; round++)
  await measure(
    { open: [], bareOpen: [], verdict: times.manyVerdict, bareVerdict: times.bareManyVerdict },
    MANY,
  )
await web.stop()
await bare.end()
await db.end()

report([
  line('poll opened', times.open, times.bareOpen, `${ELECTORS} electors`),
  line('close to verdict', times.verdict, times.bareVerdict, `${ELECTORS} ballots`),
  line(
    'close to verdict, many',
    times.manyVerdict,
    times.bareManyVerdict,
    `${MANY} ballots, ${ELECTORS} casters`,
  ),
])

function line(name, values, limits, note) {
  const [value, limit] = [median(values), median(limits)]
  return { name, value, unit: 'ms', limit, ratio: value / limit, aim: '≤ 2.00', note }
}

/** One poll from opening to verdict, and the same bare. */
async function measure({ open, bareOpen, verdict, bareVerdict }, ballots = ELECTORS) {
  const motionId = await addMotion()
  const pollId = await timed(open, async () => {
    const location = await post(`/alv/${assemblyId}/stemmingen`, { motion: motionId })
    return location.split('/')[2]
  })
  await openBare(bareOpen, pollId)
  await castAll(pollId, ballots)
  await sumBallots(pollId) // so that neither is the first to see these rows
  await verdictBare(bareVerdict, pollId)
  await timed(verdict, async () => {
    await post(`/stemmingen/${pollId}/sluiting`)
    await post(`/stemmingen/${pollId}/uitslag`)
  })
  const [{ tally }] = await run('SELECT tally FROM poll_results WHERE poll_id = $1', [pollId])
  if (tally.for + tally.against + tally.blank < ballots) throw new Error(`Counted ${JSON.stringify(tally)}`)
}

async function timed(times, work) {
  const start = performance.now()
  const result = await work()
  times.push(performance.now() - start)
  return result
}

/** Sends a form as the chair. @returns where it leads */
async function post(path, fields = {}) {
  const { cookie, token } = chair
  const body = new URLSearchParams({ ...fields, _csrf: token })
  const answer = await fetch(web.url + path, {
    method: 'POST',
    headers: { cookie },
    body,
    redirect: 'manual',
  })
  if (answer.status !== 303) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
  return answer.headers.get('location')
}

async function findAssembly() {
  const [{ id }] = await run('SELECT id FROM assemblies ORDER BY starts_at LIMIT 1')
  const [{ personId }] = await run(
    `SELECT person_id AS "personId" FROM role_assignments WHERE role = 'chair'`,
  )
  const [signedIn] = await signInAll(run, [personId], SECRET)
  return { assemblyId: id, chair: signedIn }
}

async function addMotion() {
  const id = randomUUID()
  await run(
    `INSERT INTO motions (id, assembly_id, position, title, question, explanation, decision_type, submitted_at)
     SELECT $1, $2, max(position) + 1, 'Voorstel', 'Vraag?', '', 'ordinary', now() FROM motions WHERE assembly_id = $2`,
    [id, assemblyId],
  )
  return id
}

/** Everyone has voted; with more ballots than electors, as many members more are electors whom the crowd votes for. */
async function castAll(pollId, ballots) {
  await run(
    `WITH casters AS (
       SELECT row_number() OVER () - 1 AS place, caster_ids FROM electors WHERE poll_id = $1 AND caster_ids <> '{}'),
     more AS (
       INSERT INTO members (id, number)
       SELECT gen_random_uuid(), (SELECT max(number) FROM members) + n FROM generate_series(1, $2::int) n
       RETURNING id, number)
     INSERT INTO electors (poll_id, member_id, member_number, member_name, weight, caster_ids)
     SELECT $1, more.id, more.number, 'Vereniging ' || more.number, 1, casters.caster_ids
     FROM more JOIN casters ON casters.place = more.number % $3`,
    [pollId, ballots - ELECTORS, ELECTORS],
  )
  await run(
    `INSERT INTO ballots (poll_id, member_id, choice, cast_by, cast_at, reference)
     SELECT $1, member_id, (ARRAY['for','against','for','blank'])[1 + member_number % 4], gen_random_uuid(), p.opened_at, 'METING'
     FROM electors e JOIN polls p ON p.id = e.poll_id WHERE e.poll_id = $1`,
    [pollId],
  )
  await db.query('VACUUM ANALYZE electors, ballots')
  await db.query('CHECKPOINT')
}

async function openBare(times, pollId) {
  const electors = await rowsOf('electors', 'poll_id = $1', pollId)
  const [poll] = await rowsOf('polls', 'id = $1', pollId)
  const notices = await noticesAnew('assemblies/poll-opened', pollId)
  const copy = { ...poll, id: randomUUID(), motion_id: await addMotion() }
  await timed(times, async () => {
    await bare.query('START TRANSACTION')
    await insertBare('polls', [copy])
    await insertBare(
      'electors',
      electors.map((elector) => ({ ...elector, poll_id: copy.id })),
    )
    await tellBare(notices)
    await bare.query('COMMIT')
  })
}

/** The same people as were told of the opening are told of the verdict. */
async function verdictBare(times, pollId) {
  const notices = await noticesAnew('assemblies/poll-opened', pollId)
  await timed(times, async () => {
    await bare.query('START TRANSACTION')
    await sumBallots(pollId)
    await tellBare(notices)
    await bare.query('COMMIT')
  })
}

async function sumBallots(pollId) {
  const { rows } = await bare.query(
    `SELECT b.choice, sum(e.weight) FROM electors e
     LEFT JOIN ballots b ON b.poll_id = e.poll_id AND b.member_id = e.member_id
     WHERE e.poll_id = $1 GROUP BY b.choice`,
    [pollId],
  )
  return rows
}

async function noticesAnew(template, pollId) {
  const notices = await rowsOf('notices', `key LIKE $1`, `${template} ${pollId} %`)
  return notices.map((notice) => ({ ...notice, id: randomUUID(), key: `bare ${randomUUID()}` }))
}

async function tellBare(notices) {
  await insertBare('notices', notices)
  await insertBare(
    'notice_deliveries',
    notices.map(({ id }) => ({ notice_id: id, attempts: 0 })),
  )
  const messages = notices.map(({ id }) => ({
    id,
    queue: 'bare',
    payload: { noticeId: id },
    created_at: new Date(),
  }))
  await insertBare('outbox_messages', messages)
}

async function rowsOf(table, where, param) {
  return run(`SELECT * FROM ${table} WHERE ${where}`, [param])
}

async function insertBare(table, rows) {
  await bare.query(`INSERT INTO ${table} SELECT * FROM jsonb_populate_recordset(NULL::${table}, $1::jsonb)`, [
    JSON.stringify(rows),
  ])
}
