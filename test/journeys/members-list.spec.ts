import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.js'
import { expectAccessible, LAPTOP, press, SMALL, TestBrowser } from '../support/browser.js'

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

const shown = (page: Page) => page.locator('#ledenlijst tbody tr').count()
const settled = (page: Page, members: string) => page.locator('#ledenlijst').getByText(members).waitFor()

describe('the list of members', () => {
  it('answers while one types, keeps the place, and can be sent on', async () => {
    const page = await browser.pageOf(null)
    await page.goto('/leden')
    const find = page.getByLabel('Naam of nummer')
    await find.pressSequentially('overvecht', { delay: 20 })
    // Half the word may find as many: wait for the answer to the whole of it.
    await page.waitForURL((url) => url.searchParams.get('q') === 'overvecht')
    await settled(page, '2 leden gevonden.')
    expect(await shown(page)).toBe(2)
    expect(await page.locator('input[name="q"]:focus').count()).toBe(1)
    expect(page.url()).toContain('q=overvecht')

    await page.getByLabel('Wijk').selectOption({ label: 'Oost' })
    await page.getByText('Geen lid past bij wat u zoekt').waitFor()
    await find.fill('')
    await settled(page, 'leden gevonden.')
    const wijken = await page.locator('#ledenlijst tbody tr td:nth-of-type(2)').allTextContents()
    expect(wijken.length).toBeGreaterThan(2)
    expect(wijken.every((wijk) => wijk.includes('Oost'))).toBe(true)
    await page.reload()
    expect(await page.getByLabel('Wijk').locator('option:checked').textContent()).toBe('Oost')
    for (const size of [SMALL, LAPTOP]) {
      await page.setViewportSize(size)
      await expectAccessible(page)
    }
  })

  it('does the same without JavaScript, by its button', async () => {
    const page = await browser.pageOf(null, { javaScriptEnabled: false })
    await page.goto('/leden')
    await page.getByLabel('Naam of nummer').fill('overvecht')
    await press(page, 'Toon leden')
    expect(await shown(page)).toBe(2)
  })

  it('shows particulars to the member itself and to nobody else', async () => {
    const own = await browser.pageOf('lid-7')
    await own.goto('/leden/7')
    await own.getByText('Voorbeeldstraat 7').waitFor()
    await own.getByText('contact-7@example.org').first().waitFor()
    for (const who of ['lid-8', null]) {
      const page = await browser.pageOf(who)
      await page.goto('/leden/7')
      const text = await page.locator('main').textContent()
      expect(text).toContain('Wijk')
      expect(text).not.toMatch(/Voorbeeldstraat|contact-7|SAME|Contactpersoon/)
    }
  })
})
