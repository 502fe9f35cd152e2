import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.js'
import { expectAccessible, follow, LAPTOP, press, SMALL, TestBrowser } from '../support/browser.js'

let test: TestApp
let browser: TestBrowser

beforeAll(async () => {
  test = await startTestApp({ demo: true })
  browser = await TestBrowser.open(test.url)
}, 120_000)

afterAll(async () => {
  await browser?.close()
  await test?.stop()
})

const query = (sql: string, params: unknown[] = []) => test.database.owner.query(sql, params)
const main = async (page: Page) => ((await page.locator('main').textContent()) ?? '').replace(/\s+/g, ' ')
const heading = async (page: Page) => ((await page.locator('h1').textContent()) ?? '').trim()

/** The code of the last mail to this address. */
async function codeFor(page: Page, email: string): Promise<string> {
  const mailbox = await test.client()
  for (let attempt = 0; attempt < 100; attempt++) {
    const list = (await mailbox.get('/demo/postvak')).text
    for (const [, href] of list.matchAll(/href="(\/demo\/postvak\/[^"]+)"/g)) {
      const mail = (await mailbox.get(href!)).text
      const code = /\b(\d{6})\b/.exec(mail.replace(/<[^>]*>/g, ' '))?.[1]
      if (mail.includes(email) && code) return code
    }
    await page.waitForTimeout(100)
  }
  throw new Error(`No code for ${email}`)
}

describe('an agreement', () => {
  /** Who negotiates, and where. */
  let treasurer: Page
  let address: string

  it('is read by everyone who is signed in, with its versions', async () => {
    const page = await browser.pageOf('lid-9', { viewport: SMALL })
    await page.goto('/afspraken')
    expect(await main(page)).toContain('Ondertekende afspraken')
    expect(await main(page)).not.toContain('Waaraan u werkt')
    await expectAccessible(page)
    await follow(page, 'Oost', { exact: true })
    expect(await heading(page)).toBe('Afspraak Oost')
    expect(await main(page)).toContain('Projectadministratie')
    await expectAccessible(page)
    await follow(page, 'Versie 1')
    expect(await main(page)).toContain('Controlegetal')
    await expectAccessible(page)
    const [{ id }] = await query('SELECT id FROM agreement_negotiations LIMIT 1')
    const statusFor = async (who: string) =>
      (await (await test.client(who)).get(`/afspraken/concepten/${id}`)).status
    expect([
      await statusFor('gemeente'),
      await statusFor('lid-9'),
      await statusFor('penningmeester'),
    ]).toEqual([403, 404, 404])
  })

  it('is written from the model text, and kept as typed', async () => {
    treasurer = await browser.pageOf('penningmeester', { viewport: SMALL })
    await begin(treasurer)
    address = new URL(treasurer.url()).pathname
    await write(treasurer)
    await look(treasurer, 'draft')
    await treasurer.getByLabel('Toelichting voor de andere partij').fill('Graag uw reactie.')
    await press(treasurer, 'Doe dit voorstel')
    expect(await main(treasurer)).toContain('Uw partij deed voorstel 1. Het is nu aan de stadscoöperatie.')
  })

  it('is negotiated: remarked on, refused with everything at once, mended, compared', async () => {
    // The serviceteam is asked, remarks on a line, and finds everything that is wrong at once.
    const team = await browser.pageOf('serviceteam', { viewport: LAPTOP })
    await team.goto('/mijn')
    await follow(team, 'Lees het voorstel voor de afspraak Abstede')
    await follow(team, 'Lees het laatste voorstel')
    await expectAccessible(team)
    await team.getByLabel('Waarover gaat uw opmerking?').selectOption({ label: 'Post: Huisvesting' })
    await press(team, 'Plaats')
    expect(await main(team)).toContain('Vul uw opmerking in')
    await expectAccessible(team)
    await team.getByLabel('Uw tekst').fill('Kan de huur lager?')
    await press(team, 'Plaats')
    expect(await main(team)).toContain('Post: Huisvesting (bij voorstel 1)')
    await look(team, 'proposal')
    await team.goto(address)
    await press(team, 'Bied voorstel 1 aan ter ondertekening')
    const wrong = await main(team)
    expect(wrong).toContain('De posten tellen niet op tot het bedrag per jaar')
    expect(wrong).toContain('De eigen middelen zijn ten minste 5% van het bedrag')
    expect(wrong).toContain('Deze streefwaarde past niet bij wat wordt geteld')
    await look(team, 'refused')

    await mend(treasurer, address)
    await follow(treasurer, 'Bekijk wat er anders is dan in het vorige voorstel')
    const changes = await main(treasurer)
    expect(changes).toContain('€ 30.000,00')
    expect(changes).toContain('ten minste 200')
    await look(treasurer, 'difference')
    await treasurer.goto(address)
    await press(treasurer, 'Bied voorstel 2 aan ter ondertekening')
    expect(await main(treasurer)).toContain('Voorstel 2 ligt ter ondertekening')
  })

  it('is signed by both after a fresh sign-in, and known again by who was given it', async () => {
    await sign(treasurer, address, 'penningmeester')
    const director = await browser.pageOf('bestuurder', { viewport: LAPTOP })
    await director.goto('/mijn')
    await follow(director, 'Onderteken de afspraak Abstede')
    await signAs(director)
    expect(await main(director)).toContain('Beide partijen hebben ondertekend')
    await look(director, 'signed')
    await follow(director, 'Bekijk de ondertekende tekst')
    expect(await heading(director)).toBe('Versie 1 van de afspraak Abstede')
    expect(await main(director)).toContain('Penningmeester Oost, penningmeester')
    await look(director, 'version')
    await checkIt(director)
  })

  it('is renewed from what was signed, and shows what changes', async () => {
    const page = await browser.pageOf('coordinator', { viewport: LAPTOP })
    await page.goto('/afspraken/oost')
    await look(page, 'agreement')
    await press(page, 'Begin het overleg')
    expect(await main(page)).toContain('Kies wat u wilt afspreken')
    await page.getByLabel('Een langere looptijd').check()
    await press(page, 'Begin het overleg')
    expect(await heading(page)).toBe('Overleg over Oost')
    await follow(page, 'Schrijf Periode en gebied')
    expect(await page.getByLabel('Geldt vanaf').inputValue()).toBe('2020-01-01')
    await look(page, 'renewal')
    await page.goto('/afspraken/oost')
    expect(await main(page)).toContain('Er wordt aan een volgende tekst gewerkt')
  })

  it('in English, in the dark, and with the demo’s own draft', async () => {
    const [{ id }] = await query(`SELECT id FROM agreement_negotiations WHERE area_slug = 'overvecht'`)
    const page = await browser.pageOf('serviceteam', { viewport: LAPTOP, colorScheme: 'dark' })
    await page.goto(`/afspraken/concepten/${id}?taal=en`)
    expect(await heading(page)).toBe('Discussion about Overvecht')
    for (const path of ['', '/voorstellen/2', '/verschil?van=1&naar=2']) {
      await page.goto(`/afspraken/concepten/${id}${path}`)
      await expectAccessible(page)
    }
    await page.goto('/afspraken/nieuw')
    await expectAccessible(page)
    await press(page, 'Begin writing')
    expect(await main(page)).toContain('Choose with whom you make the agreement')
    await expectAccessible(page)
  })
})

