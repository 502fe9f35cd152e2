import { randomUUID } from 'node:crypto'
import type { INestApplicationContext } from '@nestjs/common'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BankLines, Matching } from '#bank'
import { RollUps } from '#city-reports'
import { CallDefaults, CallIssuing, CallProposing, GuaranteeCalls } from '#guarantee-calls'
import { GuaranteeRecords, Guarantees, type MovementType } from '#guarantees'
import { Members } from '#members'
import { Clock, Database, type Visitor } from '#platform'
import { MarginUses, RiskMargin } from '#risk-margin'
import { RiskOverview } from '#risk-overview'
import { domainModules } from '../../apps/domain.modules.js'
import { answer } from '../../libs/risk-overview/risk-overview.service.js'
import { startTestApp, type TestApp } from '../support/app.js'
import { addPledges } from '../support/called-guarantees.js'
import { decideOn, visitorOf } from '../support/closed-year.js'
import { startContext } from '../support/context.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'

const TODAY = '2020-02-15'
let test: TestApp
let overview: RiskOverview
let guarantees: Guarantees
/** Members by number. */
let members: Map<number, string>

const get = <T>(token: new (...args: never[]) => T): T => test.app.get(token, { strict: false })
const of2019 = async (day = TODAY) => overview.of((await guarantees.year(2019))!, day)

async function record(number: number, type: MovementType, cents: bigint, onDay: string): Promise<void> {
  const movement = { memberId: members.get(number)!, type, cents, onDay, document: 'TEST-1', by: null }
  await get(Database).transaction((tx) => get(GuaranteeRecords).recordMovement(tx, movement))
}

beforeAll(async () => {
  test = await startTestApp()
  overview = get(RiskOverview)
  guarantees = get(Guarantees)
  members = new Map((await get(Members).asOf(TODAY)).map(({ id, number }) => [number, id]))
})

afterAll(() => test?.stop())

describe('the risk of 2019 as the demo has it', () => {
  it('says who guarantees how much, and on whom it hangs', async () => {
    const { guarantees: cover, concentration, holders, announced } = await of2019()
    expect(cover.coverage).toMatchObject({ requiredCents: 60_000_000n, pledgedCents: 50_000_000n })
    expect(concentration).toMatchObject({ totalCents: 50_000_000n, topCount: 5, fallingAwayUntilShort: 0 })
    expect(holders.find(({ id }) => id === concentration.largest?.id)?.name).toMatch(/Zorgbelang/)
    expect(announced).toEqual([])
  })

  it('follows the cover from the first day of the year, and stands still before anyone pledged', async () => {
    const { history } = await of2019()
    expect(history[0]!.day).toBe('2019-01-31')
    expect(history.at(-1)).toEqual({ day: TODAY, cents: 50_000_000n })
    const before = await of2019('2018-01-01')
    expect(before.history.every(({ cents }) => cents === 0n)).toBe(true)
    expect(before.concentration.largest).toBeNull()
    expect(before.payback).toEqual([])
  })

  it('takes the newest report of each wijk, and says what that leaves of the margin', async () => {
    const { forecast, expected, margin, buffers, payback } = await of2019()
    const outlook = await get(RollUps).outlook(2019)
    expect(forecast.reported.length + forecast.missing.length).toBe(outlook.length)
    expect(outlook.length).toBe(7)
    const [rows] = [
      await test.database.owner.query(
        `SELECT agreement_id, sum(forecast_cents)::text AS forecast FROM report_figures f
         WHERE quarter = (SELECT max(quarter) FROM report_figures WHERE agreement_id = f.agreement_id
           AND quarter LIKE '2019%') GROUP BY agreement_id`,
      ),
    ]
    const sum = rows.reduce((total: bigint, row: { forecast: string }) => total + BigInt(row.forecast), 0n)
    expect(forecast.forecastCents).toBe(sum)
    expect(buffers.marginCents).toBe(margin.unspentCents)
    expect(expected.marginLeftCents).toBe(buffers.marginCents - expected.fromMarginCents)
    expect(payback.reduce((total, { cents }) => total + cents, 0n)).toBe(expected.marginLeftCents)
  })

  it('divides € 150,000 by pledge: the margin first, the rest to the cent', async () => {
    const outcome = answer(await of2019(), { lossCents: 15_000_000n, without: [] })
    expect(outcome).toMatchObject({ fromMarginCents: 12_069_100n, fromHoldersCents: 2_930_900n })
    expect(outcome.parts.map(({ cents }) => cents)).toEqual([2_813_664n, 35_171n, 35_171n, 35_171n, 11_723n])
  })

  it('agrees with the page of the margin', async () => {
    const margin = await get(RiskMargin).ofYear(2019)
    expect((await of2019()).margin).toMatchObject({ unspentCents: margin!.unspentCents })
  })

  it('owes nothing to a year without agreements', async () => {
    expect(await get(RollUps).outlook(2017)).toEqual([])
  })
})

