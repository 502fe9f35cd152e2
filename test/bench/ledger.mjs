/**
 * The ledger: entries booked one a transaction, against the bare inserts of the same rows in the same transactions; the
 * balance of an account on a day over 1,000,000 postings, against the bare sum of the same account by its index; and
 * the verification of the ledger per million postings, against reading the same rows bare. In turns in the same run.
 */
import 'reflect-metadata'
import { randomUUID } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import { Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import pg from 'pg'
import { Ledger, LedgerCheck, LedgerPeriods, LedgerSealer } from '#ledger'
import { Clock, Database, loadConfig, migrate, PlatformModule, prepareQueueTables, Visitor } from '#platform'
import { domainModules } from '../../dist/apps/domain.modules.js'
import { entities } from '../../dist/apps/entities.js'
import { migrations } from '../../dist/migrations/index.js'
import { median, report } from './support/table.mjs'

const BOOKED = 1_000
const ENTRIES = 500_000
const ROUNDS = 3
const MONTHS_CLOSED = 9

const url = process.env.DATABASE_URL
await migrate(url, migrations, prepareQueueTables)
const config = loadConfig({ DATABASE_URL: url, SAMEN_DEMO: '1', LOG_LEVEL: 'error' })
class BenchModule {}
Module({ imports: [PlatformModule.with(config, entities), ...domainModules] })(BenchModule)
const app = await NestFactory.createApplicationContext(BenchModule, {
  logger: ['error'],
  abortOnError: false,
})
await app.get(Clock).moveTo(new Date('2020-02-15T10:00:00+01:00'))
const owner = new pg.Client({ connectionString: url })
await owner.connect()
const bare = new pg.Client({ connectionString: url, options: '-c role=samen_app' })
await bare.connect()

const lines = [await booking(), await balances(), await verification()]
await bare.end()
await owner.end()
await app.close()
report(lines)

/** Entries a second, by the library and bare: each entry in a transaction of its own, on one connection. */
async function booking() {
  const ledger = app.get(Ledger)
  const database = app.get(Database)
  const [ours, theirs] = [[], []]
  await bookAll(50) // warm up
  await bookBare(50)
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(await perSecond(() => bookAll(BOOKED)))
    theirs.push(await perSecond(() => bookBare(BOOKED)))
  }
  return {
    ...{ name: 'entries booked', value: median(ours), unit: '/s', limit: median(theirs) },
    ...{ ratio: median(ours) / median(theirs), aim: '≥ 0.50', note: 'one entry of two lines a transaction' },
  }

  async function bookAll(count) {
    for (let at = 0; at < count; at++) await database.transaction((tx) => ledger.post(tx, entry()))
  }

  async function bookBare(count) {
    for (let at = 0; at < count; at++) {
      const id = randomUUID()
      await bare.query('BEGIN')
      await bare.query(
        `INSERT INTO journal_entries (id, idempotency_key, on_day, description, document, recorded_at)
         VALUES ($1, $2, '2020-01-15', 'Meting', 'M-1', now())`,
        [id, `bare:${id}`],
      )
      await bare.query(
        `INSERT INTO postings (entry_id, on_day, account, cents)
         VALUES ($1, '2020-01-15', 'BLimBan', 100), ($1, '2020-01-15', 'WOvbOvr', -100)`,
        [id],
      )
      await bare.query('COMMIT')
    }
  }
}

function entry() {
  return {
    ...{
      idempotencyKey: `meting:${randomUUID()}`,
      onDay: '2020-01-15',
      description: 'Meting',
      document: 'M-1',
    },
    recordedBy: null,
    postings: [
      { account: 'BLimBan', cents: 100n },
      { account: 'WOvbOvr', cents: -100n },
    ],
  }
}

async function perSecond(work) {
  const start = performance.now()
  await work()
  return BOOKED / ((performance.now() - start) / 1000)
}

