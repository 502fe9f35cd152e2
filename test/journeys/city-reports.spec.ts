import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
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

const REPORT = '/verantwoording/stad/2019-Q4/rapport'

let samen: TestApp
let browser: TestBrowser
let teamLead: Page

beforeAll(async () => {
  samen = await startTestApp()
  browser = await TestBrowser.open(samen.url)
  teamLead = await browser.pageOf('teamleider')
})

afterAll(async () => {
  await browser?.close()
  await samen?.stop()
})

const text = async (page: Page, selector = 'main') =>
  ((await page.locator(selector).textContent()) ?? '').replace(/\s+/g, ' ').trim()

/** The page on the smallest phone in light, and on a laptop in the dark. */
async function expectGoodEverywhere(page: Page): Promise<void> {
  await page.setViewportSize(SMALL)
  await expectAccessible(page)
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.setViewportSize(LAPTOP)
  await expectAccessible(page)
  await page.emulateMedia({ colorScheme: 'light' })
}

describe('the roll-up of a quarter', () => {
  it('is found from the accountability pages, and names who is missing', async () => {
    await teamLead.goto('/verantwoording')
    await follow(teamLead, 'De hele stad')
    await expectGoodEverywhere(teamLead)
    await keepScreenshot(teamLead, 'stad')
    await follow(teamLead, '4e kwartaal 2019')
    expect(await text(teamLead, 'h1')).toBe('Hele stad, 4e kwartaal 2019')
    const shown = await text(teamLead)
    expect(shown).toContain('Verantwoording ontbreekt: ')
    expect(shown).toContain('Dat is iets anders dan nul.')
    expect(shown).toMatch(/ten minste [\d.]+, ten hoogste [\d.]+/)
    expect(shown).toContain('wie in twee wijken meedoet, zou dan twee keer tellen')
    await keepScreenshot(teamLead, 'stad-kwartaal')
    await expectGoodEverywhere(teamLead)
  })

  it('is shown for one administrative wijk, also to a delegate', async () => {
    const page = await browser.pageOf('lid-3', { viewport: PHONE, javaScriptEnabled: false })
    await page.goto('/verantwoording/stad/2019-Q3')
    await page.getByLabel('Administratieve wijk').selectOption('zuid-oost')
    await press(page, 'Toon')
    expect(await text(page, 'h1')).toBe('Zuid/Oost, 3e kwartaal 2019')
    expect(await text(page)).toContain('2 van de 2 verantwoordingen zijn ingediend.')
    await keepScreenshot(page, 'stad-wijk')
    expect((await page.goto('/verantwoording/stad/2019-Q3?wijk=nergens'))?.status()).toBe(404)
    expect((await page.goto('/verantwoording/stad/2019-Q5'))?.status()).toBe(404)
  })
})

