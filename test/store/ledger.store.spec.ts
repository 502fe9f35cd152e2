import { randomUUID } from 'node:crypto'
import type { INestApplicationContext } from '@nestjs/common'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { People } from '#identity'
import { type Day, RuleViolated } from '#kernel'
import { type Entry, Ledger, LedgerAccounts, LedgerCheck, LedgerPeriods, LedgerSealer } from '#ledger'
import { Clock, Database, Messages, type Tx, Visitor } from '#platform'
import { ledgerReport } from '../../apps/cli/ledger-report.js'
import { domainModules } from '../../apps/domain.modules.js'
import { startContext } from '../support/context.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'

let database: TestDatabase
let app: INestApplicationContext
let ledger: Ledger
let periods: LedgerPeriods
let sealer: LedgerSealer
let check: LedgerCheck
let controller: Visitor
let district: string

const query = (sql: string, params: unknown[] = []) => database.owner.query(sql, params)
const inTx = <T>(work: (tx: Tx) => Promise<T>) => app.get(Database).transaction(work)

async function start(): Promise<() => Promise<void>> {
  database = await createTestDatabase()
  app = await startContext(database.url, domainModules, 30)
  ;[ledger, periods, sealer, check] = [
    app.get(Ledger),
    app.get(LedgerPeriods),
    app.get(LedgerSealer),
    app.get(LedgerCheck),
  ]
  await app.get(Clock).moveTo(new Date('2020-02-15T10:00:00+01:00'))
  const personId = await inTx((tx) => app.get(People).add(tx, { name: 'Controller', email: 'c@example.org' }))
  controller = new Visitor(personId, 'Controller', 'c@example.org', [])
  district = randomUUID()
  await query(
    `INSERT INTO accounting_districts (id, slug, name, weight, position) VALUES ($1, 'zuid-oost', 'Zuid/Oost', 1, 1)`,
    [district],
  )
  return async () => {
    await app.close()
    await database.drop()
  }
}

function entry(cents: bigint, onDay: Day, more: Partial<Entry> = {}): Entry {
  return {
    ...{ idempotencyKey: randomUUID(), onDay, description: 'Proef', document: 'P-1', recordedBy: null },
    postings: [
      { account: 'BLimBan', cents },
      { account: 'WOvbOvr', accountingDistrictId: district, cents: -cents },
    ],
    ...more,
  }
}
const post = (...given: Parameters<typeof entry>) => inTx((tx) => ledger.post(tx, entry(...given)))
const reverse = (id: string, reason = 'Dubbel geboekt') =>
  inTx((tx) => ledger.reverse(tx, id, reason, controller.personId))
const close = (lastDay: Day, length: 'month' | 'quarter' = 'month') =>
  periods.close(controller, lastDay, length)
const bank = (through: Day, from?: Day) => ledger.balance({ account: 'BLimBan', through, from })

async function codesOf(act: Promise<unknown>): Promise<string[]> {
  const error = await act.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (error === null) return []
  if (error instanceof RuleViolated) return error.violations.map(({ code }) => code)
  throw error
}

/** Behind the curtain: the owner switches the guards off. */
async function tamper(sql: string, params: unknown[] = []): Promise<void> {
  await database.owner.transaction(async (tx) => {
    await tx.query('SET LOCAL session_replication_role = replica')
    await tx.query(sql, params)
  })
}