/** A year of a million postings over nine accounts, nine months of it closed. */
async function balances() {
  await fill()
  const ledger = app.get(Ledger)
  const [ours, theirs] = [[], []]
  for (let round = 0; round <= 20; round++) {
    const account = ['BLimBan', 'BVorSub', 'WKprUit'][round % 3]
    const through = `2019-${String((round % 12) + 1).padStart(2, '0')}-15`
    const [balance, mine] = await timed(() => ledger.balance({ account, through }))
    const [{ rows }, its] = await timed(() =>
      bare.query(
        'SELECT coalesce(sum(cents), 0)::text AS cents FROM postings WHERE account = $1 AND on_day <= $2',
        [account, through],
      ),
    )
    if (BigInt(rows[0].cents) !== balance)
      throw new Error(`${account} on ${through}: ${balance}, not ${rows[0].cents}`)
    if (round > 0) {
      ours.push(mine)
      theirs.push(its)
    }
  }
  return {
    ...{ name: 'balance as of a date', value: median(ours), unit: 'ms', limit: median(theirs) },
    ...{
      ratio: median(ours) / median(theirs),
      aim: '≤ 1.00',
      note: `1,000,000 postings, ${MONTHS_CLOSED} months closed`,
    },
  }
}

async function fill() {
  await owner.query('BEGIN')
  await owner.query('SET LOCAL session_replication_role = replica')
  await owner.query(
    `INSERT INTO journal_entries (id, idempotency_key, on_day, description, document, recorded_at, sequence, transaction_id, salt)
     SELECT gen_random_uuid(), 'vulling:' || n, '2019-01-01'::date + n % 365, 'Vulling ' || n, 'V-' || n, now(),
            nextval('journal_entries_sequence'), 0, gen_random_uuid()
     FROM generate_series(1, $1::int) n`,
    [ENTRIES],
  )
  await owner.query(
    `INSERT INTO postings (entry_id, on_day, account, cents)
     SELECT e.id, e.on_day, side.account, side.cents
     FROM (SELECT id, on_day, sequence AS n FROM journal_entries WHERE idempotency_key LIKE 'vulling:%') e,
     LATERAL (VALUES
       ((ARRAY['WKprUit','WKprInn','WBedOrg','WBedOvr','BVorVsc','BVorSub'])[1 + e.n % 6], 100 + e.n),
       ((ARRAY['BLimBan','BSchCre','BSchOvs'])[1 + e.n % 3], -100 - e.n)) side(account, cents)`,
  )
  await owner.query('COMMIT')
  await owner.query('VACUUM ANALYZE journal_entries, postings')
  const personId = randomUUID()
  await owner.query(`INSERT INTO people (id, name, email) VALUES ($1, 'Meting', 'meting@example.org')`, [
    personId,
  ])
  const controller = new Visitor(personId, 'Meting', 'meting@example.org', [])
  for (let month = 1; month <= MONTHS_CLOSED; month++) {
    const [{ period }] = await app.get(LedgerPeriods).next()
    await app.get(LedgerPeriods).close(controller, period.lastDay, 'month')
  }
  await owner.query('VACUUM ANALYZE ledger_snapshots, ledger_closings')
}

async function verification() {
  await app.get(LedgerSealer).seal()
  await owner.query('VACUUM ANALYZE ledger_sealed_entries, ledger_seals')
  const [ours, theirs] = [[], []]
  let postings = 0
  for (let round = 0; round < ROUNDS; round++) {
    const [verdict, mine] = await timed(() => app.get(LedgerCheck).check())
    if (verdict.found > 0) throw new Error(JSON.stringify(verdict.findings))
    postings = Number(verdict.postings)
    const [, its] = await timed(readBare)
    ours.push((mine / postings) * 1000)
    theirs.push((its / postings) * 1000)
  }
  return {
    ...{ name: 'ledger verification', value: median(ours), unit: 's per million', limit: median(theirs) },
    ...{ ratio: median(ours) / median(theirs), aim: '≤ 3.00', note: `${postings} postings, under seals` },
  }
}

/** The same entries and postings, read in batches and looked at by nobody. */
async function readBare() {
  let after = '0'
  for (;;) {
    const { rows } = await bare.query(
      `SELECT e.sequence, e.id, e.idempotency_key, e.on_day, e.description, e.document, p.account, p.cents
       FROM (SELECT * FROM journal_entries WHERE sequence > $1 ORDER BY sequence LIMIT 5000) e
       JOIN postings p ON p.entry_id = e.id ORDER BY e.sequence, p.id`,
      [after],
    )
    if (rows.length === 0) return
    after = rows.at(-1).sequence
  }
}

async function timed(work) {
  const start = performance.now()
  const result = await work()
  return [result, performance.now() - start]
}
