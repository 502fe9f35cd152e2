import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sha256Hex } from '#platform'
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
import { samplePdf } from '../support/sample-files.js'

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
const sees = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor()
const field = (page: Page, label: string) => page.getByLabel(label, { exact: true })
const fill = (page: Page, label: string, text: string) => field(page, label).fill(text)
const verdict = (page: Page, section: string, name: string) =>
  page
    .getByRole('group', { name: `Uw oordeel over ${section}`, exact: true })
    .getByRole('radio', { name })
    .check()

/** Looks at a page on a laptop and on the smallest phone. */
async function looksRight(page: Page): Promise<void> {
  await expectAccessible(page)
  await page.setViewportSize(SMALL)
  await expectAccessible(page)
  await page.setViewportSize(LAPTOP)
}

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
  await fill(page, 'Klachten die langer dan een maand openstaan', '1')
  await fill(page, 'Cijfer van deelnemers', '7,8')
  await field(page, 'Alle gebouwen zijn toegankelijk met een rolstoel').selectOption('ja')
  await fill(page, 'Ontvangen voorschotten', '180.000')
  await fill(page, 'Eigen middelen', '9.540')
  await fill(page, 'Social return', '9.100')
  await fill(page, 'Betaalde krachten, in fte', '1,6')
  await fill(page, 'Aantal vrijwilligers', '83')
  await fill(page, 'Welke risico’s ziet u?', 'De huur van de tweede plek stijgt.')
}

