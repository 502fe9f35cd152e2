import { randomUUID } from 'node:crypto'
import type { INestApplicationContext } from '@nestjs/common'
import { beforeEach, describe, expect, it } from 'vitest'
import { RuleViolated } from '#kernel'
import { Ledger } from '#ledger'
import { Payables } from '#payments'
import { Database, sha256Hex, type Visitor } from '#platform'
import { Distributions, Payouts, RiskMargin } from '#risk-margin'
import { domainModules } from '../../apps/domain.modules.js'
import { closeYear, decideOn, visitorOf } from '../support/closed-year.js'
import { startContext } from '../support/context.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'

let database: TestDatabase
let app: INestApplicationContext
let distributions: Distributions
let payouts: Payouts
let riskMargin: RiskMargin
let director: Visitor
let assemblyId: string

const query = (sql: string, params: unknown[] = []) => database.owner.query(sql, params)
/** What the demo itself booked stands beside what a test books. */
const inDemo: Record<string, number> = {}
const countOf = async (table: string) => Number((await query(`SELECT count(*)::int AS n FROM ${table}`))[0].n)
const rowsIn = async (table: string) => (await countOf(table)) - (inDemo[table] ?? 0)
const propose = (requestKey: string = randomUUID()) =>
  distributions.propose(director, { year: 2019, assemblyId, requestKey })

/** A fresh demo for each test: its registers can't be emptied. */
beforeEach(async () => {
  database = await createTestDatabase('demo')
  app = await startContext(database.url, domainModules)
  ;[distributions, payouts, riskMargin] = [app.get(Distributions), app.get(Payouts), app.get(RiskMargin)]
  director = await visitorOf(app, 'bestuurder')
  assemblyId = (await query('SELECT id FROM assemblies'))[0].id
  await countDemo()
  return async () => {
    await app.close()
    await database.drop()
  }
})

async function codesOf(act: Promise<unknown>): Promise<string[]> {
  const error = await act.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (error === null) return []
  if (error instanceof RuleViolated) return error.violations.map(({ code }) => code)
  throw error
}

const decide = (distributionId: string, choice: 'for' | 'against') =>
  decideOn(app, 'distribution', choice, distributionId)
const countDemo = async () => {
  for (const table of ['journal_entries', 'postings']) inDemo[table] = await countOf(table)
}

describe('a proposal', () => {
  it('freezes the inputs and computes the parts of 2019 to the cent', async () => {
    const { id } = await propose()
    const { proposal, parts } = (await riskMargin.proposal(id))!
    expect(proposal).toMatchObject({ amountCents: 12_069_100n, referenceDay: '2019-12-31', decision: null })
    expect(proposal.sha256).toBe(sha256Hex(proposal.inputs))
    expect(parts.map(({ partCents }) => partCents).sort()).toEqual([
      11_586_336n,
      144_829n,
      144_829n,
      144_829n,
      48_277n,
    ])
    expect(await query('SELECT title FROM motions WHERE authorises_id = $1', [id])).toEqual([
      { title: 'Uitkering risicomarge 2019' },
    ])
    const told = await query(
      `SELECT to_address FROM notices WHERE template = 'risk-margin/proposed' ORDER BY 1`,
    )
    expect(told.map((row: { to_address: string }) => row.to_address)).toEqual([
      'secretaris@example.org',
      'voorzitter@example.org',
    ])
  })

  it('is there once: two at the same time, a double click, and after it a second one', async () => {
    const key = randomUUID()
    const [first, again] = await Promise.all([propose(key), propose(key)])
    expect(again.id).toBe(first.id)
    const settled = await Promise.all(Array.from({ length: 5 }, () => codesOf(propose())))
    expect(settled).toEqual(Array(5).fill(['distribution.alreadyProposed']))
    expect(await rowsIn('distributions')).toBe(1)
  })

  it('is withdrawn, leaves the agenda, and makes room for another', async () => {
    const { id } = await propose()
    await distributions.withdraw(director, id, 'Een cijfer klopt niet')
    await distributions.withdraw(director, id, 'Nog eens')
    expect((await riskMargin.proposal(id))!.proposal.withdrawal?.reason).toBe('Een cijfer klopt niet')
    expect(
      await query('SELECT 1 FROM motions WHERE authorises_id = $1 AND withdrawn_at IS NULL', [id]),
    ).toEqual([])
    expect(await codesOf(payouts.payOut(director, id))).toEqual(['distribution.withdrawn'])
    expect((await propose()).repeated).toBe(false)
  })

  it('can not be withdrawn once its poll has opened', async () => {
    const { id } = await propose()
    await decide(id, 'for')
    expect(await codesOf(distributions.withdraw(director, id, 'Te laat'))).toEqual(['motion.pollOpened'])
    expect(await rowsIn('distribution_withdrawals')).toBe(0)
  })
})

