import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.js'
import { expectAccessible, keepScreenshot, LAPTOP, PHONE, SMALL, TestBrowser } from '../support/browser.js'

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

/** The chair opens the poll on the proposal, twenty members vote for, the chair declares. */
async function adopt(): Promise<void> {
  const [motion] = await samen.database.owner.query(
    `SELECT id, assembly_id FROM motions WHERE authorises_kind = 'distribution' AND withdrawn_at IS NULL`,
  )
  const chair = await samen.client('voorzitter')
  await chair.get(`/alv/${motion.assembly_id}`)
  const opened = await chair.post(`/alv/${motion.assembly_id}/stemmingen`, { motion: motion.id })
  expect(opened.location).toMatch(/^\/stemmingen\//)
  for (let number = 1; number <= 20; number++) {
    const voter = await samen.client(`lid-${number}`)
    const { text: form } = await voter.get(opened.location!)
    const member = /name="member" value="([^"]+)"/.exec(form)?.[1]
    const cast = await voter.post(`${opened.location}/stem`, { member: member!, choice: 'for' })
    expect(cast.status).toBe(303)
  }
  await chair.get(opened.location!)
  expect((await chair.post(`${opened.location}/sluiting`)).status).toBe(303)
  expect((await chair.post(`${opened.location}/uitslag`)).status).toBe(303)
}

describe('the guarantees', () => {
  it('show the director how much is covered, by whom, and the limit', async () => {
    await director.goto('/garanties?jaar=2019&per=2019-12-31')
    expect(await text(director, 'h1')).toBe('€ 500.000 van de € 600.000 is gedekt')
    const shown = await text(director)
    for (const amount of ['€ 600.000,00', '€ 500.000,00', '€ 100.000,00', '€ 480.000,00'])
      expect(shown).toContain(amount)
    expect(shown).toContain('grens voor de bestuurder (80%), bereikt')
    expect(await text(director, 'table tbody tr:first-child')).toMatch(/Zorgbelang.*€ 480\.000,00.*96,0%/s)
    expect(await text(director, 'table tfoot')).toMatch(/€ 500\.000,00.*€ 20\.000,00.*100,0%/s)
    await keepScreenshot(director, 'garanties')
    await expectGoodEverywhere(director)
  })

  it('refuse a pledge over the limit with the reason, and keep what was typed', async () => {
    await director.goto('/garanties')
    await director.getByLabel('Welk bedrag zegt u toe?').fill('1.000,00')
    await director.getByLabel('Ik zeg dit bedrag toe namens mijn organisatie').check()
    await director.getByRole('button', { name: 'Zeg dit bedrag toe' }).click()
    const summary = await text(director, '[data-error-summary]')
    expect(summary).toContain('Deze leden mogen samen hoogstens € 480.000,00 toezeggen: Zorgbelang')
    expect(summary).toContain('Er is geen ruimte meer.')
    expect(await director.getByLabel('Welk bedrag zegt u toe?').inputValue()).toBe('1.000,00')
    await expectGoodEverywhere(director)
  })

  it('take a pledge of a founder, without JavaScript, and confirm it', async () => {
    const page = await browser.pageOf('lid-1', { javaScriptEnabled: false, viewport: PHONE })
    await page.goto('/garanties')
    expect(await text(page)).toContain('BuurtWerkKamer Coöperatie staat garant voor € 6.000,00')
    await page.getByRole('button', { name: 'Zeg dit bedrag toe' }).click()
    expect(await text(page, '[data-error-summary]')).toContain('Zet een vinkje')
    for (const [typed, reason] of [
      ['-5', 'meer dan € 0,00'],
      ['veel', 'niet lezen'],
      ['100.000,01', 'staat nog € 100.000,00 open'],
    ] as const) {
      await page.getByLabel('Welk bedrag zegt u toe?').fill(typed)
      await page.getByLabel('Ik zeg dit bedrag toe namens mijn organisatie').check()
      await page.getByRole('button', { name: 'Zeg dit bedrag toe' }).click()
      expect(await text(page, '[data-error-summary]')).toContain(reason)
    }
    await page.getByLabel('Welk bedrag zegt u toe?').fill('€ 1.500')
    await page.getByRole('button', { name: 'Zeg dit bedrag toe' }).click()
    expect(await text(page)).toMatch(/zegt € 1\.500,00 toe.*TZ-2020-1.*15 februari 2020/s)
    // A pledge of today does not count for the end of last year.
    await page.goto('/garanties?per=2019-12-31')
    expect(await text(page, 'h1')).toBe('€ 500.000 van de € 600.000 is gedekt')
    await page.goto('/garanties')
    expect(await text(page, 'h1')).toBe('€ 501.500 van de € 600.000 is gedekt')
    const other = await samen.client('lid-2')
    const [pledge] = await samen.database.owner.query(
      `SELECT id FROM guarantee_movements WHERE document = 'TZ-2020-1'`,
    )
    expect((await other.get(`/garanties/toezeggingen/${pledge.id}`)).status).toBe(404)
  })
})