describe('an entry', () => {
  let stop: () => Promise<void>
  beforeAll(async () => {
    stop = await start()
  })
  afterAll(() => stop())

  it('is booked for a project and a member, and adds up by each of them', async () => {
    await post(700n, '2019-04-01')
    await post(-200n, '2019-05-01')
    const income = { account: 'WOvbOvr', through: '2019-12-31' }
    expect(await ledger.balance({ ...income, project: district })).toBe(-500n)
    expect(await ledger.balance({ ...income, project: 'central' })).toBe(0n)
    expect(await ledger.balance({ ...income, project: district, from: '2019-05-01' })).toBe(200n)
    expect(await ledger.balances('2019-04-30')).toEqual([
      { account: 'BLimBan', project: 'central', cents: 700n },
      { account: 'WOvbOvr', project: district, cents: -700n },
    ])
  })

  it('needs an account of the chart, which the controller extends', async () => {
    const postings = [
      { account: 'BLimKas', cents: 1n },
      { account: 'BLimBan', cents: -1n },
    ]
    expect(await codesOf(post(1n, '2019-06-01', { postings }))).toEqual(['ledger.unknownAccount'])
    const accounts = app.get(LedgerAccounts)
    const kas = { code: 'BLimKas', name: 'Kas', side: 'debit' }
    await Promise.all([accounts.add(controller, kas), accounts.add(controller, kas)])
    expect(await codesOf(accounts.add(controller, { ...kas, name: 'Anders' }))).toEqual([
      'ledger.accountTaken',
    ])
    expect(await codesOf(accounts.add(controller, { ...kas, code: '4000' }))).toEqual(['ledger.accountCode'])
    expect(await codesOf(post(1n, '2019-06-01', { postings }))).toEqual([])
    expect((await accounts.all()).map(({ code }) => code)).toContain('BLimKas')
  })

  it('can get nothing added afterwards, not even what balances', async () => {
    const { entryId } = await post(5n, '2019-07-01')
    const adding = database.application.query(
      `INSERT INTO postings (entry_id, on_day, account, cents)
       VALUES ($1, '2019-07-01', 'BLimBan', 1), ($1, '2019-07-01', 'WOvbOvr', -1)`,
      [entryId],
    )
    await expect(adding).rejects.toMatchObject({ driverError: { constraint: 'postings_own_entry' } })
    const bare = database.application.query(
      `INSERT INTO journal_entries (id, idempotency_key, on_day, description, document, recorded_at)
       VALUES ($1, 'bare', '2019-07-01', 'x', 'x', now())`,
      [randomUUID()],
    )
    await expect(bare).rejects.toMatchObject({ driverError: { constraint: 'postings_balance' } })
  })

  it('is undone once, however many ask, by one that points back at it', async () => {
    const before = await bank('2020-12-31')
    const { entryId } = await post(900n, '2019-08-01')
    const answers = await Promise.all(Array.from({ length: 10 }, () => reverse(entryId)))
    expect(answers.filter(({ posted }) => posted)).toHaveLength(1)
    expect(new Set(answers.map((one) => one.entryId)).size).toBe(1)
    expect(await bank('2020-12-31')).toBe(before)
    const undone = (await ledger.entry(entryId))!
    const reversal = (await ledger.entry(undone.reversedBy!))!
    expect(reversal).toMatchObject({
      ...{
        reverses: entryId,
        onDay: '2019-08-01',
        description: 'Tegenboeking: Dubbel geboekt',
        document: 'P-1',
      },
    })
    expect(await codesOf(reverse(reversal.id))).toEqual(['ledger.isReversal'])
    expect(await codesOf(reverse(entryId, ' '))).toEqual(['ledger.reasonNeeded'])
  })

  it('whatever is booked and undone: everything adds up to zero, on every day', async () => {
    const cents = fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }).filter((one) => one !== 0n)
    const day = fc.integer({ min: 1, max: 28 }).map((date) => `2019-09-${String(date).padStart(2, '0')}`)
    const acts = fc.array(fc.tuple(cents, day, fc.boolean()), { maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(acts, async (given) => {
        const before = await bank('2020-12-31')
        let kept = 0n
        for (const [amount, onDay, undo] of given) {
          const { entryId } = await post(amount, onDay)
          if (undo) await reverse(entryId)
          else kept += amount
        }
        expect(await bank('2020-12-31')).toBe(before + kept)
        const all = await ledger.balances('2019-09-15')
        expect(all.reduce((sum, one) => sum + one.cents, 0n)).toBe(0n)
      }),
      { numRuns: 15 },
    )
    expect((await check.check()).findings).toEqual([])
  })
})

