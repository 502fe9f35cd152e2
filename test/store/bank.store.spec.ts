import type { INestApplicationContext } from '@nestjs/common'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  BankAccounts,
  type BankLine,
  BankLines,
  BankModule,
  BankStartPage,
  Matching,
  type OpenItem,
  SettledByBank,
  Statements,
  Suggestions,
} from '#bank'
import { People } from '#identity'
import { RuleViolated } from '#kernel'
import { Clock, Database, Ids, Upload, Visitor } from '#platform'
import { camtFile, OWN_IBAN } from '../support/camt.js'
import { assemblyModules, startContext } from '../support/context.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'

let database: TestDatabase
let app: INestApplicationContext
let lines: BankLines
let matching: Matching
let statements: Statements
let controller: Visitor
let director: Visitor
let chair: Visitor
let day = 0
let closing = 0n

/** What waits for money in these tests, and what was settled. */
const items = new Map<string, OpenItem>()
const settled: { itemId: string; line: BankLine; by: string }[] = []
let failing = false

beforeAll(async () => {
  database = await createTestDatabase()
  app = await startContext(database.url, [...assemblyModules, BankModule])
  lines = app.get(BankLines)
  matching = app.get(Matching)
  statements = app.get(Statements)
  await app.get(Clock).moveTo(new Date('2020-12-31T12:00:00+01:00'))
  await app.get(Database).transaction(async (tx) => {
    const person = async (name: string, role: string) => {
      const personId = await app.get(People).add(tx, { name, email: `${name}@example.org` })
      return new Visitor(personId, name, `${name}@example.org`, [{ role }] as never)
    }
    controller = await person('controller', 'controller')
    director = await person('bestuurder', 'director')
    chair = await person('voorzitter', 'chair')
    await app.get(BankAccounts).enter(tx, { iban: OWN_IBAN, name: 'SAMEN030' })
  })
  app.get(SettledByBank).add('test', {
    openItems: async () => [...items.values()].filter(({ cents }) => cents !== 0n),
    settle: async (_tx, visitor, itemId, line) => {
      const item = items.get(itemId)!
      items.set(itemId, { ...item, cents: item.cents - line.cents })
      settled.push({ itemId, line, by: visitor.personId })
      if (failing) throw RuleViolated.of('test.failed')
    },
  })
})
afterAll(async () => {
  await app.close()
  await database.drop()
})
beforeEach(() => {
  items.clear()
  settled.length = 0
  failing = false
})

const key = () => app.get(Ids).next()
const waitFor = (id: string, cents: bigint, reference: string | null = null) =>
  items.set(id, { ...{ id, kind: 'test', label: `Post ${id}`, cents, reference, iban: null }, href: '/bank' })
const part = (itemId: string, cents: bigint) => ({ kind: 'test', itemId, cents })
const codeOf = async (act: Promise<unknown>) => {
  try {
    await act
    return null
  } catch (error) {
    if (!(error instanceof RuleViolated)) throw error
    return error.violations[0]!.code
  }
}

/** The next statement of the account, with these lines; each on a day of its own. */
async function take(...amounts: [cents: bigint, description?: string][]) {
  day += 1
  const date = `2020-${String(1 + Math.floor(day / 28)).padStart(2, '0')}-${String(1 + (day % 28)).padStart(2, '0')}`
  const entries = amounts.map(([cents, description = '']) => ({ day: date, cents, description }))
  const file = camtFile([{ id: `A${day}`, day: date, openingCents: closing, entries }])
  const { statementId } = await statements.import(controller, file, key())
  const found = (await statements.find(statementId))!
  closing = found.statement.closingCents
  return found.lines
}

async function proposed(lineId: string, cents: bigint, itemId: string, by = controller) {
  await matching.propose(by, lineId, [part(itemId, cents)], key())
  return (await lines.proposals(lineId)).at(-1)!.id
}