describe('paying out', () => {
  it('needs a decision, and an adopted one', async () => {
    const { id } = await propose()
    expect(await codesOf(payouts.payOut(director, id))).toEqual(['distribution.notDecided'])
    await decide(id, 'against')
    expect(await codesOf(payouts.payOut(director, id))).toEqual(['distribution.rejected'])
    expect(await rowsIn('journal_entries')).toBe(0)
    // Rejected by the assembly: the director may come with another proposal.
    expect((await propose()).repeated).toBe(false)
  })

  it('is booked once, however many ask at the same time, and each hears the same moment', async () => {
    await closeYear(app)
    await countDemo()
    const { id } = await propose()
    await decide(id, 'for')
    const answers = await Promise.all(Array.from({ length: 12 }, () => payouts.payOut(director, id)))
    expect(answers.filter(({ posted }) => posted)).toHaveLength(1)
    expect(new Set(answers.map(({ postedAt }) => postedAt.getTime())).size).toBe(1)
    expect(await rowsIn('journal_entries')).toBe(1)
    expect(await rowsIn('distribution_postings')).toBe(1)

    const [sum] = await query(
      `SELECT sum(cents)::int AS sum, count(*)::int AS lines FROM postings p
       JOIN journal_entries e ON e.id = p.entry_id WHERE e.idempotency_key LIKE 'distribution:%'`,
    )
    expect(sum).toEqual({ sum: 0, lines: 6 })
    const ledger = app.get(Ledger)
    // The reserve was formed at the start of 2019, and is used up.
    expect(await ledger.balance({ account: 'BEivOreRis', through: '2020-02-14' })).toBe(-12_069_100n)
    expect(await ledger.balance({ account: 'BEivOreRis', through: '2020-12-31' })).toBe(0n)
    expect(await ledger.balance({ account: 'BSchOvsUit', through: '2020-12-31' })).toBe(-12_069_100n)
    const [zorgbelang] = await query(
      'SELECT member_id FROM distribution_parts ORDER BY part_cents DESC LIMIT 1',
    )
    const own = { account: 'BSchOvsUit', memberId: zorgbelang.member_id }
    expect(await ledger.balance({ ...own, through: '2020-12-31' })).toBe(-11_586_336n)
    expect(await ledger.balance({ ...own, through: '2020-02-14' })).toBe(0n)

    // One statement for each delegate: Zorgbelang has two (its own and the director).
    const statements = await query(
      `SELECT model->>'partCents' AS cents FROM notices WHERE template = 'risk-margin/statement' ORDER BY 1`,
    )
    expect(statements.map((row: { cents: string }) => row.cents)).toEqual([
      '11586336',
      '11586336',
      '144829',
      '144829',
      '144829',
      '48277',
    ])
    const payables = await app.get(Payables).of('riskMargin', 'RM-2019')
    expect(payables.map(({ cents }) => cents).sort()).toEqual([
      11_586_336n,
      144_829n,
      144_829n,
      144_829n,
      48_277n,
    ])
    expect((await riskMargin.ofYear(2019))!.stage).toBe('paid')
    expect(await codesOf(propose())).toEqual(['distribution.yearAlreadyPaid'])
  })

  it('leaves nothing behind when it fails half-way, and can be done again', async () => {
    await closeYear(app)
    await countDemo()
    const { id } = await propose()
    await decide(id, 'for')
    await query(`ALTER TABLE distribution_postings ADD CONSTRAINT fail CHECK (posted_by IS NULL)`)
    await expect(payouts.payOut(director, id)).rejects.toThrow('fail')
    expect([
      await rowsIn('journal_entries'),
      await rowsIn('postings'),
      await rowsIn('distribution_postings'),
      await rowsIn('payables'),
    ]).toEqual([0, 0, 0, 0])
    await query(`ALTER TABLE distribution_postings DROP CONSTRAINT fail`)
    expect(await payouts.payOut(director, id)).toMatchObject({ posted: true })
  })

  it('waits until the year is closed, and names what is open', async () => {
    const { id } = await propose()
    await decide(id, 'for')
    const refused = await payouts.payOut(director, id).catch((error: RuleViolated) => error.violations[0]!)
    expect(refused).toMatchObject({
      code: 'distribution.conditionsOpen',
      params: { count: '6', items: expect.stringContaining('Decharge verleend door de ALV') },
    })
    expect(await rowsIn('journal_entries')).toBe(0)
  })

  it('refuses parts that are not what the frozen inputs give', async () => {
    const { id } = await propose()
    await decide(id, 'for')
    await query('ALTER TABLE distribution_parts DISABLE TRIGGER distribution_parts_append_only')
    await query('UPDATE distribution_parts SET part_cents = part_cents - 1 WHERE part_cents = 48277')
    expect(await codesOf(payouts.payOut(director, id))).toEqual(['distribution.partsDiffer'])
    await query('ALTER TABLE distributions DISABLE TRIGGER distributions_append_only')
    await query(`UPDATE distributions SET inputs = replace(inputs, '48000000', '48000001')`)
    expect(await codesOf(payouts.payOut(director, id))).toEqual(['distribution.hashDiffers'])
    expect(await rowsIn('journal_entries')).toBe(0)
  })
})

