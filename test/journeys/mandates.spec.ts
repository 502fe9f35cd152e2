import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { Mandates } from '#mandates'
import { Members } from '#members'
import { startTestApp, type TestApp } from '../support/app.js'
import { expectAccessible, follow, LAPTOP, press, SMALL, TestBrowser } from '../support/browser.js'

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

const sees = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor()

async function accessibleAtBothWidths(page: Page): Promise<void> {
  await page.setViewportSize(SMALL)
  await expectAccessible(page)
  await page.setViewportSize(LAPTOP)
  await expectAccessible(page)
}

/** The path of the link in the last mail to an address. */
async function linkMailedTo(address: string, pattern: RegExp): Promise<string> {
  return vi.waitFor(
    async () => {
      const mails: { text: string }[] = await test.database.owner.query(
        'SELECT text FROM demo_mails WHERE to_address = $1 ORDER BY id DESC',
        [address],
      )
      const link = mails.map(({ text }) => pattern.exec(text)?.[0]).find((found) => found)
      expect(link).toBeTruthy()
      return link!
    },
    { timeout: 20_000, interval: 200 },
  )
}

async function actingFor(number: number, day: string) {
  const id = (await test.app.get(Members).withNumber(number))!
  return test.app.get(Mandates).actingFor(id, day)
}

describe('who acts for a member', () => {
  it('a delegate proposes a successor, and sees what is wrong first', async () => {
    const delegate = await browser.pageOf('lid-7')
    await delegate.goto('/lidmaatschap')
    await follow(delegate, 'Wie treedt er voor u op?')
    await accessibleAtBothWidths(delegate)

    await delegate.getByLabel('Naam').fill('Iemand anders')
    await delegate.getByLabel('E-mailadres').fill('lid-8@example.org')
    await delegate.getByLabel('Tot en met welke dag?').fill('2020-01-01')
    await press(delegate, 'Stel voor')
    await sees(delegate, 'De laatste dag ligt voor de eerste.')
    await accessibleAtBothWidths(delegate)
    await delegate.getByLabel('Tot en met welke dag?').fill('')
    await press(delegate, 'Stel voor')
    await sees(delegate, /Dit e-mailadres hoort bij ons bij/)

    await delegate.getByLabel('Naam').fill('Nieuwe Afgevaardigde')
    await delegate.getByLabel('E-mailadres').fill('nieuw-7@example.org')
    await press(delegate, 'Stel voor')
    await sees(delegate, /wacht op bevestiging door de contactpersoon/)
    await accessibleAtBothWidths(delegate)
    expect(await delegate.getByRole('button', { name: 'Bevestig dit' }).count()).toBe(0)
  })

  it('the contact follows the link in the mail, signs in and confirms', async () => {
    const path = await linkMailedTo('contact-7@example.org', /\/inloggen\?naar=\S+/)
    const contact = await browser.pageOf(null)
    await contact.goto(path)
    await contact.getByLabel('E-mailadres').fill('contact-7@example.org')
    await contact.locator('main').getByRole('button').first().click()
    const link = await linkMailedTo('contact-7@example.org', /\/inloggen\/link\/\S+/)
    await contact.goto(link)
    await contact.locator('main').getByRole('button').first().click()
    await sees(contact, 'Nieuwe Afgevaardigde als afgevaardigde')
    await sees(contact, /is .* geen afgevaardigde meer/)
    await accessibleAtBothWidths(contact)
    const page = new URL(contact.url()).pathname
    await contact.goto('/mijn')
    await follow(contact, /Bevestig Nieuwe Afgevaardigde/)
    expect(new URL(contact.url()).pathname).toBe(page)
    await press(contact, 'Bevestig dit')
    await sees(contact, /Bevestigd door Contactpersoon/)
    await accessibleAtBothWidths(contact)
  })

  it('the new delegate signs in and acts; the old one no longer does; the past stays', async () => {
    await linkMailedTo('nieuw-7@example.org', /\/inloggen\?naar=\S+/)
    const successor = await browser.pageOf('nieuw-7')
    await successor.goto('/lidmaatschap')
    await follow(successor, 'Wie treedt er voor u op?')
    await sees(successor, 'Nieuwe Afgevaardigde')
    const { pathname } = new URL(successor.url())
    await successor.goto(`${pathname}?per=2019-12-31`)
    await sees(successor, /Dit was zo op 31 december 2019/)
    await accessibleAtBothWidths(successor)
    expect((await actingFor(7, '2019-12-31')).delegate?.email).toBe('lid-7@example.org')
    expect((await actingFor(7, '2020-02-15')).delegate?.email).toBe('nieuw-7@example.org')

    const predecessor = await browser.pageOf('lid-7')
    await predecessor.goto('/lidmaatschap')
    await sees(predecessor, 'U vertegenwoordigt geen lid')
    expect((await predecessor.goto(pathname))?.status()).toBe(403)
    const client = await test.client('lid-7')
    await client.get('/mijn')
    expect((await client.post('/lidmaatschap/opzeggingen')).status).toBe(403)
  })
})

describe('offices', () => {
  it('shows the names to who signed in, and the terms to everyone', async () => {
    const passerBy = await browser.pageOf(null)
    await passerBy.goto('/functies')
    await sees(passerBy, 'Wie inlogt, ziet ook de namen.')
    await follow(passerBy, 'Kascommissie')
    expect(await passerBy.getByRole('columnheader', { name: 'Naam' }).count()).toBe(0)
    await accessibleAtBothWidths(passerBy)
  })

  it('a board member is refused in the kascommissie; another is appointed and leaves sooner', async () => {
    const secretary = await browser.pageOf('secretaris')
    await secretary.goto('/mijn')
    await sees(secretary, /De termijn van Kascommissie loopt af/)
    await secretary.goto('/functies/kascommissie')
    await follow(secretary, 'Leg een benoeming vast')
    await secretary.getByLabel('Naam').fill('Bestuurder')
    await secretary.getByLabel('E-mailadres').fill('bestuurder@example.org')
    await secretary.getByLabel('Vanaf welke dag?').fill('2020-05-01')
    await secretary.getByLabel('Tot en met welke dag?').fill('2021-04-30')
    await press(secretary, 'Leg de benoeming vast')
    await sees(secretary, /Deze persoon is dan ook bestuurder. Dat gaat niet samen/)
    await accessibleAtBothWidths(secretary)

    await secretary.getByLabel('Naam').fill('Nieuw Lid')
    await secretary.getByLabel('E-mailadres').fill('kas-2@example.org')
    await secretary.getByLabel('Besluit').fill('2020-77')
    await press(secretary, 'Leg de benoeming vast')
    await sees(secretary, /Besluit 2020-77 staat niet in het besluitenregister/)
    await secretary.getByLabel('Besluit').fill('Notulen ALV 14 februari 2020, punt 3')
    await press(secretary, 'Leg de benoeming vast')
    await sees(secretary, 'Nieuw Lid: lid van de kascommissie')
    await accessibleAtBothWidths(secretary)

    await secretary.getByText('Deze termijn eindigt eerder').click()
    await secretary.getByLabel('Laatste dag').fill('2020-09-30')
    await secretary.getByLabel('Waarom eindigt het eerder?').fill('Verhuist')
    await press(secretary, 'Leg het einde vast')
    await sees(secretary, /Eerder beëindigd, vastgelegd door Secretaris/)
    await secretary.goto('/functies?per=2020-10-01')
    await sees(secretary, /er horen er ten minste 2 te zijn/)
    await accessibleAtBothWidths(secretary)
  })
})