describe('a statement', () => {
  it('is kept with its lines, once for a request, and never a second time', async () => {
    const file = camtFile([
      { id: 'Z1', day: '2019-12-01', openingCents: 0n, entries: [{ day: '2019-12-01', cents: 100n }] },
      { id: 'Z2', day: '2019-12-02', openingCents: 100n, entries: [{ day: '2019-12-02', cents: -100n }] },
    ])
    const requestKey = key()
    const both = await Promise.all([1, 2].map(() => statements.import(controller, file, requestKey)))
    expect(both[0]).toEqual(both[1])
    const { statement, lines: read } = (await statements.find(both[0]!.statementId))!
    expect([statement.reference, read.length, read[0]!.cents]).toEqual(['Z2', 1, -100n])
    expect(await codeOf(statements.import(controller, file, key()))).toBe('bank.statementKnown')
    const two = camtFile([
      { id: 'Z3', day: '2019-12-03', openingCents: 0n, entries: [{ day: '2019-12-03', cents: 5n }] },
    ])
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => statements.import(controller, two, key())))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    closing = 5n
  })

  it('leaves nothing behind when a later one in the file does not join', async () => {
    const file = camtFile([
      { id: 'Y1', day: '2019-12-10', openingCents: 5n, entries: [{ day: '2019-12-10', cents: 1n }] },
      { id: 'Y2', day: '2019-12-11', openingCents: 99n, entries: [{ day: '2019-12-11', cents: 1n }] },
    ])
    expect(await codeOf(statements.import(controller, file, key()))).toBe('bank.gapBefore')
    expect((await statements.latest(99)).map(({ reference }) => reference)).not.toContain('Y1')
  })

  it('of an account that nobody confirmed is refused', async () => {
    const iban = 'NL20INGB0001234567'
    const entries = [{ day: '2020-01-01', cents: 1n }]
    const file = camtFile([{ id: 'X', day: '2020-01-01', openingCents: 0n, entries, iban }])
    expect(await codeOf(statements.import(controller, file, key()))).toBe('bank.otherAccount')
    const accounts = app.get(BankAccounts)
    await accounts.record(director, { iban: 'nl20 ingb 0001 2345 67', name: 'SAMEN030' })
    expect(await codeOf(accounts.confirm(director, iban))).toBe('bank.ownAccountRecord')
    expect(await codeOf(statements.import(controller, file, key()))).toBe('bank.otherAccount')
    expect(await app.get(BankStartPage).tasksFor(chair)).toMatchObject([{ key: 'bank.tasks.account' }])
    const own = database.application.query(
      'INSERT INTO bank_account_confirmations (iban, confirmed_at, confirmed_by) VALUES ($1, now(), $2)',
      [iban, director.personId],
    )
    await expect(own).rejects.toMatchObject({
      driverError: { constraint: 'bank_account_confirmations_other_person' },
    })
    await accounts.confirm(chair, iban)
    await accounts.confirm(controller, iban)
    expect(await codeOf(statements.import(controller, file, key()))).toBeNull()
    expect((await accounts.own())?.iban).toBe(iban)
  })
})

