import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.js'
import { expectAccessible, follow, LAPTOP, press, SMALL, TestBrowser } from '../support/browser.js'

const NEW_IBAN = 'NL02 ABNA 0123 4567 89'

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
const fill = (page: Page, label: string | RegExp, text: string) => page.getByLabel(label).fill(text)

async function accessibleAtBothWidths(page: Page): Promise<void> {
  await page.setViewportSize(SMALL)
  await expectAccessible(page)
  await page.setViewportSize(LAPTOP)
  await expectAccessible(page)
}

/** The text of the mail to an address with this in its subject, once it was sent. */
async function mailTo(address: string, subject: string): Promise<string> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const [found] = await test.database.owner.query(
      'SELECT text FROM demo_mails WHERE to_address = $1 AND subject LIKE $2 ORDER BY id DESC',
      [address, `%${subject}%`],
    )
    if (found) return found.text
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`No mail "${subject}" to ${address}`)
}

const pathIn = (mail: string, part: string) => new RegExp(`https?://[^/\\s]+(/${part}/\\S+)`).exec(mail)![1]!

/** Moves the focus with Tab until it is on what has this name, as someone without a mouse does. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let step = 0; step < 80; step++) {
    await page.keyboard.press('Tab')
    const focused = await page.evaluate<string>(
      `(() => { const at = document.activeElement ?? document.body; return at.labels?.[0]?.textContent ?? at.textContent })()`,
    )
    if (name.test(focused.trim())) return
  }
  throw new Error(`The keyboard does not reach ${name}`)
}

describe('an organisation changes its account number', () => {
  it('the delegate proposes it, by keyboard on the smallest phone', async () => {
    const delegate = await browser.pageOf('lid-7')
    await delegate.goto('/organisatie')
    expect(new URL(delegate.url()).pathname).toBe('/organisatie/7')
    await accessibleAtBothWidths(delegate)
    await delegate.setViewportSize(SMALL)
    await tabTo(delegate, /^Wijzig Rekeningnummer/)
    await delegate.keyboard.press('Enter')
    await delegate.waitForURL('**/organisatie/7/wijziging#veld-iban')
    await accessibleAtBothWidths(delegate)
    await delegate.setViewportSize(SMALL)

    await fill(delegate, /^Rekeningnummer/, 'NL02 ABNA 0123 4567 88')
    await delegate.keyboard.press('Enter')
    await sees(delegate, 'Dit rekeningnummer kan niet kloppen. Kijk het na op een bankafschrift.')
    await sees(delegate, 'Schrijf op waarom.')
    await accessibleAtBothWidths(delegate)
    await delegate.setViewportSize(SMALL)
    await delegate.keyboard.press('Tab')
    await delegate.keyboard.press('Enter')
    await delegate.keyboard.press('ControlOrMeta+a')
    await delegate.keyboard.type(NEW_IBAN)
    await fill(delegate, /^Straat/, 'Nieuwe Gracht 12')
    await fill(delegate, /^Waarom/, 'Wij zijn van bank veranderd.')
    await tabTo(delegate, /^Bekijk wat er verandert/)
    await delegate.keyboard.press('Enter')

    await sees(delegate, 'Dit geldt direct')
    await sees(delegate, 'Dit moet nog een tweede persoon bevestigen')
    await sees(delegate, NEW_IBAN)
    await accessibleAtBothWidths(delegate)
    await delegate.setViewportSize(SMALL)
    await press(delegate, 'Verbeter')
    expect(await delegate.getByLabel(/^Rekeningnummer/).inputValue()).toBe(NEW_IBAN)
    await press(delegate, 'Bekijk wat er verandert')
    await tabTo(delegate, /^Leg vast en vraag bevestiging/)
    await delegate.keyboard.press('Enter')

    await sees(delegate, 'Wacht op een tweede persoon')
    await sees(delegate, /^WZ-2020-\d+$/)
    await sees(delegate, 'U hebt dit zelf voorgesteld. Iemand anders moet het bevestigen.')
    expect(await delegate.getByRole('button', { name: 'Bevestig deze wijziging' }).count()).toBe(0)
    await accessibleAtBothWidths(delegate)

    await follow(delegate, /Tegelijk voorgesteld/)
    await sees(delegate, 'Nieuwe Gracht 12')
    await delegate.goto('/organisatie/7')
    await sees(delegate, 'Nieuwe Gracht 12')
    expect(await delegate.getByText(NEW_IBAN).count()).toBe(0)
    await accessibleAtBothWidths(delegate)

    await delegate.goto('/organisatie/7/wijziging')
    await fill(delegate, /^Rekeningnummer/, 'NL20 INGB 0001 2345 67')
    await fill(delegate, /^Waarom/, 'Nog een keer.')
    await press(delegate, 'Bekijk wat er verandert')
    await sees(delegate, /Er wacht al een voorstel \(WZ-2020-\d+\) voor het rekeningnummer/)
  })

  it('the contact hears of it at the address that was known, and confirms', async () => {
    const mail = await mailTo('contact-7@example.org', 'Klopt dit?')
    expect(mail).toMatch(/Het oude rekeningnummer eindigt op \d{4}\. Het nieuwe eindigt op 6789\./)
    expect(await mailTo('lid-7@example.org', 'Klopt dit?')).toContain('U hebt dit zelf voorgesteld.')
    const contact = await browser.pageOf('contact-7')
    await contact.goto('/mijn')
    await follow(contact, /^Bevestig een wijziging van/)
    expect(new URL(contact.url()).pathname).toBe(pathIn(mail, 'wijzigingen'))
    await sees(contact, 'Controleer het nummer op een bankafschrift')
    await accessibleAtBothWidths(contact)
    await contact.setViewportSize(SMALL)
    await tabTo(contact, /^Bevestig deze wijziging/)
    await contact.keyboard.press('Enter')
    await sees(contact, 'Bevestigd en doorgevoerd')
    await accessibleAtBothWidths(contact)

    await contact.goto('/organisatie/7')
    await sees(contact, NEW_IBAN)
    await contact.goto('/leden/7')
    await sees(
      contact,
      /Wijziging WZ-2020-\d+, voorgesteld door: afgevaardigde, bevestigd door: contactpersoon/,
    )
    expect(await mailTo('contact-7@example.org', 'Doorgevoerd')).toContain('(contactpersoon) heeft bevestigd')
    expect(await mailTo('lid-7@example.org', 'Doorgevoerd')).toContain('Dit geldt vanaf 15 februari 2020')
  })

  it('who did not ask for it stops it from the mail, without signing in; the service team decides', async () => {
    const delegate = await browser.pageOf('lid-8')
    await delegate.goto('/organisatie/8/wijziging')
    await fill(delegate, /^Rekeningnummer/, NEW_IBAN)
    await fill(delegate, /^Waarom/, 'Nieuwe bank.')
    await press(delegate, 'Bekijk wat er verandert')
    await press(delegate, 'Leg vast en vraag bevestiging')
    const proposal = new URL(delegate.url()).pathname

    const passerBy = await browser.pageOf(null)
    await passerBy.goto(pathIn(await mailTo('contact-8@example.org', 'Klopt dit?'), 'bezwaar'))
    expect(await heading(passerBy)).toBe('Klopt deze wijziging niet?')
    await accessibleAtBothWidths(passerBy)
    await fill(passerBy, /^Wat klopt er niet/, 'Wij hebben dit niet gevraagd.')
    await press(passerBy, 'Dit klopt niet')
    await sees(passerBy, 'Uw melding is vastgelegd')
    await accessibleAtBothWidths(passerBy)

    const contact = await browser.pageOf('contact-8')
    await contact.goto(proposal)
    await sees(contact, 'Iemand zegt dat dit niet klopt. Het serviceteam beslist.')
    expect(await mailTo('serviceteam@example.org', 'Dit klopt niet')).toContain('het rekeningnummer')

    const serviceTeam = await browser.pageOf('serviceteam')
    await serviceTeam.goto('/wijzigingen')
    await accessibleAtBothWidths(serviceTeam)
    await follow(serviceTeam, /^WZ-2020-/)
    expect(new URL(serviceTeam.url()).pathname).toBe(proposal)
    await accessibleAtBothWidths(serviceTeam)
    await serviceTeam.getByText('Dit klopt niet: wijs het af').click()
    await press(serviceTeam, 'Wijs af')
    await sees(serviceTeam, 'Schrijf op waarom.')
    await accessibleAtBothWidths(serviceTeam)
    await fill(serviceTeam, 'Waarom klopt dit niet?', 'Gebeld: de organisatie kent dit nummer niet.')
    await press(serviceTeam, 'Wijs af')
    await sees(serviceTeam, 'Afgewezen: er is niets veranderd')
    expect(await mailTo('contact-8@example.org', 'Afgewezen')).toContain('Er is niets veranderd')
    await serviceTeam.goto('/wijzigingen')
    await sees(serviceTeam, 'Er wacht nu niets.')
  })

  it('and nobody else sees it', async () => {
    const [neighbour, director, passerBy] = await Promise.all([
      test.client('lid-9'),
      test.client('bestuurder'),
      test.client(),
    ])
    expect((await neighbour.get('/organisatie/7')).status).toBe(404)
    expect((await passerBy.get('/organisatie/7')).status).toBe(303)
    const page = await director.get('/organisatie/7')
    expect(page.status).toBe(200)
    expect(page.text).toContain('eindigt op 6789')
    expect(page.text).not.toContain(NEW_IBAN)
    expect((await passerBy.get('/bezwaar/x.y.z')).status).toBe(404)
  })
})