describe('the ledger', () => {
  const entry = {
    idempotencyKey: 'test:1',
    onDay: '2020-02-15',
    description: 'Proef',
    document: 'P-1',
    recordedBy: null,
    postings: [
      { account: 'BEivOreRis', cents: 100n },
      { account: 'BSchOvsUit', cents: -100n },
    ],
  }
  const post = (changes: Partial<typeof entry> = {}) =>
    app.get(Database).transaction((tx) => app.get(Ledger).post(tx, { ...entry, ...changes }))

  it('books a key once, also at the same time, and refuses it for another entry', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => post()))
    expect(answers.filter(({ posted }) => posted)).toHaveLength(1)
    expect(new Set(answers.map(({ entryId }) => entryId)).size).toBe(1)
    const other = entry.postings.map((posting) => ({ ...posting, cents: posting.cents * 2n }))
    expect(await codesOf(post({ postings: other }))).toEqual(['ledger.keyReused'])
    expect(await rowsIn('postings')).toBe(2)
  })

  it('refuses an entry that does not balance; so does the database at commit', async () => {
    expect(await codesOf(post({ postings: [entry.postings[0]!] }))).toEqual([
      'ledger.tooFewPostings',
      'ledger.notBalanced',
    ])
    const unbalanced = database.application.transaction(async (tx) => {
      await tx.query(
        `INSERT INTO journal_entries (id, idempotency_key, on_day, description, document, recorded_at)
         VALUES ($1, 'x', '2020-02-15', 'x', 'x', now())`,
        [randomUUID()],
      )
      await tx.query(
        `INSERT INTO postings (entry_id, on_day, account, cents)
         SELECT id, on_day, 'BEivOreRis', 1 FROM journal_entries WHERE idempotency_key = 'x'`,
      )
    })
    await expect(unbalanced).rejects.toMatchObject({ driverError: { constraint: 'postings_balance' } })
    expect(await rowsIn('journal_entries')).toBe(0)
  })
})