describe('a period', () => {
  beforeEach(start)

  it('is closed in order once it is over, and its length stays the same in a year', async () => {
    expect(await periods.next()).toEqual([])
    await post(100n, '2019-01-10')
    expect((await periods.next()).map(({ period }) => period.lastDay)).toEqual(['2019-01-31', '2019-03-31'])
    expect(await codesOf(close('2019-02-28'))).toEqual(['ledger.otherPeriod'])
    await Promise.all([close('2019-01-31'), close('2019-01-31'), close('2019-01-31')])
    expect(await periods.closings()).toHaveLength(1)
    expect(await codesOf(close('2019-06-30', 'quarter'))).toEqual(['ledger.lengthFixed.month'])
    for (const { lastDay } of monthsOf2019.slice(1)) await close(lastDay)
    await close('2020-01-31')
    expect(await codesOf(close('2020-02-29'))).toEqual(['ledger.periodNotOver'])
    expect(await periods.lastClosedDay()).toBe('2020-01-31')
  })

  it('that is closed takes nothing more: refused with the first open day, or booked on it', async () => {
    const first = entry(100n, '2019-01-10')
    const { entryId } = await inTx((tx) => ledger.post(tx, first))
    await close('2019-01-31')
    const late = await inTx((tx) => ledger.post(tx, entry(50n, '2019-01-31'))).catch((error) => error)
    expect(late.violations).toEqual([
      { code: 'ledger.periodClosed', params: { day: '2019-01-31', first: '2019-02-01' }, path: 'dag' },
    ])
    expect(await inTx((tx) => ledger.post(tx, first))).toEqual({ entryId, posted: false })
    const moved = await post(50n, '2019-01-31', { whenClosed: 'firstOpenDay' })
    expect((await ledger.entry(moved.entryId))!.onDay).toBe('2019-02-01')
    const undone = await reverse(entryId)
    expect((await ledger.entry(undone.entryId))!.onDay).toBe('2019-02-01')
    const bare = database.application.query(
      `INSERT INTO journal_entries (id, idempotency_key, on_day, description, document, recorded_at)
       VALUES ($1, 'bare', '2019-01-31', 'x', 'x', now())`,
      [randomUUID()],
    )
    await expect(bare).rejects.toMatchObject({ driverError: { constraint: 'journal_entries_open_period' } })
  })

  it('keeps its balances: with and without them every day gives the same', async () => {
    const days = monthsOf2019.flatMap(({ firstDay, lastDay }) => [firstDay, lastDay])
    for (const [at, day] of days.entries()) await post(BigInt(at + 1), day)
    const balances = () => Promise.all(days.map((day) => ledger.balances(day)))
    const open = await balances()
    for (const { lastDay } of monthsOf2019.slice(0, 9)) {
      await close(lastDay)
      expect(await balances()).toEqual(open)
    }
    expect((await check.check()).findings).toEqual([])
  })

  it('closed while others book: what is booked is in its balances, and nothing comes after', async () => {
    await post(1n, '2019-01-01')
    let booked = 1n
    const refused = new Set<string>()
    const one = async (cents: bigint) => {
      const codes = await codesOf(post(cents, '2019-01-20'))
      if (codes.length === 0) booked += cents
      else for (const code of codes) refused.add(code)
    }
    const acts = Array.from({ length: 120 }, (_, at) =>
      at === 60 ? close('2019-01-31') : one(BigInt(at + 1)),
    )
    await Promise.all(acts)
    const [kept] = await query(
      `SELECT cents FROM ledger_snapshots WHERE last_day = '2019-01-31' AND account = 'BLimBan'`,
    )
    expect(BigInt(kept.cents)).toBe(booked)
    expect(await bank('2019-12-31')).toBe(booked)
    expect([...refused].filter((code) => !code.startsWith('ledger.period'))).toEqual([])
    expect(refused.size).toBeGreaterThan(0)
    expect((await check.check()).findings).toEqual([])
  })

  it('waits for a booking that is not finished, which then counts', async () => {
    await post(1n, '2019-01-01')
    let finish = () => {}
    const finished = new Promise<void>((resolve) => {
      finish = resolve
    })
    const begun = inTx(async (tx) => {
      await ledger.post(tx, entry(9n, '2019-01-31'))
      await finished
    })
    await new Promise((resolve) => setTimeout(resolve, 100))
    const closing = close('2019-01-31')
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(await periods.lastClosedDay()).toBeNull()
    finish()
    await Promise.all([begun, closing])
    expect(await bank('2019-01-31')).toBe(10n)
    expect((await check.check()).findings).toEqual([])
  })
})

