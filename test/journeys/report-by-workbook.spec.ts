import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readSheets, type Sheet } from '#sheets'
import { startTestApp, type TestApp } from '../support/app.js'
import {
  expectAccessible,
  follow,
  keepScreenshot,
  LAPTOP,
  press,
  SMALL,
  TestBrowser,
} from '../support/browser.js'
import { editedWorkbook } from '../support/report-files.js'

const REPORT = '/verantwoording/oost/2019-Q4'
type Edits = Parameters<typeof editedWorkbook>[1]

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

async function download(page: Page, link: string): Promise<Buffer> {
  const path = await page.getByRole('link', { name: link }).getAttribute('href')
  return (await page.request.get(path!)).body()
}

async function upload(page: Page, name: string, buffer: Buffer): Promise<void> {
  await page.goto(`${REPORT}/werkmappen`)
  await page
    .getByLabel('Werkmap of lijst')
    .setInputFiles({ name, mimeType: 'application/octet-stream', buffer })
  await press(page, 'Controleer de werkmap')
}

/** What someone fills in who has a good year: all lines as budgeted, all indicators at their target. */
async function goodYear(workbook: Buffer): Promise<Edits> {
  const sheets = await readSheets({ name: 'w', content: workbook })
  const rowsOf = (name: string) => sheets.find((sheet) => sheet.name === name)!.rows
  const edits: Edits = {
    'Verhaal!B2': 'Veel mensen deden mee.',
    'Verhaal!B3': 'Het eetcafé kwam niet van de grond.',
    'Verhaal!B4': 'De ruimte kwam laat vrij.',
    'Verhaal!B5': 'De huur stijgt.',
    'Middelen en mensen!B2': 180_000,
    'Middelen en mensen!B3': 40_000,
    'Middelen en mensen!B4': 40_000,
    'Middelen en mensen!B5': 1.6,
    'Middelen en mensen!B6': 70,
  }
  rowsOf('Geld').forEach((cells, index) => {
    if (index === 0 || cells[0]?.text === 'Samen') return
    Object.assign(edits, {
      [`Geld!C${index + 1}`]: Number(cells[1]!.text),
      [`Geld!D${index + 1}`]: Number(cells[1]!.text),
    })
  })
  rowsOf('Indicatoren').forEach((cells, index) => {
    if (index > 0) edits[`Indicatoren!D${index + 1}`] = valueFrom(cells)
  })
  return edits
}

function valueFrom(cells: Sheet['rows'][number]): string | number {
  const target = cells[1]!.text
  if (/van|ja|nee/.test(target)) return target
  if (target.endsWith('%')) return Number(target.replace('%', '').replace(',', '.')) / 100
  return Number(target.replace(',', '.'))
}