describe('a quarterly report by web', () => {
  it('is filled in by two, completed, signed, returned in part, submitted again and closed', async () => {
    const treasurer = await browser.pageOf('penningmeester')
    await treasurer.goto('/mijn')
    await follow(treasurer, 'Verantwoording Oost, 4e kwartaal 2019')
    expect(await heading(treasurer)).toBe('Vul de verantwoording in')
    await looksRight(treasurer)

    // Every field saves itself; what makes no sense is kept as typed, and the totals follow.
    await finishDraft(treasurer)
    await sees(treasurer, /^Bewaard om \d\d\.\d\d uur\.$/)
    await sees(treasurer, 'zonder 1 bedrag dat leeg of onleesbaar is')
    await treasurer.reload()
    expect(await field(treasurer, 'Scholing, besteed tot nu').inputValue()).toBe('12,x')
    await sees(treasurer, '14 van 500 woorden')

    // Two at once in other fields: both stay, and one sees what the other wrote.
    const coordinator = await browser.pageOf('coordinator', { viewport: PHONE })
    await coordinator.goto(`${REPORT}/invullen`)
    await fill(coordinator, 'Huisvesting, toelichting', 'Twee plekken.')
    await sees(coordinator, /^Bewaard om/)
    await fill(treasurer, 'ICT, toelichting', 'Twee laptops.')
    await sees(treasurer, /^Bewaard om/)
    await treasurer.reload()
    expect(await field(treasurer, 'Huisvesting, toelichting').inputValue()).toBe('Twee plekken.')
    await sees(treasurer, /^Coördinator Oost, \d\d\.\d\d uur$/)

    // In the same field: the second sees the other text and chooses.
    await fill(treasurer, 'Huisvesting, toelichting', 'Twee plekken, in Oost.')
    await sees(treasurer, /^U, \d\d\.\d\d uur$/)
    await expect
      .poll(() => treasurer.locator('#bewaard').textContent(), { timeout: 10_000 })
      .toMatch(/^Bewaard om/)
    await fill(coordinator, 'Huisvesting, toelichting', 'Twee plekken, elk een dagdeel.')
    await sees(coordinator, /^Penningmeester Oost schreef hier intussen ook iets/)
    await sees(coordinator, 'Twee plekken, in Oost.')
    await expectAccessible(coordinator)
    await press(coordinator, 'Houd mijn tekst')
    await sees(coordinator, /^Bewaard om/)

    // Without a connection nothing is lost: it goes when there is one again.
    await coordinator.context().setOffline(true)
    await fill(coordinator, 'Personeel (1,6 fte), toelichting', 'Eén ziekmelding.')
    await sees(coordinator, /^Nog niet bewaard: er is geen verbinding/)
    await coordinator.context().setOffline(false)
    await sees(coordinator, /^Bewaard om/)

    // Enter keeps the draft and does no more; completing names the mistake, and the link goes to the field.
    await coordinator.setViewportSize(LAPTOP)
    await field(coordinator, 'Scholing, besteed tot nu').press('Enter')
    await sees(coordinator, 'Uw invoer is bewaard, precies zoals u het typte.')
    await press(coordinator, 'Meld gereed voor ondertekening')
    await sees(coordinator, 'Het concept is nog niet gereed. Wat u typte is wel bewaard.')
    await looksRight(coordinator)
    await follow(coordinator, 'Scholing, besteed tot nu: Vul een bedrag in, bijvoorbeeld 1.250,00.')
    expect(await coordinator.evaluate('document.activeElement.id')).toBe('veld-lines-scholing-actual')
    await fill(coordinator, 'Scholing, besteed tot nu', '4.380')
    await keepScreenshot(coordinator, 'verantwoording')

    // A file goes along.
    await press(coordinator, 'Bewaar en ga naar de bijlagen')
    await looksRight(coordinator)
    await coordinator
      .getByLabel('Bestanden')
      .setInputFiles({ name: 'folder.pdf', mimeType: 'application/pdf', buffer: samplePdf('folder') })
    await press(coordinator, 'Voeg toe')
    await coordinator.getByRole('link', { name: 'folder.pdf' }).waitFor()
    await follow(coordinator, 'Terug naar het formulier')
    await press(coordinator, 'Meld gereed voor ondertekening')
    await sees(coordinator, 'Het concept is gereed voor ondertekening')
    await looksRight(coordinator)

    // Four eyes: the treasurer reads and signs; who changes something undoes the completion.
    await treasurer.goto('/mijn')
    await follow(treasurer, 'Onderteken de verantwoording Oost, 4e kwartaal 2019')
    await sees(treasurer, 'Twee plekken, elk een dagdeel.')
    await looksRight(treasurer)
    await follow(treasurer, 'Klopt er iets niet? Ga naar het formulier')
    await fill(treasurer, 'Aantal vrijwilligers', '84')
    await sees(treasurer, /door deze wijziging is dat niet meer zo/)
    await treasurer.goto(`${REPORT}/ondertekenen`)
    expect(new URL(treasurer.url()).pathname).toBe(REPORT)
    await coordinator.goto(`${REPORT}/invullen`)
    await press(coordinator, 'Meld gereed voor ondertekening')
    await sees(coordinator, 'Het concept is gereed voor ondertekening')
    const dark = await browser.pageOf('coordinator', { viewport: SMALL, colorScheme: 'dark' })
    await dark.goto(`${REPORT}/invullen`)
    await expectAccessible(dark)
    await treasurer.goto(`${REPORT}/ondertekenen`)
    await press(treasurer, 'Onderteken en dien in')
    await sees(treasurer, 'Versie 1 is ingediend')
    await looksRight(treasurer)

    // The coordinator still had the form open: the own text is shown, nothing is overwritten.
    await fill(dark, 'Waardoor kwam dat?', 'Te laat getypt.')
    await press(dark, /^Bewaar$/)
    expect(await heading(dark)).toBe('Dit onderdeel is al ingediend')
    await sees(dark, 'Te laat getypt.')
    await expectAccessible(dark)
    await dark.goto(`${REPORT}/invullen`)
    expect(new URL(dark.url()).pathname).toBe(REPORT)
  })

  it('comes back for one section, is mended there only, and closes', async () => {
    const reviewer = await browser.pageOf('serviceteam')
    await reviewer.goto('/mijn')
    await follow(reviewer, 'Beoordeel de verantwoording Oost, 4e kwartaal 2019')
    await looksRight(reviewer)
    await verdict(reviewer, 'het verhaal', 'Teruggeven met een vraag')
    for (const section of ['de indicatoren', 'de mensen', 'de risico’s'])
      await verdict(reviewer, section, 'Goedkeuren')
    await press(reviewer, 'Leg uw oordeel vast')
    await sees(reviewer, 'Schrijf op wat u wilt weten of wat anders moet.')
    await expectAccessible(reviewer)
    await fill(
      reviewer,
      'Uw vraag of opmerking over het verhaal (mag leeg blijven)',
      'Waarom kwam het eetcafé niet van de grond?',
    )
    await press(reviewer, 'Leg uw oordeel vast')
    await sees(reviewer, 'Uw oordeel is vastgelegd')
    await expectAccessible(reviewer)
    expect(await reviewer.getByText('Uw oordeel over het geld').count()).toBe(0)

    const controller = await browser.pageOf('controller')
    await controller.goto(REPORT)
    for (const section of ['het geld', 'de eigen middelen']) await verdict(controller, section, 'Goedkeuren')
    await press(controller, 'Leg uw oordeel vast')
    await sees(controller, 'Uw oordeel is vastgelegd')

    const coordinator = await browser.pageOf('coordinator')
    await coordinator.goto('/mijn')
    await follow(coordinator, 'Verbeter de verantwoording Oost, 4e kwartaal 2019')
    await sees(coordinator, 'Waarom kwam het eetcafé niet van de grond?')
    await follow(coordinator, 'Verbeter wat is teruggegeven')
    await looksRight(coordinator)
    expect(await coordinator.getByLabel('Scholing, besteed tot nu').count()).toBe(0)
    await sees(coordinator, 'Dit onderdeel is goedgekeurd en staat vast.')
    await fill(coordinator, 'Waardoor kwam dat?', 'De ruimte werd pas in december vrij, en er was geen kok.')
    await fill(
      coordinator,
      'Uw antwoord op de vraag over het verhaal (mag leeg blijven)',
      'Er was geen kok te vinden.',
    )
    await press(coordinator, 'Meld gereed voor ondertekening')
    await sees(coordinator, 'Het concept is gereed voor ondertekening')
    const treasurer = await browser.pageOf('penningmeester')
    await treasurer.goto(`${REPORT}/ondertekenen`)
    await press(treasurer, 'Onderteken en dien in')
    await sees(treasurer, 'Versie 2 is ingediend')

    await reviewer.goto(REPORT)
    await sees(reviewer, 'Er was geen kok te vinden.')
    await follow(reviewer, 'Bekijk wat er veranderde sinds de vorige versie')
    expect(await heading(reviewer)).toBe('Versie 2 vergeleken met versie 1')
    expect((await reviewer.locator('ins').allTextContents()).join(' ')).toContain('kok')
    await looksRight(reviewer)
    await reviewer.goto(REPORT)
    expect(await reviewer.getByText('Uw oordeel over de mensen').count()).toBe(0)
    await verdict(reviewer, 'het verhaal', 'Goedkeuren')
    await press(reviewer, 'Leg uw oordeel vast')
    await sees(reviewer, 'Dit kwartaal is gesloten.')

    // The history shows both versions; the ALV's delegates read them too.
    const delegate = await browser.pageOf('lid-9', { viewport: PHONE })
    await delegate.goto('/verantwoording')
    await expectAccessible(delegate)
    await delegate.goto(REPORT)
    await sees(delegate, 'Versie 2 ingediend door Penningmeester Oost')
    await sees(delegate, 'Versie 1 ingediend door Penningmeester Oost')
    await sees(delegate, 'Waarom kwam het eetcafé niet van de grond?')
    await expectAccessible(delegate)
    await follow(delegate, 'Lees versie 1')
    expect(await heading(delegate)).toBe('Versie 1')
    await expectAccessible(delegate)

    // The teamleider can open it again, with a reason.
    const teamLead = await browser.pageOf('teamleider')
    await teamLead.goto(REPORT)
    await teamLead.getByText('Heropen dit kwartaal').click()
    await looksRight(teamLead)
    await teamLead.getByRole('checkbox', { name: 'De risico’s' }).check()
    await press(teamLead, /^Heropen$/)
    await sees(teamLead, 'Schrijf op waarom.')
    await expectAccessible(teamLead)
    await fill(teamLead, 'Waarom heropent u dit kwartaal?', 'De accountant vroeg naar de huur.')
    await press(teamLead, /^Heropen$/)
    await sees(teamLead, 'De gekozen onderdelen zijn heropend')
  })

  it('sends who had to know a mail, and hands out what was submitted', async () => {
    await expect
      .poll(() => mails(), { timeout: 15_000 })
      .toEqual(
        expect.arrayContaining([
          'penningmeester@example.org: Te ondertekenen: verantwoording Oost, 4e kwartaal 2019',
          'serviceteam@example.org: Te beoordelen: verantwoording Oost, 4e kwartaal 2019',
          'controller@example.org: Te beoordelen: verantwoording Oost, 4e kwartaal 2019',
          'penningmeester@example.org: Ingediend: verantwoording Oost, 4e kwartaal 2019',
          'coordinator@example.org: Vraag over de verantwoording Oost, 4e kwartaal 2019',
          'penningmeester@example.org: Goedgekeurd: verantwoording Oost, 4e kwartaal 2019',
          'coordinator@example.org: Heropend: verantwoording Oost, 4e kwartaal 2019',
        ]),
      )
    const [receipt] = await test.database.owner.query(
      `SELECT attachments FROM demo_mails WHERE to_address = 'penningmeester@example.org' AND subject LIKE 'Ingediend%'`,
    )
    expect(receipt.attachments).toMatchObject([
      { name: 'verantwoording-oost-2019-Q4-versie-1.pdf', contentType: 'application/pdf' },
    ])

    // The file is byte for byte what the hash is of; the PDF is the same each time.
    const client = await test.client('lid-9')
    const file = await client.get(`${REPORT}/versies/1/bestand`)
    const page = await client.get(`${REPORT}/versies/1`)
    expect(page.text).toContain(sha256Hex(file.text))
    const content = JSON.parse(file.text)
    expect(content.totals.budgetCents).toBe('18000000')
    const [one, again] = [
      await client.get(`${REPORT}/versies/1/pdf`),
      await client.get(`${REPORT}/versies/1/pdf`),
    ]
    expect(one.text.startsWith('%PDF')).toBe(true)
    expect(again.text).toBe(one.text)

    // Its annex is there for who reads it.
    const annex = await client.get(`${REPORT}/bijlagen/${content.annexes[0].id}`)
    expect(annex.text).toContain('(folder)')
  })

  it('reads well on a small phone, in the dark and in English', async () => {
    const small = await browser.pageOf('coordinator', { viewport: SMALL, colorScheme: 'dark' })
    for (const path of ['/verantwoording', REPORT, `${REPORT}/versies/1`, '/verantwoording/oost/2019-Q2']) {
      await small.goto(path)
      await expectAccessible(small)
    }
    await small.goto('/verantwoording?taal=en')
    expect(await heading(small)).toBe('Accountability')
    await small.goto(`${REPORT}/invullen`)
    expect(await heading(small)).toBe('Fill in the report')
    await expectAccessible(small)
  })
})

