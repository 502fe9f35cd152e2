import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.js'
import { expectAccessible, follow, LAPTOP, press, SMALL, TestBrowser } from '../support/browser.js'
import { sampleJpeg, samplePdf } from '../support/sample-files.js'

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
const fill = (page: Page, label: string, text: string) => page.getByLabel(label, { exact: true }).fill(text)

/** The text of the mail to an address with this in its subject, once it was sent. */
async function mailTo(address: string, subject: string): Promise<string> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const [found] = await test.database.owner.query(
      'SELECT text FROM demo_mails WHERE to_address = $1 AND subject LIKE $2',
      [address, `%${subject}%`],
    )
    if (found) return found.text
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`No mail "${subject}" to ${address}`)
}

const linkIn = (mail: string) => new URL(/https?:\/\/\S+/.exec(mail)?.[0] ?? '').pathname

/** At 320 and at 1180 px axe finds nothing, and nothing scrolls sideways. */
async function expectAccessibleEverywhere(page: Page): Promise<void> {
  await page.setViewportSize(SMALL)
  await expectAccessible(page)
  await page.setViewportSize(LAPTOP)
  await expectAccessible(page)
}

/** From the home page to the first step; who is faster than a person is asked to look once more. */
async function begin(page: Page): Promise<void> {
  await page.goto('/')
  await follow(page, 'Begin met aanmelden')
  expect(await heading(page)).toBe('Word lid')
  await expectAccessibleEverywhere(page)
  await fill(page, 'Naam van de organisatie', 'Fietswerkplaats De Nieuwe Ketting')
  await fill(page, 'Uw e-mailadres', 'ketting@example.org')
  await page.waitForTimeout(1600)
  await press(page, 'Begin met aanmelden')
  await sees(page, 'Wij mailden een link naar ketting@example.org.')
}

async function fillOrganisation(page: Page): Promise<void> {
  await page.getByLabel('Rechtsvorm', { exact: true }).selectOption('stichting')
  await fill(page, 'KvK-nummer', '1234567')
  await page.getByLabel(/^RSIN/).fill('123456789')
  await fill(page, 'Straat en huisnummer', 'Voorbeeldstraat 7')
  await fill(page, 'Postcode', '3500 BB')
  await fill(page, 'Plaats', 'Utrecht')
  await press(page, 'Ga verder')
  await sees(page, 'Een KvK-nummer heeft 8 cijfers. Kijk het na')
  await sees(page, 'Dit RSIN klopt niet. Een RSIN heeft 9 cijfers.')
  await expectAccessibleEverywhere(page)
  await follow(page, /Een KvK-nummer heeft 8 cijfers/)
  expect(await page.evaluate('document.activeElement.id')).toBe('veld-kvk')
  await fill(page, 'KvK-nummer', '90000002')
  await page.getByLabel(/^RSIN/).fill('123456782')
  await press(page, 'Ga verder')
}

async function fillTheRest(page: Page): Promise<void> {
  expect(await heading(page)).toBe('Wat voor lid wilt u worden, en waar bent u actief?')
  await page.getByRole('radio', { name: /Stemlid/ }).check()
  await page.locator('summary', { hasText: /^\s*Oost/ }).click()
  await page.getByLabel('Uithof', { exact: true }).check()
  await expectAccessibleEverywhere(page)
  await press(page, 'Ga verder')
  await fill(page, 'Naam van de contactpersoon', 'Contact De Nieuwe Ketting')
  await fill(page, 'Naam van de afgevaardigde', 'Afgevaardigde De Nieuwe Ketting')
  await fill(page, 'E-mailadres van de afgevaardigde', 'afgevaardigde-ketting@example.org')
  await press(page, 'Ga verder')
  await expectAccessibleEverywhere(page)
  for (const box of await page.locator('textarea').all()) await box.fill('Wij doen dit al jaren.')
  await addEvidence(page)
  await press(page, 'Ga verder')
  await page.getByLabel('Onze organisatie onderschrijft').check()
  await page.getByLabel(/^Bedrag waarvoor u garant wilt staan/).fill('2.500')
  await press(page, 'Ga verder')
}

const chosen = (name: string, buffer: Buffer) => ({ name, mimeType: 'application/octet-stream', buffer })

