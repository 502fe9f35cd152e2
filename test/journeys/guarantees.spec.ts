import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.js'
import {
  expectAccessible,
  follow,
  keepScreenshot,
  LAPTOP,
  PHONE,
  press,
  SMALL,
  TestBrowser,
} from '../support/browser.js'
import type { HttpClient } from '../support/http-client.js'

const KEY = '00000000-0000-4000-8000-00000000000'

let samen: TestApp
let browser: TestBrowser
let director: Page
let delegate: Page
let byDirector: HttpClient
let byDelegate: HttpClient
let byController: HttpClient
/** The page of the offer, and of its holder, once they are there. */
let offerPath: string
let holderPath: string

beforeAll(async () => {
  samen = await startTestApp()
  browser = await TestBrowser.open(samen.url)
  director = await browser.pageOf('bestuurder')
  delegate = await browser.pageOf('lid-1', { viewport: PHONE })
  byDirector = await samen.client('bestuurder')
  byDelegate = await samen.client('lid-1')
  byController = await samen.client('controller')
})

afterAll(async () => {
  await browser?.close()
  await samen?.stop()
})

const text = async (page: Page, selector = 'main') =>
  plain((await page.locator(selector).textContent()) ?? '')
const plain = (content: string) => content.replaceAll('&nbsp;', ' ').replace(/\s+/g, ' ').trim()
const shown = async (client: HttpClient, path: string) => plain((await client.get(path)).text)

/** The state of a page that the look at every page does not meet: on the smallest screen. */
async function expectGoodOnPhone(page: Page): Promise<void> {
  await page.setViewportSize(SMALL)
  await expectAccessible(page)
}

describe('the guarantees', () => {
  it('show the director how much is covered, by whom, and the limit', async () => {
    await director.goto('/garanties?jaar=2019&per=2019-12-31')
    expect(await text(director, 'h1')).toBe('€ 500.000 van de € 600.000 is gedekt')
    const shownText = await text(director)
    for (const amount of ['€ 600.000,00', '€ 500.000,00', '€ 100.000,00', '€ 480.000,00'])
      expect(shownText).toContain(amount)
    expect(shownText).toContain('grens voor de bestuurder (80%), bereikt')
    expect(await text(director, 'table tbody tr:first-child')).toMatch(/Zorgbelang.*€ 480\.000,00.*96,0%/s)
    expect(await text(director, 'table tfoot')).toMatch(/€ 500\.000,00.*€ 20\.000,00.*100,0%/s)
    await keepScreenshot(director, 'garanties')
    await expectGoodOnPhone(director)
  })

  it('refuse an offer over the limit with the reason, and keep what was typed', async () => {
    await director.goto('/garanties')
    await director.getByLabel('Welk bedrag biedt u aan?').fill('1.000,00')
    await director.getByLabel('Ik sta voor dit bedrag garant namens mijn organisatie').check()
    await press(director, 'Bied dit bedrag aan')
    const summary = await text(director, '[data-error-summary]')
    expect(summary).toContain('Deze leden mogen samen hoogstens € 480.000,00 toezeggen: Zorgbelang')
    expect(summary).toContain('Er is geen ruimte meer.')
    expect(await director.getByLabel('Welk bedrag biedt u aan?').inputValue()).toBe('1.000,00')
    await expectAccessible(director)
  })
})

