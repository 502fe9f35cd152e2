import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RollUps } from '#city-reports'
import { GuaranteeRecords, Guarantees, type MovementType } from '#guarantees'
import { Members } from '#members'
import { Database } from '#platform'
import { RiskMargin } from '#risk-margin'
import { RiskOverview } from '#risk-overview'
import { answer } from '../../libs/risk-overview/risk-overview.service.js'
import { startTestApp, type TestApp } from '../support/app.js'

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
