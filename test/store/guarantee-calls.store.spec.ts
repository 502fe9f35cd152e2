import { randomUUID } from 'node:crypto'
import type { INestApplicationContext } from '@nestjs/common'
import { beforeEach, describe, expect, it } from 'vitest'
import { BankLines, Matching, SettledByBank } from '#bank'
import { CallDefaults, CallIssuing, CallProposing, CallReminders, GuaranteeCalls } from '#guarantee-calls'
import { GuaranteeRecords, Guarantees } from '#guarantees'
import { RuleViolated } from '#kernel'
import { Ledger } from '#ledger'
import { Clock, Database, type Visitor } from '#platform'
import { domainModules } from '../../apps/domain.modules.js'
import { addPledges } from '../support/called-guarantees.js'
import { decideOn, visitorOf } from '../support/closed-year.js'
import { startContext } from '../support/context.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'

let database: TestDatabase
let app: INestApplicationContext
let calls: GuaranteeCalls
let director: Visitor
let controller: Visitor
let chair: Visitor
let assemblyId: string
let members: Map<number, string>

/** A fresh demo for each test: its registers can't be emptied. */
beforeEach(async () => {
  database = await createTestDatabase('demo')
  app = await startContext(database.url, domainModules)
  calls = app.get(GuaranteeCalls)
  director = await visitorOf(app, 'bestuurder')
  controller = await visitorOf(app, 'controller')
  chair = await visitorOf(app, 'voorzitter')
  assemblyId = (await database.owner.query('SELECT id FROM assemblies ORDER BY held_on'))[0].id
  members = await addPledges(app)
  return async () => {
    await app.close()
    await database.drop()
  }
})

const codeOf = async (act: Promise<unknown>) => {
  try {
    await act
    return null
  } catch (error) {
    if (!(error instanceof RuleViolated)) throw error
    return error.violations[0]!.code
  }
}
const propose = (amountCents = 5_600_000n, key: string = randomUUID()) =>
  app.get(CallProposing).propose(director, { year: 2019, amountCents, reason: 'Een tekort' }, assemblyId, key)
const issue = (id: string) => app.get(CallIssuing).issue(director, id)
const find = async (id: string) => (await calls.find({ id }))!
const holderOf = async (id: string, number: number) =>
  (await find(id)).holders.find((holder) => holder.number === number)!
const balance = (account: string, memberId?: string) =>
  app.get(Ledger).balance({ account, through: '2021-12-31', ...(memberId ? { memberId } : {}) })
const clockTo = (day: string) => app.get(Clock).moveTo(new Date(`${day}T12:00:00Z`))
async function issued(): Promise<string> {
  const { id } = await propose()
  await decideOn(app, 'guaranteeCall', 'for', id)
  await issue(id)
  return id
}

/** The controller enters what came in and proposes what it is for; the chair confirms. */
async function pay(reference: string, cents: bigint, bookedOn = '2020-02-15'): Promise<void> {
  const about = { counterpartyName: 'Betaler', counterpartyIban: '', description: reference }
  const { id } = await app
    .get(BankLines)
    .enter(controller, { bookedOn, cents, ...about, requestKey: randomUUID() })
  const matching = app.get(Matching)
  await matching.propose(controller, id, [{ kind: 'guaranteeCall', itemId: reference, cents }], randomUUID())
  await matching.confirm(chair, (await app.get(BankLines).proposals(id))[0]!.id)
}