describe('an offer', () => {
  it('is made by a founder, without JavaScript, after wrong input; and does not count yet', async () => {
    const plainly = await browser.pageOf('lid-1', { javaScriptEnabled: false, viewport: PHONE })
    await plainly.goto('/garanties')
    expect(await text(plainly)).toContain('BuurtWerkKamer Coöperatie staat garant voor € 6.000,00')
    await press(plainly, 'Bied dit bedrag aan')
    expect(await text(plainly, '[data-error-summary]')).toContain('Zet een vinkje')
    for (const [typed, reason] of [
      ['-5', 'meer dan € 0,00'],
      ['veel', 'niet lezen'],
      ['100.000,01', 'staat nog € 100.000,00 open'],
    ] as const) {
      await plainly.getByLabel('Welk bedrag biedt u aan?').fill(typed)
      await plainly.getByLabel('Ik sta voor dit bedrag garant').check()
      await press(plainly, 'Bied dit bedrag aan')
      expect(await text(plainly, '[data-error-summary]')).toContain(reason)
    }
    await plainly.getByLabel('Welk bedrag biedt u aan?').fill('€ 1.500')
    await press(plainly, 'Bied dit bedrag aan')
    expect(await text(plainly)).toMatch(
      /biedt € 1\.500,00 aan.*wacht op aanvaarding.*TZ-2020-1.*15 februari 2020/s,
    )
    offerPath = new URL(plainly.url()).pathname
    await delegate.goto(offerPath)
    await expectGoodOnPhone(delegate)
    await delegate.goto('/garanties')
    expect(await text(delegate, 'h1')).toBe('€ 500.000 van de € 600.000 is gedekt')
    expect(await text(delegate)).toMatch(/Aangeboden, wacht op aanvaarding.*€ 1\.500,00/s)
    await expectGoodOnPhone(delegate)
    expect((await (await samen.client('lid-2')).get(offerPath)).status).toBe(404)
    expect((await byDelegate.post(`${offerPath}/aanvaarding`)).status).toBe(403)
  })

  it('is accepted once, on a double click and by two sessions at once', async () => {
    await director.setViewportSize(LAPTOP)
    await director.goto('/mijn')
    await follow(director, 'Beantwoord het aanbod van BuurtWerkKamer Coöperatie')
    await expectGoodOnPhone(director)
    await byDirector.get(offerPath)
    const other = byDirector.post(`${offerPath}/aanvaarding`)
    await director.getByRole('button', { name: 'Aanvaard het aanbod' }).dblclick()
    await director.locator('.samen-badge', { hasText: /^aanvaard$/ }).waitFor()
    expect((await other).status).toBe(303)
    const [{ n }] = await samen.database.owner.query(
      `SELECT count(*)::int AS n FROM guarantee_movements WHERE type IN ('accepted','increased') AND document = 'TZ-2020-1'`,
    )
    expect(n).toBe(1)
    await director.getByText('Dit is ondertekend').click()
    expect(await text(director)).toMatch(
      /Namens het lid: .*SHA-256 [0-9a-f]{64}.*Namens de coöperatie: .*SHA-256/s,
    )
    await delegate.goto('/garanties')
    expect(await text(delegate, 'h1')).toBe('€ 501.500 van de € 600.000 is gedekt')
    // What was accepted today does not count for the end of last year.
    await delegate.goto('/garanties?per=2019-12-31')
    expect(await text(delegate, 'h1')).toBe('€ 500.000 van de € 600.000 is gedekt')
    expect((await byDelegate.post(`${offerPath}/intrekking`)).status).toBe(422)
    expect(await shown(byDelegate, '/mijn')).toContain(
      'De garantie van BuurtWerkKamer Coöperatie is verhoogd',
    )
  })

  it('is refused with a reason, or withdrawn', async () => {
    const [member] = await samen.database.owner.query(
      `SELECT scope_id AS id FROM role_assignments a JOIN people p ON p.id = a.person_id WHERE p.email = 'lid-2@example.org'`,
    )
    const second = await samen.client('lid-2')
    await second.get('/garanties')
    const offer = { lid: member.id, bedrag: '100', akkoord: 'ja', verzoek: `${KEY}1` }
    const { location } = await second.post('/garanties/toezeggingen', offer)
    expect((await second.post('/garanties/toezeggingen', offer)).location).toBe(location)
    await byDirector.get(location!)
    const empty = await byDirector.post(`${location}/weigering`, { weigerReden: ' ' })
    expect([empty.status, plain(empty.text)]).toEqual([422, expect.stringContaining('Vul de reden in.')])
    await byDirector.post(`${location}/weigering`, { weigerReden: 'Wacht op uw jaarrekening' })
    expect(await shown(second, location!)).toContain('Wacht op uw jaarrekening')
    const again = await second.post('/garanties/toezeggingen', { ...offer, verzoek: `${KEY}2` })
    for (let times = 0; times < 2; times++)
      expect((await second.post(`${again.location}/intrekking`)).status).toBe(303)
    expect((await byDirector.post(`${again.location}/aanvaarding`)).status).toBe(422)
  })
})