describe('a line', () => {
  it('settles an item once a second person confirms it, once', async () => {
    waitFor('a', 500n, 'AS-2020-1-7')
    const [line] = await take([500n, 'Betreft AS-2020-1-7'])
    expect((await app.get(Suggestions).ofLine(line!)).suggestion?.items[0]?.id).toBe('a')
    const id = await proposed(line!.id, 500n, 'a', director)
    expect(await codeOf(matching.confirm(director, id))).toBe('bank.ownProposal')
    expect(await codeOf(matching.confirm(controller, id))).toBe('bank.ownLine')
    expect(settled).toEqual([])
    await Promise.all([chair, chair, chair].map((by) => matching.confirm(by, id)))
    expect(settled).toMatchObject([{ itemId: 'a', by: chair.personId, line: { cents: 500n, id: line!.id } }])
    expect(await lines.find(line!.id)).toMatchObject({ state: 'settled', openCents: 0n, settledCents: 500n })
    expect(await codeOf(matching.refuse(chair, id, 'nee'))).toBe('bank.already.confirmed')
  })

  it('settles several items, an item is paid in parts, and the rest is set aside', async () => {
    waitFor('a', 300n)
    waitFor('b', 900n)
    const [line] = await take([1_000n])
    await matching.propose(controller, line!.id, [part('a', 300n), part('b', 600n)], key())
    expect(await codeOf(matching.proposeAside(controller, line!.id, 'x', key()))).toBe('bank.alreadyProposed')
    await matching.confirm(chair, (await lines.proposals(line!.id))[0]!.id)
    expect(items.get('b')?.cents).toBe(300n)
    expect(await lines.find(line!.id)).toMatchObject({ state: 'open', openCents: 100n })
    expect(await codeOf(proposed(line!.id, 100n, 'b'))).toBe('bank.itemTwice')
    await matching.proposeAside(controller, line!.id, 'Rente', key())
    const [, rest] = await lines.proposals(line!.id)
    expect(rest).toMatchObject({ kind: 'aside', cents: 100n })
    await matching.confirm(chair, rest!.id)
    expect(await lines.find(line!.id)).toMatchObject({ state: 'settled', openCents: 0n, asideCents: 100n })
    expect(settled).toHaveLength(2)
  })

  it('is open again after a refusal or a withdrawal; a repeated request proposes once', async () => {
    waitFor('a', 70n)
    const [line] = await take([70n])
    const requestKey = key()
    for (const _ of [1, 2]) await matching.propose(controller, line!.id, [part('a', 70n)], requestKey)
    const [first] = await lines.proposals(line!.id)
    expect(await codeOf(matching.refuse(director, first!.id, ' '))).toBe('bank.reasonNeeded')
    await matching.refuse(director, first!.id, 'Hoort bij iets anders')
    const second = await proposed(line!.id, 70n, 'a')
    expect(await codeOf(matching.withdraw(director, second))).toBe('bank.notYourProposal')
    await matching.withdraw(controller, second)
    await matching.withdraw(controller, second)
    expect(await codeOf(matching.confirm(chair, second))).toBe('bank.already.withdrawn')
    expect(await lines.find(line!.id)).toMatchObject({ state: 'open' })
    expect(await lines.proposals(line!.id)).toHaveLength(2)
  })

  it('stays unconfirmed, with nothing settled, when the owner of an item refuses', async () => {
    waitFor('a', 40n)
    waitFor('b', 40n)
    const [line] = await take([40n])
    const id = await proposed(line!.id, 40n, 'a')
    failing = true
    expect(await codeOf(matching.confirm(chair, id))).toBe('test.failed')
    failing = false
    items.delete('a')
    expect(await codeOf(matching.confirm(chair, id))).toBe('bank.itemGone')
    expect(await lines.find(line!.id)).toMatchObject({ state: 'waiting', settledCents: 0n })
  })

  it('entered by hand is one for a request, and looks like the same money of a statement', async () => {
    const given = {
      ...{ bookedOn: '2020-12-30', cents: 4_242n, counterpartyName: 'Bos', counterpartyIban: '' },
      ...{ description: 'AS-2020-1-7', requestKey: key() },
    }
    const ids = await Promise.all([1, 2, 3].map(() => lines.enter(director, given)))
    expect(new Set(ids.map(({ id }) => id)).size).toBe(1)
    const line = (await lines.find(ids[0]!.id))!
    expect(line.statementReference).toBe('BH-2020-1')
    expect(await codeOf(lines.enter(director, { ...given, bookedOn: '2021-01-01' }))).toBe('bank.dayAhead')
    expect(await codeOf(lines.enter(director, { ...given, counterpartyIban: 'NL00X' }))).toBe(
      'bank.ibanInvalid',
    )
    waitFor('a', 4_242n)
    const id = await proposed(line.id, 4_242n, 'a')
    expect(await codeOf(matching.confirm(director, id))).toBe('bank.ownLine')
    await matching.confirm(chair, id)
    expect(await lines.lookalikes(line)).toEqual([])
  })

  it('is never used twice by people who confirm at the same moment', async () => {
    waitFor('a', 100n)
    const [one, two] = await take([100n], [100n])
    const first = await proposed(one!.id, 100n, 'a')
    const second = await proposed(two!.id, 100n, 'a')
    // The owner of an item holds a lock of its own; here one after the other shows what it then sees.
    await matching.confirm(chair, first)
    expect(await codeOf(matching.confirm(chair, second))).toBe('bank.itemGone')
  })
})

it('a file that is no statement is refused by name', async () => {
  const file = (text: string) => new Upload('x.xml', Buffer.from(text))
  const read = (text: string) => codeOf(statements.import(controller, file(text), key()))
  expect(await read('<!DOCTYPE a><a/>')).toBe('xml.definitions')
  expect(await read('<a/>')).toBe('bank.notCamt')
  expect(await read('a;b;c')).toBe('xml.notReadable')
})