describe('the chain of seals', () => {
  beforeEach(start)

  it('numbers the entries of each year without a gap, also when many book and seal at once', async () => {
    const book = (at: number) => post(BigInt(at + 1), at % 3 ? '2019-05-01' : '2020-01-05')
    const failing = () => codesOf(post(0n, '2019-05-01'))
    await Promise.all(
      Array.from({ length: 90 }, (_, at) =>
        at % 10 === 9 ? sealer.seal() : at % 10 === 4 ? failing() : book(at),
      ),
    )
    await sealer.seal()
    expect(await sealer.seal()).toBe(0)
    for (const year of [2019, 2020]) {
      const rows = await query('SELECT number FROM ledger_sealed_entries WHERE year = $1 ORDER BY number', [
        year,
      ])
      expect(rows.map(({ number }: { number: number }) => number)).toEqual(
        rows.map((_: unknown, at: number) => at + 1),
      )
    }
    const verdict = await check.check()
    expect(verdict).toMatchObject({ findings: [], unsealed: 0n, entries: 72n, postings: 144n })
  })

  it('seals nothing while someone takes long to finish, and misses nothing after', async () => {
    let finish = () => {}
    const finished = new Promise<void>((resolve) => {
      finish = resolve
    })
    const slow = inTx(async (tx) => {
      await ledger.post(tx, entry(9n, '2019-01-31'))
      await finished
    })
    await new Promise((resolve) => setTimeout(resolve, 100))
    await post(1n, '2019-02-01')
    expect(await sealer.seal()).toBe(0)
    finish()
    await slow
    expect(await sealer.seal()).toBe(2)
    expect((await check.check()).findings).toEqual([])
  })

  const changes: [string, string, string[]][] = [
    ['an amount on both sides', `UPDATE postings SET cents = cents * 2`, ['sealHash']],
    ['one amount', `UPDATE postings SET cents = cents + 1 WHERE cents = 200`, ['sealHash', 'unbalanced']],
    ['an account', `UPDATE postings SET account = 'BVorOvr' WHERE cents = 200`, ['sealHash']],
    ['a project', `UPDATE postings SET accounting_district_id = NULL WHERE cents = -200`, ['sealHash']],
    ['a day', `UPDATE journal_entries SET on_day = '2019-03-02'`, ['sealHash', 'strayPostings']],
    [
      'a text',
      `UPDATE journal_entries SET description = 'Anders', salt = gen_random_uuid()`,
      ['textChanged'],
    ],
    ['who booked', `UPDATE journal_entries SET recorded_by = gen_random_uuid()`, ['sealHash']],
    ['a number', `UPDATE ledger_sealed_entries SET number = number + 5`, ['sealHash', 'numberGap']],
    [
      'a posting taken away',
      `DELETE FROM postings WHERE cents = 200`,
      ['sealHash', 'unbalanced', 'tooFewPostings'],
    ],
    [
      'a seal taken away',
      `DELETE FROM ledger_seals WHERE number = 1`,
      ['sealMissing', 'sealPrevious', 'numberGap'],
    ],
    [
      'a seal with another hash',
      `UPDATE ledger_seals SET sha256 = repeat('a', 64) WHERE number = 1`,
      ['sealHash', 'sealPrevious'],
    ],
    [
      'an entry unsealed',
      `DELETE FROM ledger_sealed_entries WHERE seal = 1`,
      ['sealCount', 'sealRange', 'sealHash', 'numberGap', 'passedOver'],
    ],
    [
      'a kept balance',
      `UPDATE ledger_snapshots SET cents = cents + 1 WHERE account = 'BLimBan'`,
      ['wrongSnapshot'],
    ],
    [
      'a kept balance taken away',
      `DELETE FROM ledger_snapshots WHERE account = 'BLimBan'`,
      ['wrongSnapshot'],
    ],
  ]
  it.each(changes)('tells of %s', async (_, sql, codes) => {
    await post(200n, '2019-01-10')
    await sealer.seal()
    await post(300n, '2019-01-11')
    await sealer.seal()
    await close('2019-01-31')
    expect((await check.check()).findings).toEqual([])
    await tamper(sql)
    const found = new Set((await check.check()).findings.map(({ code }) => code))
    for (const code of codes) expect([...found]).toContain(code)
  })

  it('stays sound when the texts of an entry are erased, and counts it', async () => {
    await post(200n, '2019-01-10')
    await sealer.seal()
    await database.owner.transaction(async (tx) => {
      await tx.query(`SET LOCAL samen.erasing = 'persons'`)
      await tx.query(`UPDATE journal_entries SET description = 'Gewist'`)
    })
    expect(await check.check()).toMatchObject({ findings: [], erased: 1n })
    expect(await query('SELECT salt FROM journal_entries')).toEqual([{ salt: null }])
  })

  it('is checked by hand and once a day, and what came out is kept', async () => {
    await post(200n, '2019-01-10')
    const verdict = await check.checkAndKeep(controller.personId)
    expect(verdict).toMatchObject({ entries: 1n, seals: 1, findings: [] })
    await tamper(`UPDATE postings SET cents = cents * 2`)
    const said = ledgerReport(await check.check(), new Messages())
    expect(said.sound).toBe(false)
    expect(said.lines).toContain('NIET IN ORDE: onder zegel 1 is een boeking veranderd.')
    await check.checkAndKeep(null)
    expect(await check.last()).toMatchObject({
      checkedBy: null,
      findings: [{ code: 'sealHash', params: { seal: '1' } }],
    })
  })
})

const monthsOf2019: { firstDay: Day; lastDay: Day }[] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].map(
  (days, at) => {
    const month = `2019-${String(at + 1).padStart(2, '0')}`
    return { firstDay: `${month}-01`, lastDay: `${month}-${days}` }
  },
)
