import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sha256Hex } from '#platform'
import { startTestApp, type TestApp } from '../support/app.js'
import { expectAccessible, keepScreenshot, LAPTOP, PHONE, SMALL, TestBrowser } from '../support/browser.js'

const REPORT = '/verantwoording/oost/2019-Q4'

let test: TestApp
let browser: TestBrowser

beforeAll(async () => {
  test = await startTestApp({ demo: true })
  browser = await TestBrowser.open(test.url)
})

afterAll(async () => {
  await browser?.close()
  await test?.stop()
})

const heading = async (page: Page) => (await page.locator('h1').textContent())?.trim()
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click()
const follow = (page: Page, name: string | RegExp) => page.getByRole('link', { name }).first().click()
const sees = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor()
const fill = (page: Page, label: string, text: string) => page.getByLabel(label, { exact: true }).fill(text)

async function mails(): Promise<string[]> {
  const rows: { line: string }[] = await test.database.owner.query(
    `SELECT to_address || ': ' || subject AS line FROM demo_mails`,
  )
  return rows.map(({ line }) => line)
}

/** The treasurer finishes what the coordinator began; one amount is not one. */
async function finishDraft(page: Page): Promise<void> {
  await fill(
    page,
    'Waardoor kwam dat?',
    'De ruimte werd pas in december vrij. In het voorjaar proberen wij het opnieuw.',
  )
  await fill(page, 'Activiteiten, besteed tot nu', '15.120,40')
  await fill(page, 'Activiteiten, verwacht voor het jaar', '15.120,40')
  await fill(page, 'Activiteiten, toelichting', 'Het zomerprogramma had meer deelnemers dan verwacht.')
  await fill(page, 'Scholing, besteed tot nu', '12,x')
  await fill(page, 'Scholing, verwacht voor het jaar', '4.380')
  await fill(page, 'Scholing, toelichting', 'Een training viel uit door ziekte.')
  await fill(page, 'Communicatie en klein materiaal, besteed tot nu', '4.655,10')
  await fill(page, 'Communicatie en klein materiaal, verwacht voor het jaar', '4655,1')
  await fill(page, 'Onvoorzien, besteed tot nu', '€ 1.150')
  await fill(page, 'Onvoorzien, verwacht voor het jaar', '1150,-')
  await fill(page, 'Gesteunde bewonersinitiatieven die doorgaan', '12 van 14')
  await fill(page, 'Eigen middelen als deel van het wijkbudget', '5,3')
  await fill(page, 'Cijfer van deelnemers', '7,8')
}