describe('what is recorded for later', () => {
  it('shows an offer as waiting, a decrease as announced, and a call as used up', async () => {
    await record(2, 'offered', 300_000n, TODAY)
    await record(52, 'decreased', 10_000_000n, '2020-06-01')
    await record(52, 'called', 1_000_000n, TODAY)
    const { holders, announced, concentration, guarantees: cover } = await of2019()
    expect(holders.find(({ number }) => number === 2)).toMatchObject({ offeredCents: 300_000n })
    expect(announced).toMatchObject([
      { id: members.get(52), on: '2020-06-01', cents: -10_000_000n, coverCents: 40_000_000n },
    ])
    expect(cover.coverage.pledgedCents).toBe(50_000_000n)
    expect(concentration).toMatchObject({ totalCents: 49_000_000n })
  })

  it('stands in the balance from its day on', async () => {
    const { guarantees: cover, announced, history } = await of2019('2020-06-01')
    expect(cover.coverage.pledgedCents).toBe(40_000_000n)
    expect(announced).toEqual([])
    expect(history.slice(-2).map(({ cents }) => cents)).toEqual([50_000_000n, 40_000_000n])
  })
})

describe('the page as of a day', () => {
  let database: TestDatabase
  let app: INestApplicationContext
  let director: Visitor
  let controller: Visitor
  let chair: Visitor
  let assemblyId: string

  beforeAll(async () => {
    database = await createTestDatabase('demo')
    app = await startContext(database.url, domainModules)
    director = await visitorOf(app, 'bestuurder')
    controller = await visitorOf(app, 'controller')
    chair = await visitorOf(app, 'voorzitter')
    assemblyId = (await database.owner.query('SELECT id FROM assemblies ORDER BY held_on'))[0].id
    await addPledges(app)
  })

  afterAll(async () => {
    await app?.close()
    await database?.drop()
  })

  const clockTo = (day: string) => app.get(Clock).moveTo(new Date(`${day}T12:00:00Z`))
  const on = async (day: string) => app.get(RiskOverview).of((await app.get(Guarantees).year(2019))!, day)
  const propose = () =>
    app
      .get(CallProposing)
      .propose(
        director,
        { year: 2019, amountCents: 5_600_000n, reason: 'Een tekort' },
        assemblyId,
        randomUUID(),
      )

  /** The controller enters what came in and proposes what it is for; the chair confirms. */
  async function pay(reference: string, cents: bigint, bookedOn: string): Promise<void> {
    const about = { counterpartyName: 'Betaler', counterpartyIban: '', description: reference }
    const line = { bookedOn, cents, ...about, requestKey: randomUUID() }
    const { id } = await app.get(BankLines).enter(controller, line)
    const item = { kind: 'guaranteeCall', itemId: reference, cents }
    await app.get(Matching).propose(controller, id, [item], randomUUID())
    await app.get(Matching).confirm(chair, (await app.get(BankLines).proposals(id))[0]!.id)
  }

  /** How the calls of the year stood, and what the register of the guarantees says of the same day. */
  async function callsOn(day: string) {
    const { calls, holders } = await on(day)
    const late = calls.flatMap((call) => call.holders).filter(({ state }) => state === 'inDefault')
    const out = calls.filter(({ issue }) => issue !== null)
    const called = holders.reduce((sum, { calledCents }) => sum + calledCents, 0n)
    const paid = holders.reduce((sum, { callPaidCents }) => sum + callPaidCents, 0n)
    expect(out.reduce((sum, { amountCents }) => sum + amountCents, 0n)).toBe(called)
    expect(out.reduce((sum, { paidCents }) => sum + paidCents, 0n)).toBe(paid)
    return [...calls.map(({ state, openCents }) => [state, openCents]), late.map(({ number }) => number)]
  }

  it('has a call from its day, with what was paid and who was in default on that day', async () => {
    const { id } = await propose()
    await decideOn(app, 'guaranteeCall', 'for', id)
    await app.get(CallIssuing).issue(director, id)
    await clockTo('2020-02-20')
    await pay('AS-2019-1-05', 300_000n, '2020-02-20')
    await clockTo('2020-04-01')
    await pay('AS-2019-1-06', 200_000n, '2020-03-31')
    await pay('AS-2019-1-52', 4_800_000n, '2020-04-01')
    await app.get(CallDefaults).record(director, {
      ...{ callId: id, memberId: (await membersOf(app)).get(7)!, treatment: 'writtenOff' },
      ...{ reason: 'Failliet', requestKey: randomUUID() },
    })
    const [{ id: pending }] = await database.owner.query('SELECT id FROM guarantee_call_defaults')
    await clockTo('2020-04-02')
    await app.get(CallDefaults).confirm(chair, pending)

    expect(await callsOn('2020-02-14')).toEqual([[]])
    expect(await callsOn('2020-02-15')).toEqual([['issued', 5_400_000n], []])
    expect(await callsOn('2020-02-19')).toEqual([['issued', 5_400_000n], []])
    expect(await callsOn('2020-02-20')).toEqual([['issued', 5_100_000n], []])
    expect(await callsOn('2020-03-30')).toEqual([['issued', 5_100_000n], []])
    expect(await callsOn('2020-03-31')).toEqual([
      ['issued', 4_900_000n],
      [7, 52],
    ])
    expect(await callsOn('2020-04-01')).toEqual([['issued', 100_000n], [7]])
    expect(await callsOn('2020-04-02')).toEqual([['settled', 0n], []])
    expect((await on('2020-04-01')).calls[0]!.writtenOffCents).toBe(0n)
    expect((await on('2020-04-02')).calls[0]!.writtenOffCents).toBe(100_000n)
  })

  it('has a call that lapsed as proposed until its assembly was over', async () => {
    await propose()
    await database.owner.query(`UPDATE assemblies SET ended_at = '2020-04-03T20:00:00Z'`)
    await clockTo('2020-04-10')
    const stateOn = async (day: string) =>
      (await app.get(GuaranteeCalls).all(undefined, { on: day }))[0]?.state
    expect([await stateOn('2020-04-02'), await stateOn('2020-04-03')]).toEqual(['proposed', 'lapsed'])
    expect((await on('2020-04-02')).calls.map(({ state }) => state)).toEqual(['proposed', 'settled'])
    expect((await on('2020-04-03')).calls.map(({ state }) => state)).toEqual(['settled'])
  })

  it('has what was used of the margin, until it was undone', async () => {
    const uses = app.get(MarginUses)
    const use = (cents: bigint, onDay: string) =>
      uses.use(director, 2019, {
        ...{ cents, onDay, reason: 'Schade', document: 'F-1', decision: null },
        ...{ paidFrom: 'creditor', requestKey: randomUUID() },
      })
    await use(1_000_000n, '2019-06-01')
    const { id } = await use(50_000n, '2019-07-01')
    await clockTo('2020-04-20')
    await uses.reverse(director, 2019, id, 'Dubbele factuur')
    const found = async (day: string) => {
      const { margin, uses: shown, buffers } = await on(day)
      expect(buffers.marginCents).toBe(12_069_100n - margin.spentCents)
      return [margin.spentCents, shown.length, margin.reserve !== null]
    }
    expect(await found('2018-12-31')).toEqual([0n, 0, false])
    expect(await found('2019-05-31')).toEqual([0n, 0, true])
    expect(await found('2019-06-01')).toEqual([1_000_000n, 1, true])
    // Recorded in 2020 and undone since: in 2019 nobody took it for a use.
    expect(await found('2019-12-31')).toEqual([1_000_000n, 1, true])
    expect(await found('2020-04-19')).toEqual([1_050_000n, 2, true])
    expect(await found('2020-04-20')).toEqual([1_000_000n, 1, true])
    expect((await on('2019-12-31')).margin.stage).toBe('yearRunning')
    expect((await on('2020-01-01')).margin.stage).toBe('toPropose')
  })

  it('has the reports that were handed in by then, also one that was withdrawn later', async () => {
    const [report] = await database.owner.query(
      `SELECT r.id, a.area_slug AS slug, e.person_id AS by FROM quarterly_reports r
       JOIN agreements a ON a.id = r.agreement_id JOIN report_events e ON e.report_id = r.id
       WHERE r.quarter = '2019-Q4' AND e.kind = 'submitted' ORDER BY a.area_slug LIMIT 1`,
    )
    const now = await app.get(RollUps).outlook(2019)
    await database.owner.query(
      `INSERT INTO report_events (report_id, number, kind, version, text, at, person_id)
       VALUES ($1, 99, 'withdrawn', 1, 'Verkeerd bedrag', '2020-04-20T10:00:00Z', $2)`,
      [report.id, report.by],
    )
    const latest = async (day: string) => {
      const { reported } = (await on(day)).forecast
      return reported.find(({ slug }) => slug === report.slug)?.latest.quarter ?? null
    }
    expect(await latest('2019-04-01')).toBeNull()
    expect(await latest('2019-06-30')).toBe('2019-Q1')
    expect(await latest('2020-04-19')).toBe('2019-Q4')
    expect(await latest('2020-04-20')).toBe('2019-Q3')
    expect(await app.get(RollUps).outlook(2019, undefined, { on: '2020-04-19' })).toEqual(now)
    // Signed on 13 December 2018: before that there was nothing to account for.
    expect((await on('2018-12-12')).forecast).toMatchObject({ reported: [], missing: [] })
    expect((await on('2018-12-13')).forecast.missing).toHaveLength(7)
    expect((await on('2019-06-30')).forecast.older).toEqual([])
  })

  it('has only what was announced by then', async () => {
    await app.get(Database).transaction(async (tx) =>
      app.get(GuaranteeRecords).recordMovement(tx, {
        ...{ memberId: (await membersOf(app)).get(1)!, type: 'increased', cents: 100_000n },
        ...{ onDay: '2021-01-01', document: 'TEST-2', by: null },
      }),
    )
    expect((await on('2020-04-19')).announced).toEqual([])
    expect((await on('2020-04-20')).announced).toMatchObject([{ on: '2021-01-01', cents: 100_000n }])
  })

  it('reads the same for today with and without saying the day', async () => {
    const today = '2020-04-20'
    const { read } = app.get(Database)
    const calls = app.get(GuaranteeCalls)
    expect(await calls.all(read, { on: today })).toEqual(await calls.all())
    const margin = app.get(RiskMargin)
    expect(await margin.ofYear(2019, { on: today })).toEqual(await margin.ofYear(2019))
    const uses = app.get(MarginUses)
    expect(await uses.of(2019, read, { on: today })).toEqual(await uses.of(2019))
    const rollUps = app.get(RollUps)
    expect(await rollUps.outlook(2019, read, { on: today })).toEqual(await rollUps.outlook(2019))
  })

  it('has of a day to come what is agreed for it, and the rest as it is now', async () => {
    const [now, later] = [await on('2020-04-20'), await on('2021-06-01')]
    expect([now.tense, later.tense, (await on('2020-04-19')).tense]).toEqual(['today', 'future', 'past'])
    expect(later.guarantees.coverage.pledgedCents).toBe(now.guarantees.coverage.pledgedCents + 100_000n)
    const { calls, margin, forecast } = now
    expect(later).toMatchObject({ calls, margin, forecast })
  })
})

async function membersOf(app: INestApplicationContext): Promise<Map<number, string>> {
  return new Map((await app.get(Members).asOf(TODAY)).map(({ id, number }) => [number, id]))
}
