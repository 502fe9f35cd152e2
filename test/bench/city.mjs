/**
 * The roll-up of 20 wijken over 24 quarters: the money by quarter and line against one bare SQL aggregate of the same
 * rows in a table of nothing else, in turns in the same run; everything of those reports (indicators, people, means) from
 * their texts by the rules; and the page of one quarter through HTTP.
 */
import { randomBytes } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import pg from 'pg'
import 'reflect-metadata'
import { createDataSource } from '#platform'
import { rollUp } from '../../dist/libs/city-reports/rules/roll-up.js'
import { sumLines } from '../../dist/libs/city-reports/store/figures.store.js'
import { signInAll } from '../support/crowd.mjs'
import { median, percentile, report } from './support/table.mjs'
import { startWeb } from './support/web.mjs'

const AREAS = 20
const YEARS = [2014, 2019]
const ROUNDS = 60
const SECRET = randomBytes(32).toString('hex')

const url = process.env.DATABASE_URL
const web = await startWeb({
  ...{ DATABASE_URL: url, SAMEN_DEMO: '1', SAMEN_PREPARE: '1', SESSION_SECRET: SECRET, LOG_LEVEL: 'error' },
})
const db = new pg.Client({ connectionString: url })
await db.connect()
const run = async (sql, params) => (await db.query(sql, params)).rows
await fill()
const samen = await createDataSource({ url, as: 'application', pool: 2 }).initialize()
const bare = new pg.Client({ connectionString: url, options: '-c role=samen_app' })
await bare.connect()

const times = { lines: [], bare: [], whole: [], page: [] }
for (let round = 0; round < ROUNDS; round++) {
  const warm = round >= 5
  const ours = await timed(warm && times.lines, () => sumLines(samen.manager))
  const theirs = await timed(warm && times.bare, sumBare)
  if (ours.length !== theirs.length) throw new Error(`${ours.length} sums, not ${theirs.length}`)
}
for (let round = 0; round < 10; round++) await timed(round >= 2 && times.whole, sumWhole)
await timePage()
await web.stop()
await samen.destroy()
await bare.end()
await db.end()

const [value, limit] = [median(times.lines), median(times.bare)]
const note = `${AREAS} wijken × 24 quarters and the demo`
report([
  { name: 'roll-up, money', value, unit: 'ms', limit, ratio: value / limit, aim: '≤ 1.50', note },
  { name: 'roll-up, everything, from texts', value: median(times.whole), unit: 'ms', note },
  {
    name: 'city page p50',
    value: percentile(times.page, 0.5),
    unit: 'ms',
    note: `${AREAS} wijken, one quarter`,
  },
  { name: 'city page p95', value: percentile(times.page, 0.95), unit: 'ms', aim: '< 50 ms' },
])