describe('a quarterly report', () => {
  it('is filled in, mended, submitted, returned, submitted again and approved', async () => {
    const treasurer = await browser.pageOf('penningmeester')
    await treasurer.goto('/mijn')
    await follow(treasurer, 'Verantwoording Oost, 4e kwartaal 2019')
    expect(await heading(treasurer)).toBe('Vul de verantwoording in')
    await expectAccessible(treasurer)

    // Enter keeps the draft and submits nothing; what makes no sense is kept as typed.
    await finishDraft(treasurer)
    await treasurer.getByLabel('Scholing, besteed tot nu', { exact: true }).press('Enter')
    await sees(treasurer, 'Het concept is bewaard, precies zoals u het typte.')
    expect(await treasurer.getByLabel('Scholing, besteed tot nu', { exact: true }).inputValue()).toBe('12,x')
    await sees(treasurer, 'zonder 1 bedrag dat leeg of onleesbaar is')

    // Submitting names the mistake, and the link goes to the field.
    await press(treasurer, 'Dien in bij het serviceteam')
    await sees(treasurer, 'Er is niet ingediend. Uw concept is wel bewaard.')
    await expectAccessible(treasurer)
    await treasurer.setViewportSize(SMALL)
    await expectAccessible(treasurer)
    await treasurer.setViewportSize(LAPTOP)
    await follow(treasurer, 'Scholing, besteed tot nu: Vul een bedrag in, bijvoorbeeld 1.250,00.')
    expect(await treasurer.evaluate('document.activeElement.id')).toBe('veld-lines-scholing-actual')
    await fill(treasurer, 'Scholing, besteed tot nu', '4.380')
    await press(treasurer, 'Bewaar concept')
    await sees(treasurer, 'Het concept is bewaard')
    await keepScreenshot(treasurer, 'verantwoording')
    const coordinator = await browser.pageOf('coordinator', { viewport: SMALL, colorScheme: 'dark' })
    await coordinator.goto(`${REPORT}/invullen`)
    await expectAccessible(coordinator)
    await press(treasurer, 'Dien in bij het serviceteam')
    await sees(treasurer, 'Versie 1 is ingediend')
    await expectAccessible(treasurer)

    // The coordinator still had the form open: the own text is shown, nothing is overwritten.
    await fill(coordinator, 'Waardoor kwam dat?', 'Te laat getypt.')
    await press(coordinator, 'Bewaar concept')
    expect(await heading(coordinator)).toBe('Deze verantwoording is al ingediend')
    await sees(coordinator, 'Te laat getypt.')
    await expectAccessible(coordinator)
    await coordinator.goto(`${REPORT}/invullen`)
    expect(new URL(coordinator.url()).pathname).toBe(REPORT)

    const reviewer = await browser.pageOf('serviceteam')
    await reviewer.goto('/mijn')
    await follow(reviewer, 'Beoordeel de verantwoording Oost, 4e kwartaal 2019')
    await expectAccessible(reviewer)
    await reviewer.getByRole('radio', { name: 'Teruggeven' }).check()
    await press(reviewer, 'Leg uw oordeel vast')
    await sees(reviewer, 'Schrijf op waarom u teruggeeft')
    await expectAccessible(reviewer)
    await fill(
      reviewer,
      'Reden of opmerking (mag leeg blijven)',
      'Licht toe waarom het eetcafé niet van de grond kwam.',
    )
    await press(reviewer, 'Leg uw oordeel vast')
    await sees(reviewer, 'Uw oordeel is vastgelegd: teruggegeven')
    await expectAccessible(reviewer)

    await treasurer.goto('/mijn')
    await follow(treasurer, 'Verbeter de verantwoording Oost, 4e kwartaal 2019')
    await sees(treasurer, 'Licht toe waarom het eetcafé niet van de grond kwam.')
    await follow(treasurer, 'Verbeter en dien opnieuw in')
    expect(await treasurer.getByLabel('Scholing, besteed tot nu', { exact: true }).inputValue()).toBe('4.380')
    await fill(treasurer, 'Waardoor kwam dat?', 'De ruimte werd pas in december vrij, en er was geen kok.')
    await press(treasurer, 'Dien in bij het serviceteam')
    await sees(treasurer, 'Versie 2 is ingediend')

    await reviewer.goto(REPORT)
    await reviewer.getByRole('radio', { name: 'Goedkeuren' }).check()
    await press(reviewer, 'Leg uw oordeel vast')
    await sees(reviewer, 'Uw oordeel is vastgelegd: goedgekeurd')

    // The history shows both versions; the ALV's delegates read them too.
    const delegate = await browser.pageOf('lid-9', { viewport: PHONE })
    await delegate.goto('/verantwoording')
    await expectAccessible(delegate)
    await delegate.goto(REPORT)
    await sees(delegate, 'Versie 2: Goedgekeurd')
    await sees(delegate, 'Versie 1: Terug voor verbetering')
    await sees(delegate, 'Licht toe waarom het eetcafé niet van de grond kwam.')
    await expectAccessible(delegate)
    await follow(delegate, 'Lees versie 1')
    expect(await heading(delegate)).toBe('Versie 1')
    await expectAccessible(delegate)

    // Whoever had to know got mail.
    await expect
      .poll(() => mails(), { timeout: 15_000 })
      .toEqual(
        expect.arrayContaining([
          'serviceteam@example.org: Te beoordelen: verantwoording Oost, 4e kwartaal 2019',
          'penningmeester@example.org: Ingediend: verantwoording Oost, 4e kwartaal 2019',
          'coordinator@example.org: Terug voor verbetering: verantwoording Oost, 4e kwartaal 2019',
          'penningmeester@example.org: Goedgekeurd: verantwoording Oost, 4e kwartaal 2019',
        ]),
      )

    // The file is byte for byte what the hash is of.
    const client = await test.client('lid-9')
    const file = await client.get(`${REPORT}/versies/1/bestand`)
    const page = await client.get(`${REPORT}/versies/1`)
    expect(page.text).toContain(sha256Hex(file.text))
    expect(JSON.parse(file.text).totals.budgetCents).toBe('18000000')
  })

  it('reads well on a small phone, in the dark and in English', async () => {
    const small = await browser.pageOf('coordinator', { viewport: SMALL, colorScheme: 'dark' })
    for (const path of ['/verantwoording', REPORT, `${REPORT}/versies/1`, '/verantwoording/oost/2019-Q2']) {
      await small.goto(path)
      await expectAccessible(small)
    }
    await small.goto('/verantwoording?taal=en')
    expect(await heading(small)).toBe('Accountability')
  })
})

describe('two people at one draft', () => {
  it('choose per field which text stays, on a small phone, also without JavaScript', async () => {
    const own = await startTestApp({ demo: true })
    const ownBrowser = await TestBrowser.open(own.url)
    try {
      const treasurer = await ownBrowser.pageOf('penningmeester', { viewport: SMALL })
      const coordinator = await ownBrowser.pageOf('coordinator', {
        viewport: SMALL,
        javaScriptEnabled: false,
      })
      await treasurer.goto(`${REPORT}/invullen`)
      await coordinator.goto(`${REPORT}/invullen`)
      await fill(coordinator, 'Waardoor kwam dat?', 'Zegt de coördinator.')
      await press(coordinator, 'Bewaar concept')
      await sees(coordinator, 'Het concept is bewaard')

      await fill(treasurer, 'Waardoor kwam dat?', 'Zegt de penningmeester.')
      await fill(treasurer, 'Onvoorzien, besteed tot nu', '1.150')
      await press(treasurer, 'Bewaar concept')
      expect(await heading(treasurer)).toBe('Iemand anders bewaarde ook: welke tekst moet blijven?')
      await sees(treasurer, 'Zegt de coördinator.')
      await expectAccessible(treasurer)

      // Without a choice nothing is guessed.
      await press(treasurer, 'Bewaar mijn keuze')
      await sees(treasurer, 'Kies een van de twee teksten: Waardoor kwam dat?')
      await treasurer
        .getByRole('group', { name: 'Waardoor kwam dat?' })
        .getByRole('radio', { name: 'De bewaarde tekst' })
        .check()
      await treasurer
        .getByRole('group', { name: 'Onvoorzien, besteed tot nu' })
        .getByRole('radio', { name: 'Uw tekst' })
        .check()
      await press(treasurer, 'Bewaar mijn keuze')
      await sees(treasurer, 'Het concept is bewaard')
      expect(await treasurer.getByLabel('Waardoor kwam dat?').inputValue()).toBe('Zegt de coördinator.')
      expect(await treasurer.getByLabel('Onvoorzien, besteed tot nu', { exact: true }).inputValue()).toBe(
        '1.150',
      )
    } finally {
      await ownBrowser.close()
      await own.stop()
    }
  })
})