/** A wrong file beside a good one; a photo, added without the help of any script; one taken out again. */
async function addEvidence(page: Page): Promise<void> {
  const field = page.getByLabel(/^Bestanden die dit laten zien/)
  const addButton = page.getByRole('button', { name: /^Voeg toe/ })
  await field
    .first()
    .setInputFiles([
      chosen('statuten.pdf', samplePdf()),
      chosen('brief.docx', Buffer.from('PK geen document')),
    ])
  await addButton.first().click()
  await sees(page, 'brief.docx is een soort bestand dat wij hier niet aannemen.')
  await page.getByRole('link', { name: 'statuten.pdf' }).waitFor()
  expect(await page.locator('textarea').first().inputValue()).toBe('Wij doen dit al jaren.')
  await expectAccessibleEverywhere(page)
  await page.setViewportSize(SMALL)

  const bare = await browser.pageOf(null, { javaScriptEnabled: false, viewport: SMALL })
  await bare.goto(new URL(page.url()).pathname)
  await bare
    .getByLabel(/^Bestanden die dit laten zien/)
    .nth(1)
    .setInputFiles([chosen('IMG_0001.jpg', sampleJpeg()), chosen('verkeerd.pdf', samplePdf('verkeerd'))])
  await bare
    .getByRole('button', { name: /^Voeg toe/ })
    .nth(1)
    .click()
  await press(bare, 'Verwijder verkeerd.pdf')
  await bare.getByRole('link', { name: 'IMG_0001.jpg' }).waitFor()
  expect(await bare.getByRole('link', { name: 'verkeerd.pdf' }).count()).toBe(0)
  await bare.context().close()
  await page.goto(new URL(page.url()).pathname)
}

/** After a question the next version may bring another file. */
async function followUpWithAFile(page: Page): Promise<void> {
  const status = page.url()
  await page.goto(`${new URL(status).pathname}/criteria`)
  await page
    .getByLabel(/^Bestanden die dit laten zien/)
    .first()
    .setInputFiles([chosen('vrijwilligers.pdf', samplePdf('Twaalf'))])
  await press(page, 'Ga verder')
  await page.goto(status)
}

/** Staff opens what was sent; the applicant too; nobody else. */
async function expectEvidenceGuarded(staff: Page, applicantPath: string): Promise<void> {
  const href = (await staff.getByRole('link', { name: 'statuten.pdf' }).first().getAttribute('href'))!
  const [download] = await Promise.all([staff.waitForEvent('download'), follow(staff, 'statuten.pdf')])
  expect(download.suggestedFilename()).toBe('statuten.pdf')
  const photo = await staff.getByRole('link', { name: 'IMG_0001.jpg' }).first().getAttribute('href')
  const shown = (await staff.context().request.get(photo!)).headers()
  expect(shown).toMatchObject({ 'content-type': 'image/jpeg', 'x-content-type-options': 'nosniff' })
  expect(shown['content-security-policy']).toContain('sandbox')
  expect(shown['cache-control']).toContain('private')

  const fileId = href.split('/').at(-1)!
  for (const [who, status] of [
    [undefined, 303],
    ['lid-1', 403],
    ['penningmeester', 403],
    ['secretaris', 200],
  ] as const)
    expect((await (await test.client(who)).get(href)).status, who ?? 'nobody').toBe(status)
  const [other] = await test.database.owner.query(
    `SELECT id FROM applications WHERE draft->>'naam' = 'Buurtkas De Morgenster'`,
  )
  const passerBy = await test.client()
  expect(
    (await (await test.client('serviceteam')).get(`/aanmeldingen/${other.id}/bewijs/${fileId}`)).status,
  ).toBe(404)
  expect((await passerBy.get(`${applicantPath}/bewijs/${fileId}`)).status).toBe(200)
  expect((await passerBy.get(`${applicantPath}x/bewijs/${fileId}`)).status).toBe(404)
}

async function judge(page: Page, finding: string, outcome: string, message: string): Promise<void> {
  for (const radio of await page.getByRole('radio', { name: finding, exact: true }).all()) await radio.check()
  await page.getByRole('radio', { name: outcome }).check()
  await page.getByLabel(/^Vraag aan de aanmelder/).fill(message)
  await press(page, 'Leg de beoordeling vast')
}