/** Keeps a picture to look at, when asked for; looks with axe in any case. */
async function look(page: Page, name: string): Promise<void> {
  const folder = process.env.SAMEN_LOOK
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
  await expectAccessible(page)
}

async function begin(page: Page): Promise<void> {
  await page.goto('/afspraken')
  await follow(page, 'Begin een afspraak')
  await press(page, 'Begin met schrijven')
  expect(await main(page)).toContain('Vul de naam van het gebied in')
  await look(page, 'new')
  await page.getByLabel('Naam van het gebied').fill('Abstede')
  await page.getByLabel('Administratieve wijk').selectOption({ label: 'Zuid/Oost' })
  await press(page, 'Begin met schrijven')
  expect(await heading(page)).toBe('Overleg over Abstede')
  await expectAccessible(page)
}

/** Fills in every part; the money and one target are wrong, and are kept as typed. */
async function write(page: Page): Promise<void> {
  await follow(page, 'Schrijf Periode en gebied')
  await page.getByLabel('Eerste dag').fill('2020-03-01')
  await page.getByLabel('Laatste dag').fill('2020-12-31')
  await page.getByLabel(/Oost \(Abstede/).check()
  await look(page, 'period')
  await press(page, 'Bewaar en ga verder')
  await page.getByLabel('Bedrag per jaar').fill('90.000')
  await page.getByLabel('Post 1', { exact: true }).fill('Personeel')
  await page.getByLabel('Bedrag van post 1').fill('60.000')
  await page.getByLabel('Post 2', { exact: true }).fill('Huisvesting')
  await page.getByLabel('Bedrag van post 2').fill('25.000')
  await page.getByLabel('Eigen middelen, deel van het bedrag').fill('4,5')
  await press(page, 'Bewaar en blijf hier')
  expect(await main(page)).toContain('De posten tellen niet op')
  expect(await page.getByLabel('Bedrag van post 2').inputValue()).toBe('25.000')
  await look(page, 'money')
  await press(page, 'Bewaar en ga verder')
  const first = page.getByRole('group', { name: 'Indicator 1' })
  await first.getByLabel('Omschrijving').fill('Deelnemers')
  await first.getByLabel('Streefwaarde').fill('veel')
  await look(page, 'indicators')
  await press(page, 'Bewaar en ga verder')
  expect(await main(page)).toContain('Deze tekst staat in elke afspraak en kan er niet uit')
  await look(page, 'clauses')
  await press(page, 'Bewaar en ga verder')
  await look(page, 'days')
  await press(page, 'Bewaar en ga verder')
}

/** Another proposal, in which nothing is wrong; somebody else of the same side is never overwritten. */
async function mend(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await press(page, 'Schrijf een voorstel')
  await follow(page, 'Schrijf Geld')
  const coordinator = await browser.pageOf('coordinator', { viewport: SMALL, javaScriptEnabled: false })
  await coordinator.goto(page.url())
  await coordinator.getByLabel('Bedrag van post 2').fill('20.000')
  await press(coordinator, 'Bewaar en ga verder')
  await page.getByLabel('Bedrag van post 2').fill('30.000')
  await page.getByLabel('Eigen middelen, deel van het bedrag').fill('5')
  await press(page, 'Bewaar en ga verder')
  expect(await main(page)).toContain('Iemand anders bewaarde dit deel intussen')
  expect(await page.getByLabel('Bedrag van post 2').inputValue()).toBe('30.000')
  await look(page, 'stale')
  await press(page, 'Bewaar en ga verder')
  await page.getByRole('group', { name: 'Indicator 1' }).getByLabel('Streefwaarde').fill('200')
  await press(page, 'Bewaar en ga verder')
  await page.goto(address)
  await press(page, 'Doe dit voorstel')
  await follow(page, 'Lees het laatste voorstel')
}

/** With a session that is no longer fresh: first the code from the mail, then back, and once more. */
async function sign(page: Page, address: string, who: string): Promise<void> {
  await test.signedInAgo(60)
  await page.goto(address)
  await look(page, 'sign')
  await page.getByLabel(/Ik las deze tekst en onderteken haar/).check()
  await press(page, 'Onderteken')
  expect(await heading(page)).toBe('Bevestig dat u het bent')
  await press(page, 'Stuur mij de e-mail')
  const code = await codeFor(page, `${who}@example.org`)
  await page.getByLabel('Code uit de e-mail').fill(code)
  await press(page, 'Log in')
  expect(new URL(page.url()).pathname).toBe(address)
  await press(page, 'Onderteken')
  expect(await main(page)).toContain('Zet een vinkje')
  await page.getByLabel(/Ik las deze tekst en onderteken haar/).check()
  await press(page, 'Onderteken')
  expect(await main(page)).toContain('De tekst ligt ter ondertekening bij de stadscoöperatie')
}

async function signAs(page: Page): Promise<void> {
  await page.getByLabel(/Ik las deze tekst en onderteken haar/).check()
  await press(page, 'Onderteken')
  if ((await heading(page)) !== 'Bevestig dat u het bent') return
  await press(page, 'Dit is het voorbeeld')
  await page.getByLabel(/Ik las deze tekst en onderteken haar/).check()
  await press(page, 'Onderteken')
}

/** The PDF as it is downloaded, and a copy that somebody touched; by a passer-by. */
async function checkIt(page: Page): Promise<void> {
  const href = (await page.getByRole('link', { name: 'Ondertekende tekst als PDF' }).getAttribute('href'))!
  const pdf = await (await page.request.get(href)).body()
  const checkHref = (await page.getByRole('link', { name: 'Controleer de tekst' }).getAttribute('href'))!
  const passerBy = await browser.pageOf(null, { viewport: SMALL })
  await passerBy.goto(checkHref)
  expect(await main(passerBy)).toContain('Wijkcoöperatie Oost')
  expect(await main(passerBy)).not.toContain('Personeel')
  await look(passerBy, 'check')
  const send = async (buffer: Buffer) => {
    await passerBy
      .getByLabel('Of kies de PDF')
      .setInputFiles({ name: 'afspraak.pdf', mimeType: 'application/pdf', buffer })
    await press(passerBy, 'Controleer')
    return main(passerBy)
  }
  expect(await send(pdf)).toContain('Dit is de ondertekende PDF')
  expect(await send(Buffer.concat([pdf, Buffer.from(' ')]))).toContain('Dit is niet de ondertekende tekst')
  await passerBy.getByLabel('Controlegetal').fill('onzin')
  await press(passerBy, 'Controleer')
  expect(await main(passerBy)).toContain('Dit is geen controlegetal')
  await expectAccessible(passerBy)
}