describe('the quarterly report to the ALV', () => {
  it('begins with a text made from the figures, and is kept as a draft', async () => {
    await teamLead.setViewportSize(LAPTOP)
    await teamLead.goto(REPORT)
    await follow(teamLead, 'Schrijf het verslag')
    const mainLines = teamLead.getByLabel('Hoofdlijnen')
    expect(await mainLines.inputValue()).toMatch(/^\d van de 7 wijken legden verantwoording af\./)
    await keepScreenshot(teamLead, 'kwartaalbericht-bewerken')
    await expectGoodEverywhere(teamLead)
    await mainLines.fill('Het jaar eindigt goed.')
    await teamLead.getByLabel('Wat vragen wij de ALV?').fill('')
    await teamLead
      .getByLabel('Opmerking bij Overvecht')
      .or(teamLead.getByLabel(/^Opmerking bij/))
      .first()
      .fill('Let op de zalen.')
    await press(teamLead, 'Bewaar het concept')
    expect(await text(teamLead)).toContain('Dit moet nog voordat het verslag definitief kan worden')
    await expectGoodEverywhere(teamLead)
  })

  it('keeps both texts when two people write at once', async () => {
    const director = await browser.pageOf('bestuurder')
    await director.goto(`${REPORT}/bewerken`)
    await teamLead.goto(`${REPORT}/bewerken`)
    await director.getByLabel('Wat vragen wij de ALV?').fill('Bespreken.')
    await press(director, 'Bewaar het concept')
    await teamLead.getByLabel('Wat vragen wij de ALV?').fill('Kennisnemen.')
    await press(teamLead, 'Bewaar het concept')
    expect(await text(teamLead)).toContain('bewaarde intussen een andere tekst')
    expect(await text(teamLead, 'table')).toMatch(/Kennisnemen\..*Bespreken\./)
    expect(await teamLead.getByLabel('Wat vragen wij de ALV?').inputValue()).toBe('Kennisnemen.')
    await expectGoodEverywhere(teamLead)
    await press(teamLead, 'Bewaar het concept')
    expect(await text(teamLead)).toContain('Het concept is klaar.')
  })

  it('is made final, with a hash, and goes to the gemeente in copy', async () => {
    await expectGoodEverywhere(teamLead)
    await press(teamLead, 'Maak het verslag definitief')
    expect(await text(teamLead)).toMatch(/Het verslag is definitief.*één persoon van de gemeente/)
    expect(await text(teamLead)).toContain('Het jaar eindigt goed.')
    await keepScreenshot(teamLead, 'kwartaalbericht-definitief')
    await expectGoodEverywhere(teamLead)
    const mail = await vi.waitFor(async () => {
      const found = await samen.database.owner.query(
        `SELECT subject, text FROM demo_mails WHERE to_address = 'gemeente@example.org' AND subject LIKE 'Kwartaalbericht%'`,
      )
      expect(found).toHaveLength(1)
      return found[0]
    }, 20_000)
    expect(mail.subject).toContain('4e kwartaal 2019')
    expect(mail.text).toContain(`${REPORT}/versies/1`)
  })

  it('comes on the agenda of the ALV, with the PDF as its paper', async () => {
    await teamLead.goto(REPORT)
    await press(teamLead, 'Zet op de agenda')
    expect(await text(teamLead, '[data-error-summary]')).toContain('Kies een vergadering')
    const choice = teamLead.getByLabel('Vergadering')
    await choice.selectOption({ index: 1 })
    await press(teamLead, 'Zet op de agenda')
    await expectGoodEverywhere(teamLead)
    const link = teamLead.getByRole('link', { name: /^Staat op de agenda van/ })
    const delegate = await browser.pageOf('lid-5')
    await delegate.goto((await link.getAttribute('href'))!)
    expect(await text(delegate)).toContain('Kwartaalbericht: 4e kwartaal 2019')
    const paper = delegate.getByRole('link', { name: /Kwartaalbericht: 4e kwartaal 2019/ }).first()
    const file = await (await samen.client('lid-5')).get((await paper.getAttribute('href'))!)
    expect(file.status).toBe(200)
    const outsider = await samen.client('lid-5')
    await outsider.get(REPORT)
    expect((await outsider.post(`${REPORT}/concept`, { 'tekst.mainLines': 'x' })).status).toBe(403)
    expect((await outsider.get(`${REPORT}/bewerken`)).status).toBe(403)
  })
})

describe('the annual report', () => {
  it('has the quarterly reports as chapters and leads to the accounts', async () => {
    await teamLead.goto('/jaardocument')
    await expectGoodEverywhere(teamLead)
    await follow(teamLead, '2019')
    await follow(teamLead, 'Schrijf het verslag')
    await expectGoodEverywhere(teamLead)
    for (const label of [
      'Doel en organisatie',
      'Risico’s en hoe wij ermee omgaan',
      'Bestuur en toezicht',
      'Vooruitblik en begroting',
    ])
      await teamLead.getByLabel(label).fill(`${label}: een korte tekst.`)
    await press(teamLead, 'Bewaar het concept')
    await press(teamLead, 'Maak het verslag definitief')
    const shown = await text(teamLead)
    expect(shown).toContain('Het jaar eindigt goed.')
    expect(shown).toContain('Over dit kwartaal is geen definitief kwartaalbericht gemaakt.')
    expect(shown).toMatch(/Bewoners die informele zorg krijgen van vrijwilligers.*17%.*19%/)
    await keepScreenshot(teamLead, 'jaardocument')
    await expectGoodEverywhere(teamLead)
    const pdf = await (await samen.client('lid-5')).get('/jaardocument/2019/versies/1/verslag.pdf')
    expect(pdf.status).toBe(200)
  })

  it('shows the effects in the city, and takes a measurement', async () => {
    await teamLead.goto('/verantwoording/effecten')
    await teamLead.getByLabel('Welk effect?').selectOption('mantelzorg')
    await teamLead.getByLabel('Jaar van de meting').fill('2019')
    await teamLead.getByLabel('Percentage').fill('veel')
    await teamLead.getByLabel('Bron').fill('Inwonersenquête')
    await press(teamLead, 'Leg de meting vast')
    expect(await text(teamLead, '[data-error-summary]')).toContain('percentage')
    await expectGoodEverywhere(teamLead)
    await teamLead.getByLabel('Percentage').fill('17,5')
    await press(teamLead, 'Leg de meting vast')
    expect(await text(teamLead, 'table')).toContain('17,5%')
    await expectGoodEverywhere(teamLead)
  })
})