describe('a guarantee becomes less', () => {
  it('by its holder, from the day after the notice', async () => {
    await delegate.setViewportSize(PHONE)
    await delegate.goto('/garanties')
    await follow(delegate, 'Bekijk en wijzig deze garantie')
    holderPath = new URL(delegate.url()).pathname
    await delegate.getByText('Verlaag de garantie').first().click()
    expect(await text(delegate)).toMatch(
      /13 weken \(artikel 21 lid 4\).*gaat in op 16 mei 2020.*hoogstens € 7\.500,00/s,
    )
    await delegate.getByLabel('Met welk bedrag verlaagt u de garantie?').fill('7.500,01')
    await delegate.getByLabel('Ik verlaag de garantie').check()
    await press(delegate, 'Verlaag de garantie')
    expect(await text(delegate, '[data-error-summary]')).toContain('nog € 7.500,00 niet aangesproken')
    await delegate.getByLabel('Met welk bedrag verlaagt u de garantie?').fill('1.000')
    await press(delegate, 'Verlaag de garantie')
    expect(await text(delegate)).toMatch(
      /wordt € 1\.000,00 lager vanaf 16 mei 2020.*TZ-2020-4.*vanaf 16 mei 2020: € 6\.500,00/s,
    )
    expect(await text(delegate)).toMatch(/Toegezegd ?€ 7\.500,00/)
    await expectGoodOnPhone(delegate)
    expect(await shown(byDelegate, `${holderPath}?per=2020-05-16`)).toMatch(/€ 6\.500,00/)
  })

  it('by the cooperative, once the holder signed', async () => {
    await byDirector.get(holderPath)
    const decision = {
      ontslag: '500',
      ontslagBesluit: '2020-7',
      ontslagReden: 'Minder nodig',
      verzoek: `${KEY}3`,
    }
    const wrong = await byDirector.post(`${holderPath}/ontslag`, { ...decision, ontslag: '7.500,01' })
    expect([wrong.status, plain(wrong.text)]).toEqual([422, expect.stringContaining('niet aangesproken')])
    for (let times = 0; times < 2; times++)
      expect((await byDirector.post(`${holderPath}/ontslag`, decision)).status).toBe(303)
    await director.goto(holderPath)
    await expectAccessible(director)
    await delegate.goto('/mijn')
    await follow(delegate, 'Teken het ontslag uit uw garantie')
    await expectGoodOnPhone(delegate)
    await press(delegate, 'Onderteken dit ontslag')
    expect(await text(delegate)).toMatch(/Toegezegd ?€ 7\.000,00/)
  })
})

describe('money', () => {
  it('is paid in and back, with the books', async () => {
    const controller = byController
    await controller.get(holderPath)
    const deposit = {
      storting: '1.000',
      stortingDag: '2020-02-14',
      stortingDocument: 'Afschrift 12',
      verzoek: `${KEY}4`,
    }
    const ahead = await controller.post(`${holderPath}/stortingen`, { ...deposit, stortingDag: '2020-02-16' })
    expect([ahead.status, plain(ahead.text)]).toEqual([422, expect.stringContaining('Die dag komt nog.')])
    const much = await controller.post(`${holderPath}/stortingen`, { ...deposit, storting: '1.000,01' })
    expect(plain(much.text)).toContain('Er kan nog € 1.000,00 gestort worden')
    for (let times = 0; times < 2; times++)
      expect((await controller.post(`${holderPath}/stortingen`, deposit)).location).toContain('?gedaan=')
    await byDirector.get(holderPath)
    const refund = { terug: '400', terugBesluit: '2020-8', verzoek: `${KEY}5` }
    const done = await byDirector.post(`${holderPath}/terugbetalingen`, refund)
    expect(await shown(byDirector, done.location!)).toContain('Van het gestorte geld gaat € 400,00 terug.')
    const rows = await samen.database.owner.query(
      `SELECT account, sum(cents)::text AS cents FROM postings p JOIN journal_entries e ON e.id = p.entry_id
       WHERE e.idempotency_key LIKE 'guarantee:%' GROUP BY account ORDER BY account`,
    )
    expect(rows).toEqual([
      { account: 'BLimBan', cents: '100000' },
      { account: 'BSchGar', cents: '-60000' },
      { account: 'BSchOvs', cents: '-40000' },
    ])
    const payables = await samen.database.owner.query('SELECT kind, cents::text AS cents FROM payables')
    expect(payables).toEqual([{ kind: 'callRefund', cents: '40000' }])
    await director.goto(holderPath)
    await expectGoodOnPhone(director)
  })
})

it('lets nobody else act for a holder', async () => {
  const other = await samen.client('lid-2')
  const answer = await other.get(holderPath)
  expect(plain(answer.text)).toContain('De garantie van BuurtWerkKamer Coöperatie')
  expect(answer.text).not.toContain('<form class="samen-form" method="post"')
  const lower = { verlaging: '1', akkoordVerlaging: 'ja', verzoek: `${KEY}6` }
  expect((await other.post(`${holderPath}/verlagingen`, lower)).status).toBe(422)
  expect((await other.post(`${holderPath}/ontslag`)).status).toBe(403)
  expect(
    (
      await byController.post(`${holderPath}/terugbetalingen`, {
        terug: '1',
        terugBesluit: 'x',
        verzoek: `${KEY}7`,
      })
    ).status,
  ).toBe(422)
})