describe('a call', () => {
  it('is proposed once at a time, and frozen', async () => {
    const key = randomUUID()
    const both = await Promise.all([propose(5_600_000n, key), propose(5_600_000n, key)])
    expect(both[0]).toEqual(both[1])
    expect(await codeOf(propose())).toBe('call.alreadyProposed')
    const call = await find(both[0]!.id)
    expect([call.state, call.reference, call.sha256.length]).toEqual(['proposed', 'AS-2019-1', 64])
    const parts = new Map(call.holders.map(({ number, partCents }) => [number, partCents]))
    expect([5, 6, 7, 52].map((number) => parts.get(number))).toEqual([
      ...[300_000n, 200_000n, 100_000n, 4_800_000n],
    ])
    expect([1, 2, 3, 4].reduce((sum, number) => sum + parts.get(number)!, 0n)).toBe(200_000n)
    expect(await codeOf(issue(call.id))).toBe('call.notAdopted')
    expect(await calls.openOf(2019)).toMatchObject([{ number: 1, openCents: 5_600_000n }])
    await app.get(CallProposing).withdraw(director, call.id, 'Toch niet nodig')
    expect(await calls.openOf(2019)).toEqual([])
    expect((await find((await propose()).id)).reference).toBe('AS-2019-2')
  })

  it('is refused above what can be called', async () => {
    expect(await codeOf(propose(56_000_001n))).toBe('call.overAllRoom')
    expect(await codeOf(propose(0n))).toBe('call.amountNeeded')
  })

  it('goes out once after the ALV adopted it: register, ledger, deposits and letters', async () => {
    const { id } = await propose()
    await decideOn(app, 'guaranteeCall', 'for', id)
    await Promise.all([issue(id), issue(id), issue(id)])
    const call = await find(id)
    expect([call.state, call.paidCents, call.openCents]).toEqual(['issued', 200_000n, 5_400_000n])
    expect(call.issue).toMatchObject({
      issuedOn: '2020-02-15',
      dueOn: '2020-03-16',
      reminderDays: [-7, 1, 14],
    })
    expect(await balance('BVorGar')).toBe(5_400_000n)
    expect(await balance('WOvbGar')).toBe(-5_600_000n)
    const holders = await app.get(Guarantees).holdersOn('2020-02-15')
    expect(holders.find(({ number }) => number === 5)).toMatchObject({
      calledCents: 300_000n,
      callPaidCents: 0n,
    })
    expect(holders.find(({ number }) => number === 1)).toMatchObject({
      calledCents: holders.find(({ number }) => number === 1)!.callPaidCents,
    })
    const mails = await database.owner.query(
      `SELECT DISTINCT split_part(key, ':', 3) FROM notices WHERE template = 'guarantee-calls/called'`,
    )
    expect(mails).toHaveLength(8)
    expect(await codeOf(app.get(CallProposing).withdraw(director, id, 'x'))).toBe('call.alreadyIssued')
    expect(await codeOf(app.get(CallIssuing).cancel(director, id, 'x'))).toBe('call.paidAlready')
  })

  it('that the ALV rejected never goes out, and makes room for another', async () => {
    const { id } = await propose()
    await decideOn(app, 'guaranteeCall', 'against', id)
    expect([(await find(id)).state, await codeOf(issue(id))]).toEqual(['rejected', 'call.notAdopted'])
    expect(await codeOf(propose())).toBeNull()
  })

  it('does not go out when a pledge became smaller than its part', async () => {
    const { id } = await propose(56_000_000n)
    await decideOn(app, 'guaranteeCall', 'for', id)
    await app.get(Database).transaction((tx) =>
      app.get(GuaranteeRecords).recordMovement(tx, {
        ...{ memberId: members.get(7)!, type: 'released', cents: 1n, onDay: '2020-02-15' },
        ...{ document: 'Ontslag', by: null },
      }),
    )
    expect(await codeOf(issue(id))).toBe('call.roomChanged')
    expect(await balance('BVorGar')).toBe(0n)
  })
})

describe('payments', () => {
  it('are ticked off against the bank, also in parts, never too much', async () => {
    const id = await issued()
    const { claim } = await holderOf(id, 5)
    const bank = await balance('BLimBan')
    await pay(claim!.reference, 100_000n)
    expect(await holderOf(id, 5)).toMatchObject({ paidCents: 100_000n, openCents: 200_000n, state: 'open' })
    expect(await codeOf(pay(claim!.reference, 200_001n))).toBe('bank.partOverItem')
    await pay(claim!.reference, 200_000n)
    expect(await holderOf(id, 5)).toMatchObject({ openCents: 0n, state: 'settled' })
    expect(await codeOf(pay(claim!.reference, 1n))).toBe('bank.itemGone')
    expect(await balance('BVorGar', members.get(5))).toBe(0n)
    expect((await balance('BLimBan')) - bank).toBe(300_000n)
    const open = await app.get(SettledByBank).openItems(app.get(Database).read)
    expect(open.filter(({ kind }) => kind === 'guaranteeCall').map(({ id }) => id)).toEqual([
      'AS-2019-1-06',
      'AS-2019-1-07',
      'AS-2019-1-52',
    ])
  })

  it('are reminded of on the days of the statutes, once', async () => {
    const id = await issued()
    const reminders = app.get(CallReminders)
    const sent = async () =>
      (await database.owner.query(`SELECT count(*)::int AS n FROM guarantee_call_reminders`))[0].n
    await reminders.doAll('2020-03-08')
    expect(await sent()).toBe(0)
    await Promise.all([reminders.doAll('2020-03-09'), reminders.doAll('2020-03-09')])
    expect(await sent()).toBe(4)
    await pay((await holderOf(id, 6)).claim!.reference, 200_000n)
    await reminders.doAll('2020-04-20')
    await reminders.doAll('2020-04-21')
    expect(await sent()).toBe(7)
    const mails = await database.owner.query(
      `SELECT DISTINCT split_part(key, ':', 4), model ->> 'last' AS last FROM notices
       WHERE template = 'guarantee-calls/reminder' AND key LIKE '%:14:%'`,
    )
    expect(mails).toHaveLength(3)
    expect(mails[0].last).toBe('true')
  })
})

