import { randomUUID } from 'node:crypto'
import type { INestApplicationContext } from '@nestjs/common'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { BankLines, Matching, Suggestions } from '#bank'
import { Ledger } from '#ledger'
import { domainModules } from '../../apps/domain.modules.js'
import { closeYear, decideOn, visitorOf } from '../support/closed-year.js'
import { startContext } from '../support/context.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { DyingWeb, type LastStatement } from '../support/dying-web.js'
import { type Answer, HttpClient } from '../support/http-client.js'

const DEEP = process.env.SAMEN_DEEP === '1'
const MARGIN = 12_069_100n
/** More than any of these requests has. */
const MOST_STATEMENTS = 1_000

/** A request that pays, or brings paying nearer. */
interface Act {
  who: string
  path: string
  fields: Record<string, string | readonly string[]>
  /** After which statements it dies in `npm test`; when not said, only the deep test lets it die. */
  points?: LastStatement[]
}

describe('kill -9 at each statement of paying out the margin', {
  timeout: DEEP ? 1_800_000 : 120_000,
}, () => {
  let database: TestDatabase
  let context: INestApplicationContext
  let web: DyingWeb
  let proposal: string
  let batch: string
  const clients = new Map<string, HttpClient>()

  beforeAll(async () => {
    database = await createTestDatabase('demo')
    context = await startContext(database.url, domainModules)
    await closeYear(context)
    web = await DyingWeb.on(database.url)
    await web.start()
  }, 120_000)
  // Some acts ask for a sign-in of a moment ago, and all deaths of one act can take minutes.
  beforeEach(async () => {
    for (const who of ['bestuurder', 'controller', 'voorzitter']) {
      clients.set(who, new HttpClient(web.url))
      await clients.get(who)!.signInAs(who)
    }
  })
  afterAll(async () => {
    await web?.stop()
    await context?.close()
    await database?.drop()
  })

  const query = (sql: string): Promise<Record<string, string>[]> => database.owner.query(sql)
  const page = async (who: string, path: string) => (await clients.get(who)!.get(path)).text
  const hidden = (text: string, name: string) => new RegExp(`name="${name}" value="([^"]+)"`).exec(text)![1]!

  /**
   * Sends the request to a process that dies after a statement, again and again, and then twice to one that lives. After
   * each time the books are looked at. The deep test lets it die after every statement of every request.
   */
  async function survive({ who, path, fields, points = [] }: Act): Promise<Answer> {
    const send = () => clients.get(who)!.post(path, fields)
    const statements = DEEP ? Array.from({ length: MOST_STATEMENTS }, (_, at) => at + 1) : points
    let deaths = 0
    for (const after of statements) {
      const answer = await web.dieDuring(path, after, send)
      await expectSoundBooks(`${path} after ${after}`)
      if (answer) break
      deaths++
    }
    expect(deaths, path).toBeGreaterThanOrEqual(points.length)
    expect(deaths, path).toBeLessThan(MOST_STATEMENTS)
    if (statements.length > 0) await web.start()
    const [first, again] = [await send(), await send()]
    expect(
      [first.status, again.status].every((status) => status < 500),
      first.text,
    ).toBe(true)
    await expectSoundBooks(`${path}, twice`)
    return first
  }

  /** Nothing is there twice, nothing by half; what came back is owed again by an entry of its own. */
  async function expectSoundBooks(when: string): Promise<void> {
    const [found] = await query(`
      WITH owed AS (
        SELECT coalesce(sum(p.cents), 0) AS cents FROM postings p JOIN journal_entries e ON e.id = p.entry_id
        WHERE p.account = 'BSchOvsUit' AND p.cents < 0 AND e.idempotency_key NOT LIKE 'payment-return:%')
      SELECT (SELECT count(*) FROM (SELECT 1 FROM postings GROUP BY entry_id HAVING sum(cents) <> 0) AS uneven) AS uneven,
        (SELECT count(*) FROM (SELECT 1 FROM postings WHERE account = 'BSchOvsUit'
           GROUP BY member_id HAVING sum(cents) > 0) AS over) AS "paidTwice",
        (SELECT cents FROM owed)
          + (SELECT coalesce(sum(part_cents), 0) FROM distribution_parts
             WHERE distribution_id IN (SELECT distribution_id FROM distribution_postings)) AS "owedOtherwise",
        (SELECT coalesce(sum(cents), 0) FROM payables WHERE kind = 'riskMargin')
          + (SELECT cents FROM owed) AS "handedOverOtherwise"`)
    expect(found, when).toEqual({ uneven: 0n, paidTwice: 0n, owedOtherwise: '0', handedOverOtherwise: '0' })
  }

  it('proposing', async () => {
    const text = await page('bestuurder', '/risicomarge/2019')
    const [assembly] = await query('SELECT id FROM assemblies ORDER BY held_on LIMIT 1')
    const { status, location } = await survive({
      ...{ who: 'bestuurder', path: '/risicomarge/2019/voorstellen' },
      fields: { verzoek: hidden(text, 'verzoek'), vergadering: assembly!.id! },
    })
    expect(status).toBe(303)
    proposal = location!
    expect(await query('SELECT count(*)::int AS n FROM distributions')).toEqual([{ n: 1 }])
    await decideOn(context, 'distribution')
  })

  it('booking what each member is owed', async () => {
    await page('bestuurder', proposal)
    await survive({
      ...{ who: 'bestuurder', path: `${proposal}/uitbetaling`, fields: {} },
      points: ['INSERT', 'COMMIT'],
    })
    expect(await query('SELECT count(*)::int AS n FROM distribution_postings')).toEqual([{ n: 1 }])
    expect(await query(`SELECT sum(cents)::text AS sum FROM payables`)).toEqual([{ sum: String(MARGIN) }])
  })

  it('making the batch', async () => {
    const text = await page('controller', '/betalingen')
    const betalen = [...text.matchAll(/name="betalen" value="([^"]+)"/g)].map(([, value]) => value!)
    expect(betalen).toHaveLength(5)
    const act = {
      who: 'controller',
      path: '/betalingen',
      fields: { sleutel: hidden(text, 'sleutel'), betalen },
    }
    batch = (await survive(act)).location!
    expect(await query('SELECT count(*)::int AS n FROM payments')).toEqual([{ n: 5 }])
  })

  it.each(['controller', 'bestuurder'])('approving by the %s', async (who) => {
    const vingerafdruk = hidden(await page(who, batch), 'vingerafdruk')
    await survive({ who, path: `${batch}/goedkeuring`, fields: { vingerafdruk } })
  })

  it('what the bank paid', async () => {
    expect((await page('controller', `${batch}/betaalbestand.xml`)).match(/<CdtTrfTxInf>/g)).toHaveLength(5)
    const path = await bankLine(-MARGIN, 'paymentBatch')
    await survive({
      ...{ who: 'bestuurder', path: `${path}/bevestiging`, fields: {} },
      points: ['INSERT', 'COMMIT'],
    })
    const through = { through: '2020-12-31' }
    expect(await context.get(Ledger).balance({ account: 'BSchOvsUit', ...through })).toBe(0n)
    const paid =
      await query(`SELECT sum(cents)::text AS sum FROM postings p JOIN journal_entries e ON e.id = p.entry_id
      WHERE account = 'BLimBan' AND cents < 0 AND e.on_day = '2020-02-15'`)
    expect(paid).toEqual([{ sum: String(-MARGIN) }])
    const told =
      await query(`SELECT count(*)::int AS n, count(DISTINCT to_address)::int AS people FROM notices
      WHERE template = 'payments/paid'`)
    expect(told[0]!.n).toBe(told[0]!.people)
  })

  it('what came back', async () => {
    const path = await bankLine(144_829n, 'paymentReturn')
    await survive({ who: 'bestuurder', path: `${path}/bevestiging`, fields: {} })
    expect(await context.get(Ledger).balance({ account: 'BSchOvsUit', through: '2020-12-31' })).toBe(
      -144_829n,
    )
  })

  /** A line of the bank, proposed by the controller. @returns where it is confirmed */
  async function bankLine(cents: bigint, kind: string): Promise<string> {
    const [team, proposer] = [await visitorOf(context, 'serviceteam'), await visitorOf(context, 'controller')]
    const [lines, matching] = [context.get(BankLines), context.get(Matching)]
    const { id } = await lines.enter(team, {
      ...{
        bookedOn: '2020-02-15',
        cents,
        counterpartyName: 'Bank',
        counterpartyIban: '',
        description: 'proef',
      },
      requestKey: randomUUID(),
    })
    const { items } = await context.get(Suggestions).ofLine((await lines.find(id))!)
    const item = items.find((one) => one.kind === kind)!
    await matching.propose(proposer, id, [{ kind, itemId: item.id, cents }], randomUUID())
    const [proposed] = await lines.proposals(id)
    await page('bestuurder', `/bank/regels/${id}`)
    return `/bank/regels/${id}/voorstellen/${proposed!.id}`
  }
})
