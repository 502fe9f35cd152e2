import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.js'
import { expectAccessible, follow, PHONE, press, SMALL, TestBrowser } from '../support/browser.js'

let test: TestApp
let browser: TestBrowser
let alv: string

beforeAll(async () => {
  test = await startTestApp({ demo: true })
  browser = await TestBrowser.open(test.url)
  const [{ id }] = await query('SELECT id FROM assemblies ORDER BY starts_at LIMIT 1')
  alv = `/alv/${id}`
})

afterAll(async () => {
  await browser?.close()
  await test?.stop()
})

const main = async (page: Page) => ((await page.locator('main').textContent()) ?? '').replace(/\s+/g, ' ')
const query = (sql: string, params: unknown[] = []) => test.database.owner.query(sql, params)

async function nameOf(number: number): Promise<string> {
  const [{ name }] = await query(
    `SELECT p.name FROM member_periods p JOIN members m ON m.id = p.member_id
     WHERE m.number = $1 AND upper_inf(p.known) AND upper_inf(p.holds)`,
    [number],
  )
  return name
}

/** The address in the code of a member, as its delegate sees it. */
async function codeOf(who: string): Promise<string> {
  const { text } = await (await test.client(who)).get(`${alv}/binnen`)
  return /href="(\/alv\/[^"]+\/binnen\/[^"]+)"/.exec(text)![1]!
}

describe('checking in with a code', () => {
  it('is shown by the delegate, scanned by the secretary, and seen by the hall at once', async () => {
    const name = await nameOf(40)
    const delegate = await browser.pageOf('lid-40', { viewport: SMALL })
    await delegate.goto(alv)
    await follow(delegate, 'Uw code voor de deur')
    expect(await delegate.getByRole('img', { name: `Vierkante code van ${name}` }).count()).toBe(1)
    await expectAccessible(delegate)

    const door = await browser.pageOf('secretaris')
    await door.goto(`${alv}/aanwezigen`)
    const there = Number(/Aanwezig of vertegenwoordigd: (\d+)/.exec(await main(door))![1])

    const phone = await browser.pageOf('secretaris', { viewport: PHONE })
    await phone.goto(await codeOf('lid-40'))
    expect(await phone.locator('h1').textContent()).toContain(name)
    await expectAccessible(phone)
    await press(phone, `Meld aan: ${name}`)
    await phone.getByText(`${name} is aanwezig sinds`).waitFor()
    await expectAccessible(phone)
    expect(await phone.getByRole('button', { name: /^Meld aan/ }).count()).toBe(0)

    // The other list at the door hears of it without a reload.
    await door.getByText(`Aanwezig of vertegenwoordigd: ${there + 1} `).waitFor()
    const events = await query(
      `SELECT kind, by_secretary AS "bySecretary" FROM attendance_events e JOIN members m ON m.id = e.member_id
       WHERE m.number = 40`,
    )
    expect(events).toEqual([{ kind: 'in', bySecretary: true }])
  })

  it('opens the own check-in on the own phone, also without JavaScript, and tells of the proxy', async () => {
    const code = await codeOf('lid-35')
    const page = await browser.pageOf('lid-35', { viewport: SMALL, javaScriptEnabled: false })
    await page.goto(code)
    expect(await main(page)).toContain('Dit lid gaf een volmacht.')
    await press(page, 'Meld u aanwezig')
    expect(await main(page)).toContain('is geschorst zolang het er is')
    const client = await test.client('lid-35')
    expect((await client.post(code)).status).toBe(303)
    const [{ n }] = await query(
      `SELECT count(*)::int AS n FROM attendance_events e JOIN members m ON m.id = e.member_id WHERE m.number = 35`,
    )
    expect(n).toBe(1)
  })

  it('says nothing to who has nothing to do with it, and is good for one assembly', async () => {
    const code = await codeOf('lid-41')
    const passer = await (await test.client()).get(code)
    expect(passer.location).toBe(`/inloggen?naar=${encodeURIComponent(code)}`)
    const other = await test.client('lid-42')
    const seen = await other.get(code)
    expect(seen.status).toBe(200)
    expect(seen.text).toContain('Deze code is van een ander lid')
    expect(seen.text).not.toContain(await nameOf(41))
    expect((await other.post(code)).status).toBe(404)
    expect((await other.get(`${code.slice(0, -1)}${code.endsWith('x') ? 'y' : 'x'}`)).status).toBe(404)
    expect((await other.get(`${alv}/binnen/onzin`)).status).toBe(404)
    const [{ id }] = await query(
      `INSERT INTO assemblies (id, title, kind, held_on, starts_at, place, convened_on)
       VALUES (gen_random_uuid(), 'Extra ALV', 'extraordinary', '2020-02-20', '2020-02-20T10:15:00+01:00', 'Zaal', '2020-01-31')
       RETURNING id`,
    )
    expect((await other.get(code.replace(alv, `/alv/${id}`))).status).toBe(404)
    const early = await test.client('lid-42')
    const { text } = await early.get(`/alv/${id}/binnen`)
    const own = /href="(\/alv\/[^"]+\/binnen\/[^"]+)"/.exec(text)![1]!
    expect((await early.get(own)).text).toContain('op de dag van de vergadering')
    expect((await early.post(own)).status).toBe(409)
  })
})
