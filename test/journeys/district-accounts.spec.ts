import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.js'
import { expectAccessible, follow, LAPTOP, PHONE, press, SMALL, TestBrowser } from '../support/browser.js'

const OOST = '/wijkadministratie/oost/2019'
const ZUID = '/wijkadministratie/zuid-oost/2019'
const LOOK = process.env.LOOK_AT

let test: TestApp
let browser: TestBrowser

beforeAll(async () => {
  test = await startTestApp()
  browser = await TestBrowser.open(test.url)
}, 120_000)

afterAll(async () => {
  await browser?.close()
  await test?.stop()
})

const main = async (page: Page) => ((await page.locator('main').textContent()) ?? '').replace(/\s+/g, ' ')
const csv = (...rows: string[]) => ({
  name: 'oost.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(['Datum;Rekening;Naam rekening;Omschrijving;Stuk;Debet;Credit', ...rows].join('\r\n')),
})

async function look(page: Page, name: string): Promise<void> {
  for (const viewport of [SMALL, LAPTOP, PHONE]) {
    await page.setViewportSize(viewport)
    await expectAccessible(page)
    if (LOOK) await page.screenshot({ path: `${LOOK}/${name}-${viewport.width}.png`, fullPage: true })
  }
}

describe('the money of the wijken', () => {
  it('shows the treasurer the own wijk: what was paid ahead, booked, and what is between', async () => {
    const treasurer = await browser.pageOf('penningmeester', { viewport: PHONE })
    await treasurer.goto('/wijkadministratie')
    const listed = await main(treasurer)
    expect(listed).toContain('Oost')
    expect(listed).not.toContain('Leidsche Rijn')
    await follow(treasurer, 'Oost')
    expect(new URL(treasurer.url()).pathname).toBe(OOST)
    const shown = await main(treasurer)
    for (const words of ['€ 180.000,00', 'meer voorschot dan', 'kwartaal 4', 'betaald'])
      expect(shown).toContain(words)
    await look(treasurer, 'wijk')
    await treasurer.goto(`${OOST}?dag=2019-03-31`)
    expect(await main(treasurer)).toContain('€ 45.000,00')
    const other = await test.client('gsmo-financien')
    expect((await other.get(OOST)).status).toBe(403)
    expect((await other.get(ZUID)).status).toBe(200)
    expect((await other.get('/wijkadministratie/nergens/2019')).status).toBe(404)
  })

  it('takes a journal of the wijk: mended, mapped, kept and compared', async () => {
    const treasurer = await browser.pageOf('penningmeester', { viewport: LAPTOP })
    await treasurer.goto(`${OOST}/journaal`)
    await treasurer.getByLabel('Tot en met welk kwartaal?').selectOption('3')
    await treasurer.getByLabel('Bestand').setInputFiles(csv('32-1-2019;4000;Lonen;Loon;F1;1,00;'))
    await press(treasurer, 'Lees het bestand')
    expect(await main(treasurer)).toContain('A2: “32-1-2019” is geen dag')
    await look(treasurer, 'journal-findings')
    await treasurer.getByLabel('Tot en met welk kwartaal?').selectOption('3')
    const file = csv(
      '31-8-2019;4000;Lonen;Loon;F1;69.700,00;',
      '31-8-2019;4600;Activiteiten;Zomer;F2;10.500,00;',
      '31-8-2019;1100;Bank;Loon en zomer;F1;;80.200,00',
      '1-12-2019;4000;Lonen;Later;F9;5,00;',
    )
    await treasurer.getByLabel('Bestand').setInputFiles(file)
    await press(treasurer, 'Lees het bestand')
    expect(await main(treasurer)).toContain('1 regel valt buiten de periode')
    await treasurer.getByLabel('Waar hoort 4000 Lonen?').selectOption({ label: 'Personeel (1,6 fte)' })
    await treasurer.getByLabel('Waar hoort 1100 Bank?').selectOption('Hoort niet bij deze subsidie')
    await look(treasurer, 'journal-preview')
    await press(treasurer, 'Bewaar waar de rekeningen horen')
    expect(await main(treasurer)).not.toContain('nog niet gezegd')
    await press(treasurer, 'Bewaar dit journaal')
    const kept = await main(treasurer)
    expect(kept).toContain('dit journaal telt')
    expect(kept).toMatch(/Activiteiten € 10\.500,00 € 10\.400,00 € 100,00/)
    await look(treasurer, 'journal')
  })

  it('is settled by controller and director', async () => {
    const controller = await browser.pageOf('controller', { viewport: LAPTOP })
    await controller.goto('/wijkadministratie')
    expect(await main(controller)).toContain('Vleuten-De Meern')
    await look(controller, 'list')
    await controller.goto('/mijn')
    await follow(controller, 'Reken het voorschot van 2019 af met Zuid/Oost')
    await press(controller, 'Stel deze afrekening voor')
    expect(await main(controller)).toContain('wacht op de bestuurder')
    await look(controller, 'proposed')
    const director = await browser.pageOf('bestuurder', { viewport: PHONE })
    await director.goto('/mijn')
    await follow(director, 'Bevestig de afrekening van 2019 met Zuid/Oost')
    await press(director, 'Bevestig deze afrekening')
    expect(new URL(director.url()).pathname).toBe(ZUID)
    expect(await main(director)).toMatch(/De wijk betaalt € [\d.,]+ terug/)
    await look(director, 'settled')
  })

  it('is in the statements of the projects, and the year ends in the reserves', async () => {
    const controller = await browser.pageOf('controller', { viewport: LAPTOP })
    await controller.goto('/grootboek/projecten?jaar=2019')
    expect(await main(controller)).toContain('Leidsche Rijn € 0,00 € 0,00 € 684.113,71 € 491.362,00')
    await controller.goto('/grootboek/jaarafsluiting/2019')
    await look(controller, 'year-end')
    await press(controller, 'Boek het resultaat naar de reserves')
    expect(await main(controller)).toContain('Schrijf waarom u het jaar toch afsluit')
    await controller.getByLabel('Waarom sluit u het jaar nu al af?').fill('Drie wijken zijn te laat.')
    await press(controller, 'Boek het resultaat naar de reserves')
    expect(await main(controller)).toContain('Het resultaat is naar de reserves geboekt')
    await look(controller, 'year-ended')
  })
})
