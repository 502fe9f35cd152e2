import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Members } from '#members'
import { readSheets, writeXlsx } from '#sheets'
import { startTestApp, type TestApp } from '../support/app.js'
import { expectAccessible, follow, LAPTOP, press, SMALL, TestBrowser } from '../support/browser.js'

const DAY = '2020-02-15'
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

async function upload(page: Page, name: string, buffer: Buffer): Promise<void> {
  await page.goto('/leden')
  await follow(page, 'Leden importeren')
  await page.getByLabel('Bestand').setInputFiles({ name, mimeType: 'application/octet-stream', buffer })
  await press(page, 'Bekijk het voorbeeld')
}

async function download(page: Page, path: string): Promise<Buffer> {
  return (await page.request.get(path)).body()
}

const detailsOf = async (number: number) => {
  const members = test.app.get(Members)
  return members.details((await members.withNumber(number))!, DAY)
}

const HEAD = [
  'Lidnummer',
  'Organisatie',
  'Soort',
  'Lid sinds',
  'KvK nr.',
  'Postcode',
  'IBAN',
  'E-mail',
  'Schoenmaat',
]
const newMembers = [
  ['', 'Café Één', 'Stemlid', '01-02-2020', '7654321', '3512 AB', '', 'cafe@example.org', '42'],
  ['', 'Coöperatie Zoë', 'Erelid', '01-02-2020', '23456789', '3512 AC', '', 'zoe@example.org', ''],
]
const changes = [
  ['7', '', '', '', '', '3512AD', 'NL91 ABNA 0417 1643 00', '', ''],
  ['8', '', 'Stemlid', '31-02-2020', '', '', '', '', ''],
]
const csv = (rows: string[][]) => Buffer.from(rows.map((row) => row.join(';')).join('\r\n'), 'latin1')