describe('the risk margin', () => {
  it('is proposed by the director, to the cent', async () => {
    await director.setViewportSize(LAPTOP)
    await director.goto('/mijn')
    await director.getByRole('link', { name: 'Stel de uitkering van 2019 voor' }).click()
    expect(await text(director, 'h1')).toBe('De risicomarge van 2019 is € 120.691')
    await expectGoodEverywhere(director)
    await director.getByRole('button', { name: 'Leg dit voorstel vast' }).click()
    await director.waitForURL(/\/voorstellen\//)
    proposalPath = new URL(director.url()).pathname
    const table = await text(director, 'table')
    expect(table).toContain('€ 120.691,00 × 480.000 / 500.000 = € 115.863,36')
    expect(table).toContain('€ 120.691,00 × 6.000 / 500.000 = € 1.448,29 (restant 0,2 cent → naar beneden)')
    expect(table).toContain('€ 120.691,00 × 2.000 / 500.000 = € 482,76 (restant 0,4 cent → naar boven)')
    expect(table).toContain('€ 482,77')
    expect(await text(director, 'table tfoot')).toMatch(/€ 500\.000,00.*€ 120\.691,00/s)
    await expectGoodEverywhere(director)
    const inputs = await (await samen.client('lid-1')).get(`${proposalPath}/invoer.json`)
    expect(JSON.parse(inputs.text)).toMatchObject({ amountCents: '12069100', referenceDay: '2019-12-31' })
  })

  it('is not paid out before the assembly decides', async () => {
    const client = await samen.client('bestuurder')
    await client.get(proposalPath)
    const answer = await client.post(`${proposalPath}/uitbetaling`)
    expect(answer.status).toBe(409)
    expect(answer.text).toContain('nog niet over dit voorstel beslist')
    expect(await booked()).toBe(0)
  })

  it('is withdrawn with a reason, and proposed anew', async () => {
    const client = await samen.client('bestuurder')
    await client.get(proposalPath)
    expect((await client.post(`${proposalPath}/intrekking`, { reden: ' ' })).status).toBe(422)
    expect(
      (await client.post(`${proposalPath}/intrekking`, { reden: 'Peildag nog eens bekijken' })).status,
    ).toBe(303)
    await director.goto(proposalPath)
    expect(await text(director)).toMatch(/Ingetrokken op 15 februari 2020.*Reden: Peildag nog eens bekijken/)
    expect(await text(director)).not.toContain('Trek dit voorstel in')
    await expectAccessible(director)
    await director.goto('/risicomarge/2019')
    await director.getByRole('button', { name: 'Leg dit voorstel vast' }).click()
    await director.waitForURL(/\/voorstellen\//)
    proposalPath = new URL(director.url()).pathname
  })

  it('is paid out once after the assembly adopted it, also on a double click', async () => {
    await adopt()
    await director.setViewportSize(LAPTOP)
    await director.goto('/mijn')
    await director.getByRole('link', { name: 'Betaal de risicomarge van 2019 uit' }).click()
    await expectGoodEverywhere(director)
    await director.getByRole('button', { name: /^Betaal € 120\.691,00 uit/ }).dblclick()
    await director.getByText('De uitkering is geboekt').waitFor()
    expect(await text(director)).toContain('op grond van besluit 2020-')
    expect(await booked()).toBe(1)

    const again = await samen.client('bestuurder')
    await again.get(proposalPath)
    const answers = await Promise.all([1, 2, 3].map(() => again.post(`${proposalPath}/uitbetaling`)))
    expect(answers.map(({ status, location }) => [status, location])).toEqual(
      Array(3).fill([303, proposalPath]),
    )
    expect(await booked()).toBe(1)
    await keepScreenshot(director, 'risicomarge')
    await expectGoodEverywhere(director)
  })

  it('shows a delegate the own amount and how it was computed', async () => {
    const page = await browser.pageOf('lid-4', { viewport: PHONE })
    await page.goto('/risicomarge')
    expect(new URL(page.url()).pathname).toBe('/risicomarge/2019')
    const shown = await text(page)
    expect(shown).toContain('Stichting Wijkinformatiepunt Utrecht krijgt € 482,77')
    expect(shown).toContain('(restant 0,4 cent → naar boven)')
    expect(shown).not.toContain('115.863,36')
    await expectGoodEverywhere(page)
    await page.goto('/mijn')
    expect(await text(page)).toContain('Uw organisatie krijgt € 482,77 uit de risicomarge van 2019.')
    const mail = await vi.waitFor(async () => {
      const found = await samen.database.owner.query(
        `SELECT subject, text, html FROM demo_mails WHERE to_address = 'lid-4@example.org' AND subject LIKE '%krijgt%'`,
      )
      expect(found).toHaveLength(1)
      return found[0]
    }, 20_000)
    expect(mail.subject).toMatch(
      /^Stichting Wijkinformatiepunt Utrecht krijgt €\s482,77 uit de risicomarge van 2019$/,
    )
    for (const body of [mail.text, mail.html]) expect(body).toContain('restant 0,4 cent → naar boven')
    await director.goto('/risicomarge/2019')
    expect(await text(director)).toContain('€ 115.863,36')
    await expectGoodEverywhere(director)
  })

  it('lets only the director act', async () => {
    const delegate = await samen.client('lid-1')
    await delegate.get('/garanties')
    expect((await delegate.post(`${proposalPath}/uitbetaling`)).status).toBe(403)
    expect((await delegate.post(`${proposalPath}/intrekking`, { reden: 'x' })).status).toBe(403)
    expect((await delegate.post('/risicomarge/2019/voorstellen')).status).toBe(403)
    expect((await delegate.get('/risicomarge/1999')).status).toBe(404)
    expect((await delegate.get('/garanties?jaar=1999')).status).toBe(404)
  })
})
