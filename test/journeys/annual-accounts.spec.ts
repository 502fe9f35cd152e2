import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AnnualAccounts } from '#annual-accounts'
import { startTestApp, type TestApp } from '../support/app.js'
import { expectAccessible, follow, LAPTOP, press, SMALL, TestBrowser } from '../support/browser.js'
import { samplePdf } from '../support/sample-files.js'

const PAGE = '/jaarrekening/2019'

let test: TestApp
let browser: TestBrowser
let assembly: string

beforeAll(async () => {
  test = await startTestApp({ demo: true })
  browser = await TestBrowser.open(test.url)
  const [found] = await query('SELECT id FROM assemblies ORDER BY starts_at LIMIT 1')
  assembly = found.id
}, 120_000)

afterAll(async () => {
  await browser?.close()
  await test?.stop()
})

const query = (sql: string, params: unknown[] = []) => test.database.owner.query(sql, params)
const main = async (page: Page) => ((await page.locator('main').textContent()) ?? '').replace(/\s+/g, ' ')
const pdfOf = (text: string) => ({
  name: `${text}.pdf`,
  mimeType: 'application/pdf',
  buffer: samplePdf(text),
})

describe('the accounts of 2019', () => {
  it('begin anew with another version: signed, reviewed by two', async () => {
    const director = await browser.pageOf('bestuurder', { viewport: SMALL })
    await director.goto(PAGE)
    expect(await main(director)).toContain('klaar voor de ALV')
    await expectAccessible(director)
    await press(director, 'Leg de jaarrekening vast')
    expect(await main(director)).toContain('Kies een PDF')
    await expectAccessible(director)
    await director.getByLabel('Jaarrekening').setInputFiles(pdfOf('Versie twee'))
    await press(director, 'Leg de jaarrekening vast')
    expect(await main(director)).toContain('wacht op ondertekening')
    await press(director, 'Onderteken')
    expect(await main(director)).toContain('Zet een vinkje')
    await director.getByLabel(/Ik heb deze jaarrekening gelezen/).check()
    await press(director, 'Onderteken')
    expect(await main(director)).toContain('wacht op controle')
    await expectAccessible(director)

    const reviewer = await browser.pageOf('kascommissie', { viewport: LAPTOP })
    await reviewer.goto('/mijn')
    await follow(reviewer, 'Controleer de jaarrekening 2019')
    await expectAccessible(reviewer)
    await reviewer.getByLabel('Verslag').setInputFiles(pdfOf('Verslag'))
    await press(reviewer, 'Leg het verslag vast')
    expect(await main(reviewer)).toContain('Er moet nog een lid van de kascommissie ondertekenen')
    const second = await browser.pageOf('lid-30', { viewport: SMALL })
    await second.goto('/mijn')
    await follow(second, 'Onderteken het verslag over de jaarrekening 2019')
    await expectAccessible(second)
    await press(second, 'Onderteken het verslag')
    expect(await main(second)).toContain('klaar voor de ALV')
  })

  it('are adopted by one decision and discharged by another, in that order on the agenda', async () => {
    const member = await test.client('lid-9')
    expect((await member.get(`${PAGE}/jaarrekening.pdf`)).status).toBe(404)
    const secretary = await browser.pageOf('secretaris', { viewport: SMALL })
    await secretary.goto('/mijn')
    await follow(secretary, 'Zet de jaarrekening 2019 op de agenda')
    await expectAccessible(secretary)
    await secretary.getByLabel('Welke vergadering').selectOption(assembly)
    await press(secretary, 'Zet op de agenda')
    expect(await main(secretary)).toContain('op de agenda')
    await expectAccessible(secretary)
    // This assembly was convened: the papers lie open.
    expect((await member.get(`${PAGE}/jaarrekening.pdf`)).status).toBe(200)
    expect((await member.get(`${PAGE}/controle.pdf`)).status).toBe(200)

    const motions = await query(
      `SELECT id, title FROM motions WHERE authorises_kind IN ('annualAccounts','discharge') ORDER BY position`,
    )
    expect(motions.map(({ title }: { title: string }) => title)).toEqual([
      'Jaarrekening 2019 vaststellen',
      'Decharge over 2019',
    ])
    await decide(motions[0].id)
    await secretary.reload()
    expect(await main(secretary)).toContain('vastgesteld, decharge op de agenda')
    await decide(motions[1].id)
    await secretary.reload()
    expect(await main(secretary)).toContain('vastgesteld, decharge verleend')
    await expectAccessible(secretary)
    const state = await test.app.get(AnnualAccounts, { strict: false }).stateOf(2019)
    expect(state.adopted!.decision.number).not.toBe(state.discharged!.decision.number)
    await follow(secretary, `Besluit ${state.adopted!.decision.number}`)
    expect(await main(secretary)).toContain('Jaarrekening 2019 vaststellen')
  })

  it('in English, without JavaScript, and nowhere for years that are not there', async () => {
    const client = await test.client('lid-9')
    for (const year of ['2018', '2020', '99999', 'x'])
      expect((await client.get(`/jaarrekening/${year}`)).status, year).toBe(404)
    await client.get(PAGE)
    expect((await client.post(`${PAGE}/aanbieden`, { vergadering: assembly })).status).toBe(403)
    const page = await browser.pageOf('lid-9', { viewport: LAPTOP, colorScheme: 'dark' })
    for (const path of ['/jaarrekening', PAGE]) {
      await page.goto(`${path}?taal=en`)
      expect(await main(page)).toContain('Annual accounts')
      await expectAccessible(page)
    }
    const bare = await browser.pageOf('bestuurder', { javaScriptEnabled: false, viewport: SMALL })
    await bare.goto('/jaarrekening')
    await bare.locator(`main a[href="${PAGE}"]`).click()
    expect(await main(bare)).toContain('Jaarrekening opgemaakt')
  })
})

/** Adopted by everyone who is there, and declared. */
async function decide(motion: string): Promise<void> {
  const chair = await test.client('voorzitter')
  await chair.get(`/alv/${assembly}`)
  const { location } = await chair.post(`/alv/${assembly}/stemmingen`, { motion })
  for (const number of [1, 2, 3]) {
    const client = await test.client(`lid-${number}`)
    await client.get(location!)
    const [member] = await query('SELECT id FROM members WHERE number = $1', [number])
    expect((await client.post(`${location}/stem`, { member: member.id, choice: 'for' })).status).toBe(303)
  }
  await chair.post(`${location}/sluiting`)
  await chair.post(`${location}/uitslag`)
}