/** Copies of one agreement of the demo, with a report on each quarter whose amounts differ. */
async function fill() {
  await db.query(
    `INSERT INTO agreements (id, kind, area_slug, area_name, accounting_district_id, counterparty_id, starts_on, ends_on)
     SELECT gen_random_uuid(), kind, 'meting-' || n, 'Meting ' || n, accounting_district_id, counterparty_id, $1, $2
     FROM agreements, generate_series(1, $3::int) n WHERE area_slug = 'oost'`,
    [`${YEARS[0]}-01-01`, `${YEARS[1]}-12-31`, AREAS],
  )
  await db.query(
    `INSERT INTO agreement_versions (id, agreement_id, number, holds_from, terms, signed_on)
     SELECT gen_random_uuid(), a.id, 1, a.starts_on, v.terms, a.starts_on
     FROM agreements a, agreement_versions v JOIN agreements o ON o.id = v.agreement_id AND o.area_slug = 'oost'
     WHERE a.area_slug LIKE 'meting-%' AND v.number = 1`,
  )
  await db.query(
    `INSERT INTO quarterly_reports (id, agreement_id, quarter)
     SELECT gen_random_uuid(), a.id, y || '-Q' || q FROM agreements a, generate_series($1::int, $2::int) y,
       generate_series(1, 4) q WHERE a.area_slug LIKE 'meting-%'`,
    YEARS,
  )
  await db.query(
    `WITH model AS (
       SELECT v.content::jsonb AS content, v.submitted_at, v.submitted_by FROM report_versions v
       JOIN quarterly_reports r ON r.id = v.report_id JOIN agreements a ON a.id = r.agreement_id
       WHERE a.area_slug = 'oost' AND r.quarter = '2019-Q1' ORDER BY v.number LIMIT 1),
     written AS (
       SELECT r.id, m.submitted_at, m.submitted_by, jsonb_set(m.content, '{lines}', (
         SELECT jsonb_agg(line || jsonb_build_object('actualCents',
           ((line->>'actualCents')::bigint + abs(hashtext(r.id::text || (line->>'id'))) % 100000)::text))
         FROM jsonb_array_elements(m.content->'lines') line))::text AS content
       FROM quarterly_reports r JOIN agreements a ON a.id = r.agreement_id, model m
       WHERE a.area_slug LIKE 'meting-%')
     INSERT INTO report_versions (id, report_id, number, content, sha256, submitted_at, submitted_by)
     SELECT gen_random_uuid(), id, 1, content, encode(sha256(convert_to(content, 'UTF8')), 'hex'), submitted_at,
       submitted_by FROM written`,
  )
  await db.query(
    `INSERT INTO report_events (report_id, number, kind, version, sections, at, person_id)
     SELECT v.report_id, 1, 'submitted', 1, '{story,money,indicators,means,people,risks}', v.submitted_at, v.submitted_by
     FROM report_versions v JOIN quarterly_reports r ON r.id = v.report_id JOIN agreements a ON a.id = r.agreement_id
     WHERE a.area_slug LIKE 'meting-%'`,
  )
  await db.query(
    'CREATE TABLE bare_figures AS SELECT quarter, line_id, budget_cents, actual_cents, forecast_cents FROM report_figures',
  )
  await db.query('GRANT SELECT ON bare_figures TO samen_app')
  await db.query('VACUUM ANALYZE')
}

async function sumBare() {
  const { rows } = await bare.query(
    `SELECT quarter, line_id, count(*)::int, sum(budget_cents)::bigint, sum(actual_cents)::bigint,
       sum(forecast_cents)::bigint FROM bare_figures GROUP BY quarter, line_id ORDER BY quarter, line_id`,
  )
  return rows
}

/** Every quarter from the texts, as the page does for one. */
async function sumWhole() {
  const { rows } = await bare.query(
    `SELECT r.quarter, r.agreement_id AS id, v.sha256, v.content FROM report_versions v
     JOIN quarterly_reports r ON r.id = v.report_id JOIN agreements a ON a.id = r.agreement_id
     WHERE a.area_slug LIKE 'meting-%'`,
  )
  const share = { num: 5n, den: 100n }
  const quarters = new Map()
  for (const row of rows) quarters.set(row.quarter, [...(quarters.get(row.quarter) ?? []), row])
  return [...quarters.values()].map((reports) =>
    rollUp(
      reports.map(({ id }) => ({
        ...{ agreementId: id, area: { slug: id, name: id }, counterparty: '', district: null },
        ...{ wijkbudgetCents: 18000000n, ownMeansShare: share },
      })),
      reports.map(({ id, sha256, content }) => ({
        ...{ agreementId: id, standing: 'approved', version: 1, sha256, stated: JSON.parse(content) },
      })),
    ),
  )
}

async function timePage() {
  const [{ personId }] = await run(
    `SELECT person_id AS "personId" FROM role_assignments WHERE role = 'chair'`,
  )
  const [{ cookie }] = await signInAll(run, [personId], SECRET)
  for (let round = 0; round < ROUNDS; round++)
    await timed(round >= 5 && times.page, async () => {
      const answer = await fetch(`${web.url}/verantwoording/stad/2018-Q4`, { headers: { cookie } })
      await answer.text()
      if (answer.status !== 200) throw new Error(`The city page answered ${answer.status}`)
    })
}

async function timed(list, work) {
  const start = performance.now()
  const result = await work()
  if (list) list.push(performance.now() - start)
  return result
}