describe('two people at one draft', () => {
  it('choose per field which text stays, on a small phone, also without JavaScript', async () => {
    const own = await startTestApp({ demo: true })
    const ownBrowser = await TestBrowser.open(own.url)
    try {
      const plain = { viewport: SMALL, javaScriptEnabled: false }
      const treasurer = await ownBrowser.pageOf('penningmeester', plain)
      const coordinator = await ownBrowser.pageOf('coordinator', plain)
      await treasurer.goto(`${REPORT}/invullen`)
      await coordinator.goto(`${REPORT}/invullen`)
      await fill(coordinator, 'Waardoor kwam dat?', 'Zegt de coördinator.')
      await fill(coordinator, 'Aantal vrijwilligers', '83')
      await press(coordinator, /^Bewaar$/)
      await sees(coordinator, 'Uw invoer is bewaard')

      // Another field is no conflict, though the treasurer's form is older than what the coordinator saved.
      await fill(treasurer, 'Waardoor kwam dat?', 'Zegt de penningmeester.')
      await fill(treasurer, 'Onvoorzien, besteed tot nu', '1.150')
      await press(treasurer, /^Bewaar$/)
      expect(await heading(treasurer)).toBe('Iemand anders bewaarde ook: welke tekst moet blijven?')
      expect(await treasurer.locator('fieldset').count()).toBe(1)
      await sees(treasurer, 'Zegt de coördinator.')

      // Without a choice nothing is guessed.
      await press(treasurer, 'Bewaar mijn keuze')
      await sees(treasurer, 'Kies een van de twee teksten: Waardoor kwam dat?')
      await treasurer
        .getByRole('group', { name: 'Waardoor kwam dat?' })
        .getByRole('radio', { name: /^De tekst van Coördinator Oost/ })
        .check()
      await press(treasurer, 'Bewaar mijn keuze')
      await sees(treasurer, 'Uw invoer is bewaard')
      expect(await field(treasurer, 'Waardoor kwam dat?').inputValue()).toBe('Zegt de coördinator.')
      expect(await field(treasurer, 'Onvoorzien, besteed tot nu').inputValue()).toBe('1.150')
      expect(await field(treasurer, 'Aantal vrijwilligers').inputValue()).toBe('83')

      // And the own text, when that is chosen.
      await coordinator.goto(`${REPORT}/invullen`)
      await fill(treasurer, 'Welke risico’s ziet u?', 'Geen.')
      await press(treasurer, /^Bewaar$/)
      await fill(coordinator, 'Welke risico’s ziet u?', 'De huur stijgt.')
      await press(coordinator, /^Bewaar$/)
      await coordinator.getByRole('radio', { name: 'Uw tekst' }).check()
      await press(coordinator, 'Bewaar mijn keuze')
      expect(await field(coordinator, 'Welke risico’s ziet u?').inputValue()).toBe('De huur stijgt.')
    } finally {
      await ownBrowser.close()
      await own.stop()
    }
  })
})