describe('an application for membership', () => {
  it('is made, asked back, answered, advised and admitted; the delegate signs in', {
    timeout: 240_000,
  }, async () => {
    const applicant = await browser.pageOf(null)
    await begin(applicant)
    await fillOrganisation(applicant)

    // Later, on another device, with the link from the mail.
    const phone = await browser.pageOf(null, { viewport: SMALL })
    const path = linkIn(await mailTo('ketting@example.org', 'Ga verder'))
    await phone.goto(path)
    expect(await heading(phone)).toBe('Uw aanmelding is nog niet verstuurd')
    await expectAccessible(phone)
    await follow(phone, 'Ga verder met aanmelden')
    await fillTheRest(phone)
    expect(await heading(phone)).toBe('Klopt alles?')
    await expectAccessibleEverywhere(phone)
    await press(phone, 'Verstuur de aanmelding')
    expect(await heading(phone)).toBe('Uw aanmelding is ontvangen')
    await sees(phone, /A-2020-\d{3}/)
    await expectAccessibleEverywhere(phone)
    await mailTo('ketting@example.org', 'ontvangen')

    const assessor = await browser.pageOf('serviceteam')
    await assessor.goto('/mijn')
    await follow(assessor, 'Beoordeel de aanmelding van Fietswerkplaats De Nieuwe Ketting')
    await expectAccessibleEverywhere(assessor)
    await expectEvidenceGuarded(assessor, path)
    await judge(assessor, 'Voldoet', 'Vraag stellen', 'Hoeveel vrijwilligers hebt u?')
    await sees(assessor, 'De beoordeling is vastgelegd')

    await applicant.goto(linkIn(await mailTo('ketting@example.org', 'Vraag over')))
    await sees(applicant, 'Hoeveel vrijwilligers hebt u?')
    await expectAccessibleEverywhere(applicant)
    await followUpWithAFile(applicant)
    await follow(applicant, 'Ga verder met aanmelden')
    await press(applicant, 'Verstuur de aanmelding')
    await sees(applicant, 'Beantwoord de vraag van het serviceteam.')
    await expectAccessibleEverywhere(applicant)
    await fill(applicant, 'Uw antwoord op de vraag', 'Twaalf vrijwilligers.')
    await press(applicant, 'Verstuur de aanmelding')
    expect(await heading(applicant)).toBe('Uw aanmelding is ontvangen')

    await assessor.reload()
    await sees(assessor, 'Twaalf vrijwilligers.')
    await assessor.getByRole('link', { name: 'vrijwilligers.pdf' }).waitFor()
    await judge(assessor, 'Voldoet', 'Advies: toelaten', '')
    await sees(assessor, 'Advies: toelaten')

    const director = await browser.pageOf('bestuurder')
    await director.goto('/mijn')
    await follow(director, 'Beslis over de aanmelding van Fietswerkplaats De Nieuwe Ketting')
    await sees(director, 'De bestuurder beslist over deze aanmelding (artikel 6 lid 2).')
    await expectAccessibleEverywhere(director)
    await director.getByRole('radio', { name: 'Afwijzen' }).check()
    await press(director, 'Leg het besluit vast')
    await sees(director, 'Schrijf waarom u de aanmelding afwijst.')
    await director.getByRole('radio', { name: 'Toelaten' }).check()
    await press(director, 'Leg het besluit vast')
    await sees(director, 'Fietswerkplaats De Nieuwe Ketting is toegelaten')
    await expectAccessibleEverywhere(director)

    const welcome = await mailTo('afgevaardigde-ketting@example.org', 'Welkom')
    expect(welcome).toContain('stemlid')
    await mailTo('ketting@example.org', 'Welkom')
    const delegate = await browser.pageOf(null)
    await delegate.goto(linkIn(welcome))
    await delegate.locator('input[name=email]').first().fill('afgevaardigde-ketting@example.org')
    await press(delegate, /Mail|Stuur/)
    await delegate.goto(linkIn(await mailTo('afgevaardigde-ketting@example.org', 'Inloggen')))
    await delegate.locator('main form button[type=submit]').click()
    await delegate.waitForURL('**/mijn')
    await sees(delegate, 'Zeg de garantie van Fietswerkplaats De Nieuwe Ketting toe')
    await delegate.goto('/leden')
    await sees(delegate, 'Fietswerkplaats De Nieuwe Ketting')
  })

  it('is refused with a reason that the applicant reads', async () => {
    const assessor = await browser.pageOf('serviceteam')
    await assessor.goto('/aanmeldingen')
    await expectAccessibleEverywhere(assessor)
    await follow(assessor, 'Buurtkas De Morgenster')
    await judge(assessor, 'Voldoet', 'Advies: toelaten', '')
    const director = await browser.pageOf('bestuurder')
    await director.goto(new URL(assessor.url()).pathname)
    await director.getByRole('radio', { name: 'Afwijzen' }).check()
    await director.getByLabel(/^Reden/).fill('De stichting is nog niet begonnen.')
    await press(director, 'Leg het besluit vast')
    await sees(director, 'Buurtkas De Morgenster is afgewezen')
    const mail = await mailTo('morgenster@example.org', 'Besluit over aanmelding')
    expect(mail).toContain('De stichting is nog niet begonnen.')
    await director.goto('/aanmeldingen/criteria')
    await expectAccessibleEverywhere(director)
  })

  it('is not started by a program', async () => {
    const client = await test.client()
    const { text } = await client.get('/aanmelden')
    const formulier = /name="formulier" value="([^"]+)"/.exec(text)![1]!
    const fields = { naam: 'Snel', email: 'snel@example.org', formulier }
    expect((await client.post('/aanmelden', fields)).text).toContain('Dat ging erg snel.')
    expect((await client.post('/aanmelden', { ...fields, website: 'x' })).text).toContain(
      'door een programma',
    )
    expect((await client.post('/aanmelden', { ...fields, formulier: 'a.b.c' })).text).toContain(
      'te lang open',
    )
    expect((await client.get('/aanmelden/00000000-0000-7000-8000-000000000000.geheim')).status).toBe(404)
  })
})