describe('a report by workbook', () => {
  it('by list is checked without a spreadsheet and without JavaScript', async () => {
    const page = await browser.pageOf('penningmeester', { viewport: SMALL, javaScriptEnabled: false })
    await page.goto(`${REPORT}/werkmappen`)
    const list = (await download(page, 'Geen Excel? Download een lijst (CSV)')).toString()
    const answered = list.replace(/(;Aantal vrijwilligers;[^;]*;)[^;]*;/, '$1veel;')
    expect(answered).not.toBe(list)
    await upload(page, 'lijst.csv', Buffer.from(answered))
    await sees(page, /Hier staat ‘veel’/)
    await sees(page, /^Rij \d+, kolom D/)
    await upload(page, 'lijst.csv', Buffer.from(list.replace('/1 oost ', '/1 zuid-oost ')))
    await sees(page, 'Deze werkmap is van een ander gebied (zuid-oost)')
    await press(page, 'Controleer de werkmap')
    await sees(page, 'Kies een bestand: de ingevulde werkmap')
  })

  it('has its seven mistakes named at once, is mended in one round and taken over', async () => {
    const treasurer = await browser.pageOf('penningmeester')
    await treasurer.goto(`${REPORT}/invullen`)
    await follow(treasurer, 'Liever in Excel invullen?')
    await sees(treasurer, 'Vul de verantwoording in met Excel')
    await accessibleAtBothWidths(treasurer)
    const workbook = await download(treasurer, 'Download de werkmap (Excel)')
    const good = await goodYear(workbook)
    const lines = Object.keys(good).filter((cell) => cell.startsWith('Geld!C')).length
    const wrong: Edits = {
      'Geld!C2': 'n.v.t.',
      'Geld!D3': 2 * (good['Geld!D3'] as number) + 1,
      [`Geld!C${lines + 2}`]: 1,
      'Indicatoren!D2': { error: '#REF!' } as unknown as string,
      'Indicatoren!D3': 'veel',
      'Verhaal!B4': null,
      'Middelen en mensen!B5': 'twee',
    }

    const began = Date.now()
    await upload(treasurer, 'oost-q4.xlsx', await editedWorkbook(workbook, { ...good, ...wrong }))
    await sees(treasurer, 'Er is nog niets overgenomen')
    expect(Date.now() - began).toBeLessThan(15_000)
    const rows = await treasurer.locator('tbody tr').allInnerTexts()
    const said = rows.map((row) => row.replace(/\s+/g, ' ').trim())
    expect(said).toHaveLength(7)
    expect(said[0]).toMatch(/^Verhaal, B4.*Vul dit in/)
    expect(said[1]).toMatch(/^Geld, C2.*Hier staat ‘n\.v\.t\.’\. Vul een bedrag in/)
    expect(said[2]).toMatch(/^Geld, E3.*Licht toe/)
    expect(said[3]).toMatch(new RegExp(`^Geld, C${lines + 2}.*Dit totaal is niet de som`))
    expect(said[4]).toMatch(/^Indicatoren, D2.*#REF!/)
    expect(said[5]).toMatch(/^Indicatoren, D3.*Hier staat ‘veel’/)
    expect(said[6]).toMatch(/^Middelen en mensen, B5.*Hier staat ‘twee’/)
    expect(await treasurer.getByRole('button', { name: 'Neem over in het concept' }).count()).toBe(0)
    await accessibleAtBothWidths(treasurer)
    await keepScreenshot(treasurer, 'werkmap-fouten')

    // The coordinator types on the web meanwhile: of that nothing may be lost in silence.
    const coordinator = await browser.pageOf('coordinator', { javaScriptEnabled: false })
    await coordinator.goto(`${REPORT}/invullen`)
    await coordinator.locator('[name="risks.text"]').fill('Typt de coördinator.')
    await press(coordinator, /^Bewaar$/)
    await coordinator.waitForLoadState()
    await sees(coordinator, /bewaard/i)

    await upload(treasurer, 'oost-q4-verbeterd.xlsx', await editedWorkbook(workbook, good))
    await sees(treasurer, 'De controle vond niets dat anders moet.')
    await sees(treasurer, 'Dit veranderde op twee plekken')
    await accessibleAtBothWidths(treasurer)
    await press(treasurer, 'Neem over in het concept')
    await sees(treasurer, 'Kies wat blijft: Welke risico’s ziet u?')
    await accessibleAtBothWidths(treasurer)
    await treasurer.getByRole('radio', { name: /Op de website/ }).check()
    await treasurer.getByRole('button', { name: 'Neem over in het concept' }).dblclick()
    await sees(
      treasurer,
      /antwoorden zijn overgenomen in het concept|Alles uit deze werkmap staat in het concept/,
    )
    await accessibleAtBothWidths(treasurer)
    await keepScreenshot(treasurer, 'werkmap-overgenomen')

    // It stands in the draft and can be completed as if it were typed there.
    await coordinator.goto(`${REPORT}/invullen`)
    const value = (name: string) => coordinator.locator(`[name="${name}"]`).inputValue()
    expect(await value('narrative.why')).toBe('De ruimte kwam laat vrij.')
    expect(await value('people.fte')).toBe('1,6')
    expect(await value('risks.text')).toBe('Typt de coördinator.')
    await press(coordinator, 'Meld gereed voor ondertekening')
    await coordinator.waitForLoadState()
    await treasurer.goto(`${REPORT}/ondertekenen`)
    await sees(treasurer, 'De ruimte kwam laat vrij.')
    await press(treasurer, 'Onderteken en dien in')
    await sees(treasurer, 'Versie 1 is ingediend')
  })
})
