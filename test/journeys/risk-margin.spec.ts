import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { Clock } from '#platform'
import { verifyDistribution } from '../../apps/cli/verify/distribution.js'
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
import { closeYear, decideOn } from '../support/closed-year.js'
import type { HttpClient } from '../support/http-client.js'

let samen: TestApp
let browser: TestBrowser
let director: Page
/** The page of the proposal, once it is there. */
let proposalPath: string

beforeAll(async () => {
  samen = await startTestApp()
  browser = await TestBrowser.open(samen.url)
  director = await browser.pageOf('bestuurder')
})

afterAll(async () => {
  await browser?.close()
  await samen?.stop()
})

const text = async (page: Page, selector = 'main') =>
  ((await page.locator(selector).textContent()) ?? '').replace(/\s+/g, ' ').trim()
const booked = async () =>
  (
    await samen.database.owner.query(
      `SELECT count(*)::int AS n FROM journal_entries WHERE idempotency_key LIKE 'distribution:%'`,
    )
  )[0].n

/** The page in every size and colour that people use. */
async function expectGoodEverywhere(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    for (const viewport of [SMALL, PHONE, LAPTOP]) {
      await page.setViewportSize(viewport)
      await expectAccessible(page)
    }
  }
  await page.emulateMedia({ colorScheme: 'light' })
}

/** The hidden key of a form on the page of a client. */
async function keyOn(client: HttpClient, page: string): Promise<string> {
  return /name="verzoek" value="([^"]+)"/.exec((await client.get(page)).text)![1]!
}