describe('importing the register', () => {
  it('three wrong cells of a Windows-1252 file are mended on the page; a colleague confirms the IBAN', async () => {
    const staff = await browser.pageOf('serviceteam')
    await staff.goto('/leden/import')
    await accessibleAtBothWidths(staff)
    await press(staff, 'Bekijk het voorbeeld')
    await sees(staff, 'Kies een bestand.')
    await accessibleAtBothWidths(staff)

    await upload(staff, 'leden-2020.csv', csv([HEAD, ...newMembers, ...changes]))
    await sees(staff, /^3 rijen kloppen nog niet/)
    await sees(staff, /Deze kolommen kennen wij niet.*Schoenmaat/)
    await accessibleAtBothWidths(staff)
    const cell = (label: string) => staff.getByLabel(label, { exact: true })
    await sees(staff, /Bij ‘7654321’ is waarschijnlijk de nul vooraan weggevallen/)
    expect(await cell('Kolom E, rij 2: KvK-nummer').inputValue()).toBe('07654321')
    expect(await cell('Kolom C, rij 3: Soort').inputValue()).toBe('Erelid')
    expect(await cell('Kolom D, rij 5: Lid sinds').inputValue()).toBe('31-02-2020')
    await cell('Kolom C, rij 3: Soort').fill('Steunlid')
    await press(staff, 'Controleer opnieuw')
    await sees(staff, /^1 rij klopt nog niet/)
    await cell('Kolom D, rij 5: Lid sinds').fill('')
    await press(staff, 'Controleer opnieuw')

    await sees(staff, 'Dit wacht op bevestiging')
    await sees(staff, /Vraag een collega/)
    expect(await staff.getByRole('button', { name: 'Leg alles vast' }).count()).toBe(0)
    await accessibleAtBothWidths(staff)

    const director = await browser.pageOf('bestuurder')
    await director.goto('/mijn')
    await follow(director, /Bevestig de import leden-2020.csv/)
    await sees(director, 'NL91 ABNA 0417 1643 00')
    await accessibleAtBothWidths(director)
    await press(director, 'Bevestig deze wijzigingen')
    await sees(director, 'Klopt dit?')
    await accessibleAtBothWidths(director)

    await staff.reload()
    await staff.getByRole('button', { name: 'Leg alles vast' }).dblclick()
    await sees(staff, 'Vastgelegd in het ledenregister')
    await sees(staff, /De nieuwe leden kregen de nummers/)
    await accessibleAtBothWidths(staff)
    expect(await detailsOf(7)).toMatchObject({ iban: 'NL91ABNA0417164300', postalCode: '3512 AD' })

    await staff.goto('/leden/7')
    await sees(staff, /Import IM-2020-.*leden-2020\.csv/)
    await staff.goto('/leden?q=Zoë')
    await sees(staff, 'Coöperatie Zoë')
    const mails = await browser.pageOf(null)
    await mails.goto('/demo/postvak')
    await expect
      .poll(async () => (await mails.reload())!.text(), { timeout: 20_000 })
      .toMatch(/Gegevens van .* gewijzigd[\s\S]*contact-7@example\.org/)
  })

  it('the mended file again, and an export: all the same', async () => {
    const staff = await browser.pageOf('serviceteam')
    const mended = newMembers.map((row) => row.map((text) => (text === 'Erelid' ? 'Steunlid' : text)))
    mended[0]![4] = '07654321'
    await upload(staff, 'leden-2020.csv', csv([HEAD, ...mended, changes[0]!]))
    await sees(staff, 'Er verandert niets')
    expect(await staff.getByRole('button', { name: 'Leg alles vast' }).count()).toBe(0)
    await accessibleAtBothWidths(staff)
    for (const kind of ['csv', 'xlsx']) {
      const before = await test.app.get(Members).asOf(DAY)
      await upload(staff, `leden.${kind}`, await download(staff, `/leden/export.${kind}?status=alle`))
      await sees(staff, 'Er verandert niets')
      await sees(staff, `Gelijk (${before.length})`)
    }
  })

  it('three wrong cells of a workbook are mended in the file with what to do, and uploaded again', async () => {
    const staff = await browser.pageOf('serviceteam')
    const columns = [
      { header: 'Lidnummer', kind: 'number' as const },
      ...['Postcode', 'Telefoon', 'Plaats'].map((header) => ({ header })),
    ]
    const rows = [
      [9, '3512', '030 123 45 67', 'Zeist'],
      [10, '3512 AB', '612345678', 'Zeist'],
      [4711, '3512 AB', '', 'Zeist'],
    ]
    await upload(staff, 'adressen.xlsx', await writeXlsx([{ name: 'Adressen', columns, rows }]))
    await sees(staff, /^3 rijen kloppen nog niet/)
    const link = staff.getByRole('link', { name: /Wat te doen/ })
    const file = await download(staff, (await link.getAttribute('href'))!)
    const [sheet] = await readSheets({ name: 'adressen-wat-te-doen.xlsx', content: file })
    const texts = sheet!.rows.map((row) => row.map(({ text }) => text))
    expect(texts[0]!.at(-1)).toBe('Wat te doen')
    expect(texts[1]!.at(-1)).toMatch(/^Kolom B, rij 2: ‘3512’ is geen postcode/)
    expect(texts[3]!.at(-1)).toMatch(/^Kolom A, rij 4: Lid 4711 staat niet in het register/)

    texts[1]![1] = '3512 AE'
    texts[2]![2] = '0612345678'
    texts[3]![0] = '11'
    const [head = [], ...body] = texts
    const mended = await writeXlsx([
      { name: 'Adressen', columns: head.map((header) => ({ header })), rows: body },
    ])
    await upload(staff, 'adressen.xlsx', mended)
    await sees(staff, 'Klopt dit?')
    await follow(staff, 'Gewijzigd (3)')
    await sees(staff, /Telefoon contact: .*0612345678/)
    await press(staff, 'Leg alles vast')
    await sees(staff, 'De import is vastgelegd')
    expect(await detailsOf(11)).toMatchObject({ postalCode: '3512 AB', city: 'Zeist' })
  })

  it('is not for a delegate, nor for the chair', async () => {
    for (const who of ['lid-7', 'voorzitter']) {
      const client = await test.client(who)
      expect((await client.get('/leden/import')).status).toBe(403)
      expect((await client.get('/leden')).text).not.toContain('/leden/import')
    }
  })
})