describe('a holder that does not pay', () => {
  it('is pursued or written off by two people, never divided over the others', async () => {
    const id = await issued()
    const memberId = members.get(7)!
    const defaults = app.get(CallDefaults)
    const record = (treatment: 'pursued' | 'writtenOff', by = director, of = memberId) =>
      defaults.record(by, {
        callId: id,
        memberId: of,
        treatment,
        reason: 'Failliet',
        requestKey: randomUUID(),
      })
    const pending = async () => (await holderOf(id, 7)).pending!.id
    expect(await codeOf(record('writtenOff'))).toBe('call.notInDefault')
    await clockTo('2020-03-31')
    expect((await holderOf(id, 7)).state).toBe('inDefault')
    const own = (await holderOf(id, 52)).memberId
    expect(await codeOf(record('writtenOff', director, own))).toBe('call.ownHolder')
    await record('pursued')
    expect(await codeOf(record('writtenOff', controller))).toBe('call.defaultPending')
    expect(await codeOf(defaults.confirm(director, await pending()))).toBe('call.ownDefault')
    await defaults.confirm(chair, await pending())
    expect((await holderOf(id, 7)).state).toBe('pursued')
    await record('writtenOff')
    await pay('AS-2019-1-07', 40_000n, '2020-03-31')
    const first = await pending()
    expect(await codeOf(defaults.confirm(controller, first))).toBe('call.defaultChanged')
    await defaults.withdraw(director, first)
    await record('writtenOff')
    const second = await pending()
    await Promise.all([defaults.confirm(controller, second), defaults.confirm(chair, second)])
    expect(await holderOf(id, 7)).toMatchObject({ state: 'writtenOff', openCents: 0n, paidCents: 40_000n })
    expect(await balance('WBedOvrAfg')).toBe(60_000n)
    expect(await balance('BVorGar', memberId)).toBe(0n)
    expect((await holderOf(id, 5)).partCents).toBe(300_000n)
    expect((await find(id)).writtenOffCents).toBe(60_000n)
    expect(await codeOf(pay('AS-2019-1-07', 1n, '2020-03-31'))).toBe('bank.itemGone')
  })

  it('is cancelled with the whole call as long as nobody paid: room and ledger as before', async () => {
    // Only who paid nothing in: the founders' deposits would be settled at once.
    await app.get(Database).transaction(async (tx) => {
      for (const holder of await app.get(Guarantees).holdersOn('2020-02-15', tx))
        if (holder.paidInCents > 0n)
          await app.get(GuaranteeRecords).recordMovement(tx, {
            ...{ memberId: holder.memberId, type: 'refunded', cents: holder.paidInCents },
            ...{ onDay: '2020-02-15', document: 'Terug', by: null },
          })
    })
    const id = await issued()
    const cancel = () => app.get(CallIssuing).cancel(director, id, 'Het tekort is er niet')
    await Promise.all([cancel(), cancel()])
    expect((await find(id)).state).toBe('cancelled')
    expect([await balance('BVorGar'), await balance('WOvbGar')]).toEqual([0n, 0n])
    const holders = await app.get(Guarantees).holdersOn('2020-02-15')
    expect(holders.reduce((sum, { calledCents }) => sum + calledCents, 0n)).toBe(0n)
    expect(await calls.openOf(2019)).toEqual([])
    expect(await codeOf(app.get(CallIssuing).cancel(director, id, ' '))).toBe('call.reasonNeeded')
  })
})