describe('the risk margin', () => {
  it('begins with a guarantee that is offered and accepted within the year', async () => {
    const clock = samen.app.get(Clock)
    await clock.moveTo(new Date('2019-11-15T10:00:00+01:00'))
    const delegate = await samen.client('lid-5')
    const offer = await delegate.post('/garanties/toezeggingen', {
      ...{ verzoek: await keyOn(delegate, '/garanties'), bedrag: '1.000', akkoord: 'ja' },
      lid: (await samen.database.owner.query('SELECT id FROM members WHERE number = 5'))[0].id,
    })
    expect(offer.location).toMatch(/^\/garanties\/toezeggingen\//)
    const client = await samen.client('bestuurder')
    await client.get(offer.location!)
    expect((await client.post(`${offer.location}/aanvaarding`)).status).toBe(303)
    await clock.moveTo(new Date('2020-02-15T10:30:00+01:00'))
  })

  it('is used by decision, and a wrong use is undone', async () => {
    await director.setViewportSize(LAPTOP)
    await director.goto('/risicomarge/2019')
    expect(await text(director, 'h1')).toBe('De risicomarge van 2019 is € 120.691')
    expect(await text(director)).toContain('is € 120.691,00 opzijgezet')
    await director.getByText('Gebruik een deel van de marge').click()
    await director.getByLabel('Welk bedrag?').fill('200.000')
    await director.getByLabel('Waarvoor is het nodig?').fill('Waterschade in het buurthuis')
    await director.getByLabel('Op welk stuk berust het?').fill('Factuur 2019-88')
    await director.getByLabel('Nee, het moet nog worden betaald').check()
    await press(director, 'Leg dit gebruik vast')
    expect(await text(director, '[data-error-summary]')).toContain('van de marge is nog € 120.691,00 over')
    expect(await director.getByLabel('Waarvoor is het nodig?').inputValue()).toContain('Waterschade')
    await expectGoodEverywhere(director)
    await director.getByLabel('Welk bedrag?').fill('10.000')
    await director.getByRole('button', { name: 'Leg dit gebruik vast' }).dblclick()
    await director.getByText('Draai gebruik 1 terug').waitFor()
    expect(await text(director)).toMatch(/Waterschade.*€ 10\.000,00/)
    expect(await text(director)).not.toContain('Draai gebruik 2 terug')
    await director.getByText('Draai gebruik 1 terug').click()
    await director.getByLabel('Waarom klopt het niet?').fill('De verzekering betaalde')
    await expectAccessible(director)
    await press(director, 'Draai terug')
    await director.getByText('Teruggedraaid: De verzekering betaalde').waitFor()
  })

  it('waits for the close of the year: a checklist with reasons', async () => {
    await director.goto('/risicomarge/2019/jaarafsluiting')
    expect(await text(director, 'h1')).toBe('Nog 6 onderdelen zijn niet klaar')
    const shown = await text(director)
    expect(shown).toMatch(/5 van de 28 kwartalen staan nog open: .* en nog 1\./)
    expect(shown).toContain('Vaststellen is geen decharge')
    expect(shown).toContain('Het verslag van de kascommissie is er sinds 10 februari 2020')
    await expectGoodEverywhere(director)
    const client = await samen.client('bestuurder')
    const page = (await client.get('/risicomarge/2019/jaarafsluiting')).text
    const assembly = /<option value="([\da-f-]{36})"/.exec(page)![1]!
    const path = '/risicomarge/2019/jaarafsluiting/ontheffingen'
    const asked = { onderdeel: 'books', vergadering: assembly }
    expect((await client.post(path, asked)).status).toBe(422)
    for (let times = 0; times < 2; times++)
      expect((await client.post(path, { ...asked, reden: 'December volgt' })).status).toBe(303)
    const motions = await samen.database.owner.query(
      `SELECT title FROM motions WHERE authorises_kind = 'yearCloseWaiver'`,
    )
    expect(motions).toEqual([{ title: 'Ontheffing jaarafsluiting 2019: Boeken van het jaar gesloten' }])
    const committee = await samen.client('kascommissie')
    const seen = await committee.get('/risicomarge/2019/jaarafsluiting')
    expect(seen.text).toContain('Nog niet alle doelen van het werkplan zijn beoordeeld')
  })

  it('is proposed by the director, to the cent', async () => {
    await director.setViewportSize(LAPTOP)
    await director.goto('/mijn')
    await follow(director, 'Stel de uitkering van 2019 voor')
    await press(director, 'Leg dit voorstel vast')
    await director.waitForURL(/\/voorstellen\//)
    proposalPath = new URL(director.url()).pathname
    const table = await text(director, 'table >> nth=0')
    expect(table).toContain('€ 120.691,00 × 480.000 / 501.000 = € 115.632,09')
    expect(table).toContain('€ 115.632,10')
    expect(table).toContain('€ 120.691,00 × 1.000 / 501.000 = € 240,90')
    expect(await text(director, 'table >> nth=0 >> tfoot')).toMatch(/€ 501\.000,00.*€ 120\.691,00/s)
    await director.getByText('Wat een andere lezing van de statuten zou geven').click()
    // Without the supporting member the founders share nearly all: € 6,000 of € 21,000.
    expect(await text(director)).toMatch(
      /Alleen stemleden, stand op 31 december.*€ 34\.483,14.*\+ € 33\.037,74/s,
    )
    await expectGoodEverywhere(director)
    await keepScreenshot(director, 'risicomarge-voorstel')
    const inputs = await (await samen.client('lid-1')).get(`${proposalPath}/invoer.json`)
    expect(JSON.parse(inputs.text)).toMatchObject({ amountCents: '12069100', referenceDay: '2019-12-31' })
    await director.goto('/risicomarge/2019')
    expect(await text(director)).toContain('Er ligt een voorstel om de marge uit te keren')
  })

  it('is not paid out before the assembly decides', async () => {
    const client = await samen.client('bestuurder')
    await client.get(proposalPath)
    const answer = await client.post(`${proposalPath}/uitbetaling`)
    expect(answer.status).toBe(409)
    expect(answer.text).toContain('nog niet over dit voorstel beslist')
    expect(await booked()).toBe(0)
  })

  it('is objected to, withdrawn with a reason, and proposed anew', async () => {
    const member = await samen.client('lid-2')
    const [{ id: lid }] = await samen.database.owner.query('SELECT id FROM members WHERE number = 2')
    const verzoek = await keyOn(member, proposalPath)
    const objection = { lid, bezwaar: 'De peildag klopt niet.', verzoek }
    expect((await member.post(`${proposalPath}/bezwaren`, { ...objection, bezwaar: '' })).status).toBe(422)
    expect((await member.post(`${proposalPath}/bezwaren`, objection)).status).toBe(303)

    const client = await samen.client('bestuurder')
    expect((await client.get(proposalPath)).text).toContain('De peildag klopt niet.')
    expect((await client.post(`${proposalPath}/intrekking`, { reden: ' ' })).status).toBe(422)
    expect(
      (await client.post(`${proposalPath}/intrekking`, { reden: 'Peildag nog eens bekijken' })).status,
    ).toBe(303)
    await director.goto(proposalPath)
    expect(await text(director)).toMatch(/Ingetrokken op 15 februari 2020.*Reden: Peildag nog eens bekijken/)
    expect(await text(director)).not.toContain('Trek dit voorstel in')
    await expectAccessible(director)
    await director.goto('/risicomarge/2019')
    await press(director, 'Leg dit voorstel vast')
    await director.waitForURL(/\/voorstellen\//)
    proposalPath = new URL(director.url()).pathname
  })

  it('is paid out once after the assembly adopted it and the year is closed, also on a double click', async () => {
    await decideOn(samen.app, 'distribution')
    const client = await samen.client('bestuurder')
    await client.get(proposalPath)
    const early = await client.post(`${proposalPath}/uitbetaling`)
    expect([early.status, await booked()]).toEqual([409, 0])
    expect(early.text).toContain('Decharge verleend door de ALV')

    await closeYear(samen.app)
    await director.setViewportSize(LAPTOP)
    await director.goto('/risicomarge/2019/jaarafsluiting')
    expect(await text(director, 'h1')).toBe('Alles is klaar: de marge van 2019 kan worden uitbetaald')
    expect(await text(director)).toMatch(
      /7 van de 8 doelen zijn gehaald\. De ALV ziet hiervan af \(besluit 2020-/,
    )
    await expectAccessible(director)
    await keepScreenshot(director, 'jaarafsluiting')
    await director.setViewportSize(LAPTOP)
    await director.goto('/mijn')
    await follow(director, 'Betaal de risicomarge van 2019 uit')
    await director.getByRole('button', { name: /^Betaal € 120\.691,00 uit/ }).dblclick()
    await director.getByText('De uitkering is geboekt').waitFor()
    expect(await text(director)).toContain('op grond van besluit 2020-')
    expect(await booked()).toBe(1)

    await client.get(proposalPath)
    const answers = await Promise.all([1, 2, 3].map(() => client.post(`${proposalPath}/uitbetaling`)))
    expect(answers.map(({ status, location }) => [status, location])).toEqual(
      Array(3).fill([303, proposalPath]),
    )
    expect(await booked()).toBe(1)
    await keepScreenshot(director, 'risicomarge')
    await expectGoodEverywhere(director)
  })

  it('is proven by a file that anyone can check', async () => {
    const { cookie } = await samen.client('lid-1')
    const answer = await fetch(`${samen.url}${proposalPath}/bewijs.zip`, { headers: { cookie } })
    const { lines, sound } = verifyDistribution(new Uint8Array(await answer.arrayBuffer()))
    expect(lines.at(-1)).toBe('Het bewijs klopt: opnieuw berekend met dezelfde bedragen.')
    expect(sound).toBe(true)
  })

  it('shows a delegate the own amount and how it was computed', async () => {
    const page = await browser.pageOf('lid-4', { viewport: PHONE })
    await page.goto('/risicomarge')
    expect(new URL(page.url()).pathname).toBe('/risicomarge/2019')
    const shown = await text(page)
    expect(shown).toContain('Stichting Wijkinformatiepunt Utrecht krijgt € 481,80')
    expect(shown).toContain('cent → naar beneden)')
    expect(shown).not.toContain('115.632,10')
    await expectAccessible(page)
    await page.goto('/mijn')
    expect(await text(page)).toContain('Uw organisatie krijgt € 481,80 uit de risicomarge van 2019.')
    const mail = await vi.waitFor(async () => {
      const found = await samen.database.owner.query(
        `SELECT subject, text, html FROM demo_mails WHERE to_address = 'lid-4@example.org' AND subject LIKE '%krijgt%'`,
      )
      expect(found).toHaveLength(1)
      return found[0]
    }, 20_000)
    expect(mail.subject).toMatch(
      /^Stichting Wijkinformatiepunt Utrecht krijgt €\s481,80 uit de risicomarge van 2019$/,
    )
    for (const body of [mail.text, mail.html]) expect(body).toContain('cent → naar beneden')
    await director.goto('/risicomarge/2019')
    expect(await text(director)).toContain('€ 115.632,10')
    await expectAccessible(director)
  })

  it('earns pre-investments back first, if the assembly so decides', async () => {
    const controller = await samen.client('controller')
    const [{ id: lid }] = await samen.database.owner.query('SELECT id FROM members WHERE number = 1')
    const put = {
      ...{ lid, soort: 'inKind', bedrag: '2.500', dag: '2018-09-01', omschrijving: 'Uren', document: 'VI-1' },
      verzoek: await keyOn(controller, '/voorinvesteringen'),
    }
    expect((await controller.post('/voorinvesteringen', { ...put, bedrag: '' })).status).toBe(422)
    expect((await controller.post('/voorinvesteringen', put)).status).toBe(303)
    const committee = await browser.pageOf('kascommissie')
    await committee.goto('/voorinvesteringen')
    await expectGoodEverywhere(committee)
    await press(committee, 'Bevestig')
    expect(await text(committee, 'table tfoot')).toContain('€ 2.500,00')
  })

  it('lets only the director act', async () => {
    const delegate = await samen.client('lid-1')
    await delegate.get('/garanties')
    expect((await delegate.post(`${proposalPath}/uitbetaling`)).status).toBe(403)
    expect((await delegate.post(`${proposalPath}/intrekking`, { reden: 'x' })).status).toBe(403)
    expect((await delegate.post('/risicomarge/2019/voorstellen')).status).toBe(403)
    expect((await delegate.post('/risicomarge/2019/gebruik')).status).toBe(403)
    expect((await delegate.get('/risicomarge/1999')).status).toBe(404)
    expect((await delegate.get('/risicomarge/1999/jaarafsluiting')).status).toBe(404)
    expect((await delegate.get('/garanties?jaar=1999')).status).toBe(404)
  })
})
